"""From an article to claims: archived texts, quotations held to them, claims as people tell them, coverage."""

from .agents import agent_of
from .article import Article, Text, anchor, anchor_in, archive, sentence_number, take_in, text_of
from .coverage import Coverage, coverage
from .match import ALIKE, Match, matches
from .telling import Telling, Told, kind_of, tell

__all__ = [
    "ALIKE",
    "Article",
    "Coverage",
    "Match",
    "Telling",
    "Text",
    "Told",
    "agent_of",
    "anchor",
    "anchor_in",
    "archive",
    "coverage",
    "kind_of",
    "matches",
    "sentence_number",
    "take_in",
    "tell",
    "text_of",
]
