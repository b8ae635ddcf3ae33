"""Claims in scripts that set no spaces, as a reader finds them, and by what they are called."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ledger import desk
from ledger.book import Book
from ledger.model import Verdict
from ledger.rules import slug, unnamed
from ledger.store.chosen import ClaimFilter, claims
from ledger.web.edition import Edition

CHINESE, KOREAN, ENGLISH = "旧港口将于六月关闭", "항구가 유월에 닫힌다", "The old port will close in June."


@pytest.fixture
def entered(book: Book) -> Book:
    for text in (CHINESE, KOREAN, ENGLISH):
        book.claim(text)
    return book


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("港口", [CHINESE]),
        ("关闭", [CHINESE]),
        ("港口 六月", [CHINESE]),
        ("港口 七月", []),
        ("유월", [KOREAN]),
        ("port", [ENGLISH]),
        ("", [ENGLISH, KOREAN, CHINESE]),
        ('""', []),
    ],
)
def test_the_list_of_claims_finds_words_inside_of_words(entered: Book, asked: str, found: list[str]) -> None:
    """Each word that is asked for stands somewhere in the claim."""
    assert [row["text"] for row in claims(entered.ledger.db, ClaimFilter(words=asked)).items] == found


def test_the_search_of_the_tables_does_too(entered: Book, ledger_path: Path, serving: Any) -> None:
    """As Datasette's own address of a table is asked; a search for nothing is no error."""
    entered.ledger.close()
    get = serving(ledger_path)
    for asked, count in (("港口", 1), ("关闭", 1), ("닫힌", 1), ("port", 1), ("海", 0), (" ", 0), ('""', 0)):
        answer = get(f"/ledger/claims.json?_search={quote(asked)}")
        assert answer.status_code == 200
        assert len(json.loads(answer.text)["rows"]) == count


@pytest.mark.parametrize("asked", ["旧港口六月关闭", "港口将关闭"])
def test_a_claim_that_is_nearly_the_same_is_matched(entered: Book, asked: str) -> None:
    """By the letters that stand side by side in both."""
    best = desk.matches(entered.ledger.db, asked)[0]
    assert best.text == CHINESE
    assert best.share > 0.25


def test_handles_of_other_letters_tell_records_apart(entered: Book) -> None:
    """Never "claim" and "claim-2": spelt in Latin letters where that can be done, else by a few figures of the text."""
    handles = {entered.claim(text).handle for text in ("桥已开放", "路已封闭", "2031年")}
    assert len(handles) == 3
    assert all(re.fullmatch(r"[a-z0-9-]+", handle) for handle in handles)
    assert not any(re.fullmatch(r"claim(-\d)?|2031", handle) for handle in handles)


def test_a_handle_of_figures_is_the_same_each_time() -> None:
    """So that the same text entered elsewhere has the same one."""
    assert unnamed("桥已开放", "claim") == unnamed("桥已开放", "claim") != unnamed("路已封闭", "claim")
    assert re.fullmatch(r"claim-[0-9a-f]{6}", unnamed("桥已开放", "claim"))
    assert slug("1984") == "1984"


def test_letters_are_spelt_in_latin_ones() -> None:
    """With the extra `latin`; a text that has some Latin letters keeps those alone, as ever."""
    pytest.importorskip("anyascii")
    assert slug("旧港口") == "jiu-gang-kou"
    assert slug("Порт закрыт") == "port-zakryt"
    assert slug("Café 港口") == "cafe"


def test_arabic_words_keep_their_place_in_our_lines() -> None:
    """Quoted words are set apart whole, with their figures; a date of ours behind a title is not drawn into it."""
    from ledger.web.marks import apart

    title, said = "الميناء القديم", "يغلق في 14 يونيو 2031"
    assert apart(f"For it: “{title}”: “{said}”") == f"For it: “<bdi>{title}</bdi>”: “<bdi>{said}</bdi>”"
    assert apart(f"{title}, 6 May 2031") == f"<bdi>{title}</bdi>, 6 May 2031"
    assert apart("“Not so”, <b>") == "“Not so”, &lt;b&gt;"


def test_a_claim_of_other_letters_decides_the_side_it_stands_on(book: Book, ledger_path: Path, serving: Any) -> None:
    """Where a paragraph holds nothing but a link, that names no direction of its own, which would hide it."""
    claim = book.claim("سيغلق الميناء القديم", id="close")
    book.review(claim, Verdict.SUPPORTED, "أكد المجلس ذلك.")
    book.ledger.close()
    shown = serving(ledger_path, Edition.READER)("/").text
    assert re.search(r'<p class="text" dir="auto"><a class="own" href="[^"]*">سيغلق', shown)


PAGES = ("/-/ledger/claims", "/-/ledger/inquiries", "/ledger/agents/board")


def test_lists_keep_arabic_words_and_ours_apart(book: Book, ledger_path: Path, serving: Any) -> None:
    """In the list of claims, of inquiries and on the page of whoever was asked."""
    claim = book.claim("سيغلق الميناء القديم", id="close")
    board = book.agent("مجلس الميناء", id="board")
    book.inquiry("متى يغلق؟", asked=board, claim=claim)
    book.ledger.close()
    client = serving(ledger_path, Edition.READER)
    claims, asked, person = (client(page).text for page in PAGES)
    assert re.search(r'<p class="text" dir="auto"><a href="[^"]*">سيغلق', claims)
    assert re.search(r'<p dir="auto"><a href="[^"]*">متى', asked)
    assert "asked: <bdi>مجلس الميناء</bdi>" in asked
    assert "<bdi>سيغلق الميناء القديم</bdi>" in person


@pytest.mark.parametrize(
    ("title", "language", "begins"),
    [
        ("橋の工事", None, ""),
        ("東京大学", "ja", ""),
        ("東京大学", "ja-JP", ""),
        ("東京大学", "zh-TW", "dong-jing"),
        ("東京大学", None, "dong-jing"),
        ("ニュース", "ja", "niyusu"),
        ("Мост", "ru", "most"),
    ],
)
def test_chinese_characters_are_spelt_in_chinese_alone(title: str, language: str | None, begins: str) -> None:
    """A Japanese title gets no id in Mandarin: where nothing says how it is read, six figures stand for it."""
    pytest.importorskip("anyascii")
    made = slug(title, language=language)
    assert made.startswith(begins)
    assert made or not begins
    assert bool(made) is bool(begins)
