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

from .. import translation
from . import (
    cells,
    compare,
    compat,
    describe,
    formats,
    front,
    galleys,
    gate,
    kinds,
    mended,
    pages,
    pictures,
    proofs,
    timelines,
    verify,
)
from .asking import PLUGIN
from .detect import DATABASE, adopt, edition, ledger_path
from .searching import search_inside

hookimpl = pluggy.HookimplMarker("datasette")


@hookimpl
def register_output_renderer(datasette: Any) -> list[dict[str, Any]]:
    """Return none; it is the first that Datasette asks for, and before it opens a file of any name."""
    adopt(datasette)
    return []


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Have Datasette's own pages say their language and lead home, wherever a ledger is served; and ours speak
    the language that was asked for, where a catalogue of it is there."""
    mended.put_first(env, datasette)
    if translation.language() != "en":
        from .wording import TranslatedTemplates

        env.add_extension(TranslatedTemplates)


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Tell Datasette 1.0 what 0.65 asks for by the next two hooks."""

    async def told() -> None:
        if ledger_path(datasette):
            about = describe.metadata()["databases"][DATABASE]
            await compat.describe(datasette, DATABASE, about, describe.questions(edition(datasette, home=True)))

    return told


@hookimpl(trylast=True)
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    """Have the search box of Datasette's own tables find words in scripts that set no spaces."""
    if database == DATABASE and ledger_path(datasette):
        search_inside(conn)


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Return titles, descriptions, facets and order of the ledger's tables."""
    return describe.metadata() if ledger_path(datasette) else {}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    """Return the questions that readers ask most."""
    asked = database == DATABASE and ledger_path(datasette)
    return describe.questions(edition(datasette)) if asked else {}


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
    """Return our style sheets for our pages, or the one that calms Datasette's own pages of a ledger."""
    if not ledger_path(datasette):
        return []
    sheets = ["tables.css"] if database == DATABASE else []
    if pages.is_ours(template):
        sheets = ["ledger.css", *pages.SHEETS.get(template, ("lists.css",))]
    return [f"/-/static-plugins/{PLUGIN}/{sheet}" for sheet in sheets]


@hookimpl
def render_cell(datasette: Any, value: Any, column: str, table: str | None, database: str) -> Markup | None:
    """Return a cell in words: dates, states, and the handles of records as links."""
    if database != DATABASE or not ledger_path(datasette):
        return None
    return cells.cell(datasette.urls, value, column, table)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Return the pages that are no row of a table, those by which others check a ledger, and forms for programs."""
    routes = (front, timelines, galleys, proofs, kinds, compare, verify, formats, pictures)
    return [route for module in routes for route in module.ROUTES]


@hookimpl
def permission_allowed(datasette: Any, action: str, resource: Any) -> bool | None:
    """Refuse what nobody may do with the ledger as it is served, in the words of Datasette 0.65."""
    base, table = resource if isinstance(resource, (tuple, list)) else (resource, None)
    asked = base == DATABASE and table in proofs.RAW.get(action, ())
    return False if asked and table in proofs.refused_tables(datasette, action) else None


@hookimpl
def permission_resources_sql(datasette: Any, action: str) -> Any:
    """Refuse the same in the words of Datasette 1.0."""
    return compat.rule(DATABASE, proofs.refused_tables(datasette, action))


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """Return the way from Datasette's pages to the claims."""
    if not ledger_path(datasette):
        return []
    return [{"href": datasette.urls.table(DATABASE, "claims"), "label": "All claims"}]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Return what stands before the ledger's pages: refusals, headers, and how long an answer holds."""
    return gate.wrapper(datasette)


@hookimpl(tryfirst=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """Answer for a claim or source that is not there, and for a ledger that cannot be read, in words."""
    return pages.answer(datasette, request, exception) if ledger_path(datasette) else None
