"""Where claims come from as PROV-JSON (W3C PROV-DM; the member submission PROV-JSON), a bundle for each claim.

    factledger          PROV
    source, claim       entity; a claim is quoted from, or derived from, what its evidence is from
    agent               agent (person, organization or software); `part_of` is actedOnBehalfOf
    archived copy       entity that specialises its source, with its SHA-256
    link                wasDerivedFrom, with the fitting type: a quotation, a revision, a primary source
    evidence            wasDerivedFrom, from the claim to the source; evidence against it only influenced it
    decision            activity that used the evidence, and the entity that it generated, attributed to who decided

A bundle stands alone: what two claims share is in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..format import CheckedClaim, Exchange, Extract
from ..model import AgentKind, Relation, Source, Stance
from .streaming import json_object

Json = dict[str, Any]

OURS = "fl"
VOCABULARY = "urn:factledger:terms:"
PREFIXES = {"prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#", OURS: VOCABULARY}

AGENT = {
    AgentKind.PERSON: "prov:Person",
    AgentKind.ORGANISATION: "prov:Organization",
    AgentKind.PROGRAM: "prov:SoftwareAgent",
}
DERIVATION = {
    Relation.QUOTES: "prov:Quotation",
    Relation.UPDATES: "prov:Revision",
    Relation.BASED_ON: "prov:PrimarySource",
}
"""Derivations that PROV has a type for; the others keep our word."""


class ProvJson(Exchange):
    """PROV-JSON, out."""

    name = "prov"
    title = "where claims come from, as PROV-JSON (W3C)"
    carries = "claims, sources, copies, people, who derives from whom, decisions with their evidence and times"
    loses = "exact words but for those of claims, unanswered questions, what checks found, how sure a date is"
    media_type = "application/json"
    suffixes = (".prov.json", ".json")

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield a document with one bundle for each claim."""
        prefix = {**PREFIXES, "here": f"urn:factledger:{extract.ledger}:"}
        bundles = ((f"here:bundle-{checked.claim.handle}", prov(checked, extract)) for checked in extract.claims)
        yield from json_object({"prefix": prefix}, "bundle", bundles)


def prov(checked: CheckedClaim, extract: Extract) -> Json:
    """Return where one claim comes from, as the content of a PROV-JSON bundle whose prefixes are the document's."""
    told = _Told(checked, extract)
    told.agents()
    told.sources()
    told.claim()
    told.decisions()
    return {kind: dict(members) for kind, members in told.said.items()}


class _Told:
    """One claim's provenance as it is put together: kind of statement -> id -> its attributes."""

    def __init__(self, checked: CheckedClaim, extract: Extract) -> None:
        self.said: defaultdict[str, Json] = defaultdict(dict)
        self._checked = checked
        self._extract = extract
        dossier = checked.dossier
        records = (dossier.claim, *dossier.sources.values(), *dossier.agents.values(), *dossier.captures)
        self._ids = {one.uid: f"here:{one.KIND}-{one.handle}" for one in records}

    def agents(self) -> None:
        for agent in self._checked.dossier.agents.values():
            self.said["agent"][self._ids[agent.uid]] = {
                "prov:type": {"$": AGENT[agent.kind], "type": "prov:QUALIFIED_NAME"},
                "prov:label": agent.name,
            }
            if agent.part_of in self._ids:
                self._relate(
                    "actedOnBehalfOf",
                    {"prov:delegate": self._ids[agent.uid], "prov:responsible": self._ids[agent.part_of]},
                )

    def sources(self) -> None:
        dossier = self._checked.dossier
        for source in dossier.sources.values():
            self.said["entity"][self._ids[source.uid]] = self._source(source)
            for role, uid in (("author", source.author), ("publisher", source.publisher)):
                self._attribute(self._ids[source.uid], uid, role)
        for capture in dossier.captures:
            self.said["entity"][self._ids[capture.uid]] = {
                f"{OURS}:sha256": capture.sha256,
                f"{OURS}:mediaType": capture.media_type,
                "prov:type": _ours("Capture"),
            }
            self._relate(
                "specializationOf",
                {"prov:specificEntity": self._ids[capture.uid], "prov:generalEntity": self._ids[capture.source]},
            )
        for link in dossier.links:
            if link.relation.derives:
                self._derive(self._ids[link.source], self._ids[link.comes_from], link.relation)

    def claim(self) -> None:
        dossier, claim = self._checked.dossier, self._checked.claim
        name = self._ids[claim.uid]
        self.said["entity"][name] = {
            "prov:label": claim.text,
            "prov:type": _ours("Claim"),
            "prov:location": self._extract.address(claim),
        }
        self._attribute(name, claim.claimant, "claimant")
        for item in dossier.evidence:
            if item.stance is Stance.SUPPORTS:
                self._derive(name, self._ids[item.source], None)
            else:
                self._relate(
                    "wasInfluencedBy",
                    {
                        "prov:influencee": name,
                        "prov:influencer": self._ids[item.source],
                        f"{OURS}:stance": item.stance.value,
                    },
                )

    def decisions(self) -> None:
        for review in self._checked.reviews:
            made, activity = f"here:review-{review.handle}", f"here:reviewing-{review.handle}"
            at = self._checked.added.get(review.uid)
            self.said["activity"][activity] = {"prov:type": _ours("Reviewing"), **({"prov:endTime": at} if at else {})}
            self.said["entity"][made] = {
                "prov:type": _ours("Review"),
                f"{OURS}:verdict": review.verdict.value,
                "prov:value": review.reasons,
                "prov:label": review.label or review.verdict.value,
            }
            self._relate("wasGeneratedBy", {"prov:entity": made, "prov:activity": activity})
            for uid in dict.fromkeys(
                [self._checked.claim.uid, *(one.source for one in self._checked.dossier.evidence)]
            ):
                self._relate("used", {"prov:activity": activity, "prov:entity": self._ids[uid]})
            if review.reviewer in self._ids:
                self._relate("wasAssociatedWith", {"prov:activity": activity, "prov:agent": self._ids[review.reviewer]})
            self._attribute(made, review.reviewer, "reviewer")

    def _source(self, source: Source) -> Json:
        told = {
            "prov:label": source.title,
            "prov:location": source.url,
            f"{OURS}:published": source.published,
            f"{OURS}:language": source.language,
        }
        said = {name: value for name, value in told.items() if value}
        return {"prov:type": _ours("".join(part.capitalize() for part in source.kind.split("_"))), **said}

    def _derive(self, later: str, earlier: str, relation: Relation | None) -> None:
        told: Json = {"prov:generatedEntity": later, "prov:usedEntity": earlier}
        if relation in DERIVATION:
            told["prov:type"] = {"$": DERIVATION[relation], "type": "prov:QUALIFIED_NAME"}
        if relation is not None:
            told[f"{OURS}:relation"] = relation.value
        self._relate("wasDerivedFrom", told)

    def _attribute(self, entity: str, agent: str | None, role: str) -> None:
        if agent in self._ids:
            told = {"prov:entity": entity, "prov:agent": self._ids[agent], f"{OURS}:role": role}
            self._relate("wasAttributedTo", told)

    def _relate(self, kind: str, told: Json) -> None:
        self.said[kind][f"_:{kind}{len(self.said[kind]) + 1}"] = told


def _ours(name: str) -> Json:
    return {"$": f"{OURS}:{name}", "type": "prov:QUALIFIED_NAME"}
