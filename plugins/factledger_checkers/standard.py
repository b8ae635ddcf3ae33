"""The standard checkers, one file each."""

from __future__ import annotations

from ledger.checker import Finder

from .all_diagonal import AllDiagonal
from .anonymous_source import AnonymousSource
from .archived_before_published import ArchivedBeforePublished
from .arithmetic import Arithmetic
from .awaiting import Awaiting
from .circular import Circular
from .copied_text import CopiedText
from .corroboration import Corroborated
from .credited import Credited
from .date_order import DateOrder
from .date_valid import DateValid
from .event_order import EventOrder
from .gap import Gap
from .listed_source import ListedSource
from .no_capture import NoCapture
from .no_source import NoSource
from .number import Number
from .office import OfficeHeld
from .only_secondary import OnlySecondary
from .published_before_event import PublishedBeforeEvent
from .quote import Quote
from .speaker import SpeakerNamed
from .stale import Stale
from .superlative import Superlative
from .tense import Tense
from .translated_quote import TranslatedQuote
from .two_values import TwoValues
from .vague_plural import VaguePlural


def standard() -> list[Finder]:
    """Return one of each."""
    return [
        AllDiagonal(),
        AnonymousSource(),
        ArchivedBeforePublished(),
        Arithmetic(),
        Awaiting(),
        Circular(),
        CopiedText(),
        Corroborated(),
        Credited(),
        DateOrder(),
        DateValid(),
        EventOrder(),
        Gap(),
        ListedSource(),
        NoCapture(),
        NoSource(),
        Number(),
        OfficeHeld(),
        OnlySecondary(),
        PublishedBeforeEvent(),
        Quote(),
        SpeakerNamed(),
        Stale(),
        Superlative(),
        Tense(),
        TranslatedQuote(),
        TwoValues(),
        VaguePlural(),
    ]
