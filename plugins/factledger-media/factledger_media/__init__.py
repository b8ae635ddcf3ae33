"""Checkers of archived pictures: used elsewhere, dated otherwise, signed and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import Checker, GroupChecker, hookimpl

from .credentials import ContentCredentials
from .dated import ImageDate
from .reused import ImageReused, ImageTwice

__all__ = ["ContentCredentials", "ImageDate", "ImageReused", "ImageTwice"]


@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker | GroupChecker]:
    return [ContentCredentials(), ImageDate(), ImageReused(), ImageTwice()]
