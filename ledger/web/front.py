"""The front page is the ledger's wherever one is served, also beside plugins that bring a front page of theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import compat
from .pages import HOME, home, page, visible

ADDRESS = "/-/ledger/front"
"""Where the front page is within: `gate` leads there from "/" of a ledger, so that no other Datasette is touched."""


async def front(datasette: Any, request: Any) -> Any:
    """Answer with the ledger's front page.

    It is Datasette's for readers who may not see the ledger, and where those who serve it have one in their folder of
    templates. Datasette's own looks at every table of every database, ours does not.
    """
    own = datasette.template_dir and (Path(datasette.template_dir) / HOME).exists()
    if own or not await visible(datasette, request):
        return await compat.front_page(datasette, request)
    told = await home(datasette, request)
    return await page(datasette, request, told["front"], told)


ROUTES = [(rf"^{ADDRESS}$", front)]
