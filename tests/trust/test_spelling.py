r"""Words whose letters are spelt with signs, as in JSON and HTML: found, blackened and taken out as they read."""

from __future__ import annotations

import html
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.hidden import BLACK
from ledger.trust.redact import Redaction, Words

NAME = "René O’Connor-Łoś"


def blackened(text: str, *names: str) -> str:
    return Words.of(names).replaced(text, lambda words: BLACK * len(words))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(f"said {NAME}, again"),
        json.dumps(f"said {NAME}, again").replace("u00e9", "u00E9"),
        json.dumps(json.dumps(f"said {NAME}, again")),
        json.dumps(f"said\n{NAME}\nagain"),
        json.dumps(f"said\n{NAME.replace(' ', chr(10))}\nagain"),
        json.dumps(f"said {NAME}, again").replace("C", r"\u0043"),
        f"<b>said {html.escape(NAME)}</b>".replace("é", "&eacute;").replace("’", "&#8217;").replace("Ł", "&#x141;"),
    ],
)
def test_spelt_letters_are_the_letters(text: str) -> None:
    """A name is found however its letters are spelt, and nothing of it stays."""
    assert Words.of([NAME]).found(text)
    shown = blackened(text, NAME)
    assert len(shown) == len(text)
    assert [part for part in ("Ren", "onnor", "Connor", "u015b", "u00e9") if part in shown] == []
    assert ("said" in shown, "again" in shown or "</b>" in shown) == (True, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rene", r"C:\Users\rene\notes"),
        ("Rene", r"\\Users\\rene\\notes"),
        ("Marta", r"said\nMarta\tand went"),
        ("Smith & Sons", "Smith &amp; Sons closed"),
        ("AT\u0026T Harbour", r"AT\u0026T Harbour closed"),
        ('Marta "Mo" Quell', json.dumps('by Marta "Mo" Quell')),
        ("𝔐arta Quell", json.dumps("by 𝔐arta Quell")),
    ],
)
def test_signs_that_spell_and_signs_that_do_not(name: str, text: str) -> None:
    """What reads as the name in either way is the name."""
    assert BLACK in blackened(text, name)
    assert not Words.of([name]).found(blackened(text, name))


JSON_VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=12) | st.sampled_from([NAME, f"x {NAME.upper()} y", f"\n{NAME}\\"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for key, item in value.items() for one in (key, *strings(item))]
    if isinstance(value, list):
        return [one for item in value for one in strings(item)]
    return [value] if isinstance(value, str) else []


@given(JSON_VALUES, st.booleans())
def test_json_stays_json(told: Any, ascii_only: bool) -> None:
    """An answer without the words has every value where it was, and in none of them the words."""
    words = Words.of([NAME])
    shown = json.loads(blackened(json.dumps(told, ensure_ascii=ascii_only), NAME))
    before, after = strings(told), strings(shown)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert not words.found(new)
        assert new == old or words.found(old)


def test_a_record_with_spelt_letters() -> None:
    """Words that a person pasted with their escapes are taken out of a record too."""
    stand_in = Redaction(Words.of([NAME]), {}).of({"note": f"They say {json.dumps(NAME)}."})
    assert stand_in == {"note": 'They say "[withheld]".'}


def test_many_backslashes_take_no_longer_than_others() -> None:
    """A text of backslashes is read once: twice as many take no four times as long."""

    def seconds(size: int) -> float:
        text, words, begun = "\\" * size, Words.of([NAME]), time.process_time()
        words.spans(text)
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(400_000) < 12 * max(seconds(100_000), 0.001)
