"""What a browser is told about the ledger's pages: that nothing in them may run, or come from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .detect import DATABASE

_SHARED = "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

OURS = "default-src 'none'; style-src 'self'; img-src 'self'" + _SHARED
"""For pages of ours: no script at all, so that no text in a claim can become one."""

SEARCHED = OURS + "; script-src 'self'; connect-src 'self'"
"""For lists of a published site, which a script of ours searches."""
VERIFYING = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'" + _SHARED
"""For the page that checks a proof in the reader's own browser: one script of ours, which asks this ledger alone."""

DATASETTES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    + _SHARED
)
"""For Datasette's own table pages, which hold scripts and styles of theirs."""

ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
}

_OUR_PAGES = re.compile(
    rf"/|/{DATABASE}/(claims|sources|agents|inquiries)/[^/.]+|/{DATABASE}/\w+/[^/.]+\.(atom|jsonld)"
    rf"|/{DATABASE}/claims/[^/.]+\.json|/-/ledger/.+"
)
_VERIFY = re.compile(r"/-/ledger/verify/.+")


def policy(path: str) -> Mapping[bytes, bytes]:
    """Return the headers for a page of the ledger, by its path."""
    told = VERIFYING if _VERIFY.fullmatch(path) else OURS if _OUR_PAGES.fullmatch(path) else DATASETTES
    return {**ALWAYS, b"content-security-policy": told.encode()}
