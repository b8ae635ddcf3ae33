"""The visible text of an HTML page, with where each character stands in its source.

Shown is what a browser without style sheets and with scripts switched on but not run would show: the whole page, not
the "main" text. A blank line stands between blocks, a line break for `<br>`, list items and table rows, a tab between
cells. Left out: head, scripts, styles, templates, `noscript`, fallbacks of media, closed dialogs, `hidden`, an inline
`display: none`, and attributes (an `alt` text is not on the page for those who see the image). `aria-hidden` is
shown: it hides from ears, not from eyes. Elements are closed where the standard closes them, so far as that decides
what is hidden.
"""

from __future__ import annotations

import re
from array import array

import attrs

from .markup import END, RAW, REFERENCE, SPACES, START, TEXT, attributes, character, tokens
from .offsets import OffsetMap

HTML = "html/1"
"""The extractor of HTML pages; the number changes when the same bytes would give another text."""

DEEPEST = 512
"""Elements within elements; deeper ones are taken as side by side, as browsers do."""
NEAR = 16
"""Elements that are looked through for one that a tag closes."""

SPACE, CELL, LINE, BLANK = 1, 2, 3, 4
_BREAKS = {CELL: "\t", LINE: "\n", BLANK: "\n\n"}

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext
    pre search section summary table tbody td textarea tfoot th thead tr ul xmp""".split()
)
_LINES = frozenset("li dd dt tr option optgroup legend summary figcaption caption tbody thead tfoot".split())
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen".split()
)
_KEPT = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_HIDDEN = frozenset(
    """head script style template noscript noembed noframes iframe title audio video canvas datalist rp annotation
    annotation-xml""".split()
)
_MAY_BE_HIDDEN = _HIDDEN | {"dialog"}
_ALWAYS_SHOWN = frozenset(("html", "body"))
_BREAK_OF = {name: LINE if name in _LINES else CELL if name in _CELLS else BLANK for name in _BLOCKS} | {"br": LINE}

_ENDS = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": _CELLS,
    "th": _CELLS,
    "option": frozenset(("option",)),
    "optgroup": frozenset(("option", "optgroup")),
    **dict.fromkeys(("tbody", "thead", "tfoot"), frozenset(("tbody", "thead", "tfoot", "tr", "td", "th"))),
}
_PARAGRAPH = frozenset(("p",))
_ENDS_OF = {name: _ENDS.get(name, _PARAGRAPH) for name in _BLOCKS if name not in ("html", "body")}
_CLOSERS = frozenset(("p", *_ENDS))

_ODD = re.compile(rf"[ \t\n\f\r]{{2,}}|{REFERENCE}|[\x00-\x08\x0b\x0e-\x1f\x7f]+")
_ODD_KEPT = re.compile(rf"\r\n?|{REFERENCE}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NO_DISPLAY = re.compile(r"(?:^|;)\s{0,20}display\s{0,20}:\s{0,20}none\b", re.IGNORECASE)
_MAY_HIDE = re.compile(r"hidden|display|open", re.IGNORECASE)


@attrs.define
class Page:
    """What a page shows: the text, where it stands in the source, and what to know of it."""

    text: str = attrs.field(repr=False)
    offsets: OffsetMap = attrs.field(repr=False)
    hidden: int
    cut: str


class _Ink:
    """Collects visible text, with breaks where they fall due and not before."""

    def __init__(self) -> None:
        self.size = 0
        self.due = 0
        self.last = ""
        self._space = (0, 1)
        self._runs = array("I")  # four numbers a run
        self._until, self._follows = 0, -1  # where the last run ends, and what would go on with it
        self._pieces: list[str] = []
        self._joined: list[str] = []

    def breaks(self, name: str) -> None:
        """Ask for the break of an element before the next word; the strongest one asked for is made."""
        kind = _BREAK_OF.get(name, 0)
        if kind > self.due:
            self.due = kind
        elif name == "br" and self.due == LINE:
            self.due = BLANK

    def space(self, source: int, written: int) -> None:
        """Ask for a space before the next word, unless a break is due."""
        if not self.due:
            self.due, self._space = SPACE, (source, written)

    def put(self, shown: str, source: int, written: int) -> None:
        """Add text that was written in `written` characters from `source` on."""
        due = self.due
        if due:
            self.due = 0
            if due == SPACE and self.size:
                self.put(" ", *self._space)
            elif self.size:
                added = _BREAKS[due].removeprefix(self.last if self.last == "\n" else "\r")
                self._pieces.append(added)
                self.size += len(added)
        length, runs = len(shown), self._runs
        self._pieces.append(shown)
        if source == self._follows and length == written and self.size == self._until:
            runs[-3] += length
            runs[-1] += length
        else:
            runs.extend((self.size, length, source, written))
        self._follows = source + written if length == written else -1
        self.size = self._until = self.size + length
        self.last = shown[-1]
        if len(self._pieces) > 10_000:
            self._joined.append("".join(self._pieces))
            self._pieces.clear()

    def offsets(self) -> OffsetMap:
        return OffsetMap(*(self._runs[at::4] for at in range(4)))

    def text(self) -> str:
        return "".join([*self._joined, *self._pieces])


class _Elements:
    """The open elements, as far as they decide what is hidden and what keeps its spaces."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._count: dict[str, int] = {}
        self.hidden_from = 0
        self.kept_from = 0

    def open(self, name: str, *, hidden: bool) -> None:
        ends = _ENDS_OF.get(name)
        if ends is not None and (ends is not _PARAGRAPH or self._count.get("p")):
            self._end_implied(ends)
        if len(self.names) >= DEEPEST:
            self._pop(len(self.names) - 1)
        self.names.append(name)
        self._count[name] = self._count.get(name, 0) + 1
        if hidden and not self.hidden_from:
            self.hidden_from = len(self.names)
        if name in _KEPT and not self.kept_from:
            self.kept_from = len(self.names)

    def close(self, name: str) -> None:
        names = self.names
        if names and names[-1] == name:
            self._pop(len(names) - 1)
            return
        if not self._count.get(name):
            return
        block = name in _BLOCKS or name in _HIDDEN
        lowest = 0 if block else max(0, len(names) - NEAR)
        for at in range(len(names) - 1, lowest - 1, -1):
            if names[at] == name:
                self._pop(at)
                return
            if not block and names[at] in _BLOCKS:
                return

    def _end_implied(self, ends: frozenset[str]) -> None:
        names, found = self.names, -1
        for at in range(len(names) - 1, max(-1, len(names) - 1 - NEAR), -1):
            if names[at] in ends:
                found = at
            elif names[at] in _BLOCKS and names[at] != "p":
                break
        if found >= 0:
            self._pop(found)

    def _pop(self, at: int) -> None:
        names, count = self.names, self._count
        while len(names) > at:
            count[names.pop()] -= 1
        if self.hidden_from > at:
            self.hidden_from = 0
        if self.kept_from > at:
            self.kept_from = 0


def page(source: str) -> Page:
    """Return what a page shows."""
    ink, elements, hidden, cut = _Ink(), _Elements(), 0, ""
    for kind, name, start, end in tokens(source):
        if kind is TEXT:
            if elements.hidden_from:
                continue
            if elements.kept_from:
                _kept(ink, source, start, end)
            elif _ODD.search(source, start, end):
                _flow(ink, source, start, end)
            else:
                _words(ink, source, start, end)
        elif kind is START:
            hides = (end - start >= len("hidden") or name in _MAY_BE_HIDDEN) and _hides(name, source, start, end)
            was_hidden = elements.hidden_from
            if name not in _VOID:
                elements.open(name, hidden=hides)
                if hides and not was_hidden and name not in _HIDDEN:
                    hidden += 1
            if not elements.hidden_from:
                ink.breaks(name)
        elif kind is END:
            was_hidden = elements.hidden_from
            elements.close(name)
            if not (was_hidden and elements.hidden_from):
                ink.breaks(name)
        elif kind is RAW:
            if name in _KEPT and not elements.hidden_from:
                _kept(ink, source, start, end)
        else:
            cut = name
    return Page(ink.text(), ink.offsets(), hidden, cut)


def _hides(name: str, source: str, start: int, end: int) -> bool:
    """Say whether an element is not shown."""
    if name in _HIDDEN:
        return True
    if name == "dialog":
        return "open" not in attributes(source[start:end])
    if name in _ALWAYS_SHOWN or not _MAY_HIDE.search(source, start, end):
        return False
    found = attributes(source[start:end])
    hidden = found.get("hidden")
    return (hidden is not None and hidden.lower() != "until-found") or bool(_NO_DISPLAY.search(found.get("style", "")))


def _flow(ink: _Ink, source: str, start: int, end: int) -> None:
    """Add running text: white space of any length is one space, none at a break."""
    at = start
    for match in _ODD.finditer(source, start, end):
        first, last = match.span()
        if first > at:
            _words(ink, source, at, first)
        at = last
        if source[first] in SPACES:
            ink.space(first, last - first)
        elif source[first] == "&":
            shown = _clean(character(match[0]))
            if shown and not shown.strip(SPACES):
                ink.space(first, last - first)
            elif shown:
                ink.put(shown, first, last - first)
    if at < end:
        _words(ink, source, at, end)


def _words(ink: _Ink, source: str, start: int, end: int) -> None:
    """Add words with single spaces between them; one before or after is made only if more words follow."""
    if source[start] in SPACES:
        ink.space(start, 1)
        start += 1
    if start == end:
        return
    after = source[end - 1] in SPACES
    if words := source[start : end - after]:
        ink.put(words if words.isprintable() else _spaces(words), start, len(words))
    if after:
        ink.space(end - 1, 1)


def _spaces(words: str) -> str:
    return words.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\f", " ")


def _clean(shown: str) -> str:
    return _CONTROLS.sub("", shown)


def _kept(ink: _Ink, source: str, start: int, end: int) -> None:
    """Add text whose spaces and lines are kept; the break right behind the tag is not part of it."""
    at = start
    if ink.due == BLANK:
        while at < end and source[at] in "\r\n":
            at += 1
    for match in _ODD_KEPT.finditer(source, at, end):
        first, last = match.span()
        if first > at:
            ink.put(source[at:first], at, first - at)
        at = last
        if source[first] == "&":
            if shown := _clean(character(match[0])):
                ink.put(shown, first, last - first)
        elif source[first] == "\r":
            ink.put("\n", first, last - first)
    if at < end:
        ink.put(source[at:end], at, end - at)
