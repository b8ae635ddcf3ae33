"""Plugins that a test writes itself, as for the checks."""

from __future__ import annotations

from ..checks.conftest import install as install
