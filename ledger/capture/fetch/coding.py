"""Bodies that a server packed for the way, unpacked within a limit (RFC 9110, section 8.4.1)."""

from __future__ import annotations

import zlib

from .faults import FaultCode, NotFetched, shown
from .response import PIECE

_GZIP = b"\x1f\x8b"
_MEMBERS = 1_000
"""Of one gzip stream; more are made only to keep a reader busy."""


def unpack(data: bytes, encoding: str, *, most: int, where: str) -> bytes:
    """Return a body as it was before its Content-Encoding; raise NotFetched if it unpacks to more than `most` bytes."""
    name = encoding.strip().lower()
    if name in ("", "identity") or not data:
        return data
    if name not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched(
            FaultCode.ENCODING,
            f"The page is packed as {shown(encoding, 40)!r}, which was not asked for.",
            where=where,
            hint="Save the page yourself and capture the file.",
        )
    try:
        return _inflated(data, name, most, where)
    except zlib.error:
        raise NotFetched(
            FaultCode.ENCODING,
            f"The page says it is packed as {name} and is not.",
            where=where,
            hint="Try again later.",
        ) from None


def _inflated(data: bytes, name: str, most: int, where: str) -> bytes:
    bits = zlib.MAX_WBITS | 16 if name != "deflate" else _deflate_bits(data)
    machine, members = zlib.decompressobj(bits), 1
    unpacked = bytearray()
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        while piece:
            unpacked += machine.decompress(piece, most + 1 - len(unpacked))
            if len(unpacked) > most:
                raise NotFetched(
                    FaultCode.BOMB,
                    f"{len(data):,} bytes unpack to more than {most:,}: a page of that kind is made to fill memory.",
                    where=where,
                    hint="Nothing was kept.",
                )
            piece = machine.unused_data
            if not machine.eof:
                break
            if bits < 16 or not (piece or data[start + PIECE : start + PIECE + 2]).startswith(_GZIP[: len(piece) or 2]):
                return bytes(unpacked)
            machine, members = zlib.decompressobj(bits), members + 1
            if members > _MEMBERS:
                raise zlib.error
    if not machine.eof:
        raise NotFetched(
            FaultCode.BROKE_OFF,
            f"The packed page broke off after {len(data):,} bytes, before its end.",
            where=where,
            hint="Try again; nothing was kept.",
        )
    return bytes(unpacked)


def _deflate_bits(data: bytes) -> int:
    """zlib as the standard has it, or the bare stream that some servers send."""
    framed = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
