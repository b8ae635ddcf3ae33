"""From an article to claims: archived texts, quotations held to them, claims as people tell them, coverage."""

from .agents import agent_of
from .article import Article, Text, anchor, anchor_in, archive, compared, sentence_number, take_in, text_of, unarchived
from .copies import Drift, Taken, another_page, bytes_of, capture, copies_of, drift, quoted_from
from .coverage import Coverage, coverage
from .match import ALIKE, Match, matches
from .origins import name_origin
from .telling import Telling, Told, kind_of, tell

__all__ = [
    "ALIKE",
    "Article",
    "Coverage",
    "Drift",
    "Match",
    "Taken",
    "Telling",
    "Text",
    "Told",
    "agent_of",
    "anchor",
    "anchor_in",
    "another_page",
    "archive",
    "bytes_of",
    "capture",
    "compared",
    "copies_of",
    "coverage",
    "drift",
    "kind_of",
    "matches",
    "name_origin",
    "quoted_from",
    "sentence_number",
    "take_in",
    "tell",
    "text_of",
    "unarchived",
]
