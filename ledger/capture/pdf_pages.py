"""What stands on a PDF's pages, piece by piece, as JSON: run as a program of its own, under limits.

    python -P limited.py SECONDS BYTES pdf_pages.py PAGES CHARACTERS < file.pdf

Prints an object with `pages`, `info`, `language` and `pdfium`, or with `refused`. A page has `pieces`, each a row of
characters that follow each other on a line: [left, bottom, right, top, text, why it is not seen or ""], in points from
the lower left; and `picture`, whether one covers most of it. It imports nothing of this package; what goes wrong inside
PDFium ends it, and its parent says so.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

INFO = ("Title", "Author", "CreationDate", "ModDate")

INVISIBLE_MODES = (3, 7)
WHITE = 250
"""Of 255, from which on red, green and blue are the white of the page."""

GAP, SPACE, OVERLAP = 1.1, 0.16, 0.5
"""Heights of a line from which on a gap parts two pieces, or two words; share of heights that is one line."""

COVERS = 0.6
"""Share of a page that a picture of it takes."""

_OTHER_WAY = re.compile(r"[0-9A-Za-z٠-٩۰-۹](?:[0-9A-Za-z٠-٩۰-۹.,:/%_@ -]*[0-9A-Za-z٠-٩۰-۹%])?")

Box = tuple[float, float, float, float]
Character = tuple[Box, str, str]
Piece = list[Any]


def main(pages: int, characters: int) -> None:
    """Print the pages of the PDF on standard input."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError as error:
        if "password" not in str(error).lower():
            raise
        json.dump({"refused": "encrypted"}, sys.stdout)
        return
    if len(document) > pages:
        found: dict[str, Any] = {"refused": "pages", "count": len(document)}
    else:
        found = _pages(document, characters)
    json.dump(found, sys.stdout)


def _pages(document: Any, most: int) -> dict[str, Any]:
    import pypdfium2 as pdfium

    told, size = [], 0
    for at in range(len(document)):
        page = document[at]
        told.append(_page(page))
        size += sum(len(piece[4]) for piece in told[-1]["pieces"])
        page.close()
        if size > most:
            return {"refused": "characters"}
    info = {key: value for key in INFO if (value := document.get_metadata_value(key))}
    return {"pages": told, "info": info, "language": _language(document), "pdfium": pdfium.PYPDFIUM_INFO.version}


def _language(document: Any) -> str:
    import pypdfium2.raw as c

    length = c.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    c.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def _page(page: Any) -> dict[str, Any]:
    left, bottom, right, top = page.get_bbox()
    behind = list(_behind(page))
    pictures = [box for box, is_picture in behind if is_picture]
    area = max(1.0, (right - left) * (top - bottom))
    covered = any((box[2] - box[0]) * (box[3] - box[1]) >= COVERS * area for box in pictures)
    seen: list[Character] = []
    for box, letter, why in _characters(page):
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if why in ("white", "invisible") and any(_holds(one, middle) for one, _ in behind):
            why = ""  # white on a colour, or the words of a picture that somebody had recognised
        if not (left <= middle[0] <= right and bottom <= middle[1] <= top):
            why = "off the page"
        seen.append((box, letter, why))
    letters = Counter(unicodedata.bidirectional(letter) for _, letter, _ in seen)
    from_the_right = letters["R"] + letters["AL"] > letters["L"]
    pieces = _from_the_right(seen) if from_the_right else _as_drawn(seen)
    return {
        "pieces": [[*(round(n, 2) for n in p[:4]), p[4].strip(), p[5]] for p in pieces],
        "picture": covered,
        "size": [left, bottom, right, top],
    }


def _as_drawn(characters: Iterable[Character]) -> list[Piece]:
    """Return characters in pieces, in the order in which they are drawn."""
    pieces: list[Piece] = []
    for box, letter, why in characters:
        last = pieces[-1] if pieces else None
        if last and last[5] == why and _follows(last, box):
            height = max(last[3] - last[1], box[3] - box[1])
            apart = box[0] - last[2] > SPACE * height and not last[4].endswith(" ") and letter != " "
            last[4] += f" {letter}" if apart else letter
            last[:4] = min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3])
        elif letter != " ":
            pieces.append([*box, letter, why])
    return pieces


def _from_the_right(characters: Iterable[Character]) -> list[Piece]:
    """Return the pieces of a page that is written from the right: its lines by where letters stand, as they are read.

    Programs draw such lines letter by letter in any order. Figures and words of other scripts in them keep theirs.
    """
    lines: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: -(one[0][1] + one[0][3])):
        first = lines[-1][0][0] if lines else None
        shorter = min(first[3] - first[1], one[0][3] - one[0][1]) if first else 0.0
        if first and min(first[3], one[0][3]) - max(first[1], one[0][1]) > OVERLAP * shorter:
            lines[-1].append(one)
        else:
            lines.append([one])
    mirrored = []
    for line in lines:
        end = max(box[2] for box, _, _ in line)
        turned = [((end - box[2], box[1], end - box[0], box[3]), letter, why) for box, letter, why in line]
        for piece in _as_drawn(sorted(turned, key=lambda one: one[0][0])):
            words = _OTHER_WAY.sub(lambda match: match[0][::-1], piece[4])
            mirrored.append([end - piece[2], piece[1], end - piece[0], piece[3], words, piece[5]])
    return mirrored


def _follows(last: Sequence[Any], box: Box) -> bool:
    """Return whether a character goes on with a piece, on the same line."""
    _, bottom, right, top, *_ = last
    height = max(top - bottom, box[3] - box[1], 1.0)
    common = min(top, box[3]) - max(bottom, box[1])
    shorter = max(0.1, min(top - bottom, box[3] - box[1]))
    return bool(common >= OVERLAP * shorter and -0.6 * height < box[0] - right < GAP * height)


def _characters(page: Any) -> Iterator[tuple[Box, str, str]]:
    """Iterate over (box, character, why it is not seen) in the order in which they are drawn."""
    import pypdfium2.raw as c

    text = page.get_textpage()
    handle, rectangle = text.raw, c.FS_RECTF()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    why, drawn = "", None
    high = ""
    for at in range(c.FPDFText_CountChars(handle)):
        if c.FPDFText_IsGenerated(handle, at) == 1:
            continue
        number = c.FPDFText_GetUnicode(handle, at)
        letter = "-" if number in (0xFFFE, 2) else chr(number) if number else ""
        if "\ud800" <= letter <= "\udbff":
            high = letter
            continue
        letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else letter
        high = ""
        if not letter or not c.FPDFText_GetLooseCharBox(handle, at, rectangle):
            continue
        made = c.FPDFText_GetTextObject(handle, at)
        here = ctypes.cast(made, ctypes.c_void_p).value
        if here != drawn:
            drawn, why = here, ""
            if c.FPDFTextObj_GetTextRenderMode(made) in INVISIBLE_MODES:
                why = "invisible"
            elif c.FPDFText_GetFillColor(handle, at, red, green, blue, alpha) and (
                alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE
            ):
                why = "white"
        letter = " " if letter in "\t\r\n\xa0" else letter
        yield (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top), letter, why
    text.close()


def _behind(page: Any) -> Iterator[tuple[Box, bool]]:
    """Iterate over what colours and pictures take of a page, and whether it is a picture."""
    import pypdfium2.raw as c

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for one in page.get_objects(max_depth=1):
        if one.type == c.FPDF_PAGEOBJ_PATH:
            if not c.FPDFPageObj_GetFillColor(one.raw, red, green, blue, alpha) or alpha.value == 0:
                continue
            if min(red.value, green.value, blue.value) >= WHITE:
                continue
        elif one.type not in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING, c.FPDF_PAGEOBJ_FORM):
            continue
        yield one.get_bounds(), one.type == c.FPDF_PAGEOBJ_IMAGE


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
