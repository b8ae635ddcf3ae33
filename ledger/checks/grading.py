"""Grades of evidence, and whether the highest is earned."""

from __future__ import annotations

import attrs

from ..book import Book
from ..capture import ArchiveReader
from ..errors import InputError
from ..model import Credibility, Evidence, Reliability, Stance
from ..store import queries
from .dossiers import dossiers


def grade(book: Book, evidence: Evidence, grade: Reliability | Credibility, reason: str) -> Evidence:
    """Grade a piece of evidence; raise InputError for "confirmed" where no two sources are shown independent."""
    if grade is Credibility.CONFIRMED:
        _require_confirmed(book, queries.handle(book.ledger.db, evidence.claim), evidence.stance)
    return book.grade(evidence, grade, reason)


def _require_confirmed(book: Book, claim: str, side: Stance) -> None:
    """Raise InputError unless two sources on the same side of a claim are shown to be independent, now."""
    ((dossier, _),) = dossiers(book.ledger.db, [claim], ArchiveReader.of(book.ledger))
    beside = [attrs.evolve(item, stance=Stance.SUPPORTS) for item in dossier.evidence if item.stance is side]
    shown = attrs.evolve(dossier, evidence=tuple(beside)).independence.lower
    if shown < 2:
        number = "no source is" if shown == 0 else "no two sources are"
        raise InputError(
            f"1 means confirmed by independent sources, and {number} shown to be independent here.",
            where=claim,
            hint=f"Give 2 to 6, or see what is missing: factledger check {claim} -v",
        )
