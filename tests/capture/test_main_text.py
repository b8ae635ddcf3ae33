"""Which lines of a page are its article, told from what stands around it."""

from __future__ import annotations

import pytest

from ledger.capture import asides, read
from ledger.capture.html import page
from ledger.capture.main_text import DEEPEST, main_text

PARAGRAPHS = (
    "The harbour of Norvik will close on 1 June, the port council said on Monday after a meeting of nine hours.",
    "Its chair, Marta Quell, said that the quay had sunk by 4 centimetres since the winter of 2029.",
    "Two hundred ships a year call at the port. None of their owners had been told, according to the council.",
    "Repairs would cost 12 million euros, and the county has set aside a tenth of that for the year to come.",
)
TEASERS = (
    ("Ten soups for the month of May", "A cook from Arden tells how much pepper is too much pepper for a soup."),
    ("Ferry strike: what we know", "No ferry has left the western pier since Friday, and talks are not planned."),
    ("Mill becomes a library", "The oldest building of the county is to hold forty thousand books by autumn."),
)
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/news>All news of today</a><li><a href=/sport>Sport</a></ul></nav>"
MENU_WITHOUT_A_NAME = MENU.replace("nav>", "div>")
COOKIES = (
    "<div class=cookie-banner><p>We and our 312 partners store cookies on your device to show you what we sell.</p>"
    "<p>You can change your mind at any time, and we will ask you again on the next day.</p></div>"
)
COMMENTS = (
    "<section id=comments>" + "<p>I have always said that this harbour would sink one day.</p>" * 9 + "</section>"
)


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{one}</p>" for one in words or PARAGRAPHS)


def cards(*, name: str = "div") -> str:
    each = (f"<li><h3><a href=/{at}>{title}</a></h3><a href=/all>More of this</a><p>{words}</p>"
            for at, (title, words) in enumerate(TEASERS))  # fmt: skip
    return f"<{name}><ul>{''.join(each)}</ul></{name}>"


def own(source: str) -> list[str]:
    """Return the lines of a page that are its article."""
    shown = page(source)
    return [span.of(shown.text) for span in main_text(source, shown)]


ARTICLE = f"<article><h1>Norvik loses its harbour</h1>{paragraphs()}</article>"
AROUND = {
    "menus before it": MENU + ARTICLE,
    "menus that nothing marks": MENU_WITHOUT_A_NAME + ARTICLE,
    "teasers after it": ARTICLE + cards(),
    "teasers within its element": ARTICLE.replace("</article>", cards() + "</article>"),
    "a related box in its middle": ARTICLE.replace(PARAGRAPHS[2], f"{PARAGRAPHS[2]}</p>{cards(name='aside')}<p>"),
    "a cookie banner before it": COOKIES + ARTICLE,
    "a cookie banner after it": ARTICLE + COOKIES,
    "comments after it": ARTICLE + COMMENTS,
    "a form to subscribe within it": ARTICLE.replace(
        "</article>", f"<form><p>{TEASERS[0][1]} Write to us, and read of it every day.</p></form></article>"
    ),
    "a picture's caption": ARTICLE.replace(
        "<p>", "<figure><img><figcaption>A picture of the quay as it was before it sank.</figcaption></figure><p>", 1
    ),
    "hidden parts": ARTICLE + f"<div hidden>{paragraphs()}</div><template>{paragraphs()}</template>",
}


@pytest.mark.parametrize("what", AROUND)
def test_what_stands_around_an_article_is_none_of_it(what: str) -> None:
    """The heading and each paragraph are the article's, in order, and nothing else is."""
    assert own(f"<body>{AROUND[what]}</body>") == ["Norvik loses its harbour", *PARAGRAPHS]


@pytest.mark.parametrize(
    "source",
    [
        f"<div><div>{MENU_WITHOUT_A_NAME}</div><div><div>{paragraphs()}</div></div></div>",
        f"{MENU_WITHOUT_A_NAME}<div>{'<br><br>'.join(PARAGRAPHS)}</div>",
        f"<table><tr><td>{MENU_WITHOUT_A_NAME}<td>{paragraphs()}</table>",
        f"{MENU_WITHOUT_A_NAME}<main><section>{paragraphs(*PARAGRAPHS[:3])}</section>"
        f"<section>{paragraphs(*PARAGRAPHS[3:])}</section></main>",
        f"<div class='social share-page sidebar'>{paragraphs()}</div>{MENU}",
        f"{MENU}{'<p>'.join(('', *PARAGRAPHS))}",
    ],
    ids=["divisions", "line breaks", "a table", "sections", "classes that say otherwise", "tags that do not close"],
)
def test_an_article_needs_no_markup_of_its_own(source: str) -> None:
    """However a page is built, every paragraph of its article is found."""
    assert own(f"<body>{source}</body>") == list(PARAGRAPHS)


def test_short_lines_between_paragraphs_are_the_article_s() -> None:
    """A question of an interview, a list and a heading are no menus: they stand among what is read."""
    source = ARTICLE.replace(
        PARAGRAPHS[1], f"Why now?</p><h2>The quay</h2><ul><li>cracks<li>rust</ul><p>{PARAGRAPHS[1]}"
    )
    assert own(MENU + source)[2:6] == ["Why now?", "The quay", "cracks", "rust"]


def test_paragraphs_among_many_links_are_found() -> None:
    """Where each part has more letters in links than in sentences, the sentences are the article still."""
    link = f"<p><a href=/other>{'A story of another day, and one more. ' * 9}</a></p>"
    assert own(f"<body>{''.join(f'<div><p>{one}</p>{link}</div>' for one in PARAGRAPHS)}</body>") == list(PARAGRAPHS)


def test_a_live_blog_keeps_each_of_its_notes() -> None:
    """Many small articles of one page are one article, with the times at which each was written."""
    notes = "".join(f"<div><h3>1{at}:05</h3><p>{words}</p></div>" for at, words in enumerate(PARAGRAPHS))
    found = own(f"<body>{MENU}<main><h1>The harbour, hour by hour</h1>{notes}</main>{cards()}</body>")
    assert [line for line in found if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert not {title for title, _ in TEASERS} & set(found)


@pytest.mark.parametrize("source", ["<p>One line.</p>", "", MENU], ids=["a line", "nothing", "a menu"])
def test_a_page_without_an_article_has_no_part_that_is_one(source: str) -> None:
    """Nothing is told apart where little is said in sentences."""
    assert own(f"<body>{source}</body>") == []


def test_a_page_of_teasers_alone_keeps_them() -> None:
    """What would be left out of an article is all that such a page says."""
    found = own(f"<body>{MENU}{cards()}</body>")
    assert {words for _, words in TEASERS} <= set(found)
    assert "Home" not in found


SCRIPTS = {
    "Arabic": "قال مجلس الميناء يوم الاثنين إن ميناء نورفيك سيغلق في الأول من يونيو بعد اجتماع دام تسع ساعات؟",
    "Hebrew": "מועצת הנמל הודיעה ביום שני כי נמל נורוויק ייסגר באחד ביוני לאחר ישיבה שנמשכה תשע שעות ארוכות.",
    "Japanese": "港湾評議会は月曜日、九時間にわたる会議の後、ノルビク港を六月一日に閉鎖すると発表した。",
    "Hindi": "बंदरगाह परिषद ने सोमवार को कहा कि नौ घंटे की बैठक के बाद नोर्विक का बंदरगाह एक जून को बंद हो जाएगा।",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_scripts_are_told_as_well(script: str) -> None:
    """Sentences end otherwise there, and letters say more: an article is still one, from right to left too."""
    menu = MENU.replace("All news of today", SCRIPTS[script][:12])
    source = f"<html dir=rtl><body>{menu}<div>{paragraphs(*[SCRIPTS[script]] * 4)}</div></body></html>"
    assert own(source) == [SCRIPTS[script]] * 4


def test_elements_without_end_are_read_in_time_that_grows_with_the_page() -> None:
    """Ten thousand elements within each other, and ends of elements that never began, are no trap."""
    source = "<div>" * (50 * DEEPEST) + "</section>" * (50 * DEEPEST) + paragraphs()
    assert own(source) == list(PARAGRAPHS)


def test_asides_are_the_other_lines_of_the_archived_text() -> None:
    """The text of a page is whole; its asides are lines of it, and with the article they are all lines there are."""
    reading = read(f"<body>{MENU}{ARTICLE}{COMMENTS}</body>".encode(), name="page.html", where="page.html")
    found = asides(reading.data, reading.extractor, where="page.html")
    assert found is not None
    words = [span.of(reading.text) for span in found]
    assert words[:3] == ["Home", "All news of today", "Sport"]
    assert len(words) == 3 + 9
    assert PARAGRAPHS[0] in reading.text


def test_a_page_of_which_no_part_can_be_told_has_no_asides_to_name() -> None:
    """It counts as a whole, which is another answer than that nothing stands around its article."""
    reading = read(MENU.encode(), name="page.html", where="page.html")
    assert asides(reading.data, reading.extractor, where="page.html") is None
    plain = read(b"Home\n\nSport", name="page.txt", where="page.txt")
    assert asides(plain.data, plain.extractor, where="page.txt") == ()


def test_a_saved_page_has_asides_as_the_page_had() -> None:
    """A page that a browser saved as one file is told as the page itself."""
    body = f"<html><body>{MENU}{ARTICLE}</body></html>"
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://norvik.example/a\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    part = f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://norvik.example/a\r\n\r\n{body}"
    saved = read(f"{head}{kind}{part}\r\n--b--\r\n".encode(), name="page.mhtml", where="page.mhtml")
    found = asides(saved.data, saved.extractor, where="page.mhtml")
    assert [span.of(saved.text) for span in found or ()] == ["Home", "All news of today", "Sport"]
