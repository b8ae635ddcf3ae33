"""What is promised of the public names: to whoever writes a plugin, about tomorrow.

`API` counts apart from the program's own version: its first number rises when what is stable changes in a way that a
plugin may feel, its second when something is added or deprecated. Every public module is in one of two states:

    stable         what works with API 1.x works with every later 1.y; what is to go warns for two minor versions first
    provisional    may change with any minor version, and the changelog says how

Everything else is private, whatever it is called. A plugin that needs what an earlier API lacks says so in its module:

    requires_api = "1.1"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

API = "1.1"

STABLE = ("ledger", "ledger.chain", "ledger.dates", "ledger.text")
PROVISIONAL = (
    "ledger.commands",
    "ledger.executor",
    "ledger.format",
    "ledger.reader",
    "ledger.testing",
    "ledger.timeline",
)

ON_TRIAL: Mapping[str, tuple[str, ...]] = {"ledger": ("OpenLedger", "WritableLedger", "claim_reviews", "open")}
"""Names of stable modules that are provisional still."""

WARNED = 2
"""Minor versions of the program in which a name that is to go still answers, with a DeprecationWarning."""


def state_of(module: str, name: str) -> str:
    """Return "stable" or "provisional" of a public name."""
    return "stable" if module in STABLE and name not in ON_TRIAL.get(module, ()) else "provisional"


def why_unmet(required: Any) -> str:
    """Return why this factledger is not what a plugin requires, or "" if it is."""
    if required is None:
        return ""
    if not isinstance(required, str) or not re.fullmatch(r"\d{1,4}\.\d{1,4}", required, re.ASCII):
        return f'its requires_api is {required!r}: write the API that it needs, such as requires_api = "{API}"'
    (major, minor), (ours, least) = (map(int, one.split(".")) for one in (required, API))
    if major != ours:
        return f"it needs API {required}, and this factledger has {API}, which is another: {_advice(major > ours)}"
    return f"it needs API {required}, and this factledger has {API}: {_advice(True)}" if minor > least else ""


def _advice(newer: bool) -> str:
    return "update factledger" if newer else "ask its authors for a newer version"
