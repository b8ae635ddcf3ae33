"""The checkers that come with factledger: one file each, registered as a stranger's are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import Checker, hookimpl

from .corroboration import Corroborated
from .date_order import DateOrder


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker]:
    """Return the standard checkers; none of them takes options yet."""
    return [Corroborated(), DateOrder()]
