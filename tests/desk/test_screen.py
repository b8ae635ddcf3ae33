"""The keys of the desk: each becomes a step, which is kept; what is asked is asked again, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ledger.cli.terminal import panes
from ledger.cli.terminal.dialogue import DeskRecords, Dialogue, Left
from ledger.cli.terminal.panes import LedgerNotes
from ledger.cli.terminal.screen import Screen
from ledger.desk.journal import Journal
from ledger.desk.proposals import propose
from ledger.desk.steps import Identify, LeaveOut, after
from ledger.desk.worklist import PassageState, Worklist
from ledger.errors import InputError
from ledger.model import Basis, ExclusionReason, Stake
from ledger.reader import Mention, MentionKind, Nature, SuggestedClaim
from ledger.text import Span

TEXT = "The quay is closed. Sam Orr said that it is rotten, and that divers saw it. It is a shame. It rains."
KNOWN = DeskRecords(
    agents={"samuel-orr": "Samuel Orr", "port": "Port Authority"},
    sources={"minutes": "Minutes of the port authority"},
    claims=lambda handle: handle == "quay-closed",
    like=lambda text: (("quay-closed", "The north quay is closed."),) if "quay" in text else (),
)
ENTER, ESCAPE = "\r", "\x1b"


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


ORR = Mention(span=place("Sam Orr"), name="Sam Orr", kind=MentionKind.PERSON)
BEGUN = propose(
    TEXT,
    [
        SuggestedClaim(
            span=place("Sam Orr said that it is rotten, and that divers saw it."),
            content=place("that it is rotten, and that divers saw it"),
            voices=(ORR,),
            nature=Nature.FACTUAL,
            reason="“said”",
        ),
        SuggestedClaim(
            span=place("It is a shame."), content=place("It is a shame."), nature=Nature.OPINION, reason="It judges."
        ),
    ],
)

Press = Callable[..., Worklist]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "ledger.desk" / "work.jsonl") as journal:
        yield journal


@pytest.fixture
def press(journal: Journal) -> Press:
    """Press keys at a desk, then leave it; what was kept is what it showed."""

    def call(
        *keys: str, begun: Worklist = BEGUN, commit: Callable[[Worklist], None] = lambda worklist: None
    ) -> Worklist:
        with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
            journal.begin(begun)
            dialogue = Dialogue(begun, journal, KNOWN, commit)
            typed.send_text("".join(keys))
            call.left = Screen("The quay", dialogue).run()  # type: ignore[attr-defined]
        kept = journal.resume(TEXT)
        assert kept is not None and kept.passages == dialogue.worklist.passages
        return dialogue.worklist

    return call


def states(worklist: Worklist) -> str:
    """Return the marks of the passages."""
    return "".join(panes.MARK[one.state] for one in worklist.passages)


def test_enter_does_what_is_suggested(press: Press) -> None:
    """A fact is accepted, who speaks is asked once, an opinion is left out; then there is nothing to do."""
    worklist = press(ENTER, ENTER, "p", ENTER, ENTER, ENTER, "q")
    assert states(worklist) == "++-+"
    assert worklist.passages[2].because is ExclusionReason.OPINION
    assert worklist.voice("Sam Orr").asked


@pytest.mark.parametrize(
    ("key", "because"),
    [("o", "opinion"), ("n", "not_checkable"), ("k", "common_knowledge")],
)
def test_one_key_leaves_out_with_its_reason(press: Press, key: str, because: str) -> None:
    """Three reasons have a key each."""
    worklist = press(key, "q")
    assert (states(worklist), worklist.passages[0].because) == ("-   ", because)


def test_what_is_covered_elsewhere_names_the_claim(press: Press) -> None:
    """The likeliest claim is offered, and Enter takes it; one that is not on record is asked again."""
    assert press("d", ENTER, "q").passages[0].elsewhere == "quay-closed"
    worklist = press("d", "\x15", "no-such", ENTER, "\x15", "quay-closed", ENTER, "q")
    assert worklist.passages[0].elsewhere == "quay-closed"


def test_another_reason_is_written(press: Press) -> None:
    """It needs some words, and is asked until it has."""
    worklist = press("x", ENTER, "A caption.", ENTER, "q")
    assert (worklist.passages[0].because, worklist.passages[0].note) == (ExclusionReason.OTHER, "A caption.")


def test_a_claim_is_edited_in_its_own_words(press: Press) -> None:
    """Its words are there to be changed; Escape leaves them as they were."""
    assert press("e", "\x15", "The quay has been closed.", ENTER, "q").passages[0].text == "The quay has been closed."
    assert press("e", "Nonsense", ESCAPE, "q").passages[0].text == "The quay is closed."


def test_pasted_words_are_one_line_and_never_commands(press: Press) -> None:
    """Where nothing is asked, paste does nothing; in an answer, line breaks become spaces."""
    paste = "\x1b[200~ancq\nooo\x1b[201~"
    assert press(paste, "q").passages == BEGUN.passages
    assert (
        press("e", "\x15", "\x1b[200~The quay\nis shut.\x1b[201~", ENTER, "q").passages[0].text == "The quay is shut."
    )


def test_merge_says_who_it_is_everywhere(press: Press) -> None:
    """A known agent by its id; a known source is what it was said in; neither is asked again until it is one."""
    worklist = press(DOWN, "m", "samuel-orr", ENTER, ENTER, "q")
    assert worklist.voice("Sam Orr").agent == "samuel-orr"
    assert worklist.passages[1].state is PassageState.ACCEPTED
    worklist = press(DOWN, "m", "nobody", ENTER, "\x15", "minutes", ENTER, "q")
    assert (worklist.voice("Sam Orr").agent, worklist.passages[1].said_in) == (None, "minutes")


def test_somebody_else_says_it(press: Press) -> None:
    """A voice of the article, a known agent, a new name, or the article itself."""
    assert press("w", "Sam Orr", ENTER, "q").passages[0].voices == ("Sam Orr",)
    worklist = press("w", "Port Authority (port)", ENTER, "q")
    assert worklist.heard(worklist.passages[0])[0].agent == "port"
    assert press(DOWN, "w", ENTER, "q").passages[1].voices == ()


def test_a_name_can_be_kept_out(press: Press) -> None:
    """Why is asked, since readers are told; the passage is then accepted without it."""
    worklist = press(DOWN, "a", "k", ENTER, "q")
    assert worklist.voice("Sam Orr").kept_out == "Asked not to be named."
    assert worklist.passages[1].state is PassageState.ACCEPTED


def test_one_that_is_nearly_known_is_asked_about(press: Press) -> None:
    """Whether it is the known one is one key."""
    voices = tuple(attrs.evolve(one, like="samuel-orr") for one in BEGUN.voices)
    worklist = press(DOWN, "a", "y", "q", begun=attrs.evolve(BEGUN, voices=voices))
    assert worklist.voice("Sam Orr").agent == "samuel-orr"


def test_a_sentence_is_split_by_two_keys(press: Press) -> None:
    """The likeliest place is offered; arrows move it; Escape splits nothing."""
    assert [one.text for one in press(DOWN, "s", ENTER, "q").passages[1:3]] == [
        "It is rotten.",
        "And that divers saw it.",
    ]
    assert len(press(DOWN, "s", ESCAPE, "q").passages) == 4
    assert press(DOWN, "s", RIGHT, ENTER, "q").passages[2].text == "Divers saw it."


def test_basis_and_stake_go_round(press: Press) -> None:
    """Each press says the next thing that may be said."""
    worklist = press("b", "i", "i", "q")
    assert (worklist.passages[0].basis, worklist.passages[0].stake) == (Basis.WITNESS, Stake.INTERESTED)


def test_a_date_that_is_none_is_asked_again(press: Press) -> None:
    """What was typed stays, to be mended."""
    assert press("t", "May", ENTER, "\x15", "2025-05", ENTER, "q").passages[0].occurred == "2025-05"


def test_undo_and_reopen(press: Press) -> None:
    """The last step, whatever it was, or what was said of one passage."""
    assert states(press("o", "u", "q")) == "    "
    assert states(press("o", "k", UP, UP, "r", "q")) == " -  "
    assert press("o", "k", "b", "u", "u", "u", "u", "q").passages == BEGUN.passages


def test_commit_asks_and_files_all_at_once(press: Press) -> None:
    """Nothing is filed by any other answer; an error leaves everything on the desk, and says why."""
    filed: list[Worklist] = []
    press("a", "c", ESCAPE, "c", "z", "y", commit=filed.append)
    assert (len(filed), press.left) == (1, Left.FILED)  # type: ignore[attr-defined]
    press("c", "k", commit=filed.append, begun=filed[0])
    assert press.left is Left.FILED_TO_CHECK  # type: ignore[attr-defined]

    def refuse(worklist: Worklist) -> None:
        raise InputError("The disk is full.")

    press("c", "y", "q", commit=refuse, begun=filed[0])
    assert press.left is Left.FOR_NOW  # type: ignore[attr-defined]


def test_nothing_decided_is_nothing_to_commit(press: Press) -> None:
    """The question is not even asked."""
    press("c", "y", "q")
    assert press.left is Left.FOR_NOW  # type: ignore[attr-defined]


def test_ctrl_c_leaves_from_anywhere(press: Press) -> None:
    """Also amid an answer."""
    for keys in (["\x03"], ["e", "words", "\x03"], ["s", "\x03"], ["?", "\x03"]):
        with pytest.raises(KeyboardInterrupt):
            press(*keys)


UP, DOWN, RIGHT = "\x1b[A", "\x1b[B", "\x1b[C"


# -- what is drawn ---------------------------------------------------------


def drawn(lines: list[panes.Line]) -> list[str]:
    return ["".join(text for _, text in line) for line in lines]


@pytest.mark.parametrize(("width", "height"), [(44, 18), (30, 5), (100, 40), (12, 3)])
def test_panes_fit_what_they_are_drawn_in(width: int, height: int) -> None:
    """No line is wider, no pane higher, and the passage in hand is in sight."""
    for at in range(4):
        worklist = BEGUN.in_hand(at)
        article = drawn(panes.article_pane(worklist, width, height))
        assert len(article) <= height and max(map(len, article)) <= width
        assert any(line.startswith(">") for line in article)
        side = drawn(panes.passage_pane(worklist, LedgerNotes(like=("x: y",)), width, height))
        assert len(side) <= height and max(map(len, side)) <= width


def test_marks_say_what_colours_say() -> None:
    """Each state has a mark of its own, and so has the passage in hand."""
    worklist = after(BEGUN.in_hand(0), LeaveOut(at=0, because=ExclusionReason.OTHER, note="No."))
    worklist = after(worklist, Identify(name="Sam Orr", agent="samuel-orr"))
    lines = drawn(panes.article_pane(worklist, 80, 10))
    assert [line[:4] for line in lines] == [" -  ", ">   ", "    ", "    "]
    assert len(set(panes.MARK.values())) == len(PassageState)


def test_wide_letters_take_two_cells() -> None:
    """A line of Chinese is cut where the terminal would."""
    lines = panes.paragraph("港口关闭" * 5, 10)
    assert [text for line in drawn(lines) for text in [line]] == [
        "港口关闭港",
        "口关闭港口",
        "关闭港口关",
        "闭港口关闭",
    ]
