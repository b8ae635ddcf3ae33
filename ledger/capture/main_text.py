"""Which lines of a page are the article's own: not its menus, teasers of other articles, notes on cookies, comments.

Nobody marks them reliably, so they are told by what they are like. A *long* line has a sentence's length and its stop,
and is not mostly a link; articles are made of such lines, in any language. The article is the innermost element
that has most of them, with the page's heading and whatever stands around it. Within it, every long line is kept, and of
the short ones those that stand in no aside, no figure, no list of links. Class names are others' words: they only say
what is apart, and are not believed of a part that holds much of what is long.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import attrs

from ..text import Span
from ..text.scripts import dense_letters
from .html import BLOCKS, VOID, HtmlPage
from .markup import END, RAW, START, TEXT, attributes, tokens, unescape

LONG = 60
"""Letters of a line that may be a paragraph; one of a script without spaces counts twice."""

MOST, HEADED = 0.8, 0.5
"""Share of the long lines that the article has, and that it has if the page's heading stands in it."""

BESIDE = 200
"""Letters around a heading that may be an article by themselves."""

FEWEST = 150
"""Letters of long lines of an article; of a page with fewer, no part is told apart."""

LINKS, LINKED_LINE, LINKED_LONG = 0.5, 0.7, 0.4
"""Share of letters in links from which on a part, and a single line, is none of the article, and a line is not long."""

TEASERS = 3
"""Lines that are links, in a part whose lines are so by half, which make it teasers."""

SHORTEST_LINK = 12
"""Letters of a line that may be a teaser."""

NAMED, TAGGED = 0.25, 0.5
"""Share of the page's long lines in a part up to which its class is believed to say that it is none of the article, and
its tag, or that it consists of teasers."""

DEEPEST = 100
"""Elements within elements; deeper ones are taken as side by side."""

_APART = frozenset("nav aside footer form figure figcaption button select menu dialog address label".split())
_ROLES = frozenset("navigation complementary contentinfo dialog search".split())
_NEVER_APART = frozenset("html body main article".split())
_ITEMS = frozenset("li tr td th dt dd option".split())
_LISTS = frozenset("ul ol table dl select div".split())
_CLASSES = re.compile(
    r"comment(?!ary)|disqus|share|sharing|social|related|sidebar|promo|newsletter|cookie|consent|gdpr|privacy|footer|"
    r"teaser|recommend|sponsor|breadcrumb|byline|caption|subscri|outbrain|taboola|signup|sign-up|popular|trending|"
    r"modal|popup|banner|advert|(?:^|[-_ ])(?:ad|ads|tags?|nav|menu|widget|author|bio|meta|more)(?:$|[-_ ])",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…。！？؟।۔:;][\"”’»“)\]」』]*\s*\Z")
_HEADINGS = frozenset(("h1", "h2", "h3"))


@attrs.define(eq=False)
class _PageElement:
    """An element, what it seems to be, and how much stands in it: letters, letters in links, lines, lines of links."""

    name: str
    up: _PageElement | None
    depth: int = 0
    link: bool = False
    named: bool = False
    apart: bool = False
    headed: bool = False
    within: bool = False
    kept: bool = False
    size: int = 0
    linked: int = 0
    lines: int = 0
    links: int = 0
    long: int = 0
    plain: int = 0
    good: int = 0

    @property
    def chain(self) -> Iterator[_PageElement]:
        """Iterate over the element and those it stands in, from the inside."""
        at: _PageElement | None = self
        while at is not None:
            yield at
            at = at.up


@attrs.frozen(eq=False)
class _PageLine:
    """A line of the visible text, the block it stands in, its letters, and those of them that are in links."""

    span: Span
    words: str
    block: _PageElement
    size: int
    linked: int

    @property
    def long(self) -> bool:
        return self.size >= LONG and self.linked < LINKED_LONG * self.size and _STOP.search(self.words) is not None

    @property
    def good(self) -> bool:
        return self.long and not self.block.apart


def main_text(source: str, shown: HtmlPage) -> tuple[Span, ...]:
    """Return the lines of a page's visible text that are its article, in order; none where no part can be told."""
    elements, title, places = _elements(source)
    lines = list(_lines(shown, *places))
    for line in lines:
        block = line.block
        block.size += line.size
        block.linked += line.linked
        block.lines += 1
        block.links += line.linked >= 0.9 * line.size and line.size >= SHORTEST_LINK
        block.long += line.long and line.size
    _gather(elements, "size", "linked", "lines", "links", "long")
    heading = _heading(lines, title)
    for element in heading.block.chain if heading else ():
        element.headed = True
    _set_apart(elements)
    for line in lines:
        if not line.block.apart:
            line.block.good += line.good and line.size
            line.block.plain += line.linked < LINKS * line.size and line.size
    _gather(elements, "good", "plain")
    if elements[0].good < FEWEST:
        return ()
    _keep(elements, heading)
    first = next((line.span.start for line in lines if line.block.kept), 0)
    begins = min(first, heading.span.start) if heading else first
    paths = {_path(line) for line in lines if line.good and line.block.within}
    return tuple(
        line.span
        for line in lines
        if line is heading
        or line.block.kept
        or (line.good and (line.block.within or begins <= line.span.start < first or _path(line) in paths))
    )


def _gather(elements: Sequence[_PageElement], *sums: str) -> None:
    """Add to each element what stands in those within it."""
    for element in reversed(elements):
        if element.up is not None:
            for name in sums:
                setattr(element.up, name, getattr(element.up, name) + getattr(element, name))


def _set_apart(elements: Sequence[_PageElement]) -> None:
    """Say which elements are apart: those marked so, and teasers; not those that have much of what is long."""
    for element in elements:
        teasers = element.links >= TEASERS and element.links >= LINKS * element.lines
        share = element.long / (elements[0].long or 1)
        within = element.up is not None and element.up.apart
        told = (element.named and share <= NAMED) or ((element.name in _APART or teasers) and share <= TAGGED)
        element.apart = within or told


def _keep(elements: Sequence[_PageElement], heading: _PageLine | None) -> None:
    """Say which elements are within the article, and which of them have short lines that are kept.

    The article is the innermost element that has most of what is good, with what stands around a heading outside of it,
    and with the page's `<article>` if there is only one.
    """
    top = elements[0]
    for element in elements:
        if element.up is top and element.good and element.good >= (HEADED if element.headed else MOST) * top.good:
            top = element
    begins = {top}
    holding = set(top.chain)
    marked = [one for one in elements if one.name == "article" and one.good >= FEWEST]
    begins |= {one for one in marked if len(marked) == 1 and one not in holding}
    if heading is not None:
        around = next((one for one in heading.block.chain if one.up in holding), top)
        begins |= {one for one in (around,) if one not in holding and one.plain >= BESIDE + heading.size}
    for element in elements:
        up, begun = element.up, element in begins
        linked = element.linked > (LINKED_LINE if element.lines == 1 else LINKS) * element.size
        element.within = begun or (up is not None and up.within)
        element.kept = begun or (up is not None and up.kept and not element.apart and not linked)


def _path(line: _PageLine) -> tuple[object, ...]:
    """Return how a line is marked up, and in which `<article>`: the pieces of an article are marked alike."""
    chain = list(line.block.chain)
    return next((one for one in chain if one.name == "article"), None), *(one.name for one in chain)


def _heading(lines: Sequence[_PageLine], title: str) -> _PageLine | None:
    """Return the heading that the page's title names, the longest of several; else its only `<h1>`."""
    headings = [line for line in lines if any(one.name in _HEADINGS for one in line.block.chain)]
    named = [line for line in headings if len(bare := _bare(line.words)) >= 8 and bare in title]
    if named:
        return max(named, key=lambda line: len(line.words))
    first = [line for line in headings if any(one.name == "h1" for one in line.block.chain)]
    return first[0] if len(first) == 1 else None


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())


# -- what stands where ---------------------------------------------------------


def _lines(shown: HtmlPage, starts: Sequence[int], holders: Sequence[_PageElement]) -> Iterator[_PageLine]:
    """Yield the lines of a page's text; `holders` are the elements of its pieces, which begin at `starts`."""
    offsets = shown.offsets
    runs = list(offsets)
    for match in re.finditer(r"[^\n]+", shown.text):
        start, end = match.span()
        size = linked = 0
        outer: _PageElement | None = None
        first, last = bisect_right(offsets.visible, start) - 1, bisect_left(offsets.visible, end)
        for visible, length, at, _ in runs[max(0, first) : last]:
            letters = min(visible + length, end) - max(visible, start)
            if letters <= 0:
                continue
            holder = holders[bisect_right(starts, at) - 1]
            size += letters
            linked += holder.link and letters
            if outer is None or holder.depth < outer.depth:
                outer = holder
        if outer is not None:
            block = next(
                one for one in outer.chain if one.name in BLOCKS or one.named or one.name in _APART or one.up is None
            )
            yield _PageLine(Span(start, end), match[0], block, size + dense_letters(match[0]), linked)


def _elements(source: str) -> tuple[list[_PageElement], str, tuple[list[int], list[_PageElement]]]:
    """Return a page's elements in order, its bare title, and where each piece of text begins with the element it is in.

    Elements are closed where the standard closes them, so far as it matters to what is a paragraph's or an item's.
    """
    here = _PageElement("", None)
    elements, title = [here], ""
    starts, holders = [0], [here]
    for kind, name, start, end in tokens(source):
        if kind is TEXT or (kind is RAW and name == "textarea"):
            starts.append(start)
            holders.append(here)
        elif kind is RAW and name == "title":
            title = title or _bare(unescape(source[start : min(end, start + 1_000)]))
        elif kind is START and name not in VOID:
            here = _PageElement(name, up := _holder(here, name), up.depth + 1, link=up.link or name == "a")
            here.named = name not in _NEVER_APART and end > start and _is_named(attributes(source[start:end]))
            elements.append(here)
        elif kind is END:
            here = _closed(here, name)
    return elements, title, (starts, holders)


def _holder(here: _PageElement, name: str) -> _PageElement:
    """Return the element that a new one stands in."""
    if here.name == "p" and name in BLOCKS and here.up is not None:
        here = here.up
    elif name in _ITEMS:
        for one in here.chain:
            if one.name == name and one.up is not None:
                return one.up
            if one.name in _LISTS:
                break
    return here.up if here.depth >= DEEPEST and here.up is not None else here


def _closed(here: _PageElement, name: str) -> _PageElement:
    """Return the element in which another ends; the same if no such one is open."""
    for one in here.chain:
        if one.name == name and one.up is not None:
            return one.up
        if name not in BLOCKS and one.name in BLOCKS:
            break
    return here


def _is_named(found: dict[str, str]) -> bool:
    """Return whether an element's attributes say that it is none of the article."""
    classes = f"{found.get('class', '')} {found.get('id', '')}"
    return found.get("role") in _ROLES or _CLASSES.search(classes) is not None
