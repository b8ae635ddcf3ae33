"""What Datasette says of the ledger's tables, and the questions it offers.

The SQL here is text that Datasette shows to readers, runs read-only and lets
them edit; no page of ours is made of it.
"""

from __future__ import annotations

from typing import Any

from ..store import schema
from .detect import DATABASE

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
        "sort": "title",
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
    "findings": {
        "title": "Check results",
        "description": (
            "What the checks say now, with their reasons. 'Can't tell' and 'did not run' are never a pass, "
            "and no finding says that a claim is true."
        ),
        "facets": ["outcome", "checker"],
        "sort_desc": "seq",
    },
    "links": {
        "title": "What comes from what",
        "description": "Steps from a source to the earlier one it quotes, cites, reprints, translates or answers.",
        "facets": ["relation", "state"],
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
        "sort": "name",
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
}

HIDDEN = (
    *schema.LOG,
    *(name for name in schema.PROJECTIONS if name.startswith("ledger_")),
    *schema.MEMOS,
    *schema.CACHES,
)
"""The log itself and what is made of it for machines; still there for whoever asks by name."""

QUESTIONS: dict[str, dict[str, str]] = {
    "attention": {
        "title": "What needs attention",
        "description": "Claims with a problem, the gravest first, each with the reason.",
        "sql": """
select claims.id as claim, claims.text, findings.outcome, findings.checker, findings.reason, findings.fix
from findings join claims on claims.id = findings.claim
where findings.outcome in ('fail', 'error', 'warn') and claims.workflow not in ('superseded', 'retracted')
order by case findings.outcome when 'fail' then 0 when 'error' then 1 else 2 end, claims.id""",
    },
    "one_origin": {
        "title": "Claims that rest on one origin",
        "description": "However many sources carry them, their trails end at one; none is corroborated.",
        "sql": """
select id as claim, text, verdict, corroboration, sources
from claims where corroboration in ('single_origin', 'same_origin')
order by sources desc, id""",
    },
    "unanswered": {
        "title": "Questions without an answer",
        "description": "Who was asked, or where was searched, with nothing to show for it so far.",
        "sql": """
select inquiries.id as inquiry, inquiries.question, agents.name as asked, inquiries.searched, inquiries.asked_on,
  inquiries.deadline, inquiries.claim
from inquiries left join agents on agents.id = inquiries.asked
where inquiries.state in ('awaiting', 'no_answer', 'declined', 'not_found')
order by inquiries.deadline is null, inquiries.deadline""",
    },
    "corrected": {
        "title": "Corrected and withdrawn claims",
        "description": "Claims that were corrected, replaced or retracted, or whose verdict changed.",
        "sql": """
select id as claim, text, workflow, verdict, changed
from claims where workflow in ('corrected', 'superseded', 'retracted')
order by changed desc""",
    },
    "undecided": {
        "title": "Claims that nobody has decided",
        "description": "Entered, perhaps checked, but without a verdict by a person.",
        "sql": """
select id as claim, text, corroboration, problems, added
from claims where verdict = 'unchecked' and workflow not in ('superseded', 'retracted')
order by added""",
    },
}


def metadata() -> dict[str, Any]:
    """Return Datasette's metadata for the ledger, new each time: Datasette writes into what it is given."""
    tables = {name: dict(told) for name, told in TABLES.items()} | {name: {"hidden": True} for name in HIDDEN}
    description = (
        "Every claim with its source chain, its checks and its decisions. "
        "Checks find, a person decides, the ledger remembers. Nothing here can be changed from a browser."
    )
    return {"databases": {DATABASE: {"title": TITLE, "description": description, "tables": tables}}}


def questions() -> dict[str, dict[str, Any]]:
    """Return the canned queries, new each time."""
    return {name: {**told, "sql": told["sql"].strip(), "hide_sql": True} for name, told in QUESTIONS.items()}
