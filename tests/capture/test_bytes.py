"""From words of a visible text back to the archived bytes that they were read from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.capture import Archive, ArchiveReader, read
from ledger.capture.reading import in_bytes
from ledger.model import Capture

PAGE = "<title>x</title><p>The naïve &amp; old\n <b>harb</b>our &#8212; „closed“</p><p hidden>no</p><p>on 2 May.</p>"


def bytes_of(data: bytes, name: str, words: str, **read_as: str) -> bytes | None:
    reading = read(data, name=name, where=name, **read_as)  # type: ignore[arg-type]
    start = reading.text.index(words)
    found = in_bytes(data, reading.extractor, (start, start + len(words)), charset=read_as.get("charset"), where=name)
    return None if found is None else data[slice(*found)]


@pytest.mark.parametrize(
    ("encoding", "mark", "read_as"),
    [
        ("utf-8", b"", {}),
        ("utf-8", b"\xef\xbb\xbf", {}),
        ("cp1252", b"", {"charset": "windows-1252"}),
        ("utf-16-le", b"\xff\xfe", {}),
    ],
)
def test_words_of_a_page_lead_to_its_bytes(encoding: str, mark: bytes, read_as: dict[str, str]) -> None:
    """Across tags, references and encodings, the bytes are those from the first character to the last."""
    data = mark + PAGE.encode(encoding)
    assert bytes_of(data, "a.html", "naïve & old harbour", **read_as) == "naïve &amp; old\n <b>harb</b>our".encode(
        encoding
    )
    assert bytes_of(data, "a.html", "2 May", **read_as) == "2 May".encode(encoding)
    assert bytes_of(data, "a.html", "—", **read_as) == "&#8212;".encode(encoding)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["\n", "\r\n", "\r", "\r\n\r\n"])), min_size=1, max_size=8), st.booleans()
)
def test_lines_of_a_text_lead_to_their_bytes(lines: list[tuple[str, str]], marked: bool) -> None:
    """Whatever ends its lines, each line of a text file stands where it is said to stand."""
    data = b"\xef\xbb\xbf" * marked + "".join(word + end for word, end in [("pier", "\n"), *lines]).encode()
    reading = read(data, name="a.txt", where="a.txt")
    at = 0
    for line in reading.text.split("\n"):
        if line:
            found = in_bytes(data, reading.extractor, (at, at + len(line)), where="a.txt")
            assert found is not None and data[slice(*found)] == line.encode()
        at += len(line) + 1


def test_what_cannot_be_led_back_is_not_guessed(tmp_path: Path) -> None:
    """Bytes that were not valid, an extractor that is not here, a copy that is gone: nothing is said."""
    broken = b"<meta charset=utf-8><p>pi\xc3er</p>"
    text = read(broken, name="a.html", where="a").text
    assert in_bytes(broken, "html/1", (0, len(text)), where="a") is None
    assert in_bytes(b"pier", "html/99", (0, 4), where="a") is None
    assert in_bytes(b"%PDF-1.7", "pypdf/6", (0, 4), where="a") is None


def test_a_reader_follows_what_the_server_said(tmp_path: Path) -> None:
    """The encoding that the server named when the copy was made counts, when the words are looked for again."""
    data = "<p>São João, caf\u00e9</p>".encode("cp1252")
    reading = read(data, name="a.html", charset="windows-1252", where="a")
    archive = Archive(tmp_path / "archive")
    archive.put(data)
    capture = Capture(
        uid="c" * 32, handle="c", source="s" * 32, sha256=reading.sha256, size=len(data), media_type="text/html",
        text_sha256=reading.text_sha256, text_length=len(reading.text), extractor=reading.extractor,
        headers=(("Content-Type", "text/html; charset=windows-1252"),),
    )  # fmt: skip
    reader = ArchiveReader(archive)
    assert reader.text(capture) == "São João, café"
    start = reading.text.index("café")
    assert reader.in_bytes(capture, start, start + 4) == (data.index(b"caf"), data.index(b"caf") + 4)
    archive.remove(reading.sha256)
    assert ArchiveReader(archive).in_bytes(capture, start, start + 4) is None
