"""A registry of another ledger comes in: what fits is kept, what does not is named."""

from factledger_realitycheck import RealityCheck

from ledger import Agent, Claim, Evidence, Source, SourceKind
from ledger.testing import assert_exchange_contract, imported

REGISTRY = """
sources:
  lind-2031-eels:
    type: BLOG
    title: 'Eels: a return'
    author: [Bo Lind, Ana Roa]
    year: 2031
    url: https://post.example/eels
    reliability: 0.6000000238418579
    bias_notes: Sells nets
    topics: [eels]
  nameless: {type: BOOK, title: ''}
  odd: {type: BOOK, title: Odd, url: 'see the shelf'}
claims:
  ECO-2031-001:
    text: Eels are back
      in the harbour.
    type: '[F]'
    domain: ECO
    evidence_level: E4
    credence: 0.30000001192092896
    source_ids: [lind-2031-eels, lind-2031-eels]
    supports: [ECO-2031-002]
    contradicts: []
  ECO-2031-002: {text: Eels bring herons., source_ids: [nowhere]}
  ECO-2031-003: {text: Eels sleep., credence: 0.5, source_ids: []}
  ECO-2031-004: 7
chains:
  CHAIN-1: {name: Eels}
"""


def test_what_fits_is_kept_and_the_rest_is_named():
    """Sources and claims come in under their ids, with what is said of them as notes."""
    found = imported(RealityCheck(), REGISTRY, "registry.yaml")
    assert found.kept == 4
    assert dict(found.refused) == {
        "nameless": "It has no title.",
        "ECO-2031-002": "Its source names the source 'nowhere', which did not come in.",
        "ECO-2031-004": "It has no text.",
        "CHAIN-1": "A chain of arguments: here a claim stands on sources, not on claims.",
    }
    records = {one.handle: one for one in found.added}
    source, claim = records["lind-2031-eels"], records["eco-2031-001"]
    assert isinstance(source, Source) and isinstance(claim, Claim)
    assert (source.kind, source.published) == (SourceKind.ARTICLE, "2031")
    assert source.note == "By Bo Lind, Ana Roa. Reliability there: 0.60. Bias: Sells nets. Topics: eels."
    assert claim.text == "Eels are back in the harbour." and claim.topic == "ECO"
    (evidence,) = (one for one in found.added if isinstance(one, Evidence))
    assert evidence.note == "Kind of claim there: fact. Credence: 0.30. Evidence level: E4."
    assert [one.name for one in found.added if isinstance(one, Agent)] == ["Bo Lind"]
    assert dict(found.notes) == {
        "odd": "the address “see the shelf”: no web address",
        "ECO-2031-001": "supports ECO-2031-002: here a claim stands on sources",
        "ECO-2031-003": "Credence: 0.50. It names no source, whose note would say so",
    }


def test_it_keeps_the_contract():
    """It is a format as the guide says, and takes no harm from files that are cut off."""
    assert_exchange_contract(RealityCheck(), [REGISTRY])
