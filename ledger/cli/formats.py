"""The formats that come with factledger, brought by the hook that plugins answer; and finding one by name or file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from .. import plugins
from ..errors import InputError, did_you_mean
from ..exchange import document_of, recognised
from ..format import Document, Exchange
from ..plugins import RegisteredExchange, hookimpl
from ..plugins.introduction import Survey, survey
from .frame import policy_file


@hookimpl
def ledger_register_exchanges() -> Iterable[Exchange]:
    """Return our formats; what is slow to load, each loads when it is used."""
    from ..exchange.annotations import WebAnnotations
    from ..exchange.bibtex import BibTex
    from ..exchange.claimreview import ClaimReviewExchange
    from ..exchange.csljson import CslJson
    from ..exchange.datapackage import DataPackage
    from ..exchange.factchecktools import FactCheckTools
    from ..exchange.provjson import ProvJson
    from ..exchange.recordlines import RecordLines
    from ..exchange.sarif import Sarif
    from ..exchange.story import Stories
    from ..exchange.table import Tables
    from ..views.dossier import DossierPage
    from ..views.markdown import Markdown
    from .drawn import ChainDrawing

    return [
        BibTex(),
        ChainDrawing(),
        ClaimReviewExchange(),
        CslJson(),
        DataPackage(),
        DossierPage(),
        FactCheckTools(),
        Markdown(),
        ProvJson(),
        RecordLines(),
        Sarif(),
        Stories(),
        Tables(),
        WebAnnotations(),
    ]


def ours() -> list[RegisteredExchange]:
    """Return the formats that come with factledger; no plugin is loaded."""
    return plugins.built_in(sys.modules[__name__]).exchanges()


def of_plugins() -> Survey:
    """Return what plugins bring; each says so in a process of its own, and none is loaded here."""
    return survey(policy=policy_file(None))


def _brought(there: Survey, names: Iterable[str]) -> list[RegisteredExchange]:
    """Load the plugins that bring these formats, here, and return the formats."""
    wanted = {str(there.found["exchange"][name]["plugin"]) for name in names}
    these = [one.plugin for one in there.introductions if one.plugin.name in wanted]
    found = plugins.load(these=these).exchanges() if these else []
    return [one for one in found if one.name in names]


def format_named(name: str) -> RegisteredExchange:
    """Return the format of a name; plugins are loaded where none of ours has it. Raises InputError if none has."""
    found = {one.name: one for one in ours()}
    if name in found:
        return found[name]
    there = of_plugins()
    known = sorted({*found, *there.found["exchange"]})
    if name in there.found["exchange"]:
        for one in _brought(there, [name]):
            return one
    hint = did_you_mean(name, dict.fromkeys(known, "")) or f"There are: {', '.join(known)}."
    broken = next((f" {one.plugin} {one.version}: {one.reason}" for one in there.faults), "")
    raise InputError(f"There is no format {name!r}.", hint=f"{hint}{broken}")


def format_of(path: Path) -> tuple[RegisteredExchange, Document | None]:
    """Return the format that a file is in, told by its suffix and, where several have that, by what stands in it.

    Raises InputError where none is, or several may be.
    """
    fits = _with_suffix(reading(ours()), path)
    if not fits:
        there = of_plugins()
        fits = _of_plugins_with_suffix(there, path)
        if not fits:
            raise _nothing(path, there)
    if len(fits) == 1 and not _shared(fits[0]):
        return fits[0], None
    document = document_of(path)
    found = [one for one in fits if recognised(one, document)]
    if not found:
        fits = [*fits, *_of_plugins_with_suffix(of_plugins(), path)]
        found = [one for one in fits if recognised(one, document)]
    if not found and len(fits) == 1:
        found = fits  # it says itself what is amiss
    if len(found) == 1:
        return found[0], document
    said = "It may be in several formats" if found else "It is in no format that its name ends in"
    raise InputError(
        f"{said}: {', '.join(one.name for one in found or fits)}.", where=str(path), hint="Say which: --format NAME"
    )


def reading(formats: Iterable[RegisteredExchange]) -> list[RegisteredExchange]:
    return [one for one in formats if one.reads]


def _with_suffix(formats: Sequence[RegisteredExchange], path: Path) -> list[RegisteredExchange]:
    return [one for one in formats if path.name.lower().endswith(one.suffixes)]


def _of_plugins_with_suffix(there: Survey, path: Path) -> list[RegisteredExchange]:
    cards = there.found["exchange"].values()
    names = [card["name"] for card in cards if card["reads"] and path.name.lower().endswith(tuple(card["suffixes"]))]
    return reading(_brought(there, names))


def _shared(one: RegisteredExchange) -> bool:
    """Return whether a format looks at a file before it takes it."""
    return type(one.exchange).recognises is not Exchange.recognises


def _nothing(path: Path, there: Survey) -> InputError:
    ours_and_theirs = [one.suffixes for one in reading(ours())]
    ours_and_theirs += [tuple(card["suffixes"]) for card in there.found["exchange"].values() if card["reads"]]
    known = sorted({suffix for suffixes in ours_and_theirs for suffix in suffixes})
    return InputError(
        f"No format is read from such a file: {path.suffix or 'no suffix'}.",
        where=str(path),
        hint=f"Give one of {', '.join(known)}; archive a text with: factledger article",
    )
