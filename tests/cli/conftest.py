"""What tests of commands share."""

from __future__ import annotations

from ..checks.conftest import install as install
