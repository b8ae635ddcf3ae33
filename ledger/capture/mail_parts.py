"""The headers and parts of mail messages, as JSON: run as a program of its own, under limits.

    python -P limited.py SECONDS BYTES mail_parts.py MESSAGES BYTES < message.eml

Prints an object with `messages`, each its `headers` (name and value, decoded) and its `parts` in order: `type`,
`charset`, `name`, `location`, `size` (bytes) and, of words that are no attachment, `data` in base64; or an object with
`refused`. A file of many messages (mbox) is parted at its "From " lines. It imports nothing of this package.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

WORDS = ("text/plain", "text/html", "application/xhtml+xml")

_FROM_LINE = re.compile(rb"(?:\A|\n)(?=From [^\n]*\d{4}[^\n]*\n)")


def main(most_messages: int, most_bytes: int) -> None:
    """Print the messages on standard input."""
    data = sys.stdin.buffer.read()
    written = [one for one in _FROM_LINE.split(data) if one.strip()]
    if len(written) > most_messages:
        json.dump({"refused": "messages"}, sys.stdout)
        return
    found, size = [], 0
    for one in written:
        message = message_from_bytes(re.sub(rb"\AFrom [^\n]*\n", b"", one), policy=policy.default)
        parts = []
        for part in _leaves(message):
            told = _part(part)
            size += len(told.get("data", ""))
            parts.append(told)
        if size > most_bytes:
            json.dump({"refused": "bytes"}, sys.stdout)
            return
        found.append({"headers": _headers(message), "parts": parts})
    json.dump({"messages": found}, sys.stdout)


def _leaves(message: Message) -> Iterator[Message]:
    """Iterate over the parts that hold something, without those of a message that is attached."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            waiting.extend(reversed([each for each in part.get_payload() if isinstance(each, Message)]))
        else:
            yield part


def _part(part: Message) -> dict[str, Any]:
    kind = part.get_content_type()
    told: dict[str, Any] = {
        "type": kind,
        "charset": part.get_content_charset(),
        "name": part.get_filename(),
        "location": str(part["Content-Location"] or ""),
    }
    attached = isinstance(part, EmailMessage) and part.is_attachment()
    payload = part.get_payload(decode=True) if kind != "message/rfc822" else bytes(part)
    data = payload if isinstance(payload, bytes) else b""
    told["size"] = len(data)
    if kind in WORDS and not attached:
        told["data"] = base64.b64encode(data).decode("ascii")
    return told


def _headers(message: Message) -> list[tuple[str, str]]:
    found = []
    for name in dict.fromkeys(message.keys()):
        for value in message.get_all(name, []):
            words = " ".join(str(value).split())
            found.append((name, words.encode("utf-8", "replace").decode("utf-8")))
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
