"""What docs/trust.md tells to type works as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

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


def test_the_recipe_of_another_machine_works(factledger: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk has no key, and the machine that has it signs what goes on from before, and no other history."""
    desk, signer = tmp_path / "desk-keys", tmp_path / "signer-keys"
    monkeypatch.setenv("FACTLEDGER_KEYS", str(desk))
    factledger("-d", "desk.db", "init", "--origin", "desk.example", "--person", "Ana Roa")
    shutil.move(desk, signer)
    shutil.copy(tmp_path / "desk.db", tmp_path / "before.db")
    factledger("-d", "desk.db", "add", "The bridge was closed in May", "--id", "bridge")
    lines = re.findall(r"^(desk|signer)\$ factledger (.+)$", TRUST, flags=re.MULTILINE)
    assert [where for where, _ in lines] == ["desk", "signer", "desk", "desk"]
    for where, line in lines:
        monkeypatch.setenv("FACTLEDGER_KEYS", str(signer if where == "signer" else desk))
        done = factledger(*shlex.split(line))
        assert done.returncode == 0, (line, done.stderr)
    assert not list(desk.glob("*.key"))
    factledger("-d", "before.db", "add", "The bridge was never closed", "--id", "bridge")
    monkeypatch.setenv("FACTLEDGER_KEYS", str(signer))
    refused = factledger("-d", "before.db", "checkpoint")
    assert (refused.returncode, "This is another history" in refused.stderr) == (3, True)
