"""The desk on a terminal: its dialogue drawn, and fed with keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import Completer, DummyCompleter, FuzzyCompleter, ThreadedCompleter, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, Filter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Dimension,
    Float,
    FloatContainer,
    HSplit,
    Layout,
    UIContent,
    UIControl,
    VSplit,
    Window,
)
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.styles import Style

from . import panes
from .dialogue import Dialogue, Does, Left, Prompt
from .panes import LedgerNotes, Line

STYLE = Style.from_dict(
    {
        "head": "reverse",
        "mark": "bold",
        "in-hand": "bold",
        "asserted": "underline",
        "accepted": "ansigreen",
        "left-out": "ansibrightblack",
        "on-record": "ansicyan",
        "cut": "reverse bold",
        "title": "bold",
        "label": "ansiblue",
        "enter": "bold",
        "dim": "ansibrightblack",
        "key": "bold",
        "said": "bold",
        "border": "ansibrightblack",
    }
)
"""Bold, underlined and reverse stay where there are no colours (NO_COLOR)."""

SIDE_BY_SIDE = 72
"""Columns from which on the suggestion stands beside the article, and not below it."""


class _Pane(UIControl):
    """Lines that are made for the size they are shown in; `takes_keys` while nothing is typed."""

    def __init__(self, lines: Callable[[int, int], list[Line]], *, takes_keys: bool = False) -> None:
        self._lines, self._takes_keys = lines, takes_keys

    def create_content(self, width: int, height: int) -> UIContent:
        lines = self._lines(width, height)
        return UIContent(get_line=lambda at: [*lines[at]], line_count=len(lines), show_cursor=False)

    def is_focusable(self) -> bool:
        return self._takes_keys


class Screen:
    """A dialogue on a terminal, until its person leaves or commits."""

    def __init__(self, title: str, dialogue: Dialogue) -> None:
        self._title, self._dialogue = title, dialogue
        self._help = False
        self._shown: Prompt | None = None
        self._buffer = Buffer(multiline=False, complete_while_typing=True, accept_handler=self._answered)
        self._answer = BufferControl(self._buffer, input_processors=[BeforeInput(lambda: f"{self._asks()} ")])
        self._idle = Window(_Pane(lambda width, height: [], takes_keys=True), height=0)
        self.app: Application[Left] = Application(
            layout=self._layout(), key_bindings=self._keys(), style=STYLE, full_screen=True
        )
        self.app.ttimeoutlen = 0.05  # Escape is a key of its own

    def run(self) -> Left:
        """Show the desk until it is left; raises KeyboardInterrupt at Ctrl-C. Every step is kept by then."""
        return self.app.run()

    # -- what is shown -----------------------------------------------------------

    def _layout(self) -> Layout:
        wide = Condition(lambda: self._columns >= SIDE_BY_SIDE)
        asking = Condition(lambda: self._dialogue.question is not None)
        saying = Condition(lambda: self._dialogue.question is None or bool(self._dialogue.said))
        article, passage = _Pane(self._article), _Pane(self._passage)
        beside = VSplit(
            [
                Window(article, width=Dimension(weight=3)),
                Window(width=1, char="│", style="class:border"),
                Window(passage, width=Dimension(weight=2)),
            ]
        )
        below = HSplit(
            [
                Window(article, height=Dimension(weight=1)),
                Window(height=1, char="─", style="class:border"),
                Window(passage, height=Dimension(weight=1)),
            ]
        )
        answer = Window(self._answer, wrap_lines=True, height=Dimension(min=1, max=6), dont_extend_height=True)
        said = Window(_Pane(self._saying), height=lambda: len(self._saying(self._columns, 3)))
        whole = HSplit(
            [
                Window(_Pane(self._head), height=1),
                ConditionalContainer(beside, wide),
                ConditionalContainer(below, ~wide),
                ConditionalContainer(answer, asking),
                ConditionalContainer(said, saying),
                Window(_Pane(self._foot), height=lambda: len(panes.key_lines(panes.KEYS, self._columns))),
                self._idle,
            ]
        )
        menu = Float(xcursor=True, ycursor=True, content=CompletionsMenu(max_height=8, scroll_offset=1))
        return Layout(FloatContainer(whole, floats=[menu]), focused_element=self._idle)

    @property
    def _columns(self) -> int:
        return self.app.output.get_size().columns

    def _asks(self) -> str:
        return self._dialogue.question.asks if self._dialogue.question else ""

    def _head(self, width: int, height: int) -> list[Line]:
        return [panes.title_line(self._title, self._dialogue.worklist, width)]

    def _article(self, width: int, height: int) -> list[Line]:
        return panes.article_pane(self._dialogue.worklist, width, height, self._dialogue.cut)

    def _passage(self, width: int, height: int) -> list[Line]:
        width = max(width - 1, 8)
        if self._help:
            return panes.paragraphs(panes.HELP, width)[:height]
        like = tuple(f"{handle}: {text}" for handle, text in self._dialogue.like)
        return panes.passage_pane(self._dialogue.worklist, LedgerNotes(self._dialogue.names, like), width, height)

    def _saying(self, width: int, height: int) -> list[Line]:
        choice = self._dialogue.choice
        return panes.paragraph(choice.asks if choice else self._dialogue.said, width, "class:said")[:3] or [[]]

    def _foot(self, width: int, height: int) -> list[Line]:
        return panes.key_lines(self._keys_now(), width)

    def _keys_now(self) -> tuple[tuple[str, str], ...]:
        dialogue = self._dialogue
        if dialogue.choice:
            return (*((key, does) for key, does, _ in dialogue.choice.keys), ("Esc", "back"))
        if dialogue.question:
            return (("Enter", "done"), ("Tab", "the next that fits"), ("Esc", "back"))
        if dialogue.cut is not None:
            return (("← →", "move the cut"), ("Enter", "split here"), ("Esc", "back"))
        return (("any key", "back"),) if self._help else panes.KEYS

    # -- what is typed -------------------------------------------------------------

    def _follow(self) -> None:
        """Show what the dialogue now asks; end with it."""
        question = self._dialogue.question
        if question is not self._shown:
            self._shown = question
            self._buffer.reset(Document(question.text) if question else None)
            self._buffer.completer = _completer(question.choices if question else {})
            self.app.layout.focus(self._answer if question else self._idle)
        if self._dialogue.left is not None:
            self.app.exit(result=self._dialogue.left)

    def _answered(self, buffer: Buffer) -> bool:
        self._dialogue.answer(buffer.text)
        self._follow()
        return True

    def _keys(self) -> KeyBindings:
        keys, dialogue = KeyBindings(), self._dialogue
        typing = Condition(lambda: dialogue.question is not None)
        choosing = Condition(lambda: dialogue.choice is not None)
        cutting = Condition(lambda: dialogue.cut is not None)
        helping = Condition(lambda: self._help)
        idle = Condition(lambda: dialogue.idle) & ~helping

        def bind(key: str, when: Filter, does: Callable[[KeyPressEvent], object], *, eager: bool = False) -> None:
            def pressed(event: KeyPressEvent) -> None:
                if dialogue.idle:
                    dialogue.said = ""
                does(event)
                self._follow()

            keys.add(key, filter=when, eager=eager)(pressed)

        for key, does in dialogue.commands().items():
            bind(key, idle, _only(does))
        bind("?", idle, lambda event: self._set_help(True))
        bind(Keys.Any, helping, lambda event: self._set_help(False))
        bind(Keys.Any, choosing, lambda event: dialogue.choose(event.data))
        bind("left", cutting, lambda event: dialogue.move_cut(-1))
        bind("right", cutting, lambda event: dialogue.move_cut(1))
        bind("enter", cutting, lambda event: dialogue.cut_here())
        bind("escape", ~idle, lambda event: self._back(), eager=True)
        bind(Keys.BracketedPaste, typing, lambda event: self._buffer.insert_text(" ".join(event.data.split())))
        bind(Keys.BracketedPaste, ~typing, lambda event: self._refuse_paste())
        for key in ("c-c", "<sigint>"):
            keys.add(key)(lambda event: event.app.exit(exception=KeyboardInterrupt))
        return keys

    def _back(self) -> None:
        self._help = False
        self._dialogue.back()

    def _set_help(self, shown: bool) -> None:
        self._help = shown

    def _refuse_paste(self) -> None:
        self._dialogue.said = "Pasted words have no place here; e writes the claim otherwise."


def _only(does: Does) -> Callable[[KeyPressEvent], None]:
    return lambda event: does()


def _completer(choices: Mapping[str, str]) -> Completer:
    """Return what offers choices that hold the letters that are typed, in their order."""
    if not choices:
        return DummyCompleter()
    return ThreadedCompleter(
        FuzzyCompleter(WordCompleter(list(choices), meta_dict=dict(choices), sentence=True), pattern="^.*")
    )
