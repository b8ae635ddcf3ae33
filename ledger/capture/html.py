"""The visible text of an HTML page, with where each character stands in its source.

Shown is what a browser without style sheets and with scripts switched on but not run would show: the whole page, not
the "main" text. A blank line stands between blocks, a line break for `<br>`, list items and table rows, a tab between
cells. Left out: head, scripts, styles, templates (but a declared shadow root), `noscript`, fallbacks of media, closed
dialogs, `hidden`, an inline `display: none` or `visibility: hidden`, how a word is read (`<rt>`), and attributes (an
`alt` text is not on the page for those who see the image). `aria-hidden` is shown: it hides from ears, not from eyes.
Elements are closed where the standard closes them, so far as that decides what is hidden. `<q>` has its marks.
Struck-out words (`<del>`, `<s>`, an inline `line-through`) are left out and told: a reader sees that they do not stand.
Where one was, and around an `<ins>`, two figures stay two; a raised figure is a raised character (10⁶, "million³"),
behind a unit of length the figure that people write (km2).
"""

from __future__ import annotations

import re
from array import array

import attrs

from .markup import END, RAW, REFERENCE, SPACES, START, TEXT, attributes, character, tokens, unescape
from .offsets import OffsetMap
from .raised import raised

HTML = "html/3"
"""The extractor of HTML pages; the number changes when the same bytes would give another text."""

DEEPEST = 512
"""Elements within elements; deeper ones are taken as side by side, as browsers do."""
NEAR = 16
"""Elements that are looked through for one that a tag closes."""

SPACE, CELL, LINE, BLANK = 1, 2, 3, 4
_BREAKS = {CELL: "\t", LINE: "\n", BLANK: "\n\n"}

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext
    pre search section summary table tbody td textarea tfoot th thead tr ul xmp""".split()
)
_LINES = frozenset("li dd dt tr option optgroup legend summary figcaption caption tbody thead tfoot".split())
_CELLS = frozenset(("td", "th"))
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen".split()
)
_KEPT = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_HIDDEN = frozenset(
    """head script style template noscript noembed noframes iframe title audio video canvas datalist rp rt rtc
    annotation annotation-xml""".split()
)
_STRUCK = frozenset(("del", "s", "strike"))
_MAY_BE_HIDDEN = _HIDDEN | _STRUCK | {"dialog"}
_ALWAYS_SHOWN = frozenset(("html", "body"))
_BREAK_OF = {name: LINE if name in _LINES else CELL if name in _CELLS else BLANK for name in BLOCKS} | {"br": LINE}

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
_RUBY = ("rb", "rt", "rp")
_PARAGRAPH = frozenset(("p",))
_ENDS_OF = {name: _ENDS.get(name, _PARAGRAPH) for name in BLOCKS if name not in ("html", "body")}
_ENDS_OF |= dict.fromkeys((*_RUBY, "rtc"), frozenset(_RUBY))
_CLOSERS = frozenset(("p", *_ENDS))

_ODD = re.compile(rf"[ \t\n\f\r]{{2,}}|{REFERENCE}|[\x00-\x08\x0b\x0e-\x1f\x7f]+")
_ODD_KEPT = re.compile(rf"\r\n?|{REFERENCE}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_UNSEEN = re.compile(
    r"(?:^|;)\s{0,20}(?:display\s{0,20}:\s{0,20}none|visibility\s{0,20}:\s{0,20}hidden)\b", re.IGNORECASE
)
_STRIKES = re.compile(r"(?:^|;)\s{0,20}text-decoration(?:-line)?\s{0,20}:[^;]{0,60}\bline-through\b", re.IGNORECASE)
_MAY_HIDE = re.compile(r"hidden|display|open|line-through", re.IGNORECASE)

_APART = _STRUCK | {"ins", "sup", "sub"}
_MARKS = ("“”", "‘’")

SHOWN, HIDES, STRIKES = 0, 1, 2
MOST_STRUCK = 20
"""Struck-out passages that are kept to be named."""


@attrs.define
class HtmlPage:
    """What a page shows: the text, where it stands in the source, and what to know of it."""

    text: str = attrs.field(repr=False)
    offsets: OffsetMap = attrs.field(repr=False)
    hidden: int
    cut: str
    struck: tuple[str, ...] = ()
    """The first passages that are struck out."""


class _VisibleText:
    """Collects visible text, with breaks where they fall due and not before."""

    def __init__(self) -> None:
        self.size = 0
        self.due = 0
        self.last = ""
        self._space = (0, 1)
        self._apart = False
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

    def apart(self) -> None:
        """Have a figure that ends here and one that begins here be two."""
        self._apart = True

    def ends(self) -> str:
        """Return what stands last, as far as it came in one piece."""
        return self._pieces[-1][-8:] if self._pieces else ""

    def put(self, shown: str, source: int, written: int) -> None:
        """Add text that was written in `written` characters from `source` on."""
        if self._apart:
            self._apart = False
            if not self.due and self.last.isdecimal() and shown[0].isdecimal():
                self.space(source, 0)
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
        block = name in BLOCKS or name in _HIDDEN
        lowest = 0 if block else max(0, len(names) - NEAR)
        for at in range(len(names) - 1, lowest - 1, -1):
            if names[at] == name:
                self._pop(at)
                return
            if not block and names[at] in BLOCKS:
                return

    def _end_implied(self, ends: frozenset[str]) -> None:
        names, found = self.names, -1
        for at in range(len(names) - 1, max(-1, len(names) - 1 - NEAR), -1):
            if names[at] in ends:
                found = at
            elif names[at] in BLOCKS and names[at] != "p":
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


def page(source: str) -> HtmlPage:
    """Return what a page shows."""
    ink, elements, hidden, cut = _VisibleText(), _Elements(), 0, ""
    struck: list[str] = []
    strikes, high, quoted = False, False, 0
    for kind, name, start, end in tokens(source):
        if kind is TEXT:
            if elements.hidden_from:
                if strikes and len(struck) <= MOST_STRUCK:
                    struck[-1] += source[start:end]
            elif elements.kept_from:
                _kept(ink, source, start, end)
            elif high and source[start:end].isdecimal():
                ink.put(raised(source[start:end], ink.ends()), start, end - start)
            elif _ODD.search(source, start, end):
                _flow(ink, source, start, end)
            else:
                _words(ink, source, start, end)
        elif kind is START:
            may = end - start >= len("hidden") or name in _MAY_BE_HIDDEN
            hides = _hides(name, source, start, end) if may else SHOWN
            was_hidden = elements.hidden_from
            if name not in VOID:
                elements.open(name, hidden=hides != SHOWN)
                if hides and not was_hidden and name not in _HIDDEN:
                    strikes = hides == STRIKES
                    if strikes:
                        struck.append("")
                    else:
                        hidden += 1
            if name in _APART:
                ink.apart()
                high = name == "sup" and not elements.hidden_from
            if not elements.hidden_from:
                ink.breaks(name)
                if name == "q":
                    ink.put(_MARKS[quoted % 2][0], end + 1, 0)
                    quoted += 1
        elif kind is END:
            was_hidden = elements.hidden_from
            elements.close(name)
            if name in _APART:
                ink.apart()
                high = False
            if not (was_hidden and elements.hidden_from):
                ink.breaks(name)
                if name == "q" and quoted and not was_hidden:
                    quoted -= 1
                    ink.put(_MARKS[quoted % 2][1], end, 0)
        elif kind is RAW:
            if name in _KEPT and not elements.hidden_from:
                _kept(ink, source, start, end)
        else:
            cut = name
    passages = (" ".join(unescape(words).split()) for words in struck)
    return HtmlPage(ink.text(), ink.offsets(), hidden, cut, tuple(filter(None, passages)))


def _hides(name: str, source: str, start: int, end: int) -> int:
    """Say whether an element is shown, hidden or struck out."""
    if name == "template" and "shadowrootmode" in attributes(source[start:end]):
        return SHOWN
    if name in _HIDDEN:
        return HIDES
    if name == "dialog":
        return SHOWN if "open" in attributes(source[start:end]) else HIDES
    if name in _ALWAYS_SHOWN:
        return SHOWN
    if _MAY_HIDE.search(source, start, end):
        found = attributes(source[start:end])
        hidden, style = found.get("hidden"), found.get("style", "")
        if (hidden is not None and hidden.lower() != "until-found") or _UNSEEN.search(style):
            return HIDES
        if _STRIKES.search(style):
            return STRIKES
    return STRIKES if name in _STRUCK else SHOWN


def _flow(ink: _VisibleText, source: str, start: int, end: int) -> None:
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


def _words(ink: _VisibleText, source: str, start: int, end: int) -> None:
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


def _kept(ink: _VisibleText, source: str, start: int, end: int) -> None:
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
