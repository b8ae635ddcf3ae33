"""Checks that take long: nobody has to wait for them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from ledger import store
from ledger.book import Book
from ledger.store import queries

from .conftest import write_plugin

PATIENT = """
import os
from pathlib import Path
from time import sleep
from ledger import Checker, hookimpl

FOLDER = Path(os.environ["PATIENT_FOLDER"])

class Patient(Checker):
    name = "patient"
    version = 1
    establishes = "that it waited"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        (FOLDER / "begun").touch()
        while not (FOLDER / "go-on").exists():
            sleep(0.01)
        yield self.passes("It waited.", cites=[dossier.claim])

@hookimpl
def ledger_register_checkers(config):
    return [Patient()]
"""


def test_a_long_check_does_not_hold_the_lock(book: Book, tmp_path: Path) -> None:
    """While a checker computes, others enter what they like; the run is recorded after them."""
    book.claim("The bridge was closed in May.", id="bridge")
    book.ledger.close()
    site = tmp_path / "site"
    write_plugin(site, "patient", PATIENT)
    python = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    check = subprocess.Popen(
        [str(Path(sys.executable).with_name("factledger")), "-d", str(book.ledger.path), "check"],
        env=os.environ | {"PYTHONPATH": python, "PATIENT_FOLDER": str(tmp_path), "FACTLEDGER_LOAD_PLUGINS": "patient"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "begun").exists():
        assert check.poll() is None, check.communicate()
        time.sleep(0.01)
    assert not store.is_held(book.ledger.path)
    with store.open_ledger(book.ledger.path, write=True) as ledger:
        Book(ledger).agent("Marta Quell")
    assert check.poll() is None
    (tmp_path / "go-on").touch()
    _, said = check.communicate(timeout=60)
    assert check.returncode == 0, said
    with store.open_ledger(book.ledger.path) as ledger:
        kinds = [entry.kind for entry in queries.entries(ledger.db)]
    assert kinds[3:] == ["agent.add", "checker.add", "run.add", "result.add"]
