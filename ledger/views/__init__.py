"""What a reader meets, as values: made once, printed by the command line and drawn by the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import load_on_demand

if TYPE_CHECKING:
    from .about import AboutView, about_view
    from .bundle import bundle_page
    from .claim import ClaimView, claim_view
    from .claims import ClaimList, CorrectedClaim, FacetValue, ListedClaim, claim_list, corrections
    from .document import claim_document
    from .feeds import Feed, FeedKind, feed
    from .front import FrontView, RulingLine, front_view
    from .galley import Galley, MarginNote, galley
    from .gist import Gist, gist
    from .history import history, history_page
    from .home import ClaimLine, HomeView, home_view
    from .kinds import (
        CheckerView,
        InquiryList,
        InquiryPage,
        StoryView,
        checker_view,
        inquiry_list,
        inquiry_page,
        story_view,
    )
    from .lanes import Lanes, lanes
    from .linked import linked_data
    from .merged import (
        AlikeClaim,
        AlikePair,
        MemberClaim,
        MemberLine,
        MergedView,
        alike_pairs,
        alike_to,
        member_claims,
        member_lines,
        merged_view,
    )
    from .passages import Quotation, QuotationView, SourceText, besides, of_copy, source_text, states
    from .people import AgentView, agent_view
    from .pictures import CitedPicture, cited_pictures, picture
    from .schema import claim_schema
    from .source import SourceView, impact, source_view
    from .timeline import Row, Timeline, stories, timeline
    from .todo import MOST_TASKS, Task, TaskStep, Todo, question, todo
    from .trail import Trail, hearsay, printed, summary, trail
    from .tree import chain_lines
    from .versions import Difference, Version, difference, versions

__all__ = [
    "MOST_TASKS",
    "AboutView",
    "AgentView",
    "AlikeClaim",
    "AlikePair",
    "CheckerView",
    "CitedPicture",
    "ClaimLine",
    "ClaimList",
    "ClaimView",
    "CorrectedClaim",
    "Difference",
    "FacetValue",
    "Feed",
    "FeedKind",
    "FrontView",
    "Galley",
    "Gist",
    "HomeView",
    "InquiryList",
    "InquiryPage",
    "Lanes",
    "ListedClaim",
    "MarginNote",
    "MemberClaim",
    "MemberLine",
    "MergedView",
    "Quotation",
    "QuotationView",
    "Row",
    "RulingLine",
    "SourceText",
    "SourceView",
    "StoryView",
    "Task",
    "TaskStep",
    "Timeline",
    "Todo",
    "Trail",
    "Version",
    "about_view",
    "agent_view",
    "alike_pairs",
    "alike_to",
    "besides",
    "bundle_page",
    "chain_lines",
    "checker_view",
    "cited_pictures",
    "claim_document",
    "claim_list",
    "claim_schema",
    "claim_view",
    "corrections",
    "difference",
    "feed",
    "front_view",
    "galley",
    "gist",
    "hearsay",
    "history",
    "history_page",
    "home_view",
    "impact",
    "inquiry_list",
    "inquiry_page",
    "lanes",
    "linked_data",
    "member_claims",
    "member_lines",
    "merged_view",
    "of_copy",
    "picture",
    "printed",
    "question",
    "source_text",
    "source_view",
    "states",
    "stories",
    "story_view",
    "summary",
    "timeline",
    "todo",
    "trail",
    "versions",
]

load_on_demand(__name__)
