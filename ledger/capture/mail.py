"""What a mail message shows, and the page of a saved web page (MHTML), which is written as one.

Of a message: the headers that mail programs show, then its words, part by part. Where a part is there as plain text and
as HTML, the plain text is read. What is attached is named and not read. The other headers are custody.
"""

from __future__ import annotations

import re
from base64 import b64decode
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Any

import attrs

from ..errors import InputError
from .bounded import read_bounded
from .encoding import decode
from .html import HtmlPage, page
from .metadata import Suggestion, from_html, suggestion

MAIL, MHTML = "mail/2", "mhtml/2"
"""The extractors of mail messages and of saved web pages."""

MOST_MESSAGES = 2_000
MOST_BYTES = 40_000_000
"""Characters of all parts with words, in base64."""

SHOWN = ("From", "To", "Cc", "Date", "Subject")
"""Headers that stand before a message's words, as its readers see them."""

CUSTODY = (
    "from", "to", "cc", "date", "subject", "message-id", "in-reply-to", "reply-to", "return-path", "received", "sender",
    "dkim-signature", "authentication-results", "delivered-to", "x-originating-ip", "user-agent", "x-mailer",
    "content-language", "snapshot-content-location",
)  # fmt: skip
"""Headers that say through whose hands a message came."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_REFUSALS = {
    "messages": f"The file holds more than {MOST_MESSAGES:,} messages.",
    "bytes": "The words of the message are more than can be read.",
}

Json = dict[str, Any]


@attrs.frozen
class Letter:
    """What a file of messages shows, what it says of itself, and what to know of it."""

    text: str = attrs.field(repr=False)
    headers: tuple[tuple[str, str], ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]


@attrs.frozen
class SavedPage:
    """The page that a browser saved as one file: what it shows, its source, and the address that it was saved from."""

    shown: HtmlPage
    source: str = attrs.field(repr=False)
    address: str
    headers: tuple[tuple[str, str], ...]
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...]


def letter(data: bytes, *, where: str) -> Letter:
    """Return what the messages of a file show; raise InputError if it holds none, or no words."""
    messages = _messages(data, "mail", where)
    notes: list[str] = []
    texts = [_message(one, notes) for one in messages]
    if not any(body.strip() for _, body in texts):
        raise InputError("The message holds no words.", where=where, hint="What is attached to it may hold them.")
    if len(messages) > 1:
        notes.insert(0, f"The file holds {len(messages):,} messages; its headers are those of the first.")
    text = "\n\n".join("\n\n".join(filter(None, each)) for each in texts)
    return Letter(text, _custody(messages[0]), tuple(_suggested(messages[0])), tuple(notes))


def saved_page(data: bytes, *, where: str) -> SavedPage:
    """Return the page of a file that a browser saved as MHTML; raise InputError if it holds none."""
    messages = _messages(data, "saved page", where)
    parts = [part for part in messages[0]["parts"] if part["type"] != "text/plain" and "data" in part]
    if not parts:
        raise InputError("The saved page holds no page.", where=where, hint="Save it again from the browser.")
    headers = dict(messages[0]["headers"])
    address = headers.get("Snapshot-Content-Location") or parts[0]["location"]
    decoded = decode(b64decode(parts[0]["data"]), charset=parts[0]["charset"])
    notes = list(decoded.notes)
    if len(parts) > 1:
        notes.append(f"{len(parts) - 1:,} further pages that stand in frames of it were not read.")
    shown = page(decoded.text)
    return SavedPage(
        shown, decoded.text, address, _custody(messages[0]), from_html(decoded.text, shown.text), tuple(notes)
    )


def _messages(data: bytes, what: str, where: str) -> list[Json]:
    found = read_bounded(
        Path(__file__).with_name("mail_parts.py"),
        data,
        MOST_MESSAGES,
        MOST_BYTES,
        what=what,
        where=where,
        hint="Save it again.",
    )
    if "refused" in found:
        raise InputError(_REFUSALS[found["refused"]], where=where, hint="Archive the part that matters.")
    messages: list[Json] = found["messages"]
    if not messages or not messages[0]["headers"]:
        raise InputError(f"This is no {what}: it has no headers.", where=where, hint="Save it again.")
    return messages


def _message(one: Json, notes: list[str]) -> tuple[str, str]:
    """Return the headers that are shown and the words of a message; `notes` take what is attached."""
    said: dict[str, str] = {}
    for name, value in one["headers"]:
        said.setdefault(name.title(), value)
    head = "\n".join(f"{name}: {said[name]}" for name in SHOWN if said.get(name))
    worded = [part for part in one["parts"] if "data" in part]
    plain = [part for part in worded if part["type"] == "text/plain"]
    if plain and len(plain) < len(worded):
        notes.append("The plain text was read; the message has it as HTML too.")
    words = [_words(part, notes) for part in plain or worded]
    attached = [
        f"{part['name'] or part['type']} ({part['size']:,} bytes)" for part in one["parts"] if "data" not in part
    ]
    if attached:
        named = ", ".join(attached[:8]) + (" and more" if len(attached) > 8 else "")
        notes.append(f"Attached and not read: {named}. Save and archive what matters.")
    return _clean(head), "\n\n".join(filter(None, words))


def _words(part: Json, notes: list[str]) -> str:
    data, named = b64decode(part["data"]), part["charset"]
    plain = part["type"] == "text/plain"
    decoded = decode(data, charset=named, plain=plain)
    notes.extend(decoded.notes)
    return _clean(decoded.text if plain else page(decoded.text).text).strip("\n")


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _custody(message: Json) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in message["headers"] if name.lower() in CUSTODY)


def _suggested(message: Json) -> list[Suggestion]:
    said = {name.lower(): value for name, value in reversed(message["headers"])}
    found = [*suggestion("title", said.get("subject"), "mail Subject")]
    found += suggestion("language", said.get("content-language"), "mail Content-Language")
    found += suggestion("author", parseaddr(said.get("from", ""))[0], "mail From")
    try:
        sent = parsedate_to_datetime(said.get("date", ""))
    except (ValueError, TypeError):
        return found
    return [*found, *suggestion("published", sent.isoformat(), "mail Date")]
