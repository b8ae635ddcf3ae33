"""What stands in the head of a page that no server sends: what a header would have said, and what other sites read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

NOT_IN_A_PAGE = "frame-ancestors"
"""What browsers follow in a header only."""

_INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def fence(policy: str) -> Markup:
    """Return a header's rules of what may run or come from elsewhere, for a page of its own."""
    rules = "; ".join(rule for rule in (one.strip() for one in policy.split(";")) if not rule.startswith(NOT_IN_A_PAGE))
    return Markup(
        '<meta http-equiv="Content-Security-Policy" content="{}">\n<meta name="referrer" content="no-referrer">'
    ).format(rules)


def fenced(html: str, policy: str) -> str:
    """Return a page with these rules before anything that they are about."""
    return html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{fence(policy)}', 1)


def with_head(html: str, lines: Iterable[str]) -> str:
    """Return a page with more lines at the end of its head."""
    return html.replace("</head>", "".join(f"{line}\n" for line in lines) + "</head>", 1)


def shared(told: Mapping[str, str]) -> list[Markup]:
    """Return what a page says of itself to sites on which it is shared (ogp.me), and to those that ask for more."""
    return [
        Markup('<meta {}="{}" content="{}">').format("property" if name.startswith("og:") else "name", name, value)
        for name, value in told.items()
        if value
    ]


def icon(link: str) -> list[Markup]:
    """Return the sign that a browser shows beside a page's name; else it asks for one at the root of the host."""
    return [Markup('<link rel="icon" type="image/svg+xml" href="{}">').format(link)]


def canonical_link(url: str) -> list[Markup]:
    """Return the address under which a page is to be known, if its host is known."""
    return [Markup('<link rel="canonical" href="{}">').format(url)] if url else []


def searching(script: str, index: str, *, root: str) -> list[Markup]:
    """Return the script that searches an index; `root` is the way to the folder of the site."""
    return [Markup('<script src="{}" data-root="{}" data-index="{}" defer></script>').format(script, root, index)]


def data_block(told: Mapping[str, Any]) -> Markup:
    """Return JSON-LD in an element that runs nothing, with no sign in it that could end the element."""
    text = json.dumps(told, ensure_ascii=False).translate(_INERT)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))
