"""What is amiss in a file, told at once at its end: each thing with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from ..errors import InputError, InputErrors

MOST = 20
"""Things amiss that are told; of others it is said how many they are."""

MOST_COUNTED = 1_000
"""Things amiss after which the rest of a file is not looked at."""


class Follows(InputError):
    """It stands on something that is amiss itself, and is not at fault."""


@attrs.define
class Faults:
    """What is amiss in a file: the first things, how many there are, and the ids and words that it kept out."""

    first: list[InputError] = attrs.field(factory=list)
    count: int = 0
    kept_out: set[str] = attrs.field(factory=set)

    @property
    def full(self) -> bool:
        """Whether there are so many that nobody needs to know of more."""
        return self.count >= MOST_COUNTED

    @contextmanager
    def noted(self, *names: str) -> Iterator[None]:
        """Note what is amiss inside the block, and go on; what has these names may not be there then."""
        try:
            yield
        except InputError as error:
            self.kept_out.update(names)
            if isinstance(error, Follows):
                return
            self.count += 1
            if len(self.first) < MOST:
                self.first.append(error)

    def require_there(self, name: str) -> None:
        """Raise Follows for the name of something that was kept out."""
        if name in self.kept_out:
            raise Follows(f"{name} is amiss itself.")

    def require_none(self, *, recorded: str = "") -> None:
        """Raise InputError for what is amiss, InputErrors if that are several things or some of it is `recorded`."""
        if self.count == 1 and not recorded:
            raise self.first[0]
        if self.count:
            raise InputErrors(self.first, count=self.count, recorded=recorded, hint=f"{self._further()}.")

    def _further(self) -> str:
        if self.full:
            return f"These are the first {MOST}: what stands further down was not looked at"
        mend = "Mend them, and import it again" if self.count > 1 else "Mend it, and import it again"
        return f"These are the first {MOST}. {mend}" if self.count > MOST else mend
