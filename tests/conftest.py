"""What every test shares: no test sees the keys, ledgers or plugin switches of whoever runs it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from ledger import book as use_cases
from ledger.book import Book
from ledger.cli import main


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep log keys in a folder of the test's own, and the environment's switches unset."""
    monkeypatch.setenv("FACTLEDGER_KEYS", str(tmp_path_factory.mktemp("keys")))
    for name in ("FACTLEDGER_DB", "FACTLEDGER_LOAD_PLUGINS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where the test's ledger stands."""
    return tmp_path / "ledger.db"


@pytest.fixture
def book(ledger_path: Path) -> Iterator[Book]:
    """A fresh ledger, begun by Ana Roa."""
    begun = use_cases.start(ledger_path, origin="desk.example", person="Ana Roa")
    yield begun
    begun.ledger.close()


@attrs.frozen
class Done:
    """How a command ended: its exit code, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def factledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run a command in the test's folder, through the same door as the installed script."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["factledger", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        written = capfd.readouterr()
        return Done(int(end.value.code or 0), written.out, written.err)

    return call


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., Done]:
    """Run the installed script in a process of its own, with more in its environment if wanted."""

    def call(*arguments: str, stdin: str = "", **environment: str) -> Done:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("factledger")), *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONWARNINGS": "error"} | environment,
            timeout=120,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call


Pdf = Callable[..., bytes]


@pytest.fixture(scope="session")
def pdf() -> Pdf:
    """A function that writes a PDF with one page for each text, and an information dictionary."""

    def write(*pages: str, info: str = "") -> bytes:
        objects = [
            b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
            b"",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        objects.append(f"<<{info}>>".encode())
        kids = []
        for page in pages:
            lines = "".join(f"({line}) Tj T*\n" for line in page.split("\n") if line)
            stream = zlib.compress(f"BT /F1 10 Tf 12 TL 50 780 Td\n{lines}ET".encode())
            objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
            contents = len(objects)
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
                % contents
            )
            kids.append(b"%d 0 R" % len(objects))
        objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
        out, places = b"%PDF-1.4\n", []
        for number, each in enumerate(objects, 1):
            places.append(b"%010d 00000 n \n" % len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
        table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, b"".join(places))
        trailer = b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(out))
        return out + table + trailer

    return write
