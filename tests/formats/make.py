"""Write a small ledger with the program as it is now, for tests/store/test_formats.py to read for ever after.

python tests/formats/make.py            writes tests/formats/FORMAT-DATE.tar.gz, of today
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.store import FORMAT

ARTICLE = """Harbour to close

The council met on Monday. Marta Quell said: “The harbour will close in June.” Some members left early.
"""

STORY = """factledger: story/1
story: late
title: What a reader suggested
claims:
  - {id: left-early, text: Some members left early., suggested_by: english@1}
"""

QUOTED = ["--quote", "The harbour will close in June.", "--said-by", "Marta Quell", "--in", "speech to the council"]

COMMANDS = [
    ["init", "--origin", "desk.example.org", "--person", "Ana Roa"],
    ["add", "The harbour will close in June", "--id", "harbour", "--seen-in", "article.txt", *QUOTED],
    ["add", "The ferry sank", "--id", "ferry", "--seen-in", "article.txt"],
    ["import", "late.story.yaml"],
    ["source", "Port notice", "--id", "notice", "--kind", "document"],
    ["evidence", "harbour", "notice", "--quote", "closed from June", "--basis", "document"],
    ["agent", "Port authority", "--kind", "organisation"],
    ["inquiry", "Is it so?", "--claim", "harbour", "--asked", "port-authority", "--state", "no_answer"],
    ["check", "--all"],
    ["review", "harbour", "supported", "--because", "The notice says so."],
    ["correct", "ferry", "text=The ferry was late", "--because", "Misheard."],
    ["retract", "notice", "--because", "It was a draft."],
    ["withhold", "port-authority", "name", "--because", "They asked for it."],
    ["exclude", "harbour-to-close", "Some members left early.", "not_checkable"],
    ["publish", "public.db"],
    ["checkpoint"],
    ["check", "--all"],
    ["verify"],
]


def main() -> None:
    """Enter the story command by command in a folder of its own, and pack what is there."""
    target = Path(__file__).with_name(f"{FORMAT}-{datetime.now(UTC):%Y-%m-%d}.tar.gz")
    script = str(Path(sys.executable).with_name("factledger"))
    with TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "article.txt").write_text(ARTICLE, encoding="utf-8")
        (where / "late.story.yaml").write_text(STORY, encoding="utf-8")
        surroundings = {**os.environ, "FACTLEDGER_DB": "desk.db", "FACTLEDGER_KEYS": str(where / "keys")}
        for command in COMMANDS:
            done = subprocess.run([script, *command], cwd=where, env=surroundings, capture_output=True, text=True)
            if done.returncode not in (0, 1):
                sys.exit(f"{' '.join(command)}: {done.stderr}")
        subprocess.run([script, "backup", "kept.db"], cwd=where, env=surroundings, check=True, capture_output=True)
        with tarfile.open(target, "w:gz") as packed:
            packed.add(where / "kept.db", "desk.db")
            packed.add(where / "kept.archive", "desk.archive")
    print(target)


if __name__ == "__main__":
    main()
