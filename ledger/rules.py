"""What may be entered: the tests that every record passes before it becomes an entry.

Raises InputError with the field as its place. Records read back from a log are
not put through these: what was once recorded stays readable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs

from . import dates
from .dates.otherwise import written_otherwise
from .errors import InputError
from .model import HIDDEN, Anchor, Evidence, Exclusion, ExclusionReason, Inquiry, Link, Order, Record, Relation, Value
from .text import fragment

LONGEST = {"text": 2_000, "title": 500, "name": 200, "exact": 10_000, "original": 10_000, "handle": 80, "url": 2_000}
"""Characters a field takes."""

LONGEST_OTHER = 5_000

ONE_LINE = {"text", "title", "name", "handle", "topic", "story", "label", "question", "url", "language"}
"""Fields that head a page or stand in a list: they take no line break."""

R = TypeVar("R", bound=Record)

DATES = {"published", "reference_date", "said", "occurred", "asked_on", "deadline"}

MOST_DAYS = 3_000_000
"""Days between two events that a claim puts in order."""

SLUG_LENGTH = 40

RESERVED = "ledger"
"""The handle under which findings about the ledger as a whole are filed."""

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_ABOUT = re.compile(r"(?:about|around|circa|ca?\.?)\s+", re.IGNORECASE)
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
"""What leaves no mark on a screen."""
# Controls, among them embeddings and overrides, which make words display in another order than they are stored.
_KEPT_IN_QUOTATIONS = "\n\t\f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""What may stand among the words of a source: the end of a PDF's page, a name set apart for its direction."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def require_enterable(record: Record) -> None:
    """Raise InputError for the first field of a record that may not be entered."""
    for name, place in _tested(type(record)):  # type: ignore[arg-type]  # attrs' classes hash, mypy cannot see it
        value = getattr(record, name)
        if value is None:
            continue
        if isinstance(value, str):
            if value not in HIDDEN:
                _require_field(name, value, place)
        elif isinstance(value, Anchor):
            _require_anchor(value)
        elif isinstance(value, Value):
            _require_value(value)
        elif isinstance(value, Order):
            _require_order(value)
    _require_coherent(record)


@cache
def _tested(cls: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return (field, what to call it) of each field that holds something of its own, and no record's uid."""
    own = [one.name for one in attrs.fields(cls) if one.name != "uid" and not one.metadata.get("refers_to")]
    return tuple((name, f"{cls.KIND} {name.replace('_', ' ')}") for name in own)


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
    if isinstance(record, Exclusion):
        if record.claim is not None and record.reason is not ExclusionReason.COVERED_ELSEWHERE:
            raise InputError(
                "Only what is covered elsewhere names a claim.",
                where="exclusion claim",
                hint=f"Say {ExclusionReason.COVERED_ELSEWHERE}, or leave the claim out.",
            )
        if record.reason is ExclusionReason.OTHER and not record.note:
            raise InputError("Another reason is told.", where="exclusion", hint="Say in the note why it is left out.")
    if isinstance(record, Inquiry) and record.asked is None and record.searched is None:
        hint = "Say whom (asked) or where (searched)."
        raise InputError("Nobody was asked and nothing searched.", where="inquiry", hint=hint)


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


NEEDED = frozenset(("exact", "name", "question", "reason", "reasons", "text", "title"))
"""Fields that nothing is without."""


def require_text(value: str, name: str, place: str) -> None:
    """Raise InputError if a text is blank, too long or holds characters that do not show."""
    if not _BLANK.sub("", value):
        hint = "Give it some words." if name in NEEDED else "Give it some words, or leave it out."
        raise InputError("This is empty.", where=place, hint=hint)
    longest = LONGEST.get(name, LONGEST_OTHER)
    if len(value) > longest:
        raise InputError(
            f"This has {len(value):,} characters; at most {longest:,} are taken.",
            where=place,
            hint="Give the sentence that matters; archive a long text with: factledger article FILE",
        )
    if name in ONE_LINE and ("\n" in value or "\t" in value):
        raise InputError("This takes one line.", where=place, hint="Remove the line break or tab.")
    kept = _KEPT_IN_QUOTATIONS if name == "exact" else "\n\t"
    for character in _CONTROL.findall(value):
        if character not in kept:
            raise InputError(
                f"This holds the control character U+{ord(character):04X}.", where=place, hint="Remove it."
            )


def require_date(value: str, place: str) -> None:
    """Raise InputError, placed, unless a text is an EDTF date."""
    try:
        dates.parse(value)
    except InputError as error:
        meant = _meant(value)
        raise InputError(error.message, where=place, hint=f"Write {meant}." if meant else error.hint) from None


def _meant(words: str) -> str | None:
    """Return in EDTF the date that people write out: "2 May 2024", "c. 1920"; None if it cannot be told."""
    about = _ABOUT.match(words)
    rest = words[about.end() :] if about else words
    found = [one for one in dates.expressions(rest) if one.span.start == 0 and one.span.end == len(rest)]
    if len(found) != 1 or found[0].edtf is None or found[0].assumed or found[0].unknown:
        return None
    return f"{found[0].edtf}{'~' if about else ''}"


def in_edtf(value: str) -> str:
    """Return a date as recorded: in EDTF if a program wrote it (20240502) or it is of an era (44 BC), else as given."""
    return str(dates.parse(value)) if written_otherwise(value) is not None else value


def with_edtf(record: R) -> R:
    """Return a record whose dates are in EDTF."""
    given = {name: getattr(record, name) for name in _dated(type(record))}  # type: ignore[arg-type]  # as above
    try:
        written = {name: in_edtf(value) for name, value in given.items() if isinstance(value, str)}
    except dates.BadDate:
        return record  # refused with its place by `require_enterable`
    otherwise = {name: value for name, value in written.items() if value != given[name]}
    return attrs.evolve(record, **otherwise) if otherwise else record


@cache
def _dated(cls: type[Record]) -> tuple[str, ...]:
    return tuple(one.name for one in attrs.fields(cls) if one.name in DATES)


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
    if "@" in parts.netloc:
        raise InputError("This address says who logs in.", where=place, hint="Leave out what stands before the @.")


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


_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")


def slug(text: str, taken: Container[str] = (), *, language: str | None = None) -> str:
    """Return a handle made of a text's first words, free of those taken; empty if no letter is left.

    A text without a Latin letter is spelt in those where the extra `latin` is installed. Chinese characters are spelt
    as in Mandarin, and so not at all where the text is in another `language` (its tag), or has kana.
    """
    words = _words(text) or _words(_spelt(text, language))
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > SLUG_LENGTH:
            break
        short = f"{short}-{word[:SLUG_LENGTH]}" if short else word[:SLUG_LENGTH]
    return free(short, taken) if short else ""


def _words(text: str) -> list[str]:
    ascii = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = ascii.lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    figures_alone = not any(map(str.isalpha, plain)) and any(map(str.isalpha, text))
    return [] if figures_alone else words


def _spelt(text: str, language: str | None) -> str:
    """Return a text in Latin letters, syllable by syllable; as it is where nothing here knows how it is said."""
    another = _KANA.search(text) or (language or "zh").lower().partition("-")[0] not in ("zh", "yue")
    if another and _CHINESE.search(text):
        return text
    try:
        from anyascii import anyascii
    except ModuleNotFoundError:
        return text
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(text))


def unnamed(text: str, kind: str) -> str:
    """Return a handle for a text that has no letters to make one of: its kind, and six figures of its hash."""
    return f"{kind}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"


def free(handle: str, taken: Container[str], *, above: int = 1) -> str:
    """Return the handle, or it with the first number that is not taken; numbers up to `above` are known to be."""
    number, candidate = above, handle
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
