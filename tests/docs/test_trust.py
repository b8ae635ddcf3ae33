"""What docs/trust.md tells to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

TRUST = (Path(__file__).parents[2] / "docs" / "trust.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_works(factledger: Any, tmp_path: Path) -> None:
    """Typed one after the other into a new ledger, each command ends well."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "The bridge was closed in May", "--id", "bridge")
    lines = re.findall(r"^\$ factledger (.+)$", TRUST, flags=re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        typed, _, target = line.partition(" > ")
        done = factledger(*shlex.split(typed))
        assert done.returncode == 0, (line, done.stderr)
        if target:
            (tmp_path / target).write_text(done.stdout, encoding="utf-8")
    assert b"pilar" not in (tmp_path / "public.db").read_bytes().lower()
    assert b"quintero" not in (tmp_path / "ledger.db").read_bytes().lower()
