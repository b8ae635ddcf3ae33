"""Going online: the addresses that checkers ask for are asked once each, and what comes is archived and recorded.

    wanted    which checkers ask which addresses, about which claims    checkers, in workers that have no network
    asked     each address once, one after the other                    here, by the rules of `capture --fetch`
    recorded  a copy of a source, or a search that failed               here
    found     by checkers, from what is on record                       checkers, in workers, now and later

So a finding is a function of the record, whatever the network does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

import attrs

from ..book import Book
from ..capture import Extraction
from ..capture.fetch import AddressRefused, FaultCode, Fetched, NotFetched
from ..desk.article import archive
from ..desk.pages import custody_of
from ..errors import InputError
from ..model import InquiryState, Source, SourceKind
from ..trust import hidden_words
from .answers import QUESTION, sources_at

MOST_ADDRESSES = 500
"""Addresses that one run asks, one after the other; for more a person has to name claims."""

ROUNDS = 3
"""Times that checkers are asked what they ask: an answer may lead to a further address, such as the next page."""

_SECRET = re.compile(r"(?i)(^|[_-])(key|apikey|token|secret|password|passwd|auth|signature|sig)$")

STATES = {
    FaultCode.GONE: InquiryState.NOT_FOUND,
    **dict.fromkeys(
        (
            FaultCode.ROBOTS,
            FaultCode.FORBIDDEN,
            FaultCode.TOO_MANY_REQUESTS,
            FaultCode.LEGAL,
            FaultCode.LOGIN,
            FaultCode.COOKIES,
        ),
        InquiryState.DECLINED,
    ),
}
"""Why nothing came -> what that is as a search; all else is no answer."""


Online = Callable[[str], Fetched]
"""What asks an address, as `capture.fetch.fetch` does; raises AddressRefused or NotFetched."""


@attrs.frozen
class AddressAsked:
    """What became of an address that checkers asked for: `why` nothing came, "" if an answer is on record.

    `sent` is False where nothing left the machine. `claims` are those that it was asked about, by handle.
    """

    address: str
    checkers: tuple[str, ...]
    claims: tuple[str, ...]
    why: str = ""
    sent: bool = True


@attrs.frozen
class AddressQuestion:
    """An address that checkers want to be asked, and about which claims (handles)."""

    address: str
    checkers: tuple[str, ...]
    claims: tuple[str, ...]


def questions(asks: Iterable[tuple[str, str, str]], but: Iterable[str] = ()) -> list[AddressQuestion]:
    """Return what is asked for, (checker, claim, address) each, address by address, but for some of them."""
    wanted: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    done = set(but)
    for checker, claim, address in asks:
        if address not in done:
            checkers, claims = wanted.setdefault(address, ({}, {}))
            checkers[checker], claims[claim] = None, None
    return [AddressQuestion(address, tuple(by), tuple(about)) for address, (by, about) in wanted.items()]


def require_few(wanted: Sequence[AddressQuestion]) -> None:
    """Raise InputError where more is asked for than one run asks."""
    if len(wanted) > MOST_ADDRESSES:
        raise InputError(
            f"{len(wanted):,} addresses would be asked; one run asks {MOST_ADDRESSES:,} at most.",
            hint="Nothing was sent. Name the claims: factledger check --online CLAIM ...",
        )


def ask(book: Book, wanted: AddressQuestion, told: Mapping[str, str], online: Online) -> AddressAsked:
    """Ask one address and record what came; `told` says of each checker what it asks, as a person was told."""
    asked = AddressAsked(wanted.address, wanted.checkers, wanted.claims)
    if problem := why_not_sent(book, wanted.address):
        return attrs.evolve(asked, why=problem, sent=False)
    try:
        page = online(wanted.address)
    except (AddressRefused, NotFetched) as fault:
        with suppress(InputError):  # what is no line of text cannot be on record
            book.inquiry(
                QUESTION,
                searched=wanted.address,
                asked_on=book.ledger.environment.instant()[:10],
                state=STATES.get(fault.code, InquiryState.NO_ANSWER),
                seen_in=next(iter(sources_at(book.ledger.db, wanted.address)), None),
                note=fault.message,
            )
        return attrs.evolve(asked, why=fault.message, sent=isinstance(fault, NotFetched))
    with book.together():
        _record(book, wanted, page, told)
    return asked


def why_not_sent(book: Book, address: str) -> str:
    """Return why an address is not asked and must not be on record either, "" if it may be."""
    query = address.partition("?")[2].partition("#")[0]
    secrets = [name for name, _ in parse_qsl(query, keep_blank_values=True) if _SECRET.search(name)]
    if secrets:
        return f"The address names a secret ({secrets[0]}), which would be on record for everybody."
    hidden = hidden_words(book.ledger)
    if hidden is not None and any(map(hidden.found, (address, unquote_plus(address), unquote_plus(unquote(address))))):
        return "The address holds words that are withheld or sealed."
    return ""


def _record(book: Book, wanted: AddressQuestion, page: Fetched, told: Mapping[str, str]) -> None:
    """Archive an answer: the bytes alone. Nobody quotes from it, and it is no text that others may have copied."""
    source = next(iter(sources_at(book.ledger.db, wanted.address)), None) or _source(book, wanted, told)
    proper = re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", page.media_type)
    media_type = page.media_type if proper else "application/octet-stream"
    archive(book, source, Extraction(page.body, "", media_type, None), custody_of(page))


def _source(book: Book, wanted: AddressQuestion, told: Mapping[str, str]) -> Source:
    place = urlsplit(wanted.address)
    asked = "; ".join(f"{name} asks {told[name]}" for name in wanted.checkers)
    return book.source(
        f"Answer of {place.netloc}{place.path}"[:200].rstrip(),
        kind=SourceKind.DATASET,
        url=wanted.address,
        note=f"Asked for by checkers: {asked}."[:4_000],
    )
