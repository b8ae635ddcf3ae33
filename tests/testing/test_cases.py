"""Cases read from a TOML file: all that may stand in one, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import (
    Anchor,
    Basis,
    Checker,
    Context,
    Corroboration,
    Dossier,
    Finding,
    InputError,
    InquiryState,
    Outcome,
    Relation,
    Stance,
    Value,
)
from ledger.model import Standing
from ledger.testing import Case, Expected, assert_checker_contract, load_cases

FULL = """
# What the checker fails on, and what it passes.
[[case]]
name = "everything a file may hold"
now = 2031-08-01T08:00:00Z
policy = "house.toml"
expect = [
    { outcome = "fail", code = "dated", reason_contains = "no date", fix_contains = "Add", cites = ["post", "claim"] },
    { relation = "quotes", source = "post", comes_from = "speech", measure_contains = "83%" },
]

[case.options]
words = ["many", "several"]
most = { share = 0.5 }

[[case.claim]]
text = "The bridge carries 12.50 t."
occurred = 2031-05-02
standing = "corrected"
reports = "content"
value = { subject = "the bridge", property = "load", amount = 12.50, unit = "t" }

[[case.claim]]
id = "content"
text = "The bridge carries much."

[[case.agent]]
id = "quell"
name = "Marta Quell"
part_of = "office"

[[case.agent]]
id = "office"
name = "Harbour office"
kind = "organisation"

[[case.source]]
id = "speech"
title = "Speech on the pier"
author = "quell"
published = "2031-05"
language = "es"

[[case.source]]
id = "post"
title = "Bridge shut"
withdrawn = "It was retracted."

[case.capture]
source = "post"
taken_at = "2031-05-03T08:00:00.000000Z"
text = \"\"\"
She said: “It carries 12.5 t.”
\"\"\"

[[case.link]]
source = "post"
relation = "quotes"
comes_from = "speech"

[[case.evidence]]
source = "speech"
seen_in = "post"
quote = "It carries 12.5 t."
language = "en"
basis = "witness"
named = true

[[case.evidence]]
source = "post"
claim = "content"
stance = "contradicts"

[[case.inquiry]]
question = "Is there a notice?"
searched = "the register"
state = "not_found"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.toml"


def test_a_file_may_hold_every_record(file: Path) -> None:
    """Each table of a case becomes the record that it describes, with others named by their ids."""
    file.with_name("house.toml").write_text('[corroboration]\nenough = ["same_origin"]\n', encoding="utf-8")
    file.write_text(FULL, encoding="utf-8")
    (case,) = load_cases(file)
    dossier = case.dossier()
    assert (str(case), case.now) == ("everything a file may hold", datetime(2031, 8, 1, 8, tzinfo=UTC))
    assert case.policy.enough == (Corroboration.SAME_ORIGIN,)
    assert case.context(Told()).options == {"words": ("many", "several"), "most": {"share": 0.5}}
    assert (dossier.claim.handle, dossier.claim.occurred) == ("claim", "2031-05-02")
    assert dossier.claim.value == Value("the bridge", "load", "12.50", "t")
    assert dossier.standing is Standing.CORRECTED
    assert dossier.reports is not None
    assert (dossier.reports.handle, dossier.reports.text) == ("content", "The bridge carries much.")
    assert dossier.withdrawn == {"source:post": "It was retracted."}
    assert dossier.agents["agent:quell"].part_of == "agent:office"
    assert dossier.source("source:speech").author == "agent:quell"
    (copy,) = dossier.captures
    assert (copy.source, copy.taken_at) == ("source:post", "2031-05-03T08:00:00.000000Z")
    (link,) = dossier.links
    assert (link.source, link.relation, link.comes_from) == ("source:post", Relation.QUOTES, "source:speech")
    (item,) = dossier.evidence
    assert (item.seen_in, item.basis, item.named) == ("source:post", Basis.WITNESS, True)
    assert isinstance(item.anchor, Anchor)
    assert (item.anchor.start, item.anchor.text, item.anchor.language) == (11, copy.text_sha256, "en")
    (other,) = case.dossier(dossier.reports).evidence
    assert (other.stance, other.seen_in) == (Stance.CONTRADICTS, None)
    (inquiry,) = dossier.inquiries
    assert (inquiry.searched, inquiry.state) == ("the register", InquiryState.NOT_FOUND)
    assert case.expect == (
        Expected(
            outcome=Outcome.FAIL,
            code="dated",
            reason_contains="no date",
            fix_contains="Add",
            cites=("post", "claim"),
        ),
        Expected(relation=Relation.QUOTES, source="post", comes_from="speech", measure_contains="83%"),
    )


class Told(Checker):
    """Checks: whether a claim speaks of the bridge.
    Why it matters: it is the only one.
    Fails on: the ferry.
    Passes on: the bridge.
    """

    name = "told"
    establishes = "that it speaks of the bridge"
    does_not_establish = "that it is so"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        if "bridge" in dossier.claim.text:
            yield self.passes("It speaks of the bridge.", cites=[dossier.claim])
        else:
            yield self.fails("It does not speak of the bridge.", code="other", cites=[dossier.claim])


SIDE_BY_SIDE = """
[[case]]
name = "the bridge"
claim = { text = "The bridge was closed." }
expect = { outcome = "pass" }

[[case]]
name = "the ferry"
claim = { text = "The ferry runs." }
expect = [{ outcome = "fail", code = "other", reason_contains = "not speak", cites = ["claim"] }]
"""


def test_passing_and_failing_cases_stand_side_by_side(file: Path) -> None:
    """Each case holds for a checker that says what it expects, and the checker keeps the contract on them."""
    file.write_text(SIDE_BY_SIDE, encoding="utf-8")
    cases = load_cases(str(file))
    assert [str(case) for case in cases] == ["the bridge", "the ferry"]
    for case in cases:
        case.assert_expected(Told())
    assert_checker_contract(Told(), cases)


def test_a_case_that_does_not_hold_says_so(file: Path) -> None:
    """A checker that says something else fails the case with what was expected and what was found."""
    file.write_text(SIDE_BY_SIDE.replace('outcome = "pass"', 'outcome = "warn"'), encoding="utf-8")
    case: Case = load_cases(file)[0]
    with pytest.raises(AssertionError, match="the case “the bridge” expects"):
        case.assert_expected(Told())


BRIDGE = '[[case]]\nname = "a bridge"\nclaim = { text = "The bridge was closed." }\nexpect = []\n'

WRONG = {
    "nothing": ("# nothing yet\n", "cases.toml: The file holds no case. Begin with [[case]] on a line of its own."),
    "no_toml": (
        "[[case]\n",
        "cases.toml: This is no TOML: Expected ']]' at the end of an array declaration "
        "(at line 1, column 7). Put texts in quotes.",
    ),
    "another_table": ("[[cases]]\n", "cases.toml: There is no key 'cases' here. Did you mean case?"),
    "no_table": ("case = 7\n", "cases.toml: case is not a table. Write [[case]] on a line of its own."),
    "no_name": (
        BRIDGE.replace('name = "a bridge"\n', ""),
        'cases.toml, case 1, name: This is missing. Add: name = "a source without a date"',
    ),
    "no_claim": (
        '[[case]]\nname = "a bridge"\nexpect = []\n',
        'HERE, claim: This is missing. Add: claim = { text = "..." }',
    ),
    "an_empty_list_of_claims": (
        '[[case]]\nname = "a bridge"\nexpect = []\nclaim = []\n',
        'HERE: There is no claim. Add: claim = { text = "..." }',
    ),
    "nothing_said_of_what_is_expected": (
        BRIDGE.replace("expect = []\n", ""),
        "HERE, expect: This is missing. "
        'Add: expect = [{ outcome = "fail" }], or expect = [] if the checker says nothing',
    ),
    "one_name_twice": (BRIDGE + BRIDGE, "HERE, name: Another case has this name. Give each a name of its own."),
    "a_misspelt_record": (
        BRIDGE + "[[case.evidense]]\n",
        "HERE: There is no key 'evidense' here. Did you mean evidence?",
    ),
    "a_misspelt_field": (
        BRIDGE + '[[case.source]]\nid = "post"\ntitel = "Bridge shut"\n',
        "HERE, source 1: There is no key 'titel' here. Did you mean title?",
    ),
    "a_missing_field": (
        BRIDGE + '[[case.source]]\nid = "post"\n',
        'HERE, source 1, title: This is missing. Add: title = "..."',
    ),
    "a_source_without_an_id": (
        BRIDGE + '[[case.source]]\ntitle = "Bridge shut"\n',
        'HERE, source 1, id: This is missing. Add: id = "..."',
    ),
    "a_list_for_a_text": (
        BRIDGE.replace('"The bridge was closed."', '["The bridge"]'),
        'HERE, claim 1, text: This is a list, not a text. Write: text = "some words"',
    ),
    "a_text_for_a_table": (
        BRIDGE + 'source = "post"\n',
        "HERE, source 1: This is not a table. Write [[case.source]] and its fields under it.",
    ),
    "an_id_twice": (
        BRIDGE + '[[case.agent]]\nid = "post"\nname = "Post"\n[[case.source]]\nid = "post"\ntitle = "Shut"\n',
        "HERE, source 1, id: The id post is already taken. Choose another.",
    ),
    "an_id_in_capitals": (
        BRIDGE + '[[case.source]]\nid = "Post"\ntitle = "Shut"\n',
        "HERE, source 1, id: 'Post' cannot be an id. Use lower-case letters, digits and hyphens, such as post.",
    ),
    "a_source_that_is_not_there": (
        BRIDGE + '[[case.source]]\nid = "post"\ntitle = "Shut"\n[[case.evidence]]\nsource = "psot"\n',
        "HERE, evidence 1, source: There is no source 'psot'. Did you mean post?",
    ),
    "an_agent_for_a_source": (
        BRIDGE + '[[case.agent]]\nid = "post"\nname = "Post"\n[[case.evidence]]\nsource = "post"\n',
        "HERE, evidence 1, source: There is no source 'post'. Give the id of one of this case: none yet.",
    ),
    "a_word_that_is_none": (
        BRIDGE + '[[case.source]]\nid = "post"\ntitle = "Shut"\n[[case.evidence]]\nsource = "post"\nbasis = "witnes"\n',
        "HERE, evidence 1, basis: It cannot be 'witnes'. Did you mean witness? "
        "Use one of: witness, document, told, unknown.",
    ),
    "a_day_that_is_none": (
        BRIDGE.replace('closed." }', 'closed.", occurred = "2031-02-30" }'),
        "HERE, claim 1, occurred: 2031-02-30 is not a date: February has no day 30. "
        "Write 2025-05-02, 2025-05, or XXXX-05-02 when the year is unknown.",
    ),
    "a_standing_that_is_none": (
        BRIDGE.replace('closed." }', 'closed.", standing = "retractd" }'),
        "HERE, claim 1, standing: It cannot be 'retractd'. Did you mean retracted?",
    ),
    "a_value_without_parts": (
        BRIDGE.replace('closed." }', 'closed.", value = 7 }'),
        'HERE, claim 1, value: A value has parts. Write: {subject = "...", property = "...", amount = "..."}',
    ),
    "a_moment_without_a_zone": (
        BRIDGE + "now = 2031-08-01T08:00:00\n",
        "HERE, now: '2031-08-01T08:00:00' is no moment. Write: now = 2031-07-01T12:00:00Z",
    ),
    "options_that_are_no_table": (
        BRIDGE + "options = 7\n",
        "HERE, options: This is not a table. Write [case.options] and the settings under it.",
    ),
    "an_outcome_that_is_none": (
        BRIDGE.replace("[]", '[{ outcome = "fails" }]'),
        "HERE, expect 1, outcome: It cannot be 'fails'. Did you mean fail? "
        "Use one of: pass, warn, fail, abstain, not_applicable, error.",
    ),
    "an_expectation_of_nothing": (
        BRIDGE.replace("[]", "[{}]"),
        'HERE, expect 1: This expects nothing. Say at least: outcome = "fail"',
    ),
    "a_misspelt_expectation": (
        BRIDGE.replace("[]", '[{ reason_contain = "x" }]'),
        "HERE, expect 1: There is no key 'reason_contain' here. Did you mean reason_contains?",
    ),
    "a_record_cited_that_is_not_there": (
        BRIDGE.replace("[]", '[{ outcome = "fail", cites = ["clam"] }]'),
        "HERE, expect 1, cites: There is no record 'clam'. Did you mean claim?",
    ),
    "a_source_proposed_that_is_not_there": (
        BRIDGE.replace("[]", '[{ relation = "quotes", source = "post" }]'),
        "HERE, expect 1, source: There is no source 'post'. Give the id of one of this case: none yet.",
    ),
    "a_link_to_itself": (
        BRIDGE + '[[case.source]]\nid = "post"\ntitle = "Shut"\n'
        '[[case.link]]\nsource = "post"\nrelation = "quotes"\ncomes_from = "post"\n',
        "HERE, link 1: A source cannot come from itself. Name two different sources.",
    ),
}
"""Files that are wrong, and the one line that is said of each; HERE stands for the file and the case."""


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_one_clear_line(text: str, said: str, file: Path) -> None:
    """Whatever is wrong with a file, one line says what, in which case, in which field, and what to write."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_cases(file)
    assert str(raised.value) == said.replace("HERE", "cases.toml, case “a bridge”")


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    """A missing file is an error that names it."""
    with pytest.raises(InputError, match="There is no such file"):
        load_cases(file)
