"""What Datasette says of the ledger's tables, and the questions it offers.

The SQL here is text that Datasette shows to readers, runs read-only and lets
them edit; no page of ours is made of it.
"""

from __future__ import annotations

from typing import Any

from ..store import schema
from .detect import DATABASE
from .edition import Edition

TITLE = "Fact-check ledger"

TABLES: dict[str, dict[str, Any]] = {
    "claims": {
        "title": "Claims",
        "description": (
            "One row for each checkable assertion. Verdict: what a person decided. Corroboration: how its sources "
            "hang together. Workflow: where it stands. Follow the link in the first column to the whole story."
        ),
        "facets": ["verdict", "corroboration", "workflow", "topic"],
        "sort_desc": "problems",
        "label_column": "text",
    },
    "sources": {
        "title": "Sources",
        "description": "Documents and statements: who speaks or writes, who publishes, when.",
        "facets": ["kind", "publisher"],
        "label_column": "title",
    },
    "evidence": {
        "title": "Evidence",
        "description": (
            "What a source says for, against or around a claim: its exact words, where they were seen, "
            "who speaks, how they know and what they have at stake."
        ),
        "facets": ["stance", "basis"],
        "label_column": "quote",
    },
    "ledger_mention": {
        "title": "Mentions",
        "description": "Which entries of the log are about which record: its own, and those of others that name it.",
    },
    "findings": {
        "title": "Check results",
        "description": (
            "What the checks say now, with their reasons. 'Can't tell' and 'did not run' are never a pass, "
            "and no finding says that a claim is true."
        ),
        "facets": ["outcome", "checker"],
    },
    "links": {
        "title": "What comes from what",
        "description": "Steps from a source to the earlier one it quotes, cites, reprints, translates or answers.",
        "facets": ["relation", "state"],
    },
    "exclusions": {
        "title": "Left out",
        "description": "Passages of an article that need no claim, each with the reason that a person gave.",
        "facets": ["reason"],
        "label_column": "quote",
    },
    "inquiries": {
        "title": "Asked and searched",
        "description": "Who asked whom, or searched where, and what came of it. An unanswered question is no evidence.",
        "facets": ["state"],
        "label_column": "question",
    },
    "reviews": {
        "title": "Decisions",
        "description": "Verdicts by people, with their reasons, and second sign-offs.",
        "facets": ["verdict"],
    },
    "captures": {
        "title": "Archived copies",
        "description": "The bytes of a source at one time: their hash, who took them, when, from whom and how.",
    },
    "agents": {
        "title": "People and organisations",
        "description": "Who says, publishes, asks, decides or checks.",
        "facets": ["kind"],
        "label_column": "name",
    },
    "keys": {
        "title": "Keys",
        "description": "With which key an agent signs what they enter. A revoked key signs nothing after that.",
    },
    "checkers": {
        "title": "Checkers",
        "description": "What each version of a check establishes, and what it does not.",
    },
    "runs": {
        "title": "Runs of the checks",
        "description": "Every time the checks were run: which, on how many claims, and how they came out.",
    },
    "publications": {
        "title": "Publications",
        "description": "Every copy that was written for others: how long the log was, its root, what was left out.",
    },
}

HIDDEN = (
    *schema.LOG,
    *(name for name in schema.PROJECTIONS if name.startswith("ledger_")),
    *schema.MEMOS,
    *schema.CACHES,
)
"""The log itself and what is made of it for machines; still there for whoever asks by name."""

FIRST = "The first hundred; the ledger's own pages have them all."

QUESTIONS: dict[str, dict[str, str]] = {
    "attention": {
        "title": "What needs attention",
        "description": "Claims with a problem, the gravest first, each with the reason.",
        "sql": """
select claims.id as claim, claims.text, findings.outcome, findings.checker, findings.reason, findings.fix
from findings join claims on claims.id = findings.claim
where findings.outcome in ('fail', 'error', 'warn') and claims.workflow not in ('superseded', 'retracted')
order by case findings.outcome when 'fail' then 0 when 'error' then 1 else 2 end, claims.id limit 100""",
    },
    "one_origin": {
        "title": "Claims that rest on one origin",
        "description": "However many sources carry them, their trails end at one; none is corroborated.",
        "sql": """
select id as claim, text, verdict, corroboration, sources
from claims where corroboration in ('single_origin', 'same_origin')
order by sources desc, id limit 100""",
    },
    "unanswered": {
        "title": "Questions without an answer",
        "description": "Who was asked, or where was searched, with nothing to show for it so far.",
        "sql": """
select inquiries.id as inquiry, inquiries.question, agents.name as asked, inquiries.searched, inquiries.asked_on,
  inquiries.deadline, inquiries.claim
from inquiries left join agents on agents.id = inquiries.asked
where inquiries.state in ('awaiting', 'no_answer', 'declined', 'not_found')
order by inquiries.deadline is null, inquiries.deadline limit 100""",
    },
    "corrected": {
        "title": "Corrected and withdrawn claims",
        "description": "Claims that were corrected, replaced or retracted, or whose verdict changed.",
        "sql": """
select id as claim, text, workflow, verdict, changed
from claims where workflow in ('corrected', 'superseded', 'retracted')
order by changed desc limit 100""",
    },
    "undecided": {
        "title": "Claims that nobody has decided",
        "description": "Entered, perhaps checked, but without a verdict by a person.",
        "sql": """
select id as claim, text, corroboration, problems, added
from claims where verdict = 'unchecked' and workflow not in ('superseded', 'retracted')
order by added limit 100""",
    },
}


SMALL = ("agents", "keys", "checkers", "runs", "publications")
"""Tables that may be put in the order of any column, as none of them grows with the claims."""


ORDERED = {"findings": ["subject"]}
"""The same of what is put together of other tables: the key of what it begins with."""


def sortable(table: str) -> list[str]:
    """Return the columns that a table can be put in the order of without reading it whole: they have an index."""
    if table in ORDERED:
        return ORDERED[table]
    return ["id", *(name.removeprefix(f"{table}_") for name in schema.INDEXES if name.startswith(f"{table}_"))]


def metadata() -> dict[str, Any]:
    """Return Datasette's metadata for the ledger, new each time: Datasette writes into what it is given."""
    large = {name: {"sortable_columns": sortable(name)} for name in TABLES if name not in SMALL}
    tables = {name: {**told, **large.get(name, {})} for name, told in TABLES.items()}
    tables |= {name: {"hidden": True} for name in HIDDEN}
    description = (
        "Every claim with its source chain, its checks and its decisions. "
        "Checks find, a person decides, the ledger remembers. Nothing here can be changed from a browser."
    )
    return {"databases": {DATABASE: {"title": TITLE, "description": description, "tables": tables}}}


FOR_THE_DESK = ("attention", "undecided")
"""Questions that are no reader's."""


def questions(edition: Edition) -> dict[str, dict[str, Any]]:
    """Return the canned queries of an edition, new each time."""
    return {
        name: {**told, "description": f"{told['description']} {FIRST}", "sql": told["sql"].strip(), "hide_sql": True}
        for name, told in QUESTIONS.items()
        if edition is Edition.DESK or name not in FOR_THE_DESK
    }
