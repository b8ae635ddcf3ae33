"""The contract of a checker, put to the test."""

from __future__ import annotations

import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import attrs

from ..checker import Checker, Context, Dossier, Group, GroupChecker, RecordedAnswer, SourceDossier
from ..model import Finding, Outcome
from ..reader import Article
from ..reading.unrecorded import dossiers_of
from .case import Case, ask
from .deadline import At, within
from .elsewhere import Question, answers_elsewhere
from .form import of_answer, of_answers, of_card
from .habits import hear_files, watching
from .situations import situations

LIMIT = 5.0
"""Seconds that one call may take."""

MOST = 1_000
"""Findings of one call that a run takes."""


def assert_checker_contract(checker: Any, cases: Iterable[Case] = (), *, limit: float | None = LIMIT) -> None:
    """Raise AssertionError, with one sentence that says what to do, unless a checker keeps the contract.

    It is asked about every record of these cases, and of some thirty that a ledger
    may hold at its strangest. Whatever it is asked, it

    - says its name, version, what it establishes and does not, and has a docstring in four parts;
    - raises nothing, and answers within `limit` seconds a call;
    - gives findings with a reason in one line, that cite what it was given and can be recorded;
    - says the same when asked again, in another interpreter, in a batch, and whatever the order of the records;
    - says nothing twice, and of the same records not both that they pass and that they fail;
    - says the same some days and years later, but where its `valid_until` has passed;
    - if it says `network`: takes any answer, and passes nothing to which it has none;
    - leaves what it was given alone, and asks nothing else: no clock, chance, environment, file, network, thread.

    It is asked in a child process, which is killed if it hangs; `limit=None`
    asks it in this one, for a debugger, and does not watch what it asks the machine.
    """
    __tracebackhide__ = True  # pytest shows the sentence, not the kit
    name = getattr(checker, "name", None) or type(checker).__name__
    _require(name, of_card(checker))
    every = [*situations(), *cases]
    if limit is None:
        _examine(checker, every, lambda place: None)
        return
    end = within(limit, partial(_examine, checker, every))
    if end.hung:
        fix = "look for a loop without an end, or a regular expression that tries too much"
        raise AssertionError(f"{name}, {end.at}: it takes longer than {limit:g} seconds; {fix}.")
    if end.reached:
        fix = "answer from the dossier and the context alone"
        raise AssertionError(f"{name}, {end.at}: it {end.reached}; {fix}.")
    if end.breach:
        if _AGAIN in end.breach:
            _require_quiet(checker, every, limit)  # why it does
        raise AssertionError(end.breach)
    if end.status is not None:
        fix = "let nothing that it calls exit or crash"
        raise AssertionError(f"{name}, {end.at}: it ends the process (exit {end.status}); {fix}.")
    _require_quiet(checker, every, limit)
    _require_same_elsewhere(checker, every)


def _examine(checker: Any, cases: Sequence[Case], at: At) -> None:
    """Ask about everything, in every way."""
    questions = [question for case in cases for question in _questions(checker, case, at)]
    answers = [_answer(checker, one, at) for one in questions]
    for question, answer in zip(questions, answers, strict=True):
        if _answer(checker, question, at) != answer:
            raise _breach(checker, question.case, _AGAIN)
        _require_same_later(checker, question, answer, at)
        other = attrs.evolve(question, given=_turned(question.given))
        if _content(_answer(checker, other, at)) != _content(answer):
            raise _breach(
                checker,
                question.case,
                "it says something else when the same records come in another order; "
                "sort them, such as by handle, before the order can matter",
            )
    if isinstance(checker, Checker):
        _require_same_in_batches(checker, questions, answers, at)


LATER = (timedelta(hours=1), timedelta(days=1), timedelta(days=40), timedelta(days=400), timedelta(days=4_000))
"""How much later a checker is asked again: the same records, another time of the run."""


def _require_same_later(checker: Any, question: Question, answer: Sequence[Any], at: At) -> None:
    """Raise AssertionError if the passing of time alone changes an answer that is still valid."""
    ends = [one.valid_until for one in answer if isinstance(one, Finding) and one.valid_until]
    until = min(map(datetime.fromisoformat, ends)) if ends else None
    for step in LATER:
        now = question.context.now + step
        if until is not None and now >= until:
            return
        later = attrs.evolve(question, context=attrs.evolve(question.context, now=now))
        if _timeless(_answer(checker, later, at)) != _timeless(answer):
            days = f"{step.days:,} days" if step.days > 1 else f"{step.days * 24 or 1} hours"
            fix = "give valid_until, the moment at which time alone changes it"
            raise _breach(checker, question.case, f"it says something else {days} later; {fix}")


def _timeless(answer: Sequence[Any]) -> list[Any]:
    return [attrs.evolve(one, valid_until=None) if isinstance(one, Finding) else one for one in answer]


SLOWER = 20
"""How many times slower a checker may be while it is watched."""


def _require_quiet(checker: Any, cases: Sequence[Case], limit: float) -> None:
    """Raise AssertionError if a checker asks the machine that it runs on for anything."""

    def watch(at: At) -> None:
        own = _folder(checker)
        seen: list[str] = []

        def told(habit: str, place: str) -> None:
            words, _, fix = habit.partition("; ")
            seen.append(f"it {words}{f' ({place})' if place else ''}; {fix}")

        end_hearing = hear_files(own, told)
        for case in cases:
            for question in _questions(checker, case, at):
                at(f"on the case “{question.case}”")
                with suppress(Exception), watching(own, told):
                    given = ask(checker, question.given, question.context)
                    list(islice(given, MOST + 1))
                if seen:
                    end_hearing()
                    raise _breach(checker, question.case, seen[0])
        end_hearing()

    end = within(limit * SLOWER, watch)
    if end.breach:
        raise AssertionError(end.breach)


MOST_SENTENCES = 3
"""Sentences of each case that a checker is asked about which reads texts."""

_AGAIN = "it says something else when asked again; keep nothing between calls, and sort what comes from a set"


_ELSEWHERE = (
    "it says something else in another interpreter, folder, language and time zone; "
    "sort what comes from a set, and take nothing but the dossier and the context"
)


def _questions(checker: Any, case: Case, at: At) -> Iterator[Question]:
    """Yield a question for each that the case has for this kind of checker."""
    if isinstance(checker, GroupChecker):
        _require_keys(checker, case, at)
    for given in case.given(checker):
        yield Question(case.name, given, case.context(checker))
        if isinstance(given, Dossier) and given.answers is not None:
            yield from _with_other_answers(checker, case, given)
    if isinstance(checker, Checker) and checker.reads_text:
        article = Article(text=case.claim.text, published=case.claim.said)
        for dossier in islice(dossiers_of(article, []), MOST_SENTENCES):
            yield Question(f"{case.name}, as a text that is only read", dossier, case.context(checker))


NO_ANSWER = "The server took longer than 30 seconds."
STRANGE_ANSWERS = (b"", b"\xff\xfe\x00", b"<html>Back soon.</html>", b"{}", b"null", b"[" * 20_000)
MOST_ASKED = 50
"""Addresses that a run takes of one checker about one claim."""


class _Questions(dict[str, RecordedAnswer]):
    """Answers that notes what is asked for."""

    def __init__(self, given: Mapping[str, RecordedAnswer]) -> None:
        super().__init__(given)
        self.asked: dict[str, None] = {}

    def get(self, address: Any, default: Any = None) -> Any:
        self.asked[address] = None
        return super().get(address, default)


def _with_other_answers(checker: Any, case: Case, given: Dossier) -> Iterator[Question]:
    """Yield the same question with no answer to what it asks for, and with answers that nobody expects."""
    context, questions = case.context(checker), _Questions(given.answers or {})
    with _Answering(checker, case.name):
        list(islice(ask(checker, attrs.evolve(given, answers=questions), context), MOST + 1))
    addresses = [*questions.asked]
    if any(not isinstance(one, str) or not one.startswith(("https://", "http://")) for one in addresses):
        raise _breach(checker, case.name, f"it asks {addresses[0]!r:.80}, which is no address; ask https://...")
    if len(addresses) > MOST_ASKED:
        raise _breach(checker, case.name, f"it asks {len(addresses):,} addresses; ask {MOST_ASKED} at most")
    if addresses:
        failed = {one: RecordedAnswer(address=one, why=NO_ANSWER, at="2031-06-30") for one in addresses}
        yield Question(f"{case.name}, with no answer", attrs.evolve(given, answers=failed), context)
        for number, data in enumerate(STRANGE_ANSWERS):
            strange = {one: RecordedAnswer(address=one, data=data, at="2031-06-30T12:00:00Z") for one in addresses}
            yield Question(f"{case.name}, strange answer {number}", attrs.evolve(given, answers=strange), context)


def _has_no_answer(given: Any) -> bool:
    answers = (given.answers if isinstance(given, Dossier) else None) or {}
    return bool(answers) and all(one.data is None for one in answers.values())


def _require_keys(checker: GroupChecker, case: Case, at: At) -> None:
    for dossier in map(case.dossier, case.whole().claims):
        at(f"on the case “{case.name}”")
        with _Answering(checker, case.name):
            given = checker.keys_of(dossier)
            keys = [] if isinstance(given, str) else list(islice(given, MOST + 1))
            again = [] if isinstance(given, str) else list(islice(checker.keys_of(dossier), MOST + 1))
        if isinstance(given, str):
            raise _breach(checker, case.name, "its keys are one text, each letter a key; yield the key instead")
        if any(not isinstance(key, str) or not key.strip() for key in keys):
            raise _breach(checker, case.name, "one of its keys is no text; yield texts, and none for a claim apart")
        if len(keys) > MOST:
            raise _breach(
                checker, case.name, f"a claim has more than {MOST:,} keys; yield what it is of, not all words"
            )
        if sorted(keys) != sorted(again):
            raise _breach(checker, case.name, "a claim has other keys when asked again; keep nothing between calls")


def _answer(checker: Any, question: Question, at: At) -> list[Any]:
    """Return the answer to one question, which is of proper form and has left the question as it was."""
    at(f"on the case “{question.case}”")
    before = repr(question)
    with _Answering(checker, question.case):
        given = ask(checker, question.given, question.context)
        answer = list(islice(given, MOST + 1)) if isinstance(given, Iterable) else None
    if answer is None:
        raise _breach(checker, question.case, f"it returns {given!r:.40}; yield findings, or return a list of them")
    if len(answer) > MOST:
        raise _breach(checker, question.case, f"it gives more than {MOST:,} findings; sum up what belongs together")
    if repr(question) != before:
        raise _breach(checker, question.case, "it changes what it was given; work on a copy")
    if _has_no_answer(question.given) and any(getattr(one, "outcome", None) is Outcome.PASS for one in answer):
        raise _breach(checker, question.case, "it passes what it has no answer to; abstain where an answer has no data")
    for found in answer:
        _require(checker.name, of_answer(found, question.given, question.context), question.case)
    _require(checker.name, of_answers(answer), question.case)
    return answer


def _require_same_in_batches(
    checker: Checker, questions: Sequence[Question], answers: Sequence[list[Any]], at: At
) -> None:
    asked = list(zip(questions, answers, strict=True))
    for context in _different(question.context for question in questions):
        batch = [(question, answer) for question, answer in asked if question.context == context]
        for some in (batch, batch[::-1], batch[1::2]):
            _require_same_batch(checker, some, context, at)


def _require_same_batch(
    checker: Checker, batch: Sequence[tuple[Question, list[Any]]], context: Context, at: At
) -> None:
    at(f"on a batch of {len(batch)}")
    dossiers = tuple(question.given for question, _ in batch if isinstance(question.given, Dossier))
    with _Answering(checker, f"a batch of {len(batch)}"):
        given = [list(islice(found, MOST + 1)) for found in checker.check_many(dossiers, context)]
    if len(given) != len(batch):
        words = f"check_many gives {len(given)} answers to {len(batch)} dossiers; give one for each, in their order"
        raise AssertionError(f"{checker.name}: {words}.")
    for (question, answer), found in zip(batch, given, strict=True):
        if found != answer:
            words = "check_many finds something else than check does; let no dossier see the others of its batch"
            raise _breach(checker, question.case, words)


def _require_same_elsewhere(checker: Any, cases: Sequence[Case]) -> None:
    """Raise AssertionError if another interpreter, whose sets have another order, comes to other findings."""
    questions = [question for case in cases for question in _questions(checker, case, lambda place: None)]
    try:
        others = answers_elsewhere(checker, questions)
    except AssertionError as error:
        raise AssertionError(f"{checker.name}: {error}.") from None
    for question, other in zip(questions, others, strict=True):
        if list(ask(checker, question.given, question.context)) != other:
            raise _breach(checker, question.case, _ELSEWHERE)


def _folder(checker: Any) -> Path:
    """Return the folder of a checker's own module."""
    return Path(getattr(sys.modules.get(type(checker).__module__), "__file__", None) or "?").parent


class _Answering:
    """A checker's own code: whatever it raises in this block becomes an AssertionError that says where."""

    def __init__(self, checker: Any, case: str) -> None:
        self._checker = checker
        self._case = case

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        frames = traceback.extract_tb(trace)
        folder = _folder(self._checker)
        last = ([frame for frame in frames if Path(frame.filename).parent == folder] or frames)[-1]
        said = " ".join(traceback.format_exception_only(error)[-1].split())
        words = f"it raises {said} ({Path(last.filename).name}, line {last.lineno})"
        fix = "answer to whatever a ledger holds, and abstain where nothing can be told"
        raise _breach(self._checker, self._case, f"{words}; {fix}") from error


def _breach(checker: Any, case: str, words: str) -> AssertionError:
    return AssertionError(f"{checker.name}, on the case “{case}”: {words}.")


def _require(name: str, problems: Iterator[str], case: str = "") -> None:
    """Raise AssertionError for the first problem, if there is one."""
    problem = next(problems, "")
    if problem:
        raise AssertionError(f"{name}, on the case “{case}”: {problem}." if case else f"{name}: {problem}.")


def _different(contexts: Iterable[Context]) -> list[Context]:
    found: list[Context] = []
    for context in contexts:
        if context not in found:
            found.append(context)
    return found


TURNABLE = ("reported_by", "evidence", "inquiries", "links", "sources", "agents")
"""Records of a dossier whose order says nothing; captures come as they were made, claims by their handles."""


def _turned(given: Any) -> Any:
    """Return the same records, each kind in the opposite order where the order says nothing."""
    if isinstance(given, Group):
        return attrs.evolve(given, dossiers=tuple(map(_turned, given.dossiers)))
    if not isinstance(given, (Dossier, SourceDossier)):
        return given
    return attrs.evolve(given, **{name: _reversed(getattr(given, name)) for name in TURNABLE if hasattr(given, name)})


def _reversed(records: Any) -> Any:
    if isinstance(records, Mapping):
        return MappingProxyType(dict(reversed(list(records.items()))))
    return records[::-1]


def _content(answer: Sequence[Any]) -> Counter[Any]:
    """Return what an answer says, whatever the order in which it names things."""
    return Counter(
        (one.outcome, one.code, frozenset(one.cites), one.measures, one.valid_until, _words(one.reason))
        if isinstance(one, Finding)
        else one
        for one in answer
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", text)))
