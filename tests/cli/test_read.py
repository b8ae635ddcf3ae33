"""factledger read: an article is read before anything is entered, with a ledger or without."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ARTICLES = Path(__file__).parents[1] / "read" / "articles"
READINGS = ARTICLES.with_name("readings")

STORY = """The pier and the storm

The pier was opened on Monday 4 March 2031. Marta Quell said that the pier cost 4 million crowns.
Visitors fell from 200 to 100, a drop of 75 percent. The ministry did not respond.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """An article with a wrong weekday and a wrong percentage."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["wire.txt", "menus.html"])
def test_it_needs_no_ledger_and_prints_what_was_kept(
    factledger: Any, tmp_path: Path, name: str, monkeypatch: Any
) -> None:
    """Without a ledger the article is read, as the readings that are kept, and no file comes into being."""
    monkeypatch.setenv("COLUMNS", "100")
    done = factledger("read", str(ARTICLES / name))
    assert done.returncode == 0, done.stderr
    assert [line.rstrip() for line in done.stdout.splitlines()] == (
        READINGS / f"{Path(name).stem}.txt"
    ).read_text().splitlines()
    assert list(tmp_path.glob("*.db")) == []


def test_problems_come_first_and_exit_1(factledger: Any, story: Path) -> None:
    """What is wrong stands before what is to be checked, with its line and words; the exit code is that of check."""
    done = factledger("read", "story.txt")
    assert done.returncode == 1
    assert done.stdout.index("“Monday 4 March 2031” in the text is a Tuesday") < done.stdout.index("What to check")
    assert "line 4: “from 200 to 100, a drop of 75 percent” in the text" in done.stdout
    assert "ministry, no answer" in done.stdout
    assert factledger("read", "story.txt", "--fail-on", "never").returncode == 0


def test_the_json_says_where_everything_stands(factledger: Any, story: Path) -> None:
    """Every place in the JSON is one of the text's own, with its line and words."""
    done = factledger("read", "story.txt", "--json", "--published", "2031-03-09", "--language", "en")
    data = json.loads(done.stdout)
    assert data["article"] | {"title": None} == {
        "name": "story.txt", "title": None, "language": "en", "published": "2031-03-09", "author": None,
        "publisher": None, "url": None, "sentences": 5,
    }  # fmt: skip
    places = [place for finding in data["findings"] for place in finding["places"]] + data["suggested"]
    assert places
    for place in places:
        assert STORY[place["start"] : place["end"]] == place["words"]
        assert STORY.count("\n", 0, place["start"]) + 1 == place["line"]
    assert {"arithmetic", "date-valid"} <= {finding["checker"] for finding in data["findings"]}
    assert {one["suggests"] for one in data["suggested"]} >= {"claim", "agent", "inquiry"}


def test_what_the_ledger_has_is_said(factledger: Any, story: Path) -> None:
    """A claim and a person on record are named with their ids, and an article on record is read by its id."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("agent", "Marta Quell", "--id", "quell")
    factledger("add", "The pier cost 4 million crowns.", "--id", "pier-cost")
    factledger("article", "story.txt", "--id", "story")
    done = factledger("read", "story")
    assert done.returncode == 1
    shown = " ".join(done.stdout.split())
    assert "[on record: pier-cost, not decided]" in shown
    assert "Marta Quell" in shown and "[on record: quell]" in shown
    known = [one["on_record"] for one in json.loads(factledger("read", "story", "--json").stdout)["suggested"]]
    assert {"id": "quell"} in known
    assert any(one and one["id"] == "pier-cost" and one["verdict"] == "unchecked" for one in known)


def test_standard_input_is_read(story: Path, tmp_path: Path) -> None:
    """With - the article comes in on standard input."""
    script = "import sys; from ledger.cli import main; sys.argv = ['factledger', 'read', '-']; main()"
    done = subprocess.run([sys.executable, "-c", script], input=STORY, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1 and done.stdout.startswith("The pier and the storm\n-, 5 sentences")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read", "nothing.txt"], ["nothing.txt", "no file"]),
        (["read", str(ARTICLES / "empty.txt")], ["holds no words"]),
        (["read", "story.txt", "--published", "31 Feb"], ["31 Feb"]),
        (["read", "story.txt", "--reader", "nobody"], ["no reader 'nobody'", "standard"]),
        (["read", "story.txt", "--reader", "standard=loud"], ["loud", "KEY=VALUE"]),
        (["raed", "story.txt"], ["Did you mean read?"]),
    ],
)
def test_what_cannot_be_read_is_one_line(factledger: Any, story: Path, arguments: list[str], words: list[str]) -> None:
    """A slip is one clear line, and exit code 2."""
    done = factledger(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


def test_an_address_is_fetched_as_a_copy_is(factledger: Any) -> None:
    """An address goes through the same door as `capture --fetch`: what is not public is refused."""
    done = factledger("read", "http://127.0.0.1/mill", "--ignore-robots")
    assert done.returncode == 2 and "not a public address" in done.stderr


def test_a_pdf_is_read(factledger: Any, tmp_path: Path, pdf: Any) -> None:
    """The text of a PDF is read as any other."""
    pytest.importorskip("pypdfium2")
    (tmp_path / "story.pdf").write_bytes(pdf("The pier was opened on Monday 4 March 2031. Marta Quell said so."))
    done = factledger("read", "story.pdf")
    assert done.returncode == 1 and "is a Tuesday" in done.stdout


STRANGER = '''
from ledger import Checker, hookimpl

class Shout(Checker):
    """Checks: words that shout.
    Why it matters: they hide what is said.
    Fails on: "SHOCK".
    Passes on: calm words.
    """

    establishes = "that nothing shouts"
    does_not_establish = "that it is so"

    def __init__(self, name, does, reads_text):
        self.name, self.does, self.reads_text = name, does, reads_text

    def check(self, dossier, context):
        yield from eval(self.does)

@hookimpl
def ledger_register_checkers(config):
    return [Shout(name, does, name != "silent") for name, does in DOES.items()]
'''

PROPER = {
    "fails": '[self.fails(f"Loud: {dossier.claim.text}", cites=[dossier.claim])]',
    "prints": '[print("loud"), self.warns("Seen.")][1:]',
    "silent": '[self.fails("Never asked.", cites=[dossier.claim])]',
}
BROKEN = {
    "breaks": "1 / 0",
    "ends": "__import__('os')._exit(3)",
    "says-nonsense": '["nonsense"]',
    "says-red": '[self.fails("\\x1b[31mred")]',
}


@pytest.mark.parametrize(
    ("does", "words", "code"),
    [
        (PROPER, ["line 1: Loud: The pier", "Seen."], 1),
        (
            PROPER | BROKEN,
            [
                "line 1: Loud: The pier", "Seen.", "breaks broke off: ZeroDivisionError",
                "ends broke off: It ended its process (exit 3)", "says-red broke off: it gave no proper finding",
                "says-nonsense broke off: TypeError: a str is no finding",
            ],
            4,
        ),
    ],
    ids=["proper", "broken"],
)  # fmt: skip
def test_a_strangers_checker_takes_part_if_it_reads_texts(
    factledger: Any, install: Any, story: Path, does: dict[str, str], words: list[str], code: int
) -> None:
    """A checker that says that it reads texts is asked; what it breaks is told, and the others stand."""
    install("stranger", STRANGER.replace("DOES", repr(does)))
    done = factledger("read", "story.txt")
    said = " ".join(done.stdout.split())
    for each in words:
        assert each in said
    assert "Never asked" not in done.stdout and "loud" not in done.stdout.split()
    assert "is a Tuesday" in done.stdout
    assert done.returncode == code


def test_a_terminal_gets_colour_its_width_and_a_pager(story: Path, tmp_path: Path) -> None:
    """On a terminal lines fit, problems are red unless NO_COLOR is set, and what does not fit goes through a pager."""
    script = "import sys; from ledger.cli import main; sys.argv = ['factledger', 'read', 'story.txt']; main()"

    def shown(**more: str) -> str:
        master, slave = pty.openpty()
        environment = os.environ | {"COLUMNS": "60", "LINES": "12", "PAGER": "sed s/^/|/", "TERM": "xterm"} | more
        process = subprocess.Popen(
            [sys.executable, "-c", script], stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path, env=environment
        )
        os.close(slave)
        said = b""
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            said += data
        process.wait()
        os.close(master)
        return said.decode()

    assert "\x1b[31m" in shown(LINES="200")
    plain = shown(NO_COLOR="1")
    assert "\x1b[" not in plain
    lines = plain.splitlines()
    assert all(line.startswith("|") and len(line) <= 61 for line in lines if line.strip())


def test_of_a_page_the_article_is_read_and_the_rest_on_request(factledger: Any) -> None:
    """Menus and teasers are counted, not read; --whole reads them, and the JSON names them in the text as it is."""
    page = str(ARTICLES / "menus.html")
    own, whole = factledger("read", page).stdout, factledger("read", page, "--whole").stdout
    said = "Left out: 8 lines of menus, teasers and notes around the article (--whole reads them)."
    assert said in " ".join(own.split())
    assert "Ten soups for May" not in own
    assert "Ten soups for May" in whole
    assert "around the article" not in whole
    asides = json.loads(factledger("read", page, "--json").stdout)["asides"]
    assert {"Home", "Ten soups for May"} <= {one["words"] for one in asides}


def test_a_page_on_record_is_read_as_its_file_was(factledger: Any) -> None:
    """What is archived is the whole page; what is read of it is the article."""
    page = str(ARTICLES / "menus.html")
    assert factledger("init", "--origin", "ledger.example/desk").returncode == 0
    assert factledger("article", page, "--id", "mill").returncode == 0
    done = factledger("read", "mill")
    assert "Left out: 8 lines of menus" in done.stdout
    assert "Ferry strike" not in done.stdout


def test_a_page_without_an_article_is_read_as_a_whole_which_is_said(factledger: Any, tmp_path: Path) -> None:
    """Nobody is left to think that a menu was all there was."""
    (tmp_path / "menu.html").write_text("<ul><li>Harbours<li>Ferries and tugs</ul>", encoding="utf-8")
    done = factledger("read", "menu.html")
    assert "Read as a whole: no part of the page could be told to be its article." in done.stdout


def test_the_desk_leaves_out_the_same_lines(factledger: Any, tmp_path: Path) -> None:
    """A story file to edit has the article's sentences, and says what it does not have."""
    assert factledger("init", "--origin", "ledger.example/desk").returncode == 0
    (tmp_path / "mill.html").write_bytes((ARTICLES / "menus.html").read_bytes())
    done = factledger("desk", "mill.html", "--to-story", "mill.yaml")
    assert done.returncode == 0, done.stderr
    assert "8 lines around the article" in done.stderr
    told = (tmp_path / "mill.yaml").read_text(encoding="utf-8")
    assert "parking" in told
    assert "soups" not in told
