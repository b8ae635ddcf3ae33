"""The chain of a claim as a picture that stands alone: an SVG with its own style, for an article or a report."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import InputError
from ..format import Exchange, Extract

INK, SOFT, BAD, GOOD = "#1c1a17", "#57524a", "#9b1c1c", "#1d5f36"
STYLE = f"""
svg {{ font-family: Arial, Helvetica, "Liberation Sans", sans-serif; background: #fff }}
text {{ fill: {INK} }} a {{ text-decoration: none }}
.frame {{ fill: #fff; stroke: #8d8678; stroke-width: 1.25 }} .inner {{ fill: none; stroke: {INK} }}
.claim .frame {{ fill: #24313c; stroke: #24313c }} .claim text {{ fill: #fff }}
.around .frame {{ stroke: #d8d2c4; fill: #faf9f5 }} .around .t-tag {{ fill: {SOFT} }}
.origin .frame {{ stroke: {INK}; stroke-width: 2 }}
.firsthand .frame {{ stroke: {GOOD}; stroke-width: 2.5; fill: #f4f9f4 }} .firsthand .t-tag {{ fill: {GOOD} }}
.withdrawn .frame {{ stroke-dasharray: 5 4; fill: #f3f0ea }} .withdrawn .t-tag {{ fill: {BAD} }}
.withdrawn .t-name, .withdrawn .t-title {{ text-decoration: line-through }}
.t-tag, .t-name, .head {{ font-weight: 700 }} .t-aside, .head {{ fill: {SOFT} }}
.way {{ fill: none; stroke: {SOFT}; stroke-width: 1.5 }} marker path {{ fill: {SOFT} }}
.way.against {{ stroke: {BAD}; stroke-width: 2; stroke-dasharray: 7 4 }} marker.against path {{ fill: {BAD} }}
.way.tie {{ stroke-dasharray: 1.5 4; stroke-linecap: round; stroke-width: 2 }}
.label {{ fill: #45413a; paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round }}
.label.against {{ fill: {BAD}; font-weight: 700 }} .label.tie {{ font-style: italic }}
"""


class ChainDrawing(Exchange):
    """The drawn chain of a claim, out."""

    name = "svg"
    title = "the chain of one claim, drawn (SVG)"
    carries = "who speaks where, who has it from whom, what speaks against it, what was taken back"
    loses = "exact words, verdicts, what checks found; chains of more than 60 sources"
    media_type = "image/svg+xml"
    suffixes = (".svg",)

    def write(self, extract: Extract) -> Iterator[str]:
        """Yield the picture; raise InputError unless there is one claim, whose chain can be drawn."""
        from ..views.trail import trail
        from ..web.svg import drawing  # brings all pages along

        claims = list(extract.claims)
        if len(claims) != 1:
            raise InputError("A picture is of one claim.", hint="Name it: factledger export svg CLAIM")
        dossier = claims[0].dossier
        pages = {source.handle: extract.address(source) for source in dossier.sources.values()}
        drawn = drawing(trail(dossier), dossier.claim.text, lambda handle: pages.get(handle, ""))
        if drawn is None:
            raise InputError("There is too little or too much to draw.", hint="In words: factledger chain CLAIM")
        head, desc, rest = str(drawn.svg).partition("<defs>")
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<style>{STYLE}</style>{desc}{rest}\n'
