"""What a table brings into a ledger, again and again, and what it is refused for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.book import Book
from ledger.errors import InputError, InputErrors
from ledger.exchange import COLUMNS, TableForm, by_kind, column_map, import_story, import_table, inert
from ledger.exchange.cells import live
from ledger.exchange.columns import OF_THE_LEDGER
from ledger.exchange.faults import MOST, MOST_COUNTED
from ledger.model import Agent, AgentKind, Basis, Claim, Evidence, Source, SourceKind, Stance
from ledger.store import queries

Write = Callable[[str | bytes], Path]
Refused = Callable[..., str]

HEADER = "id,text,claimant,said,occurred,topic,story,source,seen_in,stance,quote,speaker,basis,stake,note\n"
TABLE = f"""{HEADER}\
closed,The bridge was shut for twelve days.,Harbour Council,,2025-03,roads,bridge,\
Statement of the council,,,,Harbour Council,document,interested,
closed,,,,,,,Morning report,,supports,,,told,,It names nobody.
,"Lorries, and buses, go round by night.",,,,,bridge,Morning report,,,,,,,
"""


def test_rows_become_claims_with_their_evidence(book: Book, table: Write) -> None:
    """Each row is a claim with one piece of evidence, and a row with the same id adds evidence."""
    imported = import_table(book, table(TABLE))
    assert dict(by_kind(imported.added)) == {"agent": 1, "claim": 2, "source": 2, "evidence": 3}
    closed = book.find(Claim, "closed")
    assert (closed.occurred, closed.topic, closed.story) == ("2025-03", "roads", "bridge")
    assert closed.claimant == book.find(Agent, "Harbour Council").uid
    told = [item for item in imported.added if isinstance(item, Evidence) and item.claim == closed.uid]
    assert [(item.basis, item.stance) for item in told] == [
        (Basis.DOCUMENT, Stance.SUPPORTS),
        (Basis.TOLD, Stance.SUPPORTS),
    ]


def test_agents_and_sources_are_made_when_they_are_new(book: Book, table: Write) -> None:
    """A name or title that the ledger knows is that record, whatever its case; another is made."""
    known = book.source("Morning Report", id="morning")
    imported = import_table(book, table(TABLE))
    assert [item.handle for item in imported.added if isinstance(item, Source)] == ["statement-of-the-council"]
    assert book.find(Source, "statement-of-the-council").kind is SourceKind.STATEMENT
    sources = {item.source for item in imported.added if isinstance(item, Evidence)}
    assert known.uid in sources


def test_importing_a_table_again_adds_nothing(book: Book, table: Write) -> None:
    """The same rows, in any order, are recorded once."""
    first = import_table(book, table(TABLE))
    size = queries.head(book.ledger.db).size
    header, *rows = TABLE.splitlines(keepends=True)
    again = import_table(book, table(header + "".join([rows[0], rows[2], rows[1]])))
    assert again.added == ()
    assert len(again.unchanged) == sum(record.KIND in ("claim", "evidence") for record in first.added)
    assert queries.head(book.ledger.db).size == size


def test_a_row_written_twice_is_one_piece_of_evidence(book: Book, table: Write) -> None:
    """A row copied by accident adds nothing."""
    row = "It was shut.,Morning report\n"
    imported = import_table(book, table(f"text,source\n{row}{row}"))
    assert dict(by_kind(imported.added)) == {"source": 1, "claim": 1, "evidence": 1}


def test_what_was_corrected_since_is_left_alone(book: Book, table: Write) -> None:
    """A table that is older than the ledger does no harm."""
    import_table(book, table(TABLE))
    book.correct("closed", {"topic": "bridges"}, "Better so.")
    (told,) = (row["id"] for row in queries.rows(book.ledger.db, "evidence", basis="told"))
    book.retract(told, "It was another bridge.")
    assert import_table(book, table(TABLE)).added == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_from_the_header(book: Book, table: Write, delimiter: str) -> None:
    """Commas, semicolons and tabs are told apart by the columns they make."""
    rows = [["id", "text", "source"], ["shut", "It was shut, for days; many.", "Morning report"]]
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    import_table(book, table(content.encode("utf-8-sig")))
    assert book.find(Claim, "shut").text == "It was shut, for days; many."


def test_a_delimiter_can_be_given(book: Book, table: Write) -> None:
    """A delimiter that is given is used, and must be one that tables have."""
    path = table("text;source\nIt was shut.;Morning report\n")
    assert import_table(book, path, form=TableForm(delimiter=";")).added
    with pytest.raises(InputError, match="'::' is no delimiter"):
        import_table(book, path, form=TableForm(delimiter="::"))


def test_a_quote_in_a_table_is_held_to_the_archived_text(
    book: Book, story: Write, table: Write, refused: Refused, tmp_path: Path
) -> None:
    """Words from a source with an archived text get their place in it, or are refused."""
    (tmp_path / "report.txt").write_text("The bridge was shut on Monday.")
    source = "sources: [{id: report, title: Morning report, file: report.txt}]\n"
    import_story(book, story(f"factledger: story/1\nstory: bridge\ntitle: The bridge\n{source}"))
    imported = import_table(book, table("text,source,quote\nIt was shut.,report,shut on Monday\n"))
    (anchor,) = (item.anchor for item in imported.added if isinstance(item, Evidence))
    assert anchor is not None and (anchor.start, anchor.end) == (15, 29)
    with pytest.raises(InputError, match=r"bridge\.csv:3 quote: These words are not in the text"):
        import_table(book, table("text,source,quote\nIt was shut.,report,shut on Monday\nOpen.,report,was open\n"))


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "The file is empty."),
        ("id,claimant\na,b\n", 1, "The column 'text' is missing."),
        ("text,ocurred\na,b\n", 1, "There is no column 'ocurred'. Did you mean occurred?"),
        ("text,text\na,b\n", 1, "The column 'text' stands there twice."),
        ("text,topic\na,b,c\n", 2, "The row has 3 cells, the header 2."),
        ('text,topic\n"It was" shut,b\n', 2, "This is not CSV:"),
        ('text,topic\na,"b\n', 2, "This is not CSV:"),
        (f"text,topic\na,{'b' * 140_000}\n", 2, "This is not CSV:"),
        ("text,topic\n,b\n", 2, "text: The claim has no text."),
        ("text,source,basis\na,,told\n", 2, "source: The evidence has no source, only its basis."),
        ("text,occurred\na,May 2\n", 2, "occurred: May 2 is not a date"),
        ('text,source,note,occurred\na,Report,"b\nc",2025\nd,,,2025-13\n', 4, "occurred: 2025-13 is not a date"),
        ("text,source\na,#REF!\n", 2, "The column 'source' holds #REF!"),
        ("text,source,stance\na,Report,for\n", 2, "stance: It cannot be 'for'."),
        ("id,text\nThe Bridge,a\n", 2, "id: 'The Bridge' cannot be an id."),
        ("id,text\nana-roa,a\n", 2, "id: The id ana-roa is taken by another record of this ledger (agent)."),
        ("id,text\na,b\na,c\n", 3, "a is recorded otherwise: text"),
        ("text,claimant\na,Anna Roa\n", 2, "claimant: There is no agent 'Anna Roa'. Did you mean Ana Roa?"),
        ("text,claimant\na,roa\n", 2, "claimant: There is no agent 'roa'."),
        ("text,source\na,report\n", 2, "source: There is no source 'report'."),
        (b"text\ncaf\xe9\n", 2, "This is not UTF-8 text."),
        (b"PK\x03\x04 text", None, "This is a workbook, and no text. Rename it to end in .xlsx."),
        (b"text\na\x00b\n", 2, "control character U+0000"),
        ("text,\na,b\n", 2, "A column without a name holds 'b'."),
        ("Claim,Source\na,b\n", 1, "The column 'text' is missing. Say which column holds the claim"),
        ("text,publised\na,2024\n", 1, "There is no column 'publised'. Did you mean published?"),
        ("sep=|\ntext|id\n", 1, "'|' is no delimiter."),
        (
            "text,source,url\na,Gazette,https://a.example/1\nb,Gazette,https://a.example/2\nc,Gazette,\n",
            4,
            "source: 'Gazette' is the name of several. Use an id: gazette, gazette-2.",
        ),
        ("text,source,published\na,Report,2024\nb,Report,2025\n", 3, "report is recorded otherwise: published"),
    ],
)
def test_bad_tables_are_refused(table: Write, refused: Refused, content: str | bytes, line: int, says: str) -> None:
    """A bad table gives one line with the row's place and column, and leaves the ledger as it was."""
    assert says in refused(import_table, table(content), at=line)


FAULTY = f"""{HEADER}\
closed,The bridge was shut.,,,not a day,,bridge,,,,,,,,
closed,,,,,,,Morning report,,supports,,,told,,
night,Lorries go round by night.,,,,,bridge,Morning report,,maybe,,,,,
night,,,,,,,Evening report,,,,,,,
toll,The toll was doubled.,,,,,,,,,,Ana Roa,,,
"""


def test_all_that_is_amiss_is_told_at_once(book: Book, table: Write) -> None:
    """Each row that is amiss is told by its line and column, one that only adds to such a claim is not; none enters."""
    size = queries.head(book.ledger.db).size
    with pytest.raises(InputErrors) as caught:
        import_table(book, table(FAULTY))
    places = [one.where.rpartition("/")[2] for one in caught.value.errors]
    assert places == ["bridge.csv:2 occurred", "bridge.csv:4 stance", "bridge.csv:6 source"]
    assert str(caught.value).splitlines()[-1].startswith("3 things are amiss; nothing of it was recorded.")
    assert all(one.hint for one in caught.value.errors)
    assert queries.head(book.ledger.db).size == size and not book.waiting


@pytest.mark.parametrize(("rows", "told"), [(3 * MOST, 3 * MOST), (2 * MOST_COUNTED, MOST_COUNTED)])
def test_of_much_that_is_amiss_the_first_is_told(book: Book, table: Write, rows: int, told: int) -> None:
    """The first things amiss are told and all are counted; where there is no end of them, the rest is not looked at."""
    faulty = "".join(f"one-{number},Words.,,,some day,,,,,,,,,,\n" for number in range(rows))
    with pytest.raises(InputErrors, match=f"{told:,} things are amiss; nothing .* the first {MOST}") as caught:
        import_table(book, table(HEADER + faulty))
    assert len(caught.value.errors) == MOST
    assert ("was not looked at" in str(caught.value)) == (told < rows)


def test_a_changed_row_of_a_claim_is_refused(book: Book, table: Write, refused: Refused) -> None:
    """A claim that the ledger has with other words is not overwritten."""
    import_table(book, table(TABLE))
    with pytest.raises(InputError, match=r"bridge\.csv:2: closed is recorded otherwise: topic"):
        import_table(book, table(TABLE.replace("roads", "bridges")))


DESK = """sep=;
Claim;Outlet;Link;Out on;House;For?;Rating;
"The bridge was shut
for twelve days.";Gazette;https://gazette.example/1;2024-05-02;Gazette Ltd;Yes;False;
It is open again.;Gazette;https://gazette.example/2;2024-05-14;Gazette Ltd;no;True;
"""
OWN = """
Claim = "text"
Outlet = "source"
Link = "url"
"Out on" = "published"
House = "publisher"
"For?" = "stance"

[stance]
yes = "supports"
no = "contradicts"
"""


def test_a_desk_s_own_table_comes_in_by_its_own_names(book: Book, table: Write, tmp_path: Path) -> None:
    """Its columns and words are mapped by a file, what is not read is said, and one address is one source."""
    (tmp_path / "desk.toml").write_text(OWN)
    imported = import_table(book, table(DESK), columns=column_map([str(tmp_path / "desk.toml")]))
    assert imported.left_out == ("Rating",)
    assert dict(by_kind(imported.added)) == {"agent": 1, "claim": 2, "source": 2, "evidence": 2}
    sources = [one for one in imported.added if isinstance(one, Source)]
    assert [(one.title, one.url, one.published) for one in sources] == [
        ("Gazette", "https://gazette.example/1", "2024-05-02"),
        ("Gazette", "https://gazette.example/2", "2024-05-14"),
    ]
    assert book.find(Agent, "Gazette Ltd").kind is AgentKind.ORGANISATION
    assert book.find(Claim, "the-bridge-was-shut-for-twelve-days").text == "The bridge was shut for twelve days."
    stances = [one.stance for one in imported.added if isinstance(one, Evidence)]
    assert stances == [Stance.SUPPORTS, Stance.CONTRADICTS]
    assert import_table(book, table(DESK), columns=column_map([str(tmp_path / "desk.toml")])).added == ()


@pytest.mark.parametrize("encoding", ["windows-1252", "windows-1251", "utf-16"])
def test_an_encoding_is_named_or_marked(book: Book, table: Write, encoding: str) -> None:
    """What a Windows program wrote is read by the encoding that is named, or by its byte order mark."""
    words = "Мост закрыт" if encoding == "windows-1251" else "Le café était fermé"
    import_table(
        book,
        table(f"text;id\n{words};shut\n".encode(encoding)),
        form=TableForm(encoding=None if encoding == "utf-16" else encoding),
    )
    assert book.find(Claim, "shut").text == words


def test_a_figure_comes_in_with_its_parts(book: Book, table: Write) -> None:
    """Columns of a claim's figure are one value, as they are where a ledger is listed."""
    header = "text,id,value_subject,value_property,value_amount,value_unit"
    import_table(book, table(f"{header}\nTwelve people drowned.,twelve,Ferry Norvik,people drowned,12,\n"))
    value = book.find(Claim, "twelve").value
    assert value is not None and (value.subject, value.amount, value.unit) == ("Ferry Norvik", "12", None)


def test_what_the_ledger_lists_besides_is_known(book: Book) -> None:
    """Every column of `list` is read, or is one that follows from other records."""
    book.claim("The bridge was shut.", id="shut")
    (row,) = queries.rows(book.ledger.db, "claims")
    assert row.keys() - COLUMNS.keys() == OF_THE_LEDGER


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["Claim=txt"], "There is no column 'txt'. Did you mean text?"),
        (["Claim"], "'Claim' maps nothing."),
        (["gone.toml"], "There is no such file."),
    ],
)
def test_a_map_of_what_is_not_there_is_refused(given: list[str], says: str) -> None:
    """What a column is mapped to must be read."""
    with pytest.raises(InputError) as caught:
        column_map(given)
    assert says in str(caught.value)


@given(st.text(max_size=12) | st.from_regex(r"'*[=+@\t\r-]\w*", fullmatch=True))
def test_a_cell_that_is_made_inert_is_read_back(cell: str) -> None:
    """No cell begins a formula, and each comes back as it was."""
    written = inert(cell)
    assert isinstance(written, str) and not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert live(written) == cell


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_row_is_recorded_or_refused(book: Book, tmp_path: Path, words: str, source: str) -> None:
    """Whatever a row holds, importing it ends well or with InputError."""
    path = tmp_path / "any.csv"
    cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in (words, source))
    path.write_bytes(f"text,source\n{cells}\n".encode(errors="surrogatepass"))
    size = queries.head(book.ledger.db).size
    try:
        import_table(book, path)
    except InputError:
        assert queries.head(book.ledger.db).size == size


def test_a_pipe_is_told_from_a_file(book: Book, tmp_path: Path) -> None:
    """What a shell puts in the place of a file can be read once only, and is refused as what it is."""
    pipe = tmp_path / "claims.csv"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=[b"text\nIt rose.\n"])
    writer.start()
    with pytest.raises(InputError, match="This is a pipe, and no file"):
        import_table(book, pipe)
    writer.join()
