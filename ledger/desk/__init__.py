"""From an article to claims: archived texts, quotations held to them, claims as people tell them, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .agents import NewAgent, agent_of, is_description, likely_kind
    from .answers import date_of, require_quoted, text_seen
    from .article import (
        ArchivedArticle,
        Text,
        anchor,
        anchor_at,
        anchor_in,
        archive,
        asides_in,
        asides_of,
        compared,
        sentence_number,
        take_in,
        taken_in,
        text_of,
        unarchived,
    )
    from .copies import (
        Drift,
        NewCopy,
        PlacedPassage,
        another_page,
        bytes_of,
        capture,
        copies_of,
        drift,
        excluded_from,
        match_in,
        placed,
        quoted_from,
    )
    from .coverage import (
        Coverage,
        CoverageState,
        CoverageStep,
        CoveringQuotation,
        ExcludedPassage,
        SecondLook,
        SentenceCoverage,
        least,
    )
    from .covering import coverage, natures, quotations
    from .doubts import doubts_of_day, doubts_of_name, same_page
    from .drafts import ClaimDraft, EntryResult, kind_of, tell
    from .match import ALIKE, Match, matches, share, term_keys
    from .origins import name_origin
    from .resolve import KnownName, names_of, recorded, resolve

__all__ = [
    "ALIKE",
    "ArchivedArticle",
    "ClaimDraft",
    "Coverage",
    "CoverageState",
    "CoverageStep",
    "CoveringQuotation",
    "Drift",
    "EntryResult",
    "ExcludedPassage",
    "KnownName",
    "Match",
    "NewAgent",
    "NewCopy",
    "PlacedPassage",
    "SecondLook",
    "SentenceCoverage",
    "Text",
    "agent_of",
    "anchor",
    "anchor_at",
    "anchor_in",
    "another_page",
    "archive",
    "asides_in",
    "asides_of",
    "bytes_of",
    "capture",
    "compared",
    "copies_of",
    "coverage",
    "date_of",
    "doubts_of_day",
    "doubts_of_name",
    "drift",
    "excluded_from",
    "is_description",
    "kind_of",
    "least",
    "likely_kind",
    "match_in",
    "matches",
    "name_origin",
    "names_of",
    "natures",
    "placed",
    "quotations",
    "quoted_from",
    "recorded",
    "require_quoted",
    "resolve",
    "same_page",
    "sentence_number",
    "share",
    "take_in",
    "taken_in",
    "tell",
    "term_keys",
    "text_of",
    "text_seen",
    "unarchived",
]

load_on_demand(__name__)
