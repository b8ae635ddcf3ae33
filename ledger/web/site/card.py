"""The picture of a claim for sites on which its page is shared: the verdict, the claim, who decided."""

from __future__ import annotations

from unicodedata import bidirectional

from markupsafe import Markup

from ..boxes import LEADING, wrapped
from ..marks import VERDICT
from .facts import ClaimFacts

WIDE, HIGH = 1200, 630
"""What sites ask for, in px."""

MARGIN = 80

SCALE, ROOM, MOST = 3.0, 350, 6
"""The claim is set at three times the size that it has in a drawing, in lines that fit."""

INK, PAPER, FAINT = "#1b1f24", "#fdfcf9", "#5a626c"
COLOUR = {"good": "#1e6b41", "bad": "#a3262a", "look": "#8a5a00", "open": "#4a5563", "plain": INK}


def card(facts: ClaimFacts, publisher: str) -> bytes:
    """Return the picture as SVG."""
    kind, sign = VERDICT[facts.verdict] if facts.stands else ("look", "→")
    lines = wrapped(facts.text, "claim", ROOM, MOST)
    way, start = ("rtl", (WIDE - 2 * MARGIN) / SCALE) if _from_the_right(facts.text) else ("ltr", 0)
    told = [
        Markup('<text x="{:g}" y="{:.1f}">{}</text>').format(start, (number + 1) * LEADING["claim"] - 4.5, line.text)
        for number, line in enumerate(lines)
    ]
    return (
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
            'font-family="Arial, Helvetica, sans-serif" role="img"><title>{label}: {text}</title>'
            '<rect width="{wide}" height="{high}" fill="{paper}"/><rect width="24" height="{high}" fill="{colour}"/>'
            '<text x="{margin}" y="112" font-size="52" font-weight="bold" fill="{colour}">{sign} {label}</text>'
            '<g transform="translate({margin} 150) scale({scale:g})" font-size="15.5" fill="{ink}" direction="{way}">'
            "{lines}</g>"
            '<text x="{margin}" y="548" font-size="30" fill="{ink}">{decided}</text>'
            '<text x="{margin}" y="592" font-size="26" fill="{faint}">{publisher}</text></svg>\n'
        )
        .format(
            wide=WIDE,
            high=HIGH,
            paper=PAPER,
            ink=INK,
            faint=FAINT,
            colour=COLOUR[kind],
            sign=sign,
            label=facts.label,
            text=facts.text,
            margin=MARGIN,
            scale=SCALE,
            way=way,
            lines=Markup("").join(told),
            decided=facts.decided,
            publisher=publisher,
        )
        .encode()
    )


def _from_the_right(text: str) -> bool:
    """Return whether a text is of a script that runs from right to left: its first letter tells."""
    return next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L") != "L"
