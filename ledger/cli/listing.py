"""The command that lists records: list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import store, views
from ..errors import InputError
from ..model import Corroboration, Outcome, Standing, Verdict, Workflow
from ..store import queries
from ..store.merged import open_merged
from ..views import words
from .frame import Vocabulary, as_of, command, print_rows, reading, row_options, say, terminal
from .members import merged_path

LISTS = (
    "claims", "sources", "agents", "evidence", "links", "captures", "exclusions", "inquiries", "reviews", "findings",
    "checkers", "runs", "publications", "members", "alike",
)  # fmt: skip
OF_MERGED = ("claims", "sources", "agents", "members", "alike")
"""What a merged file can list; the last two, its ledgers and the alike claims of two of them, only it has."""

OF_CLAIMS = ("verdict", "corroboration", "workflow", "topic", "story")
"""What only claims can be narrowed by; `outcome` and `checker` are of findings, and of the claims that they are on."""

UNSTANDING = ("findings", "checkers", "runs", "publications")
"""Lists of what nobody corrects or retracts."""


@command("list")
@click.argument("what", type=click.Choice(LISTS), default="claims")
@click.option("--verdict", type=Vocabulary(Verdict))
@click.option("--corroboration", type=Vocabulary(Corroboration))
@click.option("--workflow", type=Vocabulary(Workflow))
@click.option("--topic", metavar="WORDS")
@click.option("--story", metavar="ID")
@click.option("--standing", type=Vocabulary(Standing), help="What later entries made of them.")
@click.option("--outcome", type=Vocabulary(Outcome), help="Findings of this outcome, or the claims that have one.")
@click.option("--checker", metavar="NAME", help="Findings of this checker, or the claims that have one.")
@as_of
@row_options
def list_(
    what: str,
    form: str | None,
    as_of: str | None,
    standing: Standing | None,
    outcome: Outcome | None,
    checker: str | None,
    **where: str | None,
) -> None:
    """List claims, or another kind of record; of a merged file also its members, and claims of two that are alike.

    Example: factledger list --outcome fail --standing current
    """
    wanted = {name: value for name, value in where.items() if value is not None}
    found = {name: value for name, value in (("outcome", outcome), ("checker", checker)) if value is not None}
    if (merged := merged_path()) is not None:
        if wanted or found or standing is not None or as_of is not None:
            hint = "Take a ledger out of it first: factledger extract ORIGIN FILE"
            raise InputError("The lists of a merged file are not narrowed.", where=str(merged), hint=hint)
        _list_merged(merged, what, form)
        return
    if what in ("members", "alike"):
        raise InputError(f"Only a merged file lists {what}.", hint="Make one: factledger merge OUT COPY...")
    if wanted and what != "claims":
        raise InputError(f"Only claims can be narrowed by {', '.join(wanted)}.", hint="Leave it out.")
    if found and what not in ("claims", "findings"):
        raise InputError(f"Only claims and findings can be narrowed by {', '.join(found)}.", hint="Leave it out.")
    if standing is not None and what in UNSTANDING:
        raise InputError(f"{what.capitalize()} are not corrected or retracted.", hint="Leave --standing out.")
    with reading(as_of) as ledger:
        rows = queries.rows(ledger.db, what, **wanted, **(found if what == "findings" else {}))
        if what == "claims" and found:
            having = {row["claim"] for row in queries.rows(ledger.db, "findings", **found)}
            rows = [row for row in rows if row["id"] in having]
    if standing is not None:
        rows = [row for row in rows if _standing(row) is standing]
    if what == "claims" and (form == "table" or (form is None and terminal())):
        print_rows([_short(row) for row in rows], "table", widths=(28, 10, 20, 26, 60))
    else:
        print_rows(rows, form, widths=(30, 50, 20, 20, 20, 20, 20, 20, 20, 20))


def _list_merged(path: Path, what: str, form: str | None) -> None:
    """Print a list of a merged file: whatever is named, by ORIGIN/ID."""
    if what not in OF_MERGED:
        hint = "Take a ledger out of it for others: factledger extract ORIGIN FILE"
        raise InputError(f"A merged file lists {', '.join(OF_MERGED)}.", where=str(path), hint=hint)
    with store.faults_told(path), open_merged(path) as file:
        if what == "members":
            print_rows(map(_member, views.member_lines(file)), form, widths=(40, 10, 10, 10, 10, 70))
        elif what == "alike":
            print_rows(map(_pair, views.alike_pairs(file, each=None).items), form, widths=(6, 30, 16, 40, 30, 16, 40))
            say("Alike is the share of words in common; it does not say that two claims mean the same.")
        else:
            kind = what.removesuffix("s")
            print_rows((_record(row, kind) for row in file.records(kind).items), form, widths=(40, 12, 16, 70))


def _member(one: views.MemberLine) -> dict[str, Any]:
    counted = {"claims": one.claims, "sources": one.sources}
    return {"origin": one.origin, "entries": one.size, "signed": one.signed, **counted, "root": one.root}


def _record(row: dict[str, Any], kind: str) -> dict[str, Any]:
    named = {"id": f"{row['origin']}/{row['id']}", "standing": row["standing"]}
    if kind == "claim":
        return {**named, "verdict": row["verdict"], "text": row["words"]}
    return {**named, "title" if kind == "source" else "name": row["words"]}


def _pair(pair: views.AlikePair) -> dict[str, Any]:
    """Return two alike claims in one row."""
    one, other = pair.one, pair.other
    return {
        "alike": f"{pair.share:.0%}",
        "claim": one.name,
        "verdict": one.verdict,
        "text": one.text,
        "other": other.name,
        "other_verdict": other.verdict,
        "other_text": other.text,
    }


def _standing(row: dict[str, Any]) -> Standing:
    """Return what later entries made of a record, by its row; a claim says it as how far it has come."""
    said = row.get("standing", row.get("workflow"))
    return Standing(said) if said in set(Standing) else Standing.CURRENT


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """Return a claim in a few columns; what later entries made of it stands before its verdict."""
    standing = _standing(row)
    mark = "" if standing is Standing.CURRENT else words.STANDING[standing]
    return {
        "claim": row["id"],
        "standing": mark if standing.stands else mark.upper(),
        "verdict": words.VERDICT[Verdict(row["verdict"])],
        "sources": words.CORROBORATION[Corroboration(row["corroboration"])],
        "text": row["text"],
    }


COMMANDS = (list_,)
