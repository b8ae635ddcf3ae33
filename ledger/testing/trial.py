"""A story entered into a ledger of its own, checked there, and thrown away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from random import Random

from .. import book, checks, store
from ..book import Book, keys
from ..errors import LedgerError
from ..exchange import import_story
from ..exchange.lines import FilePosition
from ..exchange.marks import read_marks
from ..log import Environment
from ..model import Agent
from ..policy import read_policy
from ..store import Ledger, RecordedFinding, queries
from ..views import words

NAME = "factledger-story-tests"
MOST_CITED = 5

REST = "All that is no claim: the checkers, the sources, the story as a whole."
UNCHECKED = "DID NOT RUN No checker looked at this claim. See: factledger plugins"


class Trial:
    """A story file in a ledger of its own.

    `claims` holds the text of each of its claims, in the order of the file, and
    `places` where each record stands in it; both by handle. `now` (aware) is
    when the checks are made: by default the moment the story speaks from.
    Raises LedgerError, with file and line, if the story or the policy cannot be read.
    """

    claims: Mapping[str, str]
    places: Mapping[str, FilePosition]

    def __init__(self, path: Path, *, now: datetime | None = None, policy: Path | None = None) -> None:
        read_policy(policy)
        marks = read_marks(path)
        moment = now or marks.moment
        # Names and salts are the same every time, and so is whatever a checker makes of them.
        self._world = Environment(lambda: moment, Random(0).randbytes)
        self._path, self._policy = path, policy
        self._found: dict[str, list[RecordedFinding]] | LedgerError | None = None
        self._folder = ExitStack()
        self._file = self._folder.enter_context(store.scratch_folder()) / "story.db"
        self.places = marks.places
        with ExitStack() as undo:
            undo.callback(self.close)
            with _begun(self._file, self._world) as ledger:
                import_story(Book(ledger), path)
                texts = queries.names(ledger.db, "claim")
            undo.pop_all()
        self.claims = {handle: texts[handle] for handle in sorted(texts, key=lambda one: marks.places[one].line)}

    def findings(self, subject: str) -> Sequence[RecordedFinding]:
        """Return what was found on a claim, or, under `ledger`, on all that is no claim of the story."""
        if self._found is None:
            self._found = self._check()
            self.close()
        if isinstance(self._found, LedgerError):
            raise self._found
        return self._found.get(subject, ())

    def told(self, subject: str, found: Sequence[RecordedFinding]) -> str:
        """Return what a subject says and where it stands, then what was found on it, gravest first."""
        if subject in self.claims:
            head = f"{self.places[subject]}  {_one_line(self.claims[subject])}"
        else:
            head = f"{self._path}:1  {REST}"
        gravest_first = sorted(found, key=lambda one: words.GRAVEST_FIRST.index(one.finding.outcome))
        lines = [line for one in gravest_first for line in self._lines(subject, one)]
        return "\n".join((head, *(lines or [UNCHECKED])))

    def _lines(self, subject: str, one: RecordedFinding) -> Iterator[str]:
        label = words.OUTCOME[one.finding.outcome].upper()
        about = "" if one.subject == subject else f"{one.subject}: "
        yield f"{label:<12}{one.checker}: {about}{_one_line(one.finding.reason)}"
        for detail in one.finding.details:
            yield f"{'':<12}- {_one_line(detail)}"
        if one.finding.fix:
            yield f"{'':<12}To settle it: {_one_line(one.finding.fix)}"
        elsewhere = [name for name in one.handles if name in self.places and name != subject]
        cited = [f"{name} (line {self.places[name].line})" for name in elsewhere]
        if cited:
            more = f" and {len(cited) - MOST_CITED} more" if len(cited) > MOST_CITED else ""
            yield f"{'':<12}See: {', '.join(cited[:MOST_CITED])}{more}"

    def close(self) -> None:
        """Throw the ledger away; what was found in it stays."""
        self._folder.close()

    def _check(self) -> dict[str, list[RecordedFinding]] | LedgerError:
        found: dict[str, list[RecordedFinding]] = {}
        try:
            with store.open_ledger(self._file, write=True, environment=self._world) as ledger:
                checks.check(Book(ledger), policy=self._policy)
                for one in queries.findings(ledger.db):
                    found.setdefault(one.subject if one.subject in self.claims else checks.LEDGER, []).append(one)
        except LedgerError as error:
            return error
        return found


def _begun(path: Path, environment: Environment) -> Ledger:
    """Return a new ledger whose key is nobody's: no file of the user's is read or written for it."""
    ledger_id, owner = environment.uid(), environment.uid()
    key = keys.make(NAME, environment)
    ledger = store.create_file(path, environment=environment, wal=False)
    opening = book.opening(ledger_id, NAME, str(key.verifier), Agent(uid=owner, handle=NAME, name=NAME))
    store.append(ledger, opening, actor=owner)
    return ledger


def _one_line(text: str) -> str:
    return " ".join(text.split())
