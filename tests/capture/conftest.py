"""Small documents of our own."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

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
