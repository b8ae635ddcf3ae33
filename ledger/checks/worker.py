"""The child process that calls checkers: `python -m ledger.checks.worker JOB`.

It runs strangers' code, so it holds the ledger read-only, keeps its output away
from what they print, and writes down what it is about to do before it does
it: whoever watches can then name the culprit.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

import attrs

from .. import plugins, wire
from ..checker import Context, Dossier
from ..model import Finding, Outcome
from ..plugins import Registered
from ..store import open_ledger
from .dossiers import digest, dossiers, input_of
from .job import BROKE, PATIENCE, SET_ASIDE, Job, Receipt, error, progress

LONGEST_REASON = 2_000
MOST_FINDINGS = 1_000
LONGEST_FINDING = 50_000


def run_partition(job: Job) -> Receipt:
    """Check every claim of a job that has no line in its output yet, and return the receipt."""
    began = monotonic()
    before = progress(Path(job.output))
    with Path(job.output).open("a", encoding="utf-8") as file:
        say = _writer(file)
        checkers = _load(job, before.deadly, say)
        aside = {name for name, times in before.times_out().items() if times >= PATIENCE}
        context = Context(datetime.fromisoformat(job.now), dict(job.options))
        with open_ledger(Path(job.ledger)) as ledger:
            for dossier, ground in dossiers(ledger.db, job.handles()):
                for registered in checkers:
                    subject, name = dossier.claim.handle, registered.name
                    if (subject, name) not in before.results:
                        found = _set_aside(name) if name in aside else _call(registered, dossier, context, say)
                        say(_line(subject, registered, ground.digest, job, found))
        say({"done": True})
    return receipt(job, monotonic() - began)


def receipt(job: Job, seconds: float) -> Receipt:
    """Return the receipt of a finished output; the digest does not depend on how the work was split."""
    results = progress(Path(job.output)).results
    text = "\n".join(wire.dumps(results[key]) for key in sorted(results))
    return Receipt(job.output, len(results), sha256(text.encode()).hexdigest(), seconds)


def _load(job: Job, skip: frozenset[str], say: Callable[[dict[str, Any]], None]) -> list[Registered]:
    loaded = plugins.load(skip=skip, before=lambda name: say({"loading": name}))
    checkers = loaded.checkers(dict(job.options))
    for fault in loaded.faults:
        say({"fault": attrs.asdict(fault)})
    for registered in checkers:
        say({"card": card(registered)})
    return checkers


def card(registered: Registered) -> dict[str, str]:
    """Return what a checker says of itself."""
    return {
        name: getattr(registered, name)
        for name in ("name", "version", "plugin", "establishes", "does_not_establish", "about")
    }


def _call(
    registered: Registered, dossier: Dossier, context: Context, say: Callable[[dict[str, Any]], None]
) -> list[Finding]:
    """Return what a checker finds; whatever goes wrong is a finding too."""
    checker = registered.checker
    say({"at": [dossier.claim.handle, registered.name]})
    found, reason = plugins.guarded(lambda: _collect(checker.check(dossier, context)))
    if found is None:
        return [error(f"The check broke off. {reason}", BROKE, f"Tell the authors of {registered.plugin}.")]
    for finding in found:
        problem = _problem(finding, dossier)
        if problem:
            return [
                error(
                    f"The check gave no proper finding: {problem}", BROKE, f"Tell the authors of {registered.plugin}."
                )
            ]
    return found or [Finding(Outcome.ABSTAIN, "The checker had nothing to say about this.", code="silent")]


def _collect(findings: Iterable[Any]) -> list[Any]:
    found = []
    for finding in findings:
        found.append(finding)
        if len(found) > MOST_FINDINGS:
            raise OverflowError(f"more than {MOST_FINDINGS:,} findings on one claim")
    return found


def _problem(finding: Any, dossier: Dossier) -> str:
    if type(finding) is not Finding:
        return f"a {type(finding).__name__} is not one."
    if not isinstance(finding.outcome, Outcome) or finding.outcome is Outcome.ERROR:
        return "its outcome is none of pass, warn, fail, abstain."
    if not isinstance(finding.reason, str) or not 0 < len(finding.reason.strip()) <= LONGEST_REASON:
        return "its reason is empty or endless."
    known = {dossier.claim.uid, *dossier.sources, *dossier.agents}
    known |= {
        record.uid
        for records in (
            dossier.evidence, dossier.inquiries, dossier.links, dossier.captures, dossier.reported_by,
        )
        for record in records
    }  # fmt: skip
    if dossier.reports:
        known.add(dossier.reports.uid)
    if any(uid not in known for uid in finding.cites):
        return "it cites a record that is not in the dossier."
    _, reason = plugins.guarded(lambda: _require_recordable(finding))
    return f"it cannot be recorded ({reason})." if reason else ""


def _require_recordable(finding: Finding) -> None:
    """Raise if a finding does not survive being written down, or is more than anybody would read."""
    text = wire.dumps(wire.unstructure(finding))
    if len(text) > LONGEST_FINDING:
        raise OverflowError(f"it is {len(text):,} characters long")
    if wire.structure(wire.loads(text), Finding) != finding:
        raise ValueError("it is not the same when read back")
    for words in (finding.reason, finding.code, finding.fix, *finding.details):
        if not words.replace("\n", " ").isprintable():
            raise ValueError("it holds control characters")


def _set_aside(name: str) -> list[Finding]:
    return [error(f"Not run: {name} ran out of time {PATIENCE} times in this run.", SET_ASIDE)]


def _line(subject: str, registered: Registered, records: str, job: Job, found: list[Finding]) -> dict[str, Any]:
    version = registered.version
    return {
        "subject": subject,
        "checker": registered.name,
        "version": version,
        "input": input_of(registered.name, version, digest(dict(job.options)), records),
        "findings": [wire.unstructure(finding) for finding in found],
    }


def _writer(file: TextIO) -> Callable[[dict[str, Any]], None]:
    def say(line: dict[str, Any]) -> None:
        file.write(json.dumps(line) + "\n")
        file.flush()

    return say


def main() -> None:
    """Run the job of the file named on the command line."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a plugin prints must not reach the user's data
    job = Job(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    run_partition(job)
    os._exit(0)  # threads and exit handlers that plugins left behind have no say any more


if __name__ == "__main__":
    main()
