"""Datasette's own templates, mended where a ledger is served.

What is mended is what keeps people out: a page says its language, and every choice what it is a choice of. They carry
our masthead, so that each leads home. They are read from where they were found, and changed in these places only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, TemplateNotFound

from .asking import PLUGIN
from .detect import ledger_path

_HEADER = '{% if database == "ledger" or not database %}{% include "factledger-masthead.html" %}{% endif %}'
_LABELS = {"_filter_column": "Column", "_filter_op": "How it compares", "_sort": "Order by"}

Change = tuple[re.Pattern[str], str]

MENDED: Mapping[str, tuple[Change, ...]] = {
    "base.html": (
        (re.compile(r"<html>"), '<html lang="en">'),
        (re.compile(r"(<body[^\n]*>)"), r"\1" + _HEADER),
    ),
    "table.html": (
        *(
            (re.compile(rf'<select name="{name}(?=["_])'), f'<select aria-label="{label}" name="{name}')
            for name, label in _LABELS.items()
        ),
        (
            re.compile(r'<input type="text" name="_filter_value'),
            '<input type="text" aria-label="Value" name="_filter_value',
        ),
    ),
}
"""Template -> what is changed in it: a pattern, and what takes its place."""


class MendedPages(BaseLoader):
    """Finds the templates of `MENDED` where they were found before, with their changes."""

    def __init__(self, datasette: Any, found: BaseLoader) -> None:
        self.datasette, self.found = datasette, found

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the template as it is mended; raise TemplateNotFound for any other."""
        if template not in MENDED or ledger_path(self.datasette) is None:
            raise TemplateNotFound(template)
        source, path, uptodate = self.found.get_source(environment, template)
        for pattern, instead in MENDED[template]:
            source = pattern.sub(instead, source)
        return source, path, uptodate

    def list_templates(self) -> list[str]:
        """Return none: they take the place of some that are listed."""
        return []


def put_first(env: Any, datasette: Any) -> None:
    """Look for mended templates here before anywhere else, and have the masthead know of other ledgers beside this."""
    env.globals["among"] = (datasette.plugin_config(PLUGIN) or {}).get("among")
    env.loader = ChoiceLoader([MendedPages(datasette, env.loader), env.loader])
