"""speaker-known: every quotation says whose words it is."""

from __future__ import annotations

from ledger import Checker, hookimpl


class SpeakerKnown(Checker):
    """Checks: whether each quotation says who spoke.
    Why it matters: words without a speaker can be put into anybody's mouth.
    Warns on: quoted words from an article, no speaker on record.
    Passes on: the same words, with their speaker.
    """

    name = "speaker-known"
    version = 1
    establishes = "that each quotation has a speaker on record"
    does_not_establish = "that the speaker said it"

    def check(self, dossier, context):
        exempt = context.options.get("exempt", ())
        quoted = [item for item in dossier.quoted_evidence if dossier.source(item).kind not in exempt]
        silent = [item for item in quoted if item.speaker is None]
        for item in silent:
            yield self.warns(
                f"Nobody is named as the speaker of “{item.anchor.exact}”.",
                code="no_speaker",
                cites=[item, dossier.source(item)],
                fix="Find out who said it; then: factledger correct",
            )
        if not quoted:
            yield self.abstains("No exact words are on record.", cites=[dossier.claim])
        elif not silent:
            yield self.passes("Every quotation has its speaker.", cites=quoted)


@hookimpl
def ledger_register_checkers(config):
    return [SpeakerKnown()]
