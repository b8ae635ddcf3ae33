"""What a document says of itself."""

import pytest

from ledger.capture import Suggestion, read


def suggested(page, name="page.html"):
    return read(f"{page}<p>The pier</p>".encode(), name=name, where="page").suggestions


def linked(words):
    return f'<script type="application/ld+json">{words}</script>'


def test_conflicting_dates_are_all_kept_in_an_order_of_trust():
    """Structured data goes before meta tags, these before `<time>` and the address; each says where it stands."""
    page = (
        '<time datetime="2025-05-04">4 May</time><meta property="article:published_time" content="2025-05-03">'
        + linked('{"@type": "NewsArticle", "datePublished": "2025-05-02"}')
    )
    assert suggested(page, "https://harbour.example/2025/05/01/pier.html") == (
        Suggestion("published", "2025-05-02", "JSON-LD NewsArticle datePublished"),
        Suggestion("published", "2025-05-03", "meta article:published_time"),
        Suggestion("published", "2025-05-04", "<time>"),
        Suggestion("published", "2025-05-01", "address /2025/05/01"),
    )


ARTICLE = (
    '{"@type": ["Thing", "NewsArticle"], "author": [{"name": "Ann Quay"}, "Bo Pier"], "headline": "Pier &amp; quay"}'
)


@pytest.mark.parametrize(
    "words",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "Person", "name": "Cy"}}, {ARTICLE}]}}',
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        ARTICLE.replace("}]", "},]").replace('quay"}', 'quay",}'),
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
    ],
)
def test_structured_data_is_read_as_it_is_found_in_the_wild(words):
    """Lists of types and authors, graphs, comments and stray commas hide nothing."""
    if '"Bo Pier"]' not in words:
        words = words.replace('"Bo Pier",]', '"Bo Pier"]')
    found = suggested(linked(words))
    assert [each.value for each in found if each.field == "author"] == ["Ann Quay", "Bo Pier"]
    assert Suggestion("title", "Pier & quay", "JSON-LD NewsArticle headline") in found


def test_broken_structured_data_says_that_it_is_broken():
    """What can still be made out is kept, and marked."""
    found = suggested(linked('{"@type": "NewsArticle", "datePublished": "2025-05-02", "text": "a " quay"}'))
    assert found == (Suggestion("published", "2025-05-02", "broken JSON-LD datePublished"),)


@pytest.mark.parametrize(
    "words", ["[" * 200_000, "null", "3", '{"@type": {"a": 1}}', '{"@graph": 3}', "1" * 5000, '"\\ud800"']
)
def test_hostile_structured_data_suggests_nothing(words):
    """Nesting without end, and values that are no things, are passed over."""
    assert suggested(linked(words)) == ()


def test_articles_that_a_page_only_lists_are_not_its_own():
    """Dates of linked stories are not taken for the page's."""
    assert (
        suggested(linked('{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}'))
        == ()
    )


def test_tags_name_title_language_publisher_and_address():
    """What a page's head says is there with its place."""
    page = (
        '<html lang="es-MX"><title> El  muelle </title><meta name=author content="Ann Quay">'
        '<meta property=og:site_name content="Harbour News"><link rel="canonical" href="https://harbour.example/pier">'
    )
    assert suggested(page) == (
        Suggestion("title", "El muelle", "<title>"),
        Suggestion("author", "Ann Quay", "meta author"),
        Suggestion("publisher", "Harbour News", "meta og:site_name"),
        Suggestion("language", "es-MX", "<html lang>"),
        Suggestion("address", "https://harbour.example/pier", "link canonical"),
    )


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("PORT TOWN, May 2, 2025", "2025-05-02"),
        ("2 Sept. 2025", None),
        ("2 Sep. 2025", "2025-09-02"),
        ("31 June 2025", None),
    ],
)
def test_a_text_suggests_its_first_line_and_dateline(dateline, day):
    """Plain text has a title and, where it is written out and exists, a day."""
    found = read(f"\nThe pier opens\n\n{dateline} - Ships came.".encode(), name="pier.txt", where="pier").suggestions
    assert found[0] == Suggestion("title", "The pier opens", "first line")
    assert [each.value for each in found[1:]] == ([day] if day else [])


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://harbour.example/2025/05/02/pier", "2025-05-02"),
        ("https://harbour.example/news/2025/05/pier", "2025-05"),
        ("https://harbour.example/2025-05-02-pier", "2025-05-02"),
        ("https://harbour.example/20250502/pier", "2025-05-02"),
        ("https://harbour.example/2025/13/pier", None),
        ("https://harbour.example/pier-2025", None),
    ],
)
def test_an_address_suggests_the_day_in_its_path(address, day):
    """A date in the path is one more suggestion, if there is such a day."""
    assert [each.value for each in suggested("", address)] == ([day] if day else [])
