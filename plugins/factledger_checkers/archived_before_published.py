"""archived-before-published: no copy was taken of what was not out yet."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import Checker, Context, Dossier, Finding, Missing, needs
from ledger.dates import words
from ledger.timeline import last_day, out_on, read

from .common import by_handle, needs_copy, sentence, titled


class ArchivedBeforePublished(Checker):
    """Checks: whether each archived copy was taken after its source was published.
    Why it matters: a copy older than its source is of another text, or one of the two dates is wrong.
    Fails on: a copy taken on a day that was over everywhere on Earth before the source was published.
    Passes on: copies taken on the day of publication or later, when both dates are on record.
    """

    name = "archived-before-published"
    version = 2
    establishes = "that no archived copy is recorded as older than the source that it is a copy of"
    does_not_establish = "that a recorded date is right"

    def check(self, dossier: Dossier, context: Context) -> Iterator[Finding]:
        wrong, unknown, missing, held = list[Finding](), dict[str, str](), list[Missing](), 0
        for capture in sorted(dossier.captures, key=by_handle):
            source = dossier.sources.get(capture.source)
            if source is None:
                continue
            published, taken = read(out_on(source)), last_day(capture.taken_at)
            name = titled(source)
            first, last = published.reach if published else (None, None)
            if published is None or taken is None:
                of = name if published is None else f"the copy of {name}"
                unknown[capture.uid] = f"{sentence(of)} has no date."
                missing.append(needs("published", source) if published is None else needs("taken_at", capture))
            elif first is not None and taken < first:
                reason = (
                    f"A copy of {name} was taken on {words_of(capture.taken_at)}, "
                    f"before it was published ({words(published)})."
                )
                fix = f'If its date is wrong: factledger correct {source.handle} published=... --because "..."'
                wrong.append(self.fails(reason, code="archived_before", cites=[source, capture], fix=fix))
            elif last is None or taken < last:
                unknown[capture.uid] = f"{name} may have been published after its copy was taken: {words(published)}."
                missing.append(needs("published", source))
            else:
                held += 1
        if wrong:
            yield from wrong
        elif unknown:
            lines = list(dict.fromkeys(unknown.values()))
            more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
            yield self.abstains(
                lines[0].removesuffix(".") + more + ".",
                code="undated",
                cites=[dossier.claim.uid, *list(unknown)[:20]],
                details=lines[:20] if len(lines) > 1 else (),
                fix="Add when it was published, with its year, where it is known.",
                missing=missing,
            )
        elif held:
            reason = f"No copy is older than its source ({held} compared)."
            yield self.passes(reason, code="in_order", cites=[dossier.claim])
        else:
            yield self.abstains(
                "No source of the claim is archived.",
                code="no_copy",
                cites=[dossier.claim],
                missing=needs_copy(dossier),
            )


def words_of(instant: str | None) -> str:
    """Return the day of an instant in words."""
    taken = read(str(instant)[:10])
    return words(taken) if taken else str(instant)[:10]
