"""HTML pages as a reader sees them, with the place of each character in the source."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import read
from ledger.capture.html import page
from ledger.capture.markup import unescape
from ledger.errors import InputError

CASES = {
    "blocks": ("<h1>The harbour</h1><p>It opened.</p><p>It closed.</p>", "The harbour\n\nIt opened.\n\nIt closed."),
    "spaces": ("<p>  The \n\t harbour <b> opened </b> late </p>", "The harbour opened late"),
    "line breaks": ("<p>Pier 1<br>Pier 2<br/>\n<br>Pier 3</p>", "Pier 1\nPier 2\n\nPier 3"),
    "lists without closing tags": ("<ul><li>tug<li>ferry</ul>after", "tug\nferry\n\nafter"),
    "tables": ("<table><tr><td>tug<td>3<tr><td>ferry<td>5</table>", "tug\t3\nferry\t5"),
    "references": ("<p>Quay &amp; pier &#8212; &eacute;t&eacute; &notit; AT&T</p>", "Quay & pier — été ¬it; AT&T"),
    "kept spaces": (
        "<p>Log:<pre>\n 1  tug\r\n 2  ferry\n</pre>End",
        "Log:\n\n1  tug\n 2  ferry\n\nEnd".replace("\n\n1", "\n\n 1"),
    ),
    "scripts": ("<p>One<script>if (a < b) '</p>'</script> two<style>p{}</style></p>", "One two"),
    "comments": ("<p>One<!-- <p> --> two<!--> three<!bogus> four</p>", "One two three four"),
    "a sign that opens no tag": ("<p>3 < 4 and 5 <6</p>", "3 < 4 and 5 <6"),
    "a mark in an attribute": ("<p><a title='a > b' href=x>pier</a></p>", "pier"),
    "controls": ("<p>The \0 har\x01bour</p>", "The harbour"),
}


def visible(page: str) -> str:
    return read(page.encode(), name="page.html", where="page.html").text


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_read_as_a_browser_shows_it(case):
    """White space, breaks, references, raw parts and broken markup come out as on a screen."""
    source, shown = CASES[case]
    assert visible(source) == shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret<p>",
        "<div style='color:red; display : none'>secret</div>",
        "<template><p>secret</p></template>",
        "<noscript><p>secret</p></noscript>",
        "<ul><li hidden>secret<li></ul>",
        "<dialog>secret</dialog>",
        "<table><tr hidden><td>secret<tr></table>",
        "<div hidden><div>secret</div>secret</div>",
        "<video>secret</video>",
    ],
)
def test_what_is_hidden_is_left_out_and_nothing_behind_it(hidden):
    """Hiding ends where the standard ends the element, so that words behind it are read."""
    text = visible(f"<p>before</p>{hidden}after")
    assert "secret" not in text
    assert text.split() == ["before", "after"]


def test_hidden_parts_are_noted():
    """A person learns that the page holds words that it does not show."""
    reading = read(b"<p>The pier</p><p hidden>closed</p>", name="page.html", where="page.html")
    assert any("1 part" in note and "hidden" in note for note in reading.notes)


def test_aria_hidden_is_shown():
    """What is hidden from ears only is still before the eyes."""
    assert visible("<p>The <span aria-hidden='true'>old</span> pier</p>") == "The old pier"


def test_characters_that_reorder_or_hide_words_are_kept_and_noted():
    """The bytes' words stay as they are; the note says that a screen may show others."""
    reading = read("<p>pier \u202e321\u202c har\u200bbour</p>".encode(), name="page.html", where="page.html")
    assert reading.text == "pier \u202e321\u202c har\u200bbour"
    assert len(reading.notes) == 2


@pytest.mark.parametrize("end", ["<!-- open", "<script>open", "<a href='open", "<title>open"])
def test_a_page_that_ends_inside_something_says_so(end):
    """A truncated page is read up to where it breaks off, with a note."""
    reading = read(f"<p>The pier</p>{end}".encode(), name="page.html", where="page.html")
    assert reading.text == "The pier"
    assert "ends inside" in reading.notes[0]


def test_a_page_without_words_is_refused():
    """A page that scripts would fill has nothing to hold a quotation to."""
    with pytest.raises(InputError, match="shows no words"):
        read(b"<body><div id=app></div><script>run()</script>", name="page.html", where="page.html")


HOSTILE = {
    "a million open tags": "<div>" * 1_000_000 + "pier",
    "a million closing tags": "pier" + "</div>" * 1_000_000,
    "tags that cannot be closed": "<div><table><td>" + "<b>" * 500 + "</div></i>" * 200_000 + "pier",
    "a million references": "&amp;" * 1_000_000 + "pier",
    "a million false references": "&" * 1_000_000 + "&abcdefghijklmnopqrstuvwxyz" * 50_000 + "pier",
    "an endless number": "pier &#" + "1" * 1_000_000 + ";",
    "open comments": "pier" + "<!--" * 500_000,
    "open scripts": "pier" + "<script>" * 300_000,
    "open values": "pier" + '<a b="' * 300_001,
    "a huge attribute": "<a b='" + "x" * 5_000_000 + "'>pier",
    "many attributes": "<a " + "b=c hidden " * 300_000 + "><p>pier",
    "many styles": "pier" + "<p style='" + "display: " * 300_000 + "'>pier",
    "list items over inline tags": "<ul>" + "<b>" * 600 + "<li>pier" * 100_000,
    "angle brackets": "pier " + "< " * 1_000_000,
    "white space": "pier" + " \n" * 1_000_000 + "quay",
    "meta tags": "<meta " * 100_000 + "charset" * 100_000 + ">pier",
}


@pytest.mark.long
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_pages_are_read_or_refused(case):
    """Pages built to exhaust a parser give their words or one clear line."""
    try:
        assert "pier" in visible(HOSTILE[case])
    except InputError as error:
        assert error.hint


tags = st.sampled_from(
    "<p> </p> <b> </b> <li> <br> <div hidden> </div> <pre> </pre> <td> <!-- --> <script> </script> "
    "&amp; &lt &#233; &nope; < > & ' \"".split()
)
pieces = st.lists(st.one_of(tags, st.text(string.ascii_letters + " \n\t\r\0é界\U0001f6a2", max_size=8)), max_size=40)


@given(pieces)
def test_every_visible_character_leads_to_where_it_is_written(parts):
    """A character that is no added break stands in the source as itself, as its reference, or as white space."""
    source = "pier" + "".join(parts)
    reading = read(source.encode(), name="page.html", where="page.html")
    covered = set()
    for start, shown, place, written in reading.offsets:
        covered.update(range(start, start + shown))
        here, there = reading.text[start : start + shown], source[place : place + written]
        if shown == written:
            assert all(
                a == b or (a == " " and b in "\n\t\r\f") or (a == "\n" and b == "\r")
                for a, b in zip(here, there, strict=True)
            )
        else:
            assert here == unescape(there) or there.isspace() or here == "\n"
        assert reading.offsets.span(start, start + shown) == (place, place + written)
    assert all(character in "\n\t" for at, character in enumerate(reading.text) if at not in covered)


@given(pieces)
def test_a_page_reads_the_same_twice(parts):
    """The text, the map and the notes follow from the bytes alone."""
    data = ("pier" + "".join(parts)).encode()
    assert read(data, name="page.html", where="page") == read(data, name="page.html", where="page")


@given(pieces)
def test_places_never_go_back(parts):
    """The order of words in the text is their order in the source."""
    reading = read(("pier" + "".join(parts)).encode(), name="page.html", where="page")
    places = [place for _, _, place, _ in reading.offsets]
    assert places == sorted(places)


def test_a_span_leads_to_its_source():
    """The words of a quotation are found again between the tags."""
    source = "<p>The <b>old</b> pier &amp; quay</p>"
    reading = read(source.encode(), name="page.html", where="page")
    at = reading.text.index("old pier & quay")
    start, end = reading.offsets.span(at, at + len("old pier & quay"))
    assert source[start:end] == "old</b> pier &amp; quay"
    assert reading.offsets.span(3, 3) is None


@pytest.mark.parametrize(
    ("source", "shown", "struck"),
    [
        ("It cost <del>10</del><ins>12</ins> million", "It cost 12 million", ("10",)),
        ("It cost <s>10</s>12 million", "It cost 12 million", ("10",)),
        ("It cost 10<ins>12</ins> million", "It cost 10 12 million", ()),
        ("It cost 1<del>0</del>2 million", "It cost 1 2 million", ("0",)),
        (
            '<p style="text-decoration: underline line-through">Nobody came.</p><p>Two came.',
            "Two came.",
            ("Nobody came.",),
        ),
        ("He <strike>was &amp; is</strike> is mayor", "He is mayor", ("was & is",)),
        ("colo<del>u</del>r", "color", ("u",)),
    ],
)
def test_words_that_are_struck_out_do_not_stand(source, shown, struck):
    """They are left out and named, and what stands beside them never grows together to a figure."""
    found = page(source)
    assert (found.text, found.struck) == (shown, struck)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('It did <span style="color:red; visibility: hidden">not </span>rise', "It did rise"),
        ('<div><template shadowrootmode="open"><p>It rose</p></template></div>', "It rose"),
        ("<div><template><p>It fell</p></template>It rose</div>", "It rose"),
        ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>が沈む", "港が沈む"),
        ("<ruby><rb>港<rb>町<rt>みなと<rt>まち</ruby>が沈む", "港町が沈む"),
    ],
)
def test_what_a_browser_keeps_from_the_eye_or_writes_above_the_line_is_no_part_of_it(source, shown):
    """Words set invisible are left out, those of a declared shadow root are not; and a word is one."""
    assert page(source).text == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("She said <q>no</q>.", "She said “no”."),
        ("<q>He said <q>no</q> twice</q>", "“He said ‘no’ twice”"),
        ("12 million<sup>3</sup> in all", "12 million³ in all"),
        ('12<sup><a href="#n">3</a></sup> men', "12³ men"),
        ("10<sup>6</sup> men", "10⁶ men"),
        ("5 km<sup>2</sup> of land", "5 km2 of land"),
        ("the 4<sup>th</sup> of May", "the 4th of May"),
        ("It rose[<sup>3</sup>]", "It rose[³]"),
        ("H<sub>2</sub>O", "H2O"),
        ("1<sub>2</sub>", "1 2"),
    ],
)
def test_quotations_have_their_marks_and_raised_figures_stay_apart(source, shown):
    """`<q>` is shown with marks, and a note's number is no part of the figure before it."""
    assert page(source).text == shown


def test_a_page_with_struck_out_words_says_which():
    """The note names them, so that nobody quotes them as standing."""
    reading = read(b"<p>It cost <del>ten</del> <ins>twelve</ins> million", name="a.html", where="a")
    assert reading.text == "It cost twelve million"
    assert reading.notes == ("Struck out on the page, and left out of its words: “ten”.",)
