"""The chain of a claim, drawn as SVG on the server: no script, readable by a screen reader, links inside."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from markupsafe import Markup, escape

from ..views.trail import CLAIM, Node, Trail
from .boxes import LEADING, SIZE, tags
from .groups import gathered
from .places import HEAD, LABEL, PAD, Box, DrawnStep, Places, label, named, place
from .upright import upright

MOST_NODES, MOST_EDGES = 60, 150
"""What can be drawn so that somebody can follow it; more is told in words only."""

FIT, LEAST = 1146, 0.92
"""A drawing that is a little too wide for the page is made smaller, but not so that words shrink below 11 px."""

Href = Callable[[str], str]
"""Takes the handle of a source, returns the address of its page."""

ARROWS = ("plain", "against", "tie")


@attrs.frozen
class Drawing:
    """The chain as SVG, for a wide screen and upright for a narrow one.

    `wide` is whether the former is wider than the page, so that it must be moved to be seen.
    """

    svg: Markup
    upright: Markup
    wide: bool


def drawing(trail: Trail, claim: str, href: Href) -> Drawing | None:
    """Return the chain of a claim, drawn, or None where there is too little or too much to draw."""
    shown = gathered(trail)
    if not shown.edges or len(shown.nodes) > MOST_NODES or len(shown.edges) > MOST_EDGES:
        return None
    wide = place(shown, claim)
    scale = min(1.0, max(LEAST, FIT / wide.width))
    return Drawing(
        _drawn(shown, wide, claim, href, "across", scale),
        _drawn(shown, upright(shown, claim), claim, href, "upright"),
        wide=wide.width * LEAST > FIT,
    )


def _drawn(trail: Trail, found: Places, claim: str, href: Href, name: str, scale: float = 1.0) -> Markup:
    """Return a drawing as an element of this name."""
    nodes = {node.uid: node for node in trail.nodes}
    parts = [
        _open(found, trail, name, scale),
        *(_head(x, text) for x, text in found.heads),
        *(_line(step, name) for step in found.steps),
        *(_box(box, nodes.get(box.name), claim, href) for box in found.boxes),
        *(_label(step) for step in found.steps),
        Markup("</svg>"),
    ]
    return Markup("\n").join(parts)


def _open(found: Places, trail: Trail, name: str, scale: float) -> Markup:
    """Return the element's start, with the whole chain in words and the arrow heads."""
    names = named(trail)
    steps = [f"{names.get(edge.start, '?')} — {label(edge)} — {names.get(edge.end, '?')}." for edge in trail.edges]
    arrows = Markup("").join(
        Markup(
            '<marker id="{name}-{kind}" class="{kind}" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="8" '
            'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            '<path d="M0 0.5L8 4L0 7.5z"/></marker>'
        ).format(kind=kind, name=name)
        for kind in ARROWS
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chain {name}" width="{wide}" height="{high}" '
        'viewBox="0 0 {w} {h}" role="group" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">Where the claim comes from, drawn</title>'
        '<desc id="{name}-desc">{desc}</desc><defs>{arrows}</defs>'
    ).format(
        name=name,
        w=round(found.width),
        h=round(found.height),
        wide=round(found.width * scale),
        high=round(found.height * scale),
        desc=" ".join(steps),
        arrows=arrows,
    )


def _head(x: float, text: str) -> Markup:
    return Markup('<text class="head" x="{}" y="{}" font-size="12">{}</text>').format(f"{x:.1f}", HEAD - 14, text)


def _kind(step: DrawnStep) -> str:
    return "against" if step.edge.against else "tie" if step.edge.tie else "plain"


def _line(step: DrawnStep, name: str) -> Markup:
    kind = _kind(step)
    end = "start" if step.turned else "end"
    return Markup('<path class="way {0}" d="{1}" marker-{2}="url(#{3}-{0})"/>').format(kind, step.path, end, name)


def _label(step: DrawnStep) -> Markup:
    return Markup('<text class="label {}" x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>').format(
        _kind(step), f"{step.x:.1f}", f"{step.y:.1f}", f"{LABEL:g}", step.anchor, step.label
    )


def _box(box: Box, node: Node | None, claim: str, href: Href) -> Markup:
    """Return a box with its text; a source's box is a link to its page."""
    classes = ["box", *_classes(box, node)]
    inside = [_frame(box)]
    if node is not None and node.choke:
        inside.append(_frame(box, inset=4))
    inside.append(_text(box))
    if node is None:
        return Markup('<g class="{}"><title>{}</title>{}</g>').format(
            " ".join(classes), f"The claim: {claim}", Markup("").join(inside)
        )
    told = "; ".join([node.lines, *tags(node)])
    if not node.handle:  # several sources in one box
        return Markup('<g class="{}"><title>{}</title>{}</g>').format(" ".join(classes), told, Markup("").join(inside))
    return Markup('<a href="{}"><g class="{}"><title>{}</title>{}</g></a>').format(
        href(node.handle), " ".join(classes), told, Markup("").join(inside)
    )


def _classes(box: Box, node: Node | None) -> list[str]:
    if node is None:
        return ["claim"] if box.name == CLAIM else []
    origin = node.origin and not node.context
    marks = {"origin": origin, "firsthand": origin and node.first_hand, "withdrawn": node.withdrawn}
    marks |= {"around": node.context}
    return [name for name, holds in marks.items() if holds]


def _frame(box: Box, inset: float = 0) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>').format(
        "inner" if inset else "frame",
        f"{box.x + inset:.1f}",
        f"{box.y + inset:.1f}",
        f"{box.wide - 2 * inset:.1f}",
        f"{box.height - 2 * inset:.1f}",
    )


def _text(box: Box) -> Markup:
    """Return the lines of a box, in its middle if it is higher than they are."""
    y = box.y + (box.height - sum(LEADING[line.style] for line in box.lines)) / 2
    parts = []
    for line in box.lines:
        y += LEADING[line.style]
        parts.append(
            Markup('<tspan class="t-{}" x="{}" y="{}" font-size="{}">{}</tspan>').format(
                line.style, f"{box.x + PAD:.1f}", f"{y - 4.5:.1f}", f"{SIZE[line.style]:g}", escape(line.text)
            )
        )
    return Markup("<text>{}</text>").format(Markup(" ").join(parts))
