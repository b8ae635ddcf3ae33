"""What a reader meets, as values: made once, printed by the command line and drawn by the web."""

from .claim import ClaimView, claim_view
from .history import history
from .home import HomeView, Line, home_view, lines
from .source import SourceView, impact, source_view
from .trail import Trail, hearsay, printed, summary, trail

__all__ = [
    "ClaimView",
    "HomeView",
    "Line",
    "SourceView",
    "Trail",
    "claim_view",
    "hearsay",
    "history",
    "home_view",
    "impact",
    "lines",
    "printed",
    "source_view",
    "summary",
    "trail",
]
