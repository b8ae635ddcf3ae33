"""The checkers that come with factledger: one file each, registered as a stranger's are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import hookimpl
from ledger.checker import Finder


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Finder]:
    """Return the standard checkers; their settings come with each call."""
    from .standard import standard  # now only: who asks for other things of a plugin need not wait for them

    return standard()
