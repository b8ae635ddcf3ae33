"""Reading what is archived: web pages of 20 MB, a PDF of 300 pages, and pages made to break a reader.

    python benchmarks/reading.py [--megabytes 20] [--pages 300]

Each document is read in a process of its own, whose processor time and greatest memory are printed (with those of its
children: a PDF is read in one). Beside it the floor: the same process that only loads the bytes; the standard library's
HTML parser, collecting text and nothing else, and pypdf alone. A reader that gives no answer says why in one line.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import bars

SENTENCE = "The harbour at Kestrel Bay was closed on {n} May after a crane fell onto the quay, and nobody was hurt. "


def prose(megabytes: int) -> bytes:
    """Return a web page of paragraphs of five sentences, as a long report has them."""
    block = "".join(f"<p>{SENTENCE.format(n=n) * 5}</p>\n" for n in range(400))
    return (
        "<!doctype html><html lang='en'><title>Report</title>" + block * (megabytes * 1_000_000 // len(block))
    ).encode()


def page(megabytes: int) -> bytes:
    """Return a web page of headings, lists and tables: a tag every 13 characters."""
    block = "".join(
        f"<div class='part'><h2>Part {n}</h2><p>{SENTENCE.format(n=n)}<b>12</b> ships&nbsp;left &amp; came back.</p>"
        f"<ul><li>Quay {n}</li><li>Basin <a href='/basin/{n}'>{n}</a></li></ul>"
        f"<table><tr><td>{n}</td><td>open</td></tr></table><script>var a = '<p>';</script></div>\n"
        for n in range(400)
    )
    size = megabytes * 1_000_000
    return ("<!doctype html><html lang='en'><title>Report</title><body>" + block * (size // len(block) + 1)).encode()[
        :size
    ]


def document(pages: int) -> bytes:
    """Return a PDF of so many pages of text, written by hand."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for number in range(pages):
        lines = " ".join(f"({SENTENCE.format(n=number * 50 + line)}) Tj T*" for line in range(50))
        content = f"BT /F1 9 Tf 40 800 Td 14 TL {lines} ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (named, pages)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield pages that have broken readers."""
    yield "a million nested tags", b"<div>" * 1_000_000 + b"pier"
    yield "a million tags that are never closed", b"<b><i>" * 500_000 + b"pier"
    yield "a million entities", b"<p>" + b"&amp;" * 1_000_000
    yield "an attribute of 5 MB", b"<p title='" + b"x" * 5_000_000 + b"'>pier"
    yield "a comment without an end", b"<p>pier<!--" + b"- " * 2_000_000
    yield "a million attributes", b"<p " + b"a=b " * 1_000_000 + b">pier"
    yield "a script without an end", b"<p>pier<script>" + b"<" * 5_000_000
    yield "NULs", b"<p>pi\0er" * 500_000
    yield "no text in it", b"<" * 3_000_000
    yield "an encoding it is not in", b"<meta charset=utf-16><p>" + b"\xff\xfe\x00pier" * 200_000
    yield "writing turned round", ("<p>pier \u202edesolc\u202c " * 200_000).encode()


class Words(HTMLParser):
    """The standard library's parser, collecting what is between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def ours(data: bytes, name: str) -> int:
    from ledger.capture import read

    return len(read(data, name=name, where=name).text)


def standard(data: bytes, name: str) -> int:
    parser = Words()
    parser.feed(data.decode("utf-8", "replace"))
    return sum(map(len, parser.words))


def alone(data: bytes, name: str) -> int:
    import io

    from pypdf import PdfReader

    return sum(len(one.extract_text()) for one in PdfReader(io.BytesIO(data)).pages)


def nothing(data: bytes, name: str) -> int:
    return 0


READERS: dict[str, Callable[[bytes, str], int]] = {"ours": ours, "standard": standard, "pypdf": alone, "floor": nothing}


def child(reader: str, path: Path) -> None:
    """Read one file, and print what it took."""
    from ledger.errors import LedgerError

    try:
        said = f"{READERS[reader](path.read_bytes(), path.name):,} characters"
    except LedgerError as error:
        said = error.message
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(one.ru_utime + one.ru_stime for one in (mine, theirs))
    print(json.dumps([seconds, max(mine.ru_maxrss, theirs.ru_maxrss) / 1024, said]))


def measured(reader: str, path: Path) -> str:
    """Return in words what reading a file took; that there is an answer is held."""
    command = [sys.executable, __file__, "--child", reader, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        bars.hold(f"answers for {path.name} by {reader}", 0, least=1)
        return "no answer in 120 s"
    if done.returncode:
        return f"broke: {done.stderr.strip().splitlines()[-1][:100] if done.stderr.strip() else done.returncode}"
    seconds, megabytes, said = json.loads(done.stdout)
    return f"{seconds:6.2f} s  {megabytes:6.0f} MB  {said}"


def captured(path: Path) -> str:
    """Return what the whole command takes that archives a file: reading, hashing, packing, recording."""
    program = str(Path(sys.executable).with_name("factledger"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = [program, "-d", str(Path(folder) / "desk.db")]
        for words in (["init", "--origin", "desk.example"], ["source", "A document", "--id", "document"]):
            subprocess.run([*ledger, *words], check=True, capture_output=True)
        done = subprocess.Popen(
            [*ledger, "capture", "document", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, took = os.wait4(done.pid, 0)
    said = "recorded" if status == 0 else "refused"
    return f"{took.ru_utime + took.ru_stime:6.2f} s  {took.ru_maxrss / 1024:6.0f} MB  {said}"


def main() -> None:
    """Measure, and print."""
    parser = bars.parser(__doc__)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--child", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    options = bars.sized(parser.parse_args(), megabytes=1, pages=10)
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        web, text, pdf = (Path(folder) / name for name in ("page.html", "prose.html", "report.pdf"))
        web.write_bytes(page(options.megabytes))
        text.write_bytes(prose(options.megabytes))
        pdf.write_bytes(document(options.pages))
        for name, path, peer in (
            ("html, prose", text, "standard"),
            ("html, dense with tags", web, "standard"),
            ("pdf", pdf, "pypdf"),
        ):
            print(f"{name}, {path.stat().st_size / 1e6:.1f} MB")
            for reader in ("floor", peer, "ours"):
                print(f"  {reader:<38}{measured(reader, path)}")
            print(f"  {'factledger capture, the whole command':<38}{captured(path)}")
        print("hostile pages, ours (the standard library's parser below each)")
        for what, data in hostile():
            path = Path(folder) / "hostile.html"
            path.write_bytes(data[: 200_000 if options.quick else None])
            print(f"  {what:<38}{measured('ours', path)}")
            print(f"  {'':<38}{measured('standard', path)}")
    bars.close()


if __name__ == "__main__":
    main()
