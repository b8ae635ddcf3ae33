"""The Datasette plugin: a ledger's front page, claim pages and source pages, without any script of ours.

Datasette loads this module through its entry point. It therefore must not
import Datasette: whoever came first would meet the other half-made, and every
hook would be lost. What needs Datasette imports it when called.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pluggy
from markupsafe import Markup

from . import cells, describe, headers, pages, proofs, timelines
from .detect import DATABASE, ledger_path

hookimpl = pluggy.HookimplMarker("datasette")

PLUGIN = "factledger"
"""The name under which Datasette serves our static files, and finds our configuration."""


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Return titles, descriptions, facets and order of the ledger's tables."""
    return describe.metadata() if ledger_path(datasette) else {}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    """Return the questions that readers ask most."""
    return describe.questions() if database == DATABASE and ledger_path(datasette) else {}


@hookimpl
def extra_template_vars(
    datasette: Any, template: str, database: str | None, table: str | None, request: Any
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Return what our templates show; nothing to anybody else's."""

    async def found() -> dict[str, Any]:
        return await pages.variables(datasette, template, database, table, request)

    return found


@hookimpl
def extra_css_urls(datasette: Any, template: str, database: str | None) -> list[str]:
    """Return our style sheet for our pages, or the one that calms Datasette's own pages of a ledger."""
    if not ledger_path(datasette):
        return []
    if template in pages.OURS:
        return [f"/-/static-plugins/{PLUGIN}/ledger.css"]
    return [f"/-/static-plugins/{PLUGIN}/tables.css"] if database == DATABASE else []


@hookimpl
def render_cell(datasette: Any, value: Any, column: str, table: str | None, database: str) -> Markup | None:
    """Return a cell in words: dates, states, and the handles of records as links."""
    if database != DATABASE or not ledger_path(datasette):
        return None
    return cells.cell(datasette.urls, value, column, table)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Return the timeline's page, and those that others check a ledger by: its checkpoints, a proof of any record."""
    return [*timelines.ROUTES, *proofs.ROUTES]


@hookimpl
def permission_allowed(datasette: Any, action: str, resource: Any) -> bool | None:
    """Refuse the raw log of a working ledger that holds withheld words: a published copy lacks them."""
    return False if proofs.guards(datasette, action, resource) else None


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """Return the way from Datasette's pages to the claims."""
    if not ledger_path(datasette):
        return []
    return [{"href": datasette.urls.table(DATABASE, "claims"), "label": "All claims"}]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Return what adds our headers to the ledger's pages."""
    return headers.wrapper(datasette)


@hookimpl(tryfirst=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Answer for a claim or source that is not there, and for a ledger that cannot be read, in words."""
    return pages.answer(datasette, request, exception) if ledger_path(datasette) else None
