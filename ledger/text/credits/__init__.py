"""Whom a text credits: datelines, bylines, credit lines, hat-tips, photo credits, and who is said to have reported.

    credits("KESTREL BAY (Coastwire) – A crane fell.")[0]     Coastwire, a dateline
    credits("Photo: AFP")[0].manner                           a photo credit: of the text it says nothing

Three things tell a credit: the form of the line and its place; a cue in a sentence ("told", "first reported by"); and
whether the name is a news house's, by a list, by its form, or because the caller knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lazy import load_on_demand

if TYPE_CHECKING:
    from .credited import LONGEST_TEXT, credits
    from .cues import Manner
    from .houses import house_key, name_key
    from .sentences import Credit

__all__ = ["LONGEST_TEXT", "Credit", "Manner", "credits", "house_key", "name_key"]

load_on_demand(__name__)
