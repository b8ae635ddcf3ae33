"""What a reader meets, as values: made once, printed by the command line and drawn by the web."""

from .bundle import bundle_page
from .claim import ClaimView, claim_view
from .history import history
from .home import HomeView, Line, home_view, lines
from .lanes import Lanes, lanes
from .passages import Beside, Quotation, SourceText, besides, of_copy, source_text, states
from .source import SourceView, impact, source_view
from .timeline import Row, Timeline, stories, timeline
from .trail import Trail, hearsay, printed, summary, trail
from .tree import chain_lines

__all__ = [
    "Beside",
    "ClaimView",
    "HomeView",
    "Lanes",
    "Line",
    "Quotation",
    "Row",
    "SourceText",
    "SourceView",
    "Timeline",
    "Trail",
    "besides",
    "bundle_page",
    "chain_lines",
    "claim_view",
    "hearsay",
    "history",
    "home_view",
    "impact",
    "lanes",
    "lines",
    "of_copy",
    "printed",
    "source_text",
    "source_view",
    "states",
    "stories",
    "summary",
    "timeline",
    "trail",
]
