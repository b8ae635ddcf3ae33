"""What may be entered: the tests that every record passes before it becomes an entry.

Raises InputError with the field as its place. Records read back from a log are
not put through these: what was once recorded stays readable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Any
from urllib.parse import urlsplit

import attrs

from . import dates
from .errors import InputError
from .model import HIDDEN, Anchor, Evidence, Inquiry, Link, Order, Record, Relation, Value
from .text import fragment

LONGEST = {"text": 2_000, "title": 500, "name": 200, "exact": 10_000, "original": 10_000, "handle": 80, "url": 2_000}
"""Characters a field takes."""

LONGEST_OTHER = 5_000

ONE_LINE = {"text", "title", "name", "handle", "topic", "story", "label", "question", "url", "language"}
"""Fields that head a page or stand in a list: they take no line break."""

DATES = {"published", "reference_date", "said", "occurred", "asked_on", "deadline"}

MOST_DAYS = 3_000_000
"""Days between two events that a claim puts in order."""

SLUG_LENGTH = 40

RESERVED = "ledger"
"""The handle under which findings about the ledger as a whole are filed."""

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# Embedding and override controls can make words display in another order than they are stored.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def require_enterable(record: Record) -> None:
    """Raise InputError for the first field of a record that may not be entered."""
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if value in HIDDEN:
            continue
        place = f"{record.KIND} {field.name.replace('_', ' ')}"
        if isinstance(value, Anchor):
            _require_anchor(value)
        elif isinstance(value, Value):
            _require_value(value)
        elif isinstance(value, Order):
            _require_order(value)
        elif isinstance(value, str) and field.name != "uid" and not field.metadata.get("refers_to"):
            _require_field(field.name, value, place)
    _require_coherent(record)


def _require_anchor(anchor: Anchor) -> None:
    if anchor.exact or anchor.fragment is None:
        require_text(anchor.exact, "exact", "quotation")
    _require_language(anchor.language, "quotation language")
    if anchor.fragment is not None and str(fragment(anchor.fragment)) != anchor.fragment:
        raise InputError(
            f"{anchor.fragment!r} is written otherwise.", where="at", hint=f"Write: {fragment(anchor.fragment)}"
        )


def _require_coherent(record: Record) -> None:
    """Raise InputError if fields that are fine alone do not go together."""
    if isinstance(record, Link):
        if record.source == record.comes_from:
            raise InputError("A source cannot come from itself.", where="link", hint="Name two different sources.")
        if record.relation is Relation.INDEPENDENT_OF and not record.note:
            raise InputError(
                "Independence is declared with a reason.", where="link", hint="Say in the note how you know."
            )
    if isinstance(record, Evidence):
        if record.unnamed_because and record.speaker:
            raise InputError(
                "A name that is kept out cannot be given.",
                where="evidence",
                hint="Leave out the speaker, or the reason.",
            )
        if record.seen_in == record.source:
            raise InputError(
                "A source is not seen in itself.",
                where="evidence seen in",
                hint="Leave it out, or name another.",
            )
    if isinstance(record, Inquiry) and record.asked is None and record.searched is None:
        raise InputError("Nobody was asked and nothing searched.", where="inquiry", hint="Say whom or where.")


def _require_field(name: str, value: str, place: str) -> None:
    require_text(value, name, place)
    if name in DATES:
        require_date(value, place)
    elif name == "handle":
        require_handle(value)
    elif name == "language":
        _require_language(value, place)
    elif name == "url":
        _require_url(value, place)


def require_text(value: str, name: str, place: str) -> None:
    """Raise InputError if a text is blank, too long or holds characters that do not show."""
    if not value.strip():
        raise InputError("This is empty.", where=place, hint="Give it some words, or leave it out.")
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(value) > longest:
        raise InputError(
            f"This has {len(value):,} characters; at most {longest:,} are taken.",
            where=place,
            hint="Give the sentence that matters; archive a long text with: factledger article FILE",
        )
    if name in ONE_LINE and ("\n" in value or "\t" in value):
        raise InputError("This takes one line.", where=place, hint="Remove the line break or tab.")
    breaks = "\n\t\f" if name == "exact" else "\n\t"  # words may go on over a page of a PDF
    for character in value:
        if (unicodedata.category(character) == "Cc" and character not in breaks) or character in _REORDERING:
            raise InputError(
                f"This holds the control character U+{ord(character):04X}.", where=place, hint="Remove it."
            )


def require_date(value: str, place: str) -> None:
    """Raise InputError, placed, unless a text is an EDTF date."""
    try:
        dates.parse(value)
    except InputError as error:
        raise InputError(error.message, where=place, hint=error.hint) from None


def require_handle(value: str) -> None:
    """Raise InputError unless a text is lower-case letters, digits, hyphens and underscores."""
    if value == RESERVED:
        raise InputError(f"{value!r} is the ledger itself.", where="id", hint="Choose another id.")
    if not _HANDLE.fullmatch(value):
        suggestion = slug(value)
        raise InputError(
            f"{value!r} cannot be an id.",
            where="id",
            hint="Use lower-case letters, digits and hyphens" + (f", such as {suggestion}." if suggestion else "."),
        )


def _require_language(value: str | None, place: str) -> None:
    if value is not None and not _LANGUAGE.fullmatch(value):
        raise InputError(f"{value!r} is no language tag.", where=place, hint="Write en, es or pt-BR (BCP 47).")


def _require_url(value: str, place: str) -> None:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in value):
        raise InputError(f"{value!r} is no web address.", where=place, hint="Write it in full: https://...")


def _require_value(value: Value) -> None:
    for name, part in attrs.asdict(value).items():
        if part is not None:
            require_text(part, name, f"claim value {name}")
    if not _DECIMAL.fullmatch(value.amount):
        raise InputError(f"{value.amount!r} is no number.", where="claim value amount", hint="Write 1250 or -0.5.")


def _require_order(order: Order) -> None:
    for name in ("earlier", "later"):
        event = getattr(order, name)
        if event is not None:
            require_text(event, "title", f"claim order {name}")
    if order.earlier == order.later:
        raise InputError("An order is of two events.", where="claim order", hint="Name which came earlier and later.")
    least, most = order.least_days, order.most_days
    for days in (least, most):
        if days is not None and not 0 <= days <= MOST_DAYS:
            raise InputError(
                f"{days} days cannot be between.", where="claim order", hint=f"Give 0 to {MOST_DAYS:,} days."
            )
    if least is not None and most is not None and most < least:
        raise InputError("The least is more than the most.", where="claim order", hint="Give the smaller one as least.")


def slug(text: str, taken: Container[str] = ()) -> str:
    """Return a handle made of a text's first words, free of those taken; empty if no letter is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > SLUG_LENGTH:
            break
        short = f"{short}-{word[:SLUG_LENGTH]}" if short else word[:SLUG_LENGTH]
    return free(short, taken) if short else ""


def free(handle: str, taken: Container[str]) -> str:
    """Return the handle, or it with the first number that is not taken."""
    number, candidate = 1, handle
    while candidate in taken or candidate == RESERVED:
        number += 1
        candidate = f"{handle}-{number}"
    return candidate


def differences(one: Record, other: Record) -> dict[str, tuple[Any, Any]]:
    """Return the fields in which two records differ, uid aside: name -> (one, other)."""
    return {
        field.name: (getattr(one, field.name), getattr(other, field.name))
        for field in attrs.fields(type(one))
        if field.name != "uid" and getattr(one, field.name) != getattr(other, field.name)
    }
