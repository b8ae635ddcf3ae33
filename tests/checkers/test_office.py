"""office: titles before and after names, held against who held the office when."""

from __future__ import annotations

import csv
import random
import zipfile
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from time import process_time
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from factledger_checkers.office import OfficeHeld
from factledger_checkers.office.holders import read_holders
from factledger_checkers.office.titles import titles
from hatchling.builders.wheel import WheelBuilder

from ledger import Finding, Outcome
from ledger.testing import Case, read_policy

ROOT = Path(__file__).parents[2]
TABLE = list(
    csv.DictReader((files("factledger_checkers.office") / "holders.csv").read_text(encoding="utf-8").splitlines())
)
CHECKED = date(2026, 6, 1).toordinal()
SILENT = "It names no holder of an office that the table knows."

BAY = (
    {"office": "Mayor", "place": "Kestrel Bay", "name": "Marta Quell", "start": "2019", "end": "2027-05-01"},
    {"office": "Mayor", "place": "Kestrel Bay", "name": "Ana Roa", "start": "2027-05-01", "checked": "2031-06-01"},
    {"office": "Prime Minister", "place": "Norland; Norlandic", "name": "Theresa May", "aliases": "Tess May; T. Stone",
     "start": "2025-03", "end": "2028-04"},
)  # fmt: skip


def findings(case: Case, *rows: Any) -> list[Finding]:
    """Return what the checker says with these rows of the house."""
    lists = {"office-holders": rows}
    return case.findings(OfficeHeld(), policy=attrs.evolve(case.policy, lists=MappingProxyType(lists)))


def dated(words: str, published: str | None, *, occurred: str | None = None) -> Case:
    """Return a case of a claim that one source of this date carries."""
    case = Case(words, id="call", occurred=occurred)
    case.evidence(case.source("Ferry by night", id="ferry", published=published))
    return case


def said(words: str, published: str | None, *rows: Any, occurred: str | None = None) -> Finding:
    """Return the one finding on a claim in these words."""
    (finding,) = findings(dated(words, published, occurred=occurred), *rows)
    return finding


FITS = [
    ("President Trump spoke.", "2025-05-02"),
    ("U.S. President Donald J. Trump spoke.", "2018-05"),
    ("Former President Donald Trump spoke.", "2023-05-02"),
    ("The then-president Donald Trump spoke.", "2023-05-02"),
    ("President Clinton opened the library.", "2000-11-18"),
    ("President Lincoln was shot in 1865.", "2025-05-02"),
    ("President-elect Joe Biden spoke.", "2020-12-01"),
    ("The incoming U.S. president, Joe Biden, spoke.", "2020-12-01"),
    ("Ex-Vice President Cheney spoke.", "2010"),
    ("President George Bush spoke.", "1990-05-02"),
    ("President Bush spoke.", "2003-05-02"),
    ("Former President Bush saw his son sworn in.", "2002-05-02"),
    ("Former President Trump spoke in 2022.", "2025-05-02"),
    ("President of the United States Barack Obama spoke.", "2012-05-02"),
    ("Barack Obama, the president of the United States, spoke.", "2012-05-02"),
    ("George W. Bush, a former U.S. president, spoke.", "2012-05-02"),
    ("The current president, Joe Biden, spoke.", "2022-05-02"),
    ("On Tuesday President Van Buren spoke.", "1838-05-02"),
    ("Vice President J.D. Vance and his predecessor spoke.", "2025-05-02"),
    ("President Trump's lawyers spoke.", "2018-05-02"),
    ("US President Joe Biden Jr. spoke.", "2022-05-02"),
    ("President Biden was sworn in.", "2021-01-20"),
    ("Night Ferries Stop\nPresident Trump spoke.", "2025-05-02"),
    ("He met President Donald\nTrump.", "2025-05-02"),
    ("He met President Donald Trump\nMore Night Ferries", "2025-05-02"),
    ("He met President Trump\n\nMore Night Ferries", "2025-05-02"),
]


@pytest.mark.parametrize(("words", "published"), FITS)
def test_a_title_that_fits(words: str, published: str) -> None:
    """Who holds the office, held it before, or is awaited, is called so; the reason says who is meant."""
    finding = said(words, published)
    assert (finding.outcome, finding.code) == (Outcome.PASS, "held"), finding.reason
    assert " fits " in finding.reason


WRONG = [
    ("Mexico heard that former U.S. President Donald Trump proposed it.", "2025-05-02",
     "“former U.S. President Donald Trump”: Donald Trump was president of the United States on 2 May 2025"
     " (from 20 January 2025)."),
    ("Ex-President Clinton spoke.", "1999-03",
     "“Ex-President Clinton”: Bill Clinton was president of the United States in March 1999"
     " (from 20 January 1993 to 20 January 2001)."),
    ("U.S. Vice President Abraham Lincoln spoke.", "2025-05-02",
     "“U.S. Vice President Abraham Lincoln”: by the table, Abraham Lincoln was never vice president of the"
     " United States up to 1 June 2026."),
    ("The incumbent President Joe Biden spoke.", "2019-05-02",
     "“incumbent President Joe Biden”: Joe Biden was not president of the United States before 20 January 2021,"
     " and the words are of 2 May 2019."),
    ("President Trump spoke.", "2015-05-02",
     "“President Trump”: Donald Trump was not president of the United States before 20 January 2017,"
     " and the words are of 2 May 2015."),
    ("Then-President Biden spoke.", "2019-05-02",
     "“Then-President Biden”: Joe Biden was not president of the United States before 20 January 2021,"
     " and the words are of 2 May 2019."),
    ("The current president, Barack Obama, spoke.", "2018-05-02",
     "“current president, Barack Obama”: Barack Obama was president of the United States"
     " from 20 January 2009 to 20 January 2017, not on 2 May 2018."),
    ("President-elect Trump spoke.", "2017-12-01",
     "“President-elect Trump”: Donald Trump was president of the United States already on 1 December 2017"
     " (from 20 January 2017)."),
    ("President Bush spoke.", "1980-05-02",
     "“President Bush”: George H. W. Bush was not president of the United States before 20 January 1989,"
     " and the words are of 2 May 1980; nor does it fit George W. Bush."),
    ("Vice President Donald Trump spoke.", "2025-05-02",
     "“Vice President Donald Trump”: by the table, Donald Trump was never vice president of the United States"
     " up to 1 June 2026."),
    ("Former President Grover Cleveland spoke.", "1894-05-02",
     "“Former President Grover Cleveland”: Grover Cleveland was president of the United States on 2 May 1894"
     " (from 4 March 1893 to 4 March 1897)."),
    ("Barack Obama, the former U.S. president, spoke.", "2012-05-02",
     "“Barack Obama, the former U.S. president”: Barack Obama was president of the United States on 2 May 2012"
     " (from 20 January 2009 to 20 January 2017)."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "published", "reason"), WRONG)
def test_a_title_that_fits_nobody(words: str, published: str, reason: str) -> None:
    """A title that no reading makes right is a problem, and the reason says what the table has."""
    finding = said(words, published)
    assert (finding.outcome, finding.code, finding.reason) == (Outcome.FAIL, "not_held", reason)


@pytest.mark.parametrize(
    ("words", "published", "reason"),
    [
        ("Former President Donald Trump spoke.", "XXXX-05-02", "no year is given for 2 May."),
        ("Former President Donald Trump spoke.", None, "“Ferry by night” has no date."),
        ("Former President Donald Trump spoke.", "soon", "the date of “Ferry by night” cannot be read."),
        ("Former President Donald Trump spoke.", "2026-09-01", "the table of holders was last checked on 1 June 2026."),
        ("President Trump spoke.", "2026-09-01", "the table of holders was last checked on 1 June 2026."),
        ("President Obama spoke.", "2035-09-01", "the table of holders was last checked on 1 June 2026."),
        ("Former President Joe Biden spoke.", "2025-01-20", "Joe Biden took or left the office about that day."),
        ("Former President Joe Biden spoke.", "2025-01-21", "Joe Biden took or left the office about that day."),
        ("Former President Joe Biden spoke.", "2025", "Joe Biden took or left the office in that time."),
        ("President Trump spoke.", "2017-01-19/2017-01-21", "Donald Trump took or left the office in that time."),
        ("Former President Trump spoke on Thursday.", "2025-01-24",
         "Donald Trump took or left the office in that time."),
        ("President-elect Trump spoke.", "2016-03-01", "the table does not say on which day Donald Trump was elected."),
        ("Former President Trump spoke two days later.", "2025-05-02",
         "the sentence tells of “two days later”, which cannot be dated."),
        ("Former President Trump was charged during the term of another.", "2025-05-02",
         "the sentence may tell of another time."),
        ("If President Harris were here: President Kamala Harris would speak.", "2024-05-02",
         "the sentence may tell of what is not so, or not yet."),
        ("President Clinton opened the library.", "2004-11-18",
         "Bill Clinton was president of the United States from 20 January 1993 to 20 January 2001; the title may be a"
         " courtesy, or the words of that time."),
        ("President Carter will visit tomorrow.", "2018-05-02",
         "Jimmy Carter was president of the United States from 20 January 1977 to 20 January 1981; the title may be a"
         " courtesy, or the words of that time."),
        ("President-elect Kennedy chose his men.", "2025-05-02",
         "the sentence may tell of the time before John Kennedy took the office."),
        ("President Trump will speak.", "2016-12-02", "the sentence may tell of what is not so, or not yet."),
        ("The sitting President Jimmy Carter lost.", "2025-05-02",
         "Jimmy Carter had left the office, and the sentence may tell of an earlier time."),
        ("A former President Trump aide spoke.", "2025-05-02", "“former” may belong to the word after the name."),
        ("Barack Obama, the president of the United States, spoke.", "2019-05-02",
         "Barack Obama had left the office, and the sentence may tell of an earlier time."),
        ("It says “the former President Donald Trump has spoken at last”.", "2025-05-02",
         "it stands in a quotation, whose own date is not recorded."),
        ("Maria Carter came. President Carter spoke.", "1970-05-02", "Maria Carter may be meant."),
        ("The former president Clinton gave the college a bell.", "1995-05-02", "it may be the title of another body."),
    ],
)  # fmt: skip
def test_what_cannot_be_told(words: str, published: str | None, reason: str) -> None:
    """A date that is missing or too wide, the end of the table, another time or person: nothing is guessed."""
    finding = said(words, published)
    assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "unknown")
    assert finding.reason.endswith(f": {reason}")


def test_what_would_settle_an_unknown_year_is_said() -> None:
    """The fix is a command that gives the source the date that its words count from."""
    finding = said("Former President Donald Trump spoke.", "XXXX-05-02")
    assert finding.fix.endswith('factledger correct ferry reference_date=DATE --because "..."')


@pytest.mark.parametrize(
    "words",
    [
        "Mexican President Claudia Sheinbaum spoke.",
        "Mexican President Ford spoke.",
        "President Vicente Fox spoke.",
        "President Hillary Clinton spoke.",
        "President Donald Trump Jr. spoke.",
        "Acme President James Carter spoke.",
        "Acme Corp. President James Carter spoke.",
        "University President Johnson spoke.",
        "The university's former president Clinton spoke.",
        "Its former president Clinton spoke.",
        "The club president Clinton spoke.",
        "The president Clinton spoke of was another.",
        "President Carter of Acme spoke.",
        "President Street is shut, and so is President Lincoln Library.",
        "President Trump's birthday was kept.",
        "A President Trump would be new.",
        "Future President Trump spoke.",
        "Acting President Biden spoke.",
        "The Trump presidency and the Ford presidency came later.",
        "The presidents Bush and Clinton spoke.",
        "Former presidents Bush and Clinton spoke.",
        "President-designate Trump spoke.",
        "The President-elect spoke.",
        "President Biden-era rules ended.",
        "According to Donald Trump, the former U.S. president, was wrong.",
        "Donald Trump, the president said, was wrong.",
        "They met Donald Trump, the president of Acme, in May.",
        "Lincoln and Theodore went to school in Washington.",
        "Confederate President Jefferson Davis spoke.",
        "President Grant Foundation Incorporated spoke.",
        "Vice Chairman Pence spoke.",
        "They met the U.S. vice president, Donald Trump and Joe Biden.",
        "They met the former president, Donald Trump and others.",
        "They met the U.S. president, JD Vance, and others.",
        "They met the current president, Joe Biden, Donald Trump and others.",
        "President Henry Wilson and Vice President James Carter spoke.",
        "[withheld]",
        "",
    ],
)
def test_what_is_no_title_of_the_table(words: str) -> None:
    """Other presidents, streets, libraries, birthdays and what is yet to be are left alone, whatever the date."""
    for published in ("1900-01-01", "1970-05-02", "1996-05-02", "2012-05-02", "2019-05-02", "2025-05-02", None):
        finding = said(words, published)
        assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, SILENT), published


# -- over the whole table, against the rule worked out apart -------------------

FORMS = {
    "plain": "U.S. President {}",
    "former": "former U.S. President {}",
    "ex": "ex-President {}",
    "then": "then-President {}",
    "current": "the current U.S. President {}",
    "elect": "U.S. President-elect {}",
}


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def stretches(office: str) -> dict[str, list[list[int]]]:
    """Return the days in office by name, terms that follow one another made one."""
    made: dict[str, list[list[int]]] = defaultdict(list)
    for row in sorted((row for row in TABLE if row["office"] == office), key=lambda row: row["start"]):
        spans, start, end = made[row["name"]], day(row["start"]), day(row["end"])
        if spans and start - spans[-1][1] <= 1:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return made


def expected(form: str, spans: list[list[int]], starts: list[int], at: int) -> str:
    """Return what the rule says of one person on one day that is far from every change of office."""
    inside = any(start < at < end for start, end in spans)
    began = at > spans[0][0]
    if form == "plain":
        return "pass" if inside else "abstain" if began else "fail"
    if form == "then":
        return "pass" if began else "fail"
    if form == "current":
        return "pass" if inside else "fail"
    if form in ("former", "ex"):
        return "pass" if began and not inside else "fail"
    if any(start - 130 <= at <= start for start in starts):
        return "pass"
    if any(start - 366 <= at <= start for start in starts):
        return "abstain"
    return "fail" if inside or at < starts[0] else "abstain"


def graver(results: list[str]) -> str:
    """Return what several readings come to: one that fits is enough, and only all that do not are a problem."""
    return "pass" if "pass" in results else "fail" if set(results) == {"fail"} else "abstain"


@pytest.mark.table
@pytest.mark.parametrize("office", ["President", "Vice President"])
def test_every_holder_on_many_days_in_every_form(office: str) -> None:
    """Inside, between, before and after each time in office, each form is what the rule makes it."""
    known, random_ = stretches(office), random.Random(1789)
    alike = {"John Adams": ["John Adams", "John Quincy Adams"]}
    starts = {
        name: [day(row["start"]) for row in TABLE if (row["office"], row["name"]) == (office, name)] for name in known
    }
    changes = [edge for spans in known.values() for span in spans for edge in span]
    table, counts = read_holders(), defaultdict(int)
    for name, spans in known.items():
        days = [spans[0][0] - 4_000, spans[0][0] - 500, spans[0][0] - 60, spans[-1][1] + 60, spans[-1][1] + 9_000]
        days += [random_.randint(start, end) for start, end in spans for _ in range(4)]
        days += [random_.randint(one[1], other[0]) for one, other in pairwise(spans) for _ in "ab"]
        for at in days:
            if at >= CHECKED or any(abs(at - change) < 4 for change in changes):
                continue
            for form, written in FORMS.items():
                words = f"Yes, {written.format(name).replace('President', office)} spoke."
                assert [title.form.value for title in titles(words, table)], words
                people = [other for other in alike.get(name, [name]) if other in known]
                wanted = graver([expected(form, known[one], starts[one], at) for one in people])
                finding = said(words, date.fromordinal(at).isoformat())
                assert finding.outcome.value == wanted, (words, date.fromordinal(at), finding.reason)
                counts[wanted] += 1
    assert all(counts[outcome] > 30 for outcome in ("pass", "fail")), counts


# -- whose words, and of when ------------------------------------------------


def test_anchored_words_are_of_the_date_of_their_source() -> None:
    """Words count from when their source came out, or else from its reference date; both are cited."""
    text = "It rained in Kestrel Bay. Mexico heard that former U.S. President Donald Trump made it. All was said."
    for reference, outcome, reason in (
        (None, Outcome.ABSTAIN, "no year is given for 2 May."),
        (
            "2025-05-03",
            Outcome.FAIL,
            "Donald Trump was president of the United States on 3 May 2025 (from 20 January 2025).",
        ),
        ("2023-05-03", Outcome.PASS, None),
    ):
        case = Case("An offer was made.", id="offer")
        article = case.source("Offer made", published="XXXX-05-02", reference_date=reference)
        case.capture(article, text)
        item = case.evidence(article, quote="former U.S. President Donald Trump")
        (finding,) = findings(case)
        assert finding.cites == (item.uid, article.uid)
        assert finding.outcome is outcome
        assert reason is None or finding.reason == f"“former U.S. President Donald Trump”: {reason}"


def test_the_sentence_about_anchored_words_is_read_with_them() -> None:
    """A year in the same sentence is the year that it tells of; one in the next sentence is not."""
    for text, outcome in (
        ("In 2022 it was former President Donald Trump who spoke.", Outcome.PASS),
        ("It was former President Donald Trump who spoke. It was 2022 then.", Outcome.FAIL),
    ):
        case = Case("He spoke.")
        source = case.source("Speech heard", published="2025-05-03")
        case.capture(source, text)
        case.evidence(source, quote="former President Donald Trump")
        (finding,) = findings(case)
        assert finding.outcome is outcome, finding.reason


def test_only_anchored_words_are_looked_at() -> None:
    """A title elsewhere in the text, or one that is cut off by the anchor, is not spoken of."""
    case = Case("He spoke.")
    source = case.source("Speech heard", published="2025-05-03")
    case.capture(source, "The former President Donald Trump spoke of ferries.")
    case.evidence(source, quote="President Donald Trump spoke")
    case.evidence(source, quote="spoke of ferries")
    (finding,) = findings(case)
    assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, SILENT)


def test_words_that_somebody_reports_fit_at_either_date() -> None:
    """Words seen in one source and spoken in another may be of the date of either."""
    for spoken, seen, outcome in (
        ("2023-05-02", "2025-05-02", Outcome.PASS),
        ("2025-04-02", "2025-05-02", Outcome.FAIL),
        (None, "2025-05-02", Outcome.ABSTAIN),
    ):
        case = Case("He spoke.")
        speech, article = case.source("Speech", published=spoken), case.source("Report", published=seen)
        case.evidence(speech, seen_in=article, quote="“the former President Donald Trump has never asked”")
        (finding,) = findings(case)
        assert finding.outcome is outcome, finding.reason


def test_the_date_of_the_event_counts_too() -> None:
    """A claim of an event may use the title of its day; where no source is known, its date alone counts."""
    assert said("Former President Trump spoke.", "2025-05-02", occurred="2022-03-04").outcome is Outcome.PASS
    assert said("Former President Trump spoke.", "2025-05-02", occurred="2018-03-04").outcome is Outcome.FAIL
    assert said("Former President Trump spoke.", None, occurred="2018-03-04").outcome is Outcome.ABSTAIN
    (finding,) = findings(Case("Former President Trump spoke.", occurred="2018-03-04"))
    assert finding.outcome is Outcome.FAIL
    (finding,) = findings(Case("Former President Trump spoke."))
    assert finding.reason == "“Former President Trump”: the claim has no date."


def test_a_withdrawn_source_is_not_read() -> None:
    """The words of a source that was withdrawn do not count, nor does its date."""
    case = Case("He spoke.")
    source = case.source("Speech heard", published="2025-05-03")
    case.evidence(source, quote="former President Donald Trump")
    case.withdraw(source, "Misheard.")
    assert [finding.reason for finding in findings(case)] == [SILENT]


def test_several_titles_are_told_apart() -> None:
    """Each wrong title is a finding of its own; those that cannot be told are one; those that fit are counted."""
    words = "Former President Trump and ex-Vice President Vance met President Trump."
    one, other = findings(dated(words, "2025-05-02"))
    assert (one.code, other.code) == ("not_held", "not_held")
    (finding,) = findings(dated(words, None))
    assert finding.reason == "“Former President Trump”: “Ferry by night” has no date (and 2 more)."
    case = dated("Former President Trump spoke.", "2025-05-02")
    case.evidence(case.source("Speech", published="2025-05-02"), quote="Former President Trump")
    (finding,) = findings(case)
    assert (finding.code, len(finding.cites)) == ("not_held", 4)
    finding = said("President Obama met Vice President Biden.", "2012-05-02")
    assert finding.reason == "All 2 titles fit the table of office holders." and len(finding.details) == 2


# -- the house's own table --------------------------------------------------


@pytest.mark.parametrize(
    ("words", "published", "outcome"),
    [
        ("Mayor Quell spoke.", "2026-05-02", Outcome.PASS),
        ("Kestrel Bay Mayor Marta Quell spoke.", "2026-05-02", Outcome.PASS),
        ("Former Kestrel Bay Mayor Marta Quell spoke.", "2026-05-02", Outcome.FAIL),
        ("The former mayor of Kestrel Bay, Marta Quell, spoke.", "2026-05-02", Outcome.FAIL),
        ("Marta Quell, the former mayor of Kestrel Bay, spoke.", "2029-05-02", Outcome.PASS),
        ("The former Mayor Marta Quell spoke.", "2031-07-02", Outcome.ABSTAIN),
        ("The former Mayor Ana Roa spoke.", "2031-05-02", Outcome.FAIL),
        ("Mayor Ana Roa spoke.", "2026-05-02", Outcome.FAIL),
        ("Mayor Ana Roa spoke.", "2019", Outcome.FAIL),
        ("Former Mayor Quell spoke.", "2019", Outcome.ABSTAIN),
        ("Prime Minister Theresa May spoke.", "2026-05-02", Outcome.PASS),
        ("Norlandic Prime Minister May spoke.", "2026-05-02", Outcome.PASS),
        ("Former Prime Minister Tess May spoke.", "2026-05-02", Outcome.FAIL),
        ("Former Prime Minister Stone spoke.", "2026-05-02", Outcome.FAIL),
        ("Sudland Prime Minister May spoke.", "2020-05-02", Outcome.NOT_APPLICABLE),
        ("Prime Minister Theresa May of Sudland spoke.", "2020-05-02", Outcome.NOT_APPLICABLE),
        ("Prime Minister Ana Roa spoke.", "2026-05-02", Outcome.NOT_APPLICABLE),
        ("Former President Trump spoke.", "2025-05-02", Outcome.FAIL),
    ],
)
def test_a_house_adds_its_own_offices(words: str, published: str, outcome: Outcome) -> None:
    """Offices of the house's table are found by their names, beside those that come with factledger."""
    assert said(words, published, *BAY).outcome is outcome


def test_a_house_brings_the_table_up_to_date() -> None:
    """A row with the start of a known one takes its place: checked later, or ended before it was due."""
    row = {"office": "President", "place": "the United States", "name": "Donald Trump", "start": "2025-01-20"}
    words, published = "Former President Donald Trump spoke.", "2027-05-02"
    assert said(words, published).outcome is Outcome.ABSTAIN
    assert said(words, published, {**row, "end": "2029-01-20", "checked": "2027-06-01"}).outcome is Outcome.FAIL
    assert said(words, published, {**row, "end": "2027-03-01", "checked": "2027-06-01"}).outcome is Outcome.PASS


def test_a_president_of_two_countries_is_either() -> None:
    """A surname that two tables have is wrong only where it fits in neither; the country tells them apart."""
    fox = {
        "office": "President",
        "place": "Mexico; Mexican",
        "name": "Jo Ford",
        "start": "2000-12-01",
        "end": "2006-12-01",
    }
    assert said("President Ford spoke.", "2003-05-02", fox).outcome is Outcome.PASS
    assert said("Former President Ford spoke.", "2003-05-02", fox).outcome is Outcome.PASS
    assert said("Former Mexican President Ford spoke.", "2003-05-02", fox).outcome is Outcome.FAIL
    assert said("Former President Ford of Mexico spoke.", "2003-05-02", fox).outcome is Outcome.FAIL
    finding = said("President Ford spoke.", "1970-05-02", fox)
    assert finding.reason == "“President Ford”: the table of holders begins on 1 December 2000."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"name": "Ana Roa", "start": "2031"}, "has no office."),
        ({"office": "Mayor", "start": "2031"}, "has no name."),
        ({"office": "Mayor", "name": "Ana Roa"}, "has no start."),
        ({"office": "Mayor", "name": "Ana Roa", "start": "2031"},
         "has neither an end nor the day on which it was checked."),
        ({"office": "Mayor", "name": "Ana Roa", "start": "May", "end": "2031"}, "has a start that is no date: May."),
        ({"office": "Mayor", "name": "Ana Roa", "start": "2030", "end": "2031-13"},
         "has an end that is no date: 2031-13."),
        ({"office": "Mayor", "name": "Ana Roa", "start": "XXXX-05", "end": "2031"},
         "has a start without a year or an end: XXXX-05."),
        ({"office": "Mayor", "name": "Ana Roa", "start": "2031", "end": "2030"}, "has an end before its start."),
        ({"office": "Mayor", "name": "...", "start": "2031", "end": "2032"}, "has no name in letters."),
        ({"office": "Mayor", "name": "x" * 300, "start": "2031", "end": "2032"},
         "has a name that is too long, or cannot be printed."),
        ({"office": 5, None: ["x"]}, "has no office."),
        ("Mayor", "is no row."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_said(row: Any, reason: str) -> None:
    """A table with a broken row passes nothing; what its other rows say is found all the same."""
    found, broken = findings(dated("Former Mayor Marta Quell spoke.", "2026-05-02"), BAY[0], row)
    assert found.outcome is Outcome.FAIL
    assert (broken.outcome, broken.code) == (Outcome.ABSTAIN, "bad_list")
    assert broken.reason == f"Line 3 of the table of office holders {reason}"
    (only,) = findings(dated("It rained.", "2026-05-02"), BAY[0], row)
    assert only.code == "bad_list"


def test_the_table_is_a_file_that_the_policy_names(tmp_path: Path) -> None:
    """The list is read from the folder of the policy file."""
    (tmp_path / "holders.csv").write_text(
        "Office,place,name,aliases,start,end,checked\nMayor,Kestrel Bay,Marta Quell,,2019,,2031-05-01\n",
        encoding="utf-8",
    )
    (tmp_path / "desk.toml").write_text('[lists]\noffice-holders = "holders.csv"\n', encoding="utf-8")
    case = dated("Former Mayor Quell spoke.", "2026-05-02")
    (finding,) = case.findings(OfficeHeld(), policy=read_policy(tmp_path / "desk.toml"))
    assert (
        finding.reason
        == "“Former Mayor Quell”: Marta Quell was mayor of Kestrel Bay on 2 May 2026 (from 1 January 2019)."
    )


# -- whatever else may come -------------------------------------------------

PIECES = [
    "former", "ex-", "then-", "President", "president", "Vice President", "Mayor", "-elect", "current", "U.S.", "the",
    "of", "United States", ",", "Quell", "Marta", "Trump", "Donald", "Bush", "George", "W.", "H. W.", ".", "’s", "'s",
    "“", "”", "\n", "\t", "\x00", "\u202e", "İ", "ß", "ﬁ", "é", "e\u0301", "🌉", "-", "–", "2022", "in May", "last",
    "Jr.", "J.D.", "Vance", "according to", "Acme", "(", ")", "[", "\\", "*", "{0}", "%s", "A" * 50, "…", "\u200d",
    "٣", " elect",
]  # fmt: skip
SOUND = [
    "former U.S. President Donald Trump",
    "Marta Quell , the former mayor of Kestrel Bay ,",
    "ex- Vice President Vance",
]


def odd(random_: random.Random) -> str:
    """Return pieces in disorder, or a sound title that some pieces were put into or taken out of."""
    if random_.random() < 0.5:
        return random_.choice(("", " ")).join(random_.choices(PIECES, k=random_.randint(1, 14)))
    words = random_.choice(SOUND).split()
    for _ in range(random_.randint(0, 3)):
        at = random_.randrange(len(words) + 1)
        words[at : at + random_.randint(0, 1)] = [random_.choice(PIECES)]
    return " ".join(words)


@pytest.mark.long
def test_ten_thousand_odd_texts() -> None:
    """Of whatever text, titles are found where they stand, in order, and name somebody in the table by surname."""
    table, random_ = read_holders(BAY), random.Random(4)
    surnames = ("trump", "bush", "vance", "quell", "may", "roa", "stone", "ford")
    found = 0
    for number in range(10_000):
        text = odd(random_)
        done = 0
        for title in titles(text, table):
            assert done <= title.start < title.end <= len(text)
            assert any(name in title.words(text).lower() for name in surnames), text
            done, found = title.end, found + 1
        if number % 10 == 0:
            reasons = [finding.reason for finding in findings(dated(text, "2025-05-02"), *BAY)]
            assert reasons and all(reason.isprintable() for reason in reasons), text
    assert found > 1_000


def test_names_that_are_not_in_the_table_are_never_a_problem() -> None:
    """Where no text names anybody in the table, nothing is found, whatever else stands in it."""
    random_ = random.Random(5)
    pieces = [piece for piece in PIECES if piece not in ("Trump", "Bush", "Vance", "Quell")]
    for _ in range(1_000):
        text = " ".join(random_.choices(pieces, k=random_.randint(1, 14)))
        assert [finding.reason for finding in findings(dated(text, "2025-05-02"))] == [SILENT], text


@pytest.mark.parametrize(
    "piece",
    [
        "President ",
        "former ",
        "former President Trump ",
        "President-",
        "President Donald ",
        "A. ",
        "the, ",
        "President of ",
    ],
)
def test_long_texts_take_linear_time(piece: str) -> None:
    """A text made to be slow to read is read in a moment."""
    began = process_time()
    list(titles(piece * (40_000 // len(piece)), read_holders()))
    findings(dated(piece * (10_000 // len(piece)), "2025-05-02"))
    assert process_time() - began < 4


def test_the_table_is_in_the_wheel(tmp_path: Path) -> None:
    """The table is installed with the checker."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        rows = archive.read("factledger_checkers/office/holders.csv").decode().splitlines()
    assert list(csv.DictReader(rows)) == TABLE


def test_the_shipped_table_is_whole() -> None:
    """Every row can be used, and every day from 30 April 1789 on has a president until the day it was checked."""
    table = read_holders()
    assert not table.faults and {row["checked"] for row in TABLE} == {date.fromordinal(CHECKED).isoformat()}
    terms = sorted((day(row["start"]), day(row["end"])) for row in TABLE if row["office"] == "President")
    assert terms[0][0] == date(1789, 4, 30).toordinal() and terms[-1][1] > CHECKED
    assert all(abs(start - end) <= 1 for (_, end), (start, _) in pairwise(terms))
