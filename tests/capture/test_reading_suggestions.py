"""What a document says of itself."""

import pytest

from ledger.capture import Suggestion, read
from ledger.dates import parse


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
        ("2 Sept. 2025", "2025-09-02"),
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


def field(words: str, name: str) -> list[str]:
    return list(dict.fromkeys(one.value for one in suggested(words) if one.field == name))


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2025-05-02T10:00:00.000Z", "2025-05-02T10:00:00Z"),
        ("2025-05-02T10:00:00+0200", "2025-05-02T10:00:00+02:00"),
        ("2025-05-02T10:00+02:00", "2025-05-02T10:00:00+02:00"),
        ("2025-05-02 10:00:00", "2025-05-02T10:00:00"),
        ("20250502", "2025-05-02"),
        ("20250502T100000Z", "2025-05-02T10:00:00Z"),
        ("2025/5/2", "2025-05-02"),
        ("Fri, 02 May 2025 10:00:00 GMT", "2025-05-02T10:00:00Z"),
        ("Fri May 02 2025 10:00:00 GMT+0200 (Central European Summer Time)", "2025-05-02T10:00:00+02:00"),
        ("1746180000", "2025-05-02T10:00:00Z"),
        ("1746180000000", "2025-05-02T10:00:00Z"),
        ("May 2, 2025", "2025-05-02"),
        ("02/05/2025", None),
        ("2025-02-30", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_suggested_as_it_can_be_entered(written, edtf):
    """Whatever a program wrote becomes EDTF; what may be one of two days, or is none, is not suggested."""
    found = field(f'<meta property="article:published_time" content="{written}">', "published")
    assert found == ([edtf] if edtf else [])
    if edtf:
        assert str(parse(edtf)) == edtf


RELATED = linked('{"@type": "NewsArticle", "headline": "Boats sold", "datePublished": "2021-01-01", "url": "/boats"}')
OWN = linked('{"@type": "NewsArticle", "headline": "The pier opens", "datePublished": "2025-05-02"}')


@pytest.mark.parametrize("order", [RELATED + OWN, OWN + RELATED])
def test_of_several_articles_in_the_data_the_page_s_own_is_taken(order):
    """A related article, first or last, does not give the page its day; the one that its title names does."""
    assert field(f"<title>The pier opens | Gazette</title>{order}<h1>The pier opens</h1>", "published") == [
        "2025-05-02"
    ]


def test_the_page_s_own_article_is_known_by_its_address():
    """Headlines differ for search engines; the canonical address is one."""
    own = linked(
        '{"@type": "NewsArticle", "headline": "Pier!", "datePublished": "2025-05-02",'
        '"mainEntityOfPage": {"@id": "https://harbour.example/pier?utm_source=a"}}'
    )
    page = f'<link rel=canonical href="https://harbour.example/pier"><h1>The pier opens</h1>{RELATED}{own}'
    assert field(page, "published") == ["2025-05-02"]


def test_of_several_articles_that_the_page_does_not_name_none_is_taken():
    """Two that are others' leave the page without a day; one alone comes behind what the page's tags say."""
    assert field(f"<h1>The mole</h1>{RELATED}{OWN}", "published") == []
    tags = '<meta name="date" content="2024-03-04">'
    assert field(f"<h1>The mole</h1>{tags}{OWN}", "published") == ["2024-03-04", "2025-05-02"]


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        ('<p>By <a rel="author">Ann Quay</a> | May 2, 2025', ["Ann Quay"]),
        ('<div class="article byline">By Ann Quay and Bo Pier</div>', ["Ann Quay", "Bo Pier"]),
        ("<span itemprop=author>Ann Quay</span>", ["Ann Quay"]),
        ("<p>Par Anne Quai<p>Le port", ["Anne Quai"]),
        ("<p>Von Anna Kai, Hafenstadt", ["Anna Kai"]),
        ("<p>By the harbour they met.", []),
        ("<p>By Monday the ferry will have stopped.", []),
        ('<p class="authorities">The town hall said', []),
    ],
)
def test_a_byline_that_everybody_sees_is_suggested(page, authors):
    """Marked as such or written as one; a sentence that begins with "By" is none."""
    assert field(page, "author") == authors


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Publié le 2 mai 2025 à 10h00", "2025-05-02"),
        ("Freitag, 2. Mai 2025", "2025-05-02"),
        ("2 de mayo de 2025", "2025-05-02"),
        ("2 maggio 2025", "2025-05-02"),
        ("2 de maio de 2025", "2025-05-02"),
        ("1er août 2025", "2025-08-01"),
        ("2025年5月2日", "2025-05-02"),
        ("Updated: May 2nd, 2025", "2025-05-02"),
        ("© 2 May 2025 Harbour News", None),
        ("The pier that was opened on 2 May 2019 by the mayor of the town is shut.", None),
    ],
)
def test_a_dateline_that_everybody_sees_is_suggested(line, day):
    """In the languages whose months are known; a sentence that tells of a day is no dateline."""
    assert field(f"<p>{line}<p>The pier was opened.", "published") == ([day] if day else [])


@pytest.mark.parametrize(
    ("said", "suggests"),
    [
        ('<meta name="author" content="By Ann Quay">', ["Ann Quay"]),
        ('<meta name="author" content="Ann Quay, Bo Pier and Cy Dock">', ["Ann Quay", "Bo Pier", "Cy Dock"]),
        ('<meta name="author" content="Harbour Council">', ["Harbour Council"]),
        ('<meta property="article:author" content="https://people.example/ann">', []),
        ('<meta name="author" content="admin">', []),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', []),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', []),
        ('<link rel="canonical" href="/pier?id=1">', []),
        ('<link rel="canonical" href="https://harbour.example/pier">', ["https://harbour.example/pier"]),
    ],
)
def test_what_a_program_filled_in_where_it_knew_nothing_is_not_suggested(said, suggests):
    """No account, placeholder or half an address is a name, a day or an address; several names are several."""
    assert [each.value for each in suggested(said)] == suggests


def test_a_title_is_one_line_of_what_shows():
    """A first line with tabs and marks of direction is suggested as a title can be recorded."""
    found = read("\u202aThe\tpier\u202c opens\n\nIt opens.".encode(), name="pier.txt", where="a").suggestions
    assert [each.value for each in found if each.field == "title"] == ["The pier opens"]


def test_an_author_who_is_only_pointed_at_is_looked_up():
    """Structured data often names its people once, and points there; who is nowhere named is not suggested."""
    graph = (
        '{"@graph": [{"@type": "Article", "author": [{"@id": "#ann"}, {"@id": "#bo"}]}, {"@id": "#ann", "name": "%s"}]}'
    )
    assert [each.value for each in suggested(linked(graph % "Ann Quay"))] == ["Ann Quay"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<p>Log in to read on.</p><input type="password">', "asks for a password"),
        ("<title>Just a moment</title><p>Enable scripts and cookies to go on.</p>", "asks for cookies"),
        ("<h1>404</h1><p>There is nothing here.</p>", "says that there is no such page"),
        ('<meta http-equiv="refresh" content="0; url=/new"><p>One moment.</p>', "forwards to another"),
        (f'<p>{"The pier was shut. " * 100}</p><input type="password">', ""),
    ],
)
def test_a_page_that_may_stand_for_another_is_told(page, says):
    """A saved login, a test for cookies, a page that is not there: what was meant is perhaps not in the archive."""
    notes = [f"The page is short and {says}: is it the one that was meant?"] if says else []
    assert list(read(page.encode(), name="page.html", where="page").notes) == notes
