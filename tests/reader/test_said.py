"""Who says what in languages beside English: three forms, and nobody where they do not stand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from factledger_reader import StandardReader
from factledger_reader.by_table import attributed, said_words

from ledger import Relation
from ledger.reader import Article, LeftOut, SuggestedAgent, SuggestedClaim, SuggestedSource
from ledger.text import Span, quoted

CASES = tomllib.loads((Path(__file__).parent / "said.toml").read_text(encoding="utf-8"))["case"]

ARTICLE = (
    "NORVIK, 8 de mayo de 2031 (EFE) - El puente de Norvik cerrará el 3 de junio, anunció el jueves la alcaldesa, "
    "Marta Quell.\n\n«No tenemos otra opción», dijo Quell. «El puente es muy viejo.»\n\nSegún la policía, 1.200 "
    "personas lo cruzan cada día."
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text'][:40]}")
def test_a_form_tells_who_says_what_and_what_looks_alike_nobody(case: dict[str, Any]) -> None:
    """Each form has a sentence in which somebody is found, and one in which nobody is."""
    words = said_words(case["language"])
    assert words is not None
    text = case["text"]
    found = attributed(text, Span(0, len(text)), quoted(text, case["language"]), words)
    assert found is not None
    assert [found.source.of(text), found.content.of(text)] == case["says"]
    other = case["nobody"]
    assert attributed(other, Span(0, len(other)), quoted(other, case["language"]), words) is None


def test_an_article_of_another_language_is_read_with_its_voices_its_dates_and_its_agency() -> None:
    """A Spanish report: the mayor by her full name, also where a quotation goes on; the agency; what is not told."""
    article = Article(text=ARTICLE, language="es", published="2031-05-08")
    suggested = list(StandardReader().read(article))
    claims = [one for one in suggested if isinstance(one, SuggestedClaim)]
    assert [one.speaker.name if one.speaker else None for one in claims] == [*["Marta Quell"] * 3, "policía"]
    assert [date.of(ARTICLE) for date in claims[0].dates] == ["8 de mayo de 2031", "3 de junio"]
    (agency,) = [one for one in suggested if isinstance(one, SuggestedSource)]
    assert (agency.name, agency.relation, agency.whole) == ("EFE", Relation.REPRINTS, True)
    assert [one.name for one in suggested if isinstance(one, SuggestedAgent)] == ["Marta Quell"]
    assert [one.reason for one in suggested if isinstance(one, LeftOut)] == [
        "Not told of Spanish: who is meant by a pronoun, who was asked, and what is a view."
    ]


def test_a_quotation_with_another_speaker_is_not_the_one_before() -> None:
    """A verb that no list has, and a name, stand beside a quotation: it is not of whoever spoke before."""
    text = (
        "“A ponte vai fechar”, disse Marta Quell.\n“A ponte tem de continuar aberta a todos os barcos do porto, e "
        "os pescadores que lá trabalham há muitos anos não podem esperar mais um verão”, trovejou Rui Odman."
    )
    found = StandardReader().read(Article(text=text, language="pt"))
    claims = [one for one in found if isinstance(one, SuggestedClaim)]
    assert [one.speaker.name if one.speaker else None for one in claims] == ["Marta Quell", None]
