"""What the records of a ledger say about time, as constraints of a temporal network.

Clocks are kept apart: when it occurred, when it was said, when a source was
published, when a copy was captured. An event does not come after the source that
tells of it, nor a source after what cites or answers it, nor after its own copy.
An unknown year bounds nothing, but the day must still be found between its neighbours.
"""

from __future__ import annotations

from ..dates.network import Conflict, Constraint, Recurring, TemporalNetwork
from ..renamed import renamed as _renamed
from .constraints import archived, cited, dated, event_of, last_day, ordered, out_on, read, told

__all__ = [
    "Conflict",
    "Constraint",
    "Recurring",
    "TemporalNetwork",
    "archived",
    "cited",
    "dated",
    "event_of",
    "last_day",
    "ordered",
    "out_on",
    "read",
    "told",
]

__getattr__ = _renamed(
    __name__,
    {
        "Network": "TemporalNetwork",
    },
)
