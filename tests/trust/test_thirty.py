"""One name withheld in a story of over thirty records: it is in nothing that goes out, and nothing else is lost."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import click
import pytest
from sqlite_utils.utils import sqlite3

from ledger import audit, checks, rules, store, trust
from ledger import book as use_cases
from ledger.audit import ProblemCode
from ledger.book import Book
from ledger.cli.export import export
from ledger.exchange import export_log, import_log, import_story
from ledger.model import KINDS, WITHHELD, Capture
from ledger.store import queries

pytestmark = pytest.mark.long
pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")

NAME = "Nuria Ångström-Weiß"
WHY = "She asked for it."
STORY = Path(__file__).with_name("thirty") / "ferry.story.yaml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LOG = "Log of the night ferry, 3 May 2025.\n\nShe came in 52 minutes late. 412 passengers and a crew of nine.\n"
NOTICE = "<title>Notice</title><p>The ferry came in 25 minutes late.<p>On 4 May a fault had been reported."
INSPECTION = f"Inspection, 10 May 2025.\n\nThe ferry carried no mechanic.\n\nShown to us by {NAME.upper()}.\n"
LETTER = (
    "I write to the port of my own accord.",
    "That night the port engine stopped twice before midnight.",
    NAME,
)
ARTICLE = f"""<title>Ferry was late for want of a mechanic</title><meta charset=windows-1252>
<p>The harbour lay dark and still.<p>“Nobody who could mend it was on board,” said {html.escape(NAME)}.
<p>Some sources say it was the longest delay in 30 years, with some 400 passengers on board.
<p>On the radio the port said: we had been told of a fault.
<p>Photo: Nuria &Aring;ngstr&ouml;m-Wei&szlig;"""

HANDLE = "nuria-angstrom-weiss"
BY_PROGRAM = {"run", "result", "checker", "entity", "capture"}
"""Kinds of records that nobody typed."""

NEED_THE_NAME = {
    ("engine-stopped", "anonymous-source"),  # does the letter name her whose words it gives?
    ("no-mechanic", "anonymous-source"),
    ("no-mechanic", "quote"),  # her name stands in the quotation
    ("no-mechanic", "no-capture"),
    ("no-mechanic", "speaker"),  # and in the claim, as that of who warned
}
"""(claim, checker) of what can only be said by comparing her name with a text."""

NEED_THE_COPIES = {"quote", "no-capture"}
"""Checkers that say with the passages alone that there is no copy to look at."""

Said = tuple[str, str, str]


def document(*paragraphs: str) -> bytes:
    """Return a Word document: a name in it is compressed."""
    out = io.BytesIO()
    told = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{told}</w:body></w:document>')
    return out.getvalue()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, pdf: Callable[..., bytes]) -> Path:
    """The folder of a ledger with the story, its archive and its keys: checked, and nothing withheld yet."""
    folder = tmp_path_factory.mktemp("thirty")
    story = folder / STORY.name
    shutil.copy(STORY, story)
    (folder / "log.txt").write_text(LOG, encoding="utf-8")
    (folder / "notice.html").write_text(NOTICE, encoding="utf-8")
    (folder / "inspection.txt").write_text(INSPECTION, encoding="utf-8")
    (folder / "letter.docx").write_bytes(document(*LETTER))
    (folder / "nuria_angstrom-weiß.html").write_text(ARTICLE, encoding="windows-1252")
    (folder / "report.pdf").write_bytes(pdf("Report on the engines.", "The port engine stopped twice on 3 May."))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTLEDGER_KEYS", str(folder / "keys"))
        with use_cases.start(folder / "ledger.db", origin="desk.example", person="Ana Roa").ledger as ledger:
            book = Book(ledger)
            import_story(book, story)
            checks.check(book, everything=True)
    return folder


@attrs.frozen
class Desk:
    """The story's ledger in which the name is withheld, and what was found and archived before."""

    path: Path
    found: frozenset[Said]
    copies: tuple[Capture, ...]
    handles: dict[str, str]


@pytest.fixture
def desk(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A ledger of this test's own in which her name was withheld after everything was checked."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(shutil.copytree(told / "keys", tmp_path / "keys")))
    shutil.copytree(told / "ledger.archive", tmp_path / "ledger.archive")
    path = Path(shutil.copy(told / "ledger.db", tmp_path / "ledger.db"))
    with store.open_ledger(path, write=True) as ledger:
        records = [kept for kept in queries.all_kept(ledger.db, *KINDS) if kept.record.KIND not in BY_PROGRAM]
        assert len(records) >= 30
        found = (kept.record for kept in queries.all_kept(ledger.db, Capture.KIND))
        copies = tuple(one for one in found if isinstance(one, Capture))
        before, handles = said(ledger), queries.handles(ledger.db)
        done = trust.withhold(Book(ledger), HANDLE, ["name"], WHY)
        assert done.left == ()
    return Desk(path, before, copies, handles)


# -- what goes out -----------------------------------------------------------


def spellings() -> set[bytes]:
    """Return her name as bytes, in every case, form and encoding in which the product writes anything."""
    joined = {NAME, HANDLE, rules.slug(NAME), *(NAME.replace(" ", by) for by in "_+-"), "".join(NAME.split())}
    cased = {form for one in joined for form in (one, one.upper(), one.lower(), one.casefold())}
    texts = {form for one in cased for form in (one, *(unicodedata.normalize(name, one) for name in ("NFC", "NFD")))}
    escaped = (
        {html.escape(one) for one in texts} | {json.dumps(one)[1:-1] for one in texts} | {quote(one) for one in texts}
    )
    entities = {one.encode("ascii", "xmlcharrefreplace") for one in texts}
    encoded = {one.encode(name, "ignore") for one in texts for name in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
    return entities | encoded | {one.encode() for one in escaped} | {NAME.split()[0].encode(), NAME.split()[1].encode()}


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file and all that is packed in it, as (name, bytes)."""
    yield name, name.encode() + b"\n" + data
    if data.startswith(b"\x1f\x8b"):
        yield from unpacked(f"{name}!", gzip.decompress(data))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.namelist():
                yield from unpacked(f"{name}!{part}", packed.read(part))


def traces(folder: Path, cells: Callable[[Path], str]) -> list[tuple[str, bytes]]:
    """Return (file, spelling) wherever something that goes out still says her name, be it packed or in a database."""
    parts = [one for file in folder.rglob("*") if file.is_file() for one in unpacked(file.name, file.read_bytes())]
    parts += [(file.name, cells(file).encode()) for file in folder.rglob("*.db")]
    assert len(parts) > 0
    return [(name, spelling) for name, data in parts for spelling in spellings() if spelling in data]


CLAIMS = ("no-mechanic", "{hers}")
CALLS: dict[str, list[tuple[str, ...]]] = {
    "publish copy": [("publish", "copy", "out/public.db")],
    "publish copy with captures": [("publish", "copy", "out/public.db", "--with-captures")],
    "publish site": [("publish", "site", "out/site", "--base-url", "https://facts.example.org/")],
    "publish site with captures": [("publish", "site", "out/site", "--with-captures")],
    "checkpoint": [("checkpoint", "--tiles", "out/tiles", "-o", "out/checkpoint")],
    "prove": [("prove", claim, "-o", f"out/{number}.json") for number, claim in enumerate(CLAIMS)],
    "export log": [("publish", "copy", "public.db"), ("-d", "public.db", "export", "log", "out/log.ndjson")],
    "export bundle": [("export", "bundle", claim, f"out/{number}.bag") for number, claim in enumerate(CLAIMS)],
    "export svg": [("export", "svg", claim, "--out", f"out/{number}.svg") for number, claim in enumerate(CLAIMS)],
}
"""Form -> the commands that write it; other formats are written by `export FORMAT --out FILE`."""


def calls(form: str) -> list[tuple[str, ...]]:
    """Return the commands that write a form."""
    name = form.removeprefix("export ")
    return CALLS.get(form, [("export", name, "--base-url", "https://facts.example.org/", "--out", f"out/{name}")])


FORMS = [
    *(one for one in CALLS if not one.startswith("export")),
    *(f"export {one}" for one in export.list_commands(click.Context(export))),
]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_goes_out_says_her_name(
    desk: Desk, factledger: Any, tmp_path: Path, cells: Callable[[Path], str], form: str
) -> None:
    """Of every form in which a ledger is handed on: not her name, nor a part of it, in any spelling or encoding."""
    (tmp_path / "out").mkdir()
    for call in calls(form):
        done = factledger(*(one.format(hers=hers(desk)) for one in call))
        assert done.returncode == 0, done.stderr
    assert traces(tmp_path / "out", cells) == []


def hers(desk: Desk) -> str:
    """Return the handle that a claim got whose own had her name."""
    (uid,) = (uid for uid, handle in desk.handles.items() if handle == f"{HANDLE}-wrote")
    with store.open_ledger(desk.path) as ledger:
        return queries.handle(ledger.db, uid)


def test_before_it_was_withheld_the_search_finds_it(told: Path, cells: Callable[[Path], str]) -> None:
    """What is looked for is there as long as nothing is withheld, also in what is packed: the search is not blind."""
    (letter,) = (data for name, data in unpacked("letter.docx", (told / "letter.docx").read_bytes()) if "!" in name)
    assert NAME.encode() in letter
    assert {name for name, _ in traces(told, cells)} >= {"ledger.db", "letter.docx!word/document.xml", "inspection.txt"}


# -- what checks say ---------------------------------------------------------


def said(ledger: store.Ledger) -> frozenset[Said]:
    """Return (claim's uid, checker, what it found): of her name and ids made of it whatever stands there now."""
    uids = {handle: uid for uid, handle in queries.handles(ledger.db).items()}

    hers = [re.escape(handle) for handle in uids if HANDLE in handle or handle.startswith("withheld-")]
    stand_ins = re.compile(rf"(?<![\w-])(?:{'|'.join(hers)})(?![\w-])|{re.escape(NAME)}|█████ █████████████")
    return frozenset(
        (
            uids[one.subject],
            one.checker,
            stand_ins.sub(WITHHELD, repr((one.finding, one.missing)))
            + repr(sorted(uids[handle] for handle in one.handles)),
        )
        for one in queries.findings(ledger.db)
    )


def checked(ledger: store.Ledger) -> frozenset[Said]:
    """Return what all checkers say, asked again of everything."""
    checks.check(Book(ledger), everything=True)
    return said(ledger)


def pairs(desk: Desk, found: Iterable[Said]) -> set[tuple[str, str]]:
    """Return (claim, checker) of what was found."""
    return {(desk.handles[claim], checker) for claim, checker, _ in found}


def test_no_check_is_lost_that_does_not_need_the_name(desk: Desk) -> None:
    """Asked again of every claim, every checker says word for word what it said, but for those that need her name."""
    with store.open_ledger(desk.path, write=True) as ledger:
        kept, again = said(ledger), checked(ledger)
    assert kept == desk.found
    assert pairs(desk, desk.found ^ again) == NEED_THE_NAME
    assert len(desk.found - again) == len(NEED_THE_NAME) and len(desk.found) > 150


def test_no_check_is_lost_in_what_is_published(desk: Desk, tmp_path: Path) -> None:
    """A published copy says what the ledger says; checked again from its passages alone, all that needs no copy."""
    with store.open_ledger(desk.path, write=True) as ledger:
        again = checked(ledger)
        trust.publish(ledger, tmp_path / "public.db")
    with store.open_ledger(tmp_path / "public.db") as copy:
        assert said(copy) == again
        with (tmp_path / "log.ndjson").open("wb") as out:
            export_log(copy, out)
    (tmp_path / "given").mkdir()
    import_log(tmp_path / "log.ndjson", tmp_path / "given" / "again.db")
    with closing(sqlite3.connect(tmp_path / "given" / "again.db")) as db, db:
        db.execute("UPDATE ledger_role SET role = 'working'")  # a published copy takes no entries
    with store.open_ledger(tmp_path / "given" / "again.db", write=True) as given:
        alone = checked(given)
    differing = {(claim, checker) for claim, checker, _ in outcomes(again) ^ outcomes(alone)}
    assert {checker for _, checker in differing} == NEED_THE_COPIES
    assert outcomes(again) & outcomes(alone) > {one for one in outcomes(again) if one[1] not in NEED_THE_COPIES}


def outcomes(found: Iterable[Said]) -> set[Said]:
    """Return (claim, checker, outcome and code) of what was found."""
    return {(claim, checker, told.partition(" reason=")[0] + told.partition(" code=")[2].partition(",")[0])
            for claim, checker, told in found}  # fmt: skip


# -- what is verified --------------------------------------------------------


def test_every_archived_copy_is_covered(desk: Desk) -> None:
    """Each file of the archive, changed by one byte or gone, is seen, also of copies that hold her name."""
    assert audit.verify(desk.path).sound
    assert f"{len(desk.copies)} archived copies, hashed again" in audit.verify(desk.path).covered
    files = sorted(desk.path.with_suffix(".archive").glob("??/*"))
    assert len(files) == len({one for copy in desk.copies for one in (copy.sha256, copy.text_sha256) if one})
    for file in files:
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        (problem,) = audit.verify(desk.path).problems
        assert problem.code is ProblemCode.COPY_CHANGED
        file.write_bytes(data)
    for file in (desk.path.with_suffix(".archive") / copy.sha256[:2] / copy.sha256 for copy in desk.copies):
        data = file.read_bytes()
        file.unlink()
        assert {one.code for one in audit.verify(desk.path).problems} == {ProblemCode.COPY_MISSING}
        file.write_bytes(data)
    assert audit.verify(desk.path).sound


def test_a_published_copy_says_what_it_lacks(desk: Desk, factledger: Any, tmp_path: Path) -> None:
    """Without the archive it names the copies that were not compared, and counts those of which it has no hash."""
    for name in ("bare", "whole"):
        (tmp_path / name).mkdir()
    assert factledger("publish", "copy", "bare/desk.db").returncode == 0
    assert factledger("publish", "copy", "whole/desk.db", "--with-captures").returncode == 0
    bare, whole = (factledger("-d", f"{name}/desk.db", "verify") for name in ("bare", "whole"))
    assert (bare.returncode, whole.returncode) == (0, 0)
    assert "handed on without its archive: log-copy-" in " ".join(bare.stdout.split())
    assert "2 archived copies, hashed again" in whole.stdout
    assert "without its archive: report-copy-" in " ".join(whole.stdout.split())  # a PDF may show words in pictures
    for done in (bare, whole):
        assert "whose hashes are withheld, and not in this file, were not compared: 3." in " ".join(done.stdout.split())
