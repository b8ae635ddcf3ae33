"""How the pages become a site: `make docs`. Sphinx with MyST reads CommonMark, as code hosts do; what knows another
Markdown breaks blocks that name their file, as the plugin guide has them.

The site holds the pages of the project's own folder too (README, CONTRIBUTING ...), so that a link from one page to
another is the same everywhere, and is checked. Its navigation is made of the start page's own headings and links; a
page that is not named there is found below them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

project = "factledger"
author = "The factledger authors"
html_title = "factledger"

extensions = ["myst_parser"]
myst_heading_anchors = 3
root_doc = "docs/index"
source_suffix = {".md": "markdown"}
include_patterns = ["*.md", "docs/**.md", "plugins/*/README.md"]
exclude_patterns = [".*", "build"]
highlight_language = "text"

html_theme = "furo"
html_extra_path = ["site"]
html_copy_source = False
html_show_copyright = False


def setup(app: Any) -> None:
    """Add to the pages that list others what the site's navigation is made of."""
    app.connect("source-read", add_navigation)


def add_navigation(app: Any, page: str, text: list[str]) -> None:
    """Add to the start page its own links, section by section, and what it does not name; to the decisions each one."""
    if page == "docs/adr/README":
        text[0] += toctree("Decisions", ["[0-9]*"])
    if page != root_doc:
        return
    found = {f"/{one}.md" for one in app.env.found_docs if not one.startswith("docs/adr/")} - {f"/{root_doc}.md"}
    found |= {"/docs/adr/README.md"}
    for section in text[0].split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        linked = [(ROOT / "docs" / link).resolve() for link in re.findall(r"\]\(([^)#:]+[.]md)", body)]
        named = dict.fromkeys(f"/{path.relative_to(ROOT)}" for path in linked)
        text[0] += toctree(title, [one for one in named if one in found])
        found -= named.keys()
    text[0] += toctree("Further pages", sorted(found))


def toctree(caption: str, pages: list[str]) -> str:
    """Return the directive that puts pages into the navigation and shows nothing where it stands."""
    return "\n".join(["", "```{toctree}", ":hidden:", ":glob:", f":caption: {caption}", "", *pages, "```", ""])
