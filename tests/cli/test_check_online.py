"""`check --online`: what is said before anything is sent, and what of it afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

PLUGIN = '''"""A checker that asks a place of no public web."""
from ledger import Checker, hookimpl


class Asks(Checker):
    """Checks: what is answered.
    Why it matters: somebody may know.
    Warns on: an answer.
    Passes on: nothing.
    """

    name = "asks"
    network = "this very machine, for nothing"
    establishes = "what was answered"
    does_not_establish = "that it is so"

    def check(self, dossier, context):
        answer = dossier.ask("http://127.0.0.1/list")
        if answer.data is None:
            yield self.abstains(answer.why, code="no_answer", cites=[answer.record] if answer.record else [])
        else:
            yield self.warns(answer.data.decode(), code="answered")


@hookimpl
def ledger_register_checkers(config):
    return [Asks()]
'''


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_who_is_asked_what_is_said_before_and_after(
    factledger: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain check says who was not asked; --explain whom it would ask; --online why no answer came, on record too."""
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "asks.py").write_text(PLUGIN, encoding="utf-8")
    monkeypatch.setenv("FACTLEDGER_PLUGINS_DIR", str(tmp_path / "plugins"))
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "The bridge is shut.", "--id", "bridge")
    plain = factledger("check", "bridge")
    assert "Not asked asks, about 1 claim: it asks others, and only by factledger check --online" in plain.stderr
    assert "It asks this very machine, for nothing." in plain.stderr
    assert "this very machine, for nothing. Only by: factledger check --online" in one_line(
        factledger("checkers", "asks").stdout
    )
    before = factledger("check", "--online", "--explain", "--json")
    assert json.loads(before.stdout) == [{"address": "http://127.0.0.1/list", "checkers": "asks", "claims": 1}]
    assert "1 address would be asked; nothing was sent." in before.stderr
    online = factledger("check", "--online", "bridge")
    assert "Not asked http://127.0.0.1/list: 127.0.0.1 is not a public address" in online.stderr
    assert "CAN'T TELL  asks" in online.stdout
    (search,) = json.loads(factledger("list", "inquiries", "--json").stdout)
    assert (search["searched"], search["question"]) == ("http://127.0.0.1/list", "What does it answer?")


def test_where_nobody_asks_that_is_said(factledger: Any) -> None:
    """With no checker that asks, --online says that nobody was asked."""
    factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    factledger("add", "The bridge is shut.", "--id", "bridge")
    assert "No checker here asks the outside world, so nobody was asked." in factledger("check", "--online").stderr
