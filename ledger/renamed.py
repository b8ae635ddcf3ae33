"""Public names that were given better ones: the old name is still answered for two minor versions, with a warning."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any
from warnings import warn

GONE_IN = "0.3"


def renamed(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a module's `__getattr__` that answers old names (old -> new) with a DeprecationWarning."""

    def answer(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new = names[name]
        warn(
            f"{module}.{name} is now {module}.{new}; the old name goes in {GONE_IN}.", DeprecationWarning, stacklevel=2
        )
        return getattr(sys.modules[module], new)

    return answer
