"""The checkers of time on texts that no newsroom writes: no traceback, and nothing found that is not there."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from factledger_checkers.date_valid import DateValid
from factledger_checkers.gap import Gap
from factledger_checkers.tense import Tense

from ledger import Checker, Outcome
from ledger.model import Claim, Evidence, Record
from ledger.testing import Case

CHECKERS = (DateValid(), Gap(), Tense())
TEXTS = 10_000
PIECES = (
    "٣١ فبراير ٢٠٢٥", "２月３０日", "३१ फ़रवरी", "10 мая 2031", "31 Şubat", "\u0663\u0661 February",
    "３１ February 2025", "1" + "0" * 400, "1e400", "NaN", "7" * 5_000, "May may", "may May be", "2031-W05",
    "2032-W53-7", "44 BC", "-0001-01-01", "500-400 BCE", "from 1500 to 1200 BC", "+12025-01-01", "٠٥/٠٦/٢٠٢٥",
    "XXXX-05-02", "2025-05~", "T23:59:60Z", "24:00", "\x00", "\u202e", "\u202c", "\ufeff", "\ud800", "\n", "\t",
    "Ⅷ", "½", "e\u0301" * 9, "İ", "ſ", "/", "..", "(", ")", "“", "”", "[withheld]", "days", "12", "weeks after",
    "aged", "born", "anniversary of", "the", "on", "in", "will", "was", "2031", "-05-", "May", "Sunday", "Mon",
    "recent months", "yesterday", "tenth", "{0} %s", "closed", "from", "to",
)  # fmt: skip
JOINTS = ("", " ", " ", ", ")


@pytest.mark.long
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
def test_odd_texts(checker: Checker) -> None:
    """Ten thousand texts of other scripts, other calendars and broken pieces are answered, and none is accused."""
    random = Random(7)
    for _ in range(TEXTS):
        text = "".join(random.choice(PIECES) + random.choice(JOINTS) for _ in range(random.randint(1, 9)))
        case = Case(text, occurred=random.choice([None, "2031-05-02", "XXXX-05", "9999-12-31", "0000"]))
        if random.random() < 0.5:
            published = random.choice([None, "2031-05-03", "0000", "9999", "nonsense"])
            case.evidence(case.source("Harbour Post", published=published), quote=text)
        found = case.findings(checker)
        assert found, text
        assert {finding.outcome for finding in found} <= {Outcome.PASS, Outcome.ABSTAIN, Outcome.NOT_APPLICABLE}, text


PLANTED = [
    (DateValid(), {"text": "It closed on 31 February 2025."}, {}),
    (DateValid(), {"text": "It closed on 3 April 2025.", "occurred": "2025-03-04"}, {}),
    (DateValid(), {"text": "It closed.", "occurred": "2025-03-04"}, {"quote": "It closed on 3 April 2025."}),
    (DateValid(), {"text": "It closed."}, {"quote": "It closed on Wednesday May 2 2025."}),
    (DateValid(), {"text": "It closed."}, {"quote": "It closed on Wednesday, May 2.", "published": "2025-05-03"}),
    (Gap(), {"text": "It closed two days after 2 May 2031.", "occurred": "2031-05-09"}, {}),
    (Gap(), {"text": "Ann Lee, 12, sang.", "occurred": "2025"}, {"quote": "Ann Lee was born in 1980."}),
    (Gap(), {"text": "It marked the tenth anniversary of the 2015 flood."}, {"published": "2029"}),
    (Tense(), {"text": "It was closed on 9 May 2031."}, {"published": "2031-05-02"}),
    (Tense(), {"text": "It closed."}, {"quote": "The ferry sank on 9 May 2031.", "published": "2031-05-02"}),
]


@pytest.mark.parametrize(("checker", "claim", "evidence"), PLANTED)
def test_the_records_that_make_a_fault_are_cited(
    checker: Checker, claim: dict[str, str], evidence: dict[str, str]
) -> None:
    """Each planted fault is found once; every record without which it is none is cited, and the rest makes it."""
    case = Case(**claim)
    case.evidence(case.source("Old Post", published="2031-06-01"), quote="The bridge is old.", contradicts=True)
    if evidence:
        source = case.source("Harbour Post", published=evidence.get("published"))
        case.evidence(source, quote=evidence.get("quote"))
    (finding,) = case.findings(checker)
    assert finding.outcome in (Outcome.WARN, Outcome.FAIL)
    for uid, record in list(case._records.items()):
        case._records[uid] = _silent(record)
        needed = case.findings(checker) != [finding]
        case._records[uid] = record
        assert not needed or uid in finding.cites, uid
    for uid, record in list(case._records.items()):
        if uid not in finding.cites:
            case._records[uid] = _silent(record)
    assert [one.reason for one in case.findings(checker)] == [finding.reason]


def _silent(record: Record) -> Record:
    """Return a record without its dates and words."""
    if isinstance(record, Claim):
        return attrs.evolve(record, text="It is so.", occurred=None, said=None)
    if isinstance(record, Evidence):
        return attrs.evolve(record, anchor=None)
    return attrs.evolve(record, published=None) if hasattr(record, "published") else record
