"""A page and a command speak another language, where a catalogue of it is there; English otherwise."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import translation
from ledger.web.wording import messages, translated

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "ledger/web/templates").glob("*.html"))
POT = ROOT / "ledger/locale/factledger.pot"
BEGIN, END = "⟦", "⟧"

CLAIM = """<h2 title="Why">What <em class="x">is</em> known of {{ name }}, {{ words.day(at) }}</h2>
{% if gone %}<p>It was {{ how }}.</p>{% else %}none{% endif %}<style>p { top: 0 }</style>
{% block body_class %}claim-page{% endblock %}"""
"""A template with a bit of everything."""


def catalogue_of(folder: Path, tag: str, said: Callable[[str], str]) -> None:
    """Write a catalogue of every message of the template for translators, as the format of GNU gettext has it."""
    known = [json.loads(line.removeprefix("msgid ")) for line in POT.read_text("utf-8").split("\n") if "msgid " in line]
    told = {"": "Content-Type: text/plain; charset=UTF-8\n"} | {one: said(one) for one in known if one}
    rows = [
        (message.encode(), words.encode()) for message, words in sorted(told.items(), key=lambda row: row[0].encode())
    ]
    at, tables, strings = 28 + 16 * len(rows), [b"", b""], b""
    for column in (0, 1):
        for row in rows:
            tables[column] += struct.pack("<II", len(row[column]), at + len(strings))
            strings += row[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, at)
    path = folder / tag / "LC_MESSAGES" / "factledger.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + b"".join(tables) + strings)


def run(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Start one of our commands, or Datasette, in these surroundings, on the example ledger."""
    program = (
        "from ledger.cli import main; main()" if words[0] == "factledger" else "from datasette.cli import cli; cli()"
    )
    around = {**os.environ, "COLUMNS": "200", "LANGUAGE": "", **surroundings}
    call = [sys.executable, "-c", program, *words[1:]]
    return subprocess.run(call, cwd=ROOT, env=around, capture_output=True, text=True)


def test_a_message_is_a_run_of_words_with_its_gaps_and_tags() -> None:
    """What a sentence has inside it stays inside it, without attributes; classes, styles and code are no words."""
    assert list(messages(CLAIM)) == [
        (1, "Why"), (1, "What <em>is</em> known of {1}, {2}"), (2, "It was {1}."), (2, "none"),
    ]  # fmt: skip


def test_a_translation_takes_the_place_of_its_message_and_fills_the_same_gaps() -> None:
    """Gaps and tags may change their order; what stands around a message stays."""
    said = {"What <em>is</em> known of {1}, {2}": "Am {2}: was von {1} <em>bekannt</em> ist", "Why": "Warum"}
    assert translated(CLAIM, lambda message: said.get(message, message)) == CLAIM.replace(
        'What <em class="x">is</em> known of {{ name }}, {{ words.day(at) }}',
        'Am {{ words.day(at) }}: was von {{ name }} <em class="x">bekannt</em> ist',
    ).replace('"Why"', '"Warum"')


@pytest.mark.parametrize(
    "wrong",
    [
        "Was von {1} bekannt ist, {2}", "Was <em>ist</em> von {1}", "Was <em>ist</em> von {1}, {2}, {3}",
        "Was <em>ist</em> von {1}, {2} {{ secret }}", "Was <em>ist</em> von {1}, {2} {% raw %}",
        "Was <em>ist</em> von {1}, {2} <script>", "Was <em>ist</em> von {1}, {2} &lt; <img src=x>",
    ],
)  # fmt: skip
def test_a_translation_brings_words_alone(wrong: str) -> None:
    """One with other gaps or tags than the English, or with anything that acts, is passed over."""
    assert translated(CLAIM, lambda message: wrong if "known" in message else message) == CLAIM


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_english_is_as_it_stands_in_the_template(path: Path) -> None:
    """A catalogue that has nothing for a message changes no character of the template."""
    source = path.read_text(encoding="utf-8")
    assert translated(source, lambda message: message) == source


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("", "en"), ("en_US:qq", "en"), ("qq", "qq"), ("qq_QQ.UTF-8:fr", "qq"), ("fr:qq", "qq"), ("../../qq", "en")],
)
def test_the_first_language_that_is_there_is_spoken(
    asked: str, spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LANGUAGE is a list, as elsewhere; English is always there, and no name leads out of the folder."""
    catalogue_of(tmp_path, "qq", lambda message: f"{BEGIN}{message}{END}")
    monkeypatch.setenv("LANGUAGE", asked)
    monkeypatch.setenv("FACTLEDGER_LOCALE", str(tmp_path))
    translation._chosen.cache_clear()
    try:
        assert translation.language() == spoken
        assert translation.say("supported") == ("supported" if spoken == "en" else f"{BEGIN}supported{END}")
    finally:
        monkeypatch.undo()
        translation._chosen.cache_clear()


@pytest.mark.long
def test_a_page_and_a_command_take_a_translation(tmp_path: Path) -> None:
    """Words of the program change, what is on record does not, and a page says in which language it speaks."""
    catalogue_of(tmp_path, "qq", lambda message: f"{BEGIN}{message}{END}")
    asked = {"LANGUAGE": "qq", "FACTLEDGER_LOCALE": str(tmp_path)}
    page = run("datasette", "ledger.db", "--get", "/ledger/claims/troop-offer", **asked).stdout
    assert '<html lang="qq">' in page
    assert f"{BEGIN}What is known{END}" in page
    assert f'<a class="skip" href="#main">{BEGIN}Skip to the text{END}</a>' in page
    assert '<body class="desk claim-page">' in page or '<body class="reader claim-page">' in page
    shown, plain = (run("factledger", "-d", "ledger.db", "show", "troop-offer", **more).stdout for more in (asked, {}))
    assert BEGIN in shown
    assert BEGIN not in plain
    assert "".join(shown.replace(BEGIN, "").replace(END, "").split()) == "".join(plain.split())


@pytest.mark.long
def test_a_damaged_catalogue_is_one_line(tmp_path: Path) -> None:
    """What cannot be read says where it is and what to do."""
    path = tmp_path / "qq" / "LC_MESSAGES" / "factledger.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xde\x12\x04\x95 and no more")
    asked = {"LANGUAGE": "qq", "FACTLEDGER_LOCALE": str(tmp_path)}
    done = run("factledger", "-d", "ledger.db", "show", "troop-offer", **asked)
    assert done.returncode
    assert "Traceback" not in done.stderr
    assert str(path) in done.stderr
    assert "LANGUAGE=en" in done.stderr


@pytest.mark.parametrize("tag", ["", "en_GB:en", "qq"])
def test_gettext_is_loaded_for_a_catalogue_alone(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who reads English waits for it; that LANGUAGE names a language that is not there changes nothing."""
    read = []
    monkeypatch.setattr(translation, "_read", lambda path: read.append(path))
    monkeypatch.setenv("LANGUAGE", tag)
    translation._chosen.cache_clear()
    try:
        assert translation.say("supported") == "supported"
        assert read == []
    finally:
        monkeypatch.undo()
        translation._chosen.cache_clear()
