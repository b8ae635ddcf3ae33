"""What Datasette 0.65 and Datasette 1.0 ask of a plugin in different words: the one place that knows both.

A hook that one of them does not have is never called by it. Imports Datasette only when called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

INTERNAL = ("_internal", "_memory")
"""Databases of Datasette's own."""


async def may_view(datasette: Any, actor: Any, database: str, table: str) -> bool:
    """Return whether this reader may see a table."""
    if not hasattr(datasette, "allowed"):
        asked = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        allowed, _ = await datasette.check_visibility(actor, permissions=asked)
        return bool(allowed)
    from datasette.resources import TableResource

    return bool(await datasette.allowed(action="view-table", resource=TableResource(database, table), actor=actor))


async def front_page(datasette: Any, request: Any) -> Any:
    """Return Datasette's own front page."""
    from datasette.utils.asgi import Request
    from datasette.views.index import IndexView

    as_page = Request({**request.scope, "url_route": {"kwargs": {"format": None}}}, request.receive)
    return await IndexView(datasette).dispatch_request(as_page)


def rule(database: str, refused: Sequence[str | None]) -> Any:
    """Return Datasette 1.0's rule that refuses an action for tables, None for the whole database; None if for none."""
    if not refused:
        return None
    from datasette.permissions import PermissionSQL

    rows = " UNION ALL ".join(
        f"SELECT :factledger_base AS parent, :factledger_{number} AS child, 0 AS allow, 'not served' AS reason"
        for number in range(len(refused))
    )
    named = {f"factledger_{number}": table for number, table in enumerate(refused)}
    return PermissionSQL(sql=rows, params={"factledger_base": database, **named})


async def describe(
    datasette: Any, database: str, about: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]
) -> None:
    """Tell Datasette 1.0 what 0.65 asks for by hooks; what its own configuration says comes first."""
    if not hasattr(datasette, "add_query"):
        return
    tables: Mapping[str, Mapping[str, Any]] = about["tables"]
    for key in ("title", "description"):
        await datasette.set_database_metadata(database, key, about[key])
    own = datasette.config.setdefault("databases", {}).setdefault(database, {}).setdefault("tables", {})
    for name, told in tables.items():
        for key in ("title", "description"):
            if key in told:
                await datasette.set_resource_metadata(database, name, key, told[key])
        own[name] = {key: value for key, value in told.items() if key not in ("title", "description")} | own.get(
            name, {}
        )
    for name, query in questions.items():
        await datasette.add_query(database, name, **query, is_trusted=True)
