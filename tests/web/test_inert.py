"""Text from outside stays text."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from ledger.book import Book
from ledger.model import Anchor, SourceKind, Verdict
from ledger.store import queries
from ledger.web.edition import Edition

EVIL = "</title></script><script>alert('1')</script><img src=x onerror=alert(2)> \" onmouseover=\"alert(3) {{ 7*7 }}"


@pytest.mark.parametrize("edition", Edition)
def test_markup_in_any_field_is_inert_on_every_page(fresh: Book, serving: Any, edition: Edition) -> None:
    """Script, attributes and template signs in names, titles, quotations and reasons appear as text only."""
    with fresh.together():
        who = fresh.agent(f"Eve {EVIL}", id="eve")
        source = fresh.source(f"Title {EVIL}", id="source", kind=SourceKind.POST, author=who, note=EVIL)
        claim = fresh.claim(f"Claim {EVIL}", id="claim", claimant=who, topic=EVIL[:60], story=EVIL[:60])
        fresh.evidence(
            claim,
            source,
            id="words",
            anchor=Anchor(EVIL, prefix=EVIL, suffix=EVIL),
            original=EVIL,
            speaker=who,
            note=EVIL,
        )
        fresh.inquiry(EVIL, id="asked", claim=claim, asked=who, note=EVIL)
    fresh.review(claim, Verdict.REFUTED, EVIL, label=EVIL[:60])
    fresh.correct("claim", {"said": "2025-05-02"}, EVIL)
    get, size = serving(fresh.ledger.path, edition), queries.head(fresh.ledger.db).size
    paths = [
        "/",
        "/-/ledger/about",
        "/ledger/claims/claim",
        "/ledger/sources/source",
        f"/ledger/claims/claim@{size}",
        f"/-/ledger/versions/claim?from={size - 2}",
        "/-/ledger/verify/claim",
        "/ledger/claims",
        "/ledger/evidence",
        "/ledger/evidence/words",
        "/ledger/unanswered",
        *(["/ledger/undecided"] if edition is Edition.DESK else []),
    ]
    for path in paths:
        page = get(path)
        assert page.status_code == 200, path
        assert "alert(" in page.text or path in ("/ledger/undecided", "/-/ledger/about")
        assert "<script>alert" not in page.text, path
        assert "<img src=x" not in page.text, path
        assert not re.search(r'<[^>]*" onmouseover="', page.text), path
        assert "49" not in re.findall(r"alert\(3\) (\S*)", page.text), path


def test_feeds_are_well_formed_with_any_text(fresh: Book, serving: Any) -> None:
    """Markup, and signs that XML has no way to write, stand in a feed as text, or as the sign for what cannot be."""
    claim = fresh.claim(f"Claim {EVIL}", id="claim")
    fresh.review(claim, Verdict.REFUTED, EVIL)
    get = serving(fresh.ledger.path)
    for path in ("/-/ledger/decisions.atom", "/ledger/claims/claim.atom"):
        feed = ElementTree.fromstring(get(path).text)
        assert {element.tag.rpartition("}")[2] for element in feed.iter()} <= ATOM
        assert EVIL in "".join(feed.itertext())


ATOM = {"feed", "entry", "id", "title", "updated", "author", "name", "link", "summary"}


def test_the_drawing_is_well_formed_with_any_text(fresh: Book, serving: Any) -> None:
    """The SVG of a claim full of markup is XML, and holds no element but its own."""
    source = fresh.source(EVIL, id="source")
    claim = fresh.claim(EVIL, id="claim")
    fresh.evidence(claim, source)
    page = serving(fresh.ledger.path)("/ledger/claims/claim").text
    drawings = re.findall(r"<svg.*?</svg>", page, re.S)
    names = {element.tag.rpartition("}")[2] for one in drawings for element in ElementTree.fromstring(one).iter()}
    assert len(drawings) == 2
    assert names <= {"svg", "title", "desc", "defs", "marker", "path", "rect", "text", "tspan", "g", "a"}


def test_a_handle_in_the_address_is_inert(get: Any) -> None:
    """The page for what is not there repeats the handle as text."""
    page = get("/ledger/claims/~3Cscript~3Ealert~281~29~3C~2Fscript~3E")
    assert page.status_code == 404
    assert "<script" not in page.text
