"""The page that a web archive (WARC, or WACZ: a zip of them) holds for an address, by warcio (extra `[warc]`)."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import attrs

from ..errors import InputError
from .spelling import same_address

LARGEST_PAYLOAD = 64_000_000
"""Bytes of one archived response."""
LARGEST_UNPACKED = 512_000_000
"""Bytes of a whole archive, unpacked."""
LISTED = 8
"""Addresses that a refusal names."""
_BLOCK = 65_536
_LENGTH = re.compile(rb"^content-length: *(\d{1,15})\r$", re.IGNORECASE | re.MULTILINE)


@attrs.frozen
class Response:
    """What a server answered, as a web archive recorded it: the payload without transfer and content encodings."""

    address: str
    date: str
    status: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes = attrs.field(repr=False)

    @property
    def media_type(self) -> str | None:
        """The media type that the server declared."""
        return self._content_type()[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The charset that the server declared."""
        _, found, charset = self._content_type()[2].lower().partition("charset=")
        return charset.partition(";")[0].strip(" \"'") or None if found else None

    def _content_type(self) -> tuple[str, str, str]:
        value = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        return value.partition(";")


def pick(data: bytes, *, address: str | None = None, likely: str | None = None, where: str) -> Response:
    """Return the archived response for an address, or the only page there is; raise InputError if none or several fit.

    `likely` says which of several is meant; another is returned where it is the only one. Spellings of one address are
    one. Of several copies of one address the first that was answered with 200 is returned.
    """
    if _is_cut(data):
        raise InputError(
            f"The web archive is cut off after {len(data):,} bytes.", where=where, hint="Save or download it again."
        )
    fitting: dict[str, Response] = {}
    others: dict[str, None] = {}
    for response in _responses(data, where):
        others.setdefault(response.address)
        if _fits(response, address) and (response.address not in fitting):
            fitting[response.address] = response
            if address is not None or (likely is not None and same_address(response.address, likely)):
                return response
        if len(fitting) > LISTED and likely is None:
            break
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    if fitting:
        raise InputError(
            f"The archive holds several pages: {_list(fitting)}.", where=where, hint="Say which address is meant."
        )
    there = f"there is {_list(others)}" if others else "there is no response at all"
    wanted = f"no page of {address}" if address else "no page that was answered with 200"
    raise InputError(
        f"The archive holds {wanted}; {there}.", where=where, hint="Check the address, or save the page again."
    )


def _fits(response: Response, address: str | None) -> bool:
    if response.status != "200":
        return False
    if address is not None:
        return same_address(response.address, address)
    return response.media_type in (None, "text/html", "application/xhtml+xml", "application/pdf", "text/plain")


def _is_cut(data: bytes) -> bool:
    """Return whether an archive ends inside a record, or inside what packs one."""
    if data.startswith(b"PK"):
        return b"PK\x05\x06" not in data[-70_000:]
    if not data.startswith(b"\x1f\x8b"):
        return _is_cut_record(data)
    spent = 0
    while data.startswith(b"\x1f\x8b"):
        unpack = zlib.decompressobj(31)
        try:
            while not unpack.eof and data:
                spent += len(unpack.decompress(data, _BLOCK))
                data = unpack.unconsumed_tail
                if spent > LARGEST_UNPACKED:
                    return False  # refused for its size where it is read
        except zlib.error:
            return False  # damaged, and not only cut
        if not unpack.eof:
            return True
        data = unpack.unused_data
    return False


def _is_cut_record(data: bytes) -> bool:
    at = 0
    while data.startswith(b"WARC/", at):
        head = data.find(b"\r\n\r\n", at)
        length = _LENGTH.search(data, at, head + 2) if head >= 0 else None
        if head < 0:
            return True
        if length is None:
            return False
        at = head + 4 + int(length[1])
        if at > len(data):
            return True
        at += 4
    return False


def _list(addresses: dict[str, Any]) -> str:
    names = [name[:200] for name in list(addresses)[:LISTED]]
    return ", ".join(names) + (" and more" if len(addresses) > LISTED else "")


class _Bounded(io.RawIOBase):
    """Reads an unpacked stream, and refuses to go on past what is allowed of all together."""

    def __init__(self, stream: Any, spent: list[int], where: str) -> None:
        self._stream, self._spent, self._where = stream, spent, where

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block: bytes = self._stream.read(size if 0 <= size <= _BLOCK else _BLOCK)
        self._spent[0] += len(block)
        if self._spent[0] > LARGEST_UNPACKED:
            raise InputError(
                f"The archive unpacks to more than {LARGEST_UNPACKED:,} bytes.",
                where=self._where,
                hint="Save the page alone.",
            )
        return block


def _responses(data: bytes, where: str) -> Iterator[Response]:
    """Iterate over the responses of an archive, each with its payload; raise InputError if it is damaged."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ImportError:
        raise InputError(
            "Reading a web archive needs warcio.", where=where, hint="pip install 'factledger[warc]'"
        ) from None
    broken = (
        ArchiveLoadFailed,
        StatusAndHeadersParserException,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RuntimeError,
    )
    try:
        for stream in _streams(data, where):
            for record in ArchiveIterator(stream):
                if record.rec_type == "response":
                    yield _response(record)
    except InputError:
        raise
    except broken:
        raise InputError("The web archive is damaged.", where=where, hint="Save it again.") from None


def _streams(data: bytes, where: str) -> Iterator[_Bounded]:
    """Iterate over the unpacked WARC files."""
    spent = [0]
    if not data.startswith(b"PK"):
        yield _Bounded(_unpacked(io.BytesIO(data), data[:2]), spent, where)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for entry in bundle.infolist()[:10_000]:
            if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
                with bundle.open(entry) as file:
                    zipped = b"\x1f\x8b" if entry.filename.endswith(".gz") else b""
                    yield _Bounded(_unpacked(file, zipped), spent, where)


def _unpacked(file: Any, start: bytes) -> Any:
    return gzip.GzipFile(fileobj=file) if start == b"\x1f\x8b" else file


def _response(record: Any) -> Response:
    headers = record.rec_headers
    http = record.http_headers
    stream, blocks, size = record.content_stream(), [], 0
    while size <= LARGEST_PAYLOAD and (block := stream.read(_BLOCK)):
        blocks.append(block)
        size += len(block)
    if size > LARGEST_PAYLOAD:
        raise InputError(f"An archived response has more than {LARGEST_PAYLOAD:,} bytes.", hint="Save the page alone.")
    return Response(
        headers.get_header("WARC-Target-URI") or "",
        headers.get_header("WARC-Date") or "",
        http.get_statuscode() if http else "",
        tuple((str(name), str(value)) for name, value in http.headers) if http else (),
        b"".join(blocks),
    )
