"""What a site's robots.txt says to a visitor: the Robots Exclusion Protocol (RFC 9309), and Crawl-delay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

import attrs

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; what follows is ignored (RFC 9309, section 2.5)."""

REDIRECTS = 5
"""Redirects that are followed to a robots.txt (section 2.3.1.2)."""

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]+")


class Robots(Enum):
    """What robots.txt said of a page, as it is recorded with the capture."""

    ALLOWED = "allowed"
    """It is there and does not forbid this page."""
    FORBIDDEN = "forbidden"
    NONE = "none"
    """The site has none that can be read, so nothing is forbidden."""
    UNREACHABLE = "unreachable"
    """The site could not say, which counts as a no (section 2.3.1.4)."""
    NOT_ASKED = "not asked"
    """Somebody said to fetch all the same."""


@attrs.frozen
class PathRule:
    """One line of a group: a pattern of paths, allowed or not."""

    allow: bool
    pattern: str


@attrs.frozen
class RuleGroup:
    """The rules for visitors of these names, in small letters; `*` is everybody else."""

    agents: tuple[str, ...]
    rules: tuple[PathRule, ...]
    delay: float | None = None


@attrs.frozen
class Ruling:
    """Whether a path may be fetched, by which rule (None: by none), and the pause that is asked for in seconds."""

    allowed: bool
    rule: PathRule | None = None
    delay: float | None = None


def parse_robots(data: bytes) -> tuple[RuleGroup, ...]:
    """Return the groups of a robots.txt; what is no rule in it is skipped."""
    groups: list[RuleGroup] = []
    agents: list[str] = []
    rules: list[PathRule] = []
    delay: float | None = None
    begun = False
    for key, value in _records(data[:LARGEST].decode("utf-8-sig", "replace")):
        if key == "user-agent":
            if begun:
                groups.append(RuleGroup(tuple(agents), tuple(rules), delay))
                agents, rules, delay, begun = [], [], None, False
            token = _TOKEN.match(value)
            agents.append("*" if value.startswith("*") else token[0].lower() if token else "")
        elif agents and key in ("allow", "disallow"):
            begun = True
            if value:
                rules.append(PathRule(key == "allow", normal_path(value)))
        elif agents and key == "crawl-delay":
            begun, delay = True, _seconds(value)
    if agents:
        groups.append(RuleGroup(tuple(agents), tuple(rules), delay))
    return tuple(groups)


def _records(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINE_END.split(text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value, re.ASCII) else None


def ruling(groups: tuple[RuleGroup, ...], agent: str, path: str) -> Ruling:
    """Return what holds for a visitor's product token and a path with its query.

    All groups that name the visitor count as one; only if none does, those for everybody. The longest pattern
    decides, and of two equally long ones the one that allows. robots.txt itself is always allowed.
    """
    name = agent.lower()
    mine = [group for group in groups if name in group.agents] or [group for group in groups if "*" in group.agents]
    delay = max((group.delay for group in mine if group.delay is not None), default=None)
    asked = normal_path(path)
    if asked == "/robots.txt":
        return Ruling(True, None, delay)
    best: PathRule | None = None
    for group in mine:
        for rule in group.rules:
            longer = best is None or (len(rule.pattern), rule.allow) > (len(best.pattern), best.allow)
            if longer and matches(rule.pattern, asked):
                best = rule
    return Ruling(best is None or best.allow, best, delay)


def matches(pattern: str, path: str) -> bool:
    """Return whether a pattern fits a path from its beginning: `*` is any text, a closing `$` the end."""
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in pieces:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if not ends:
        return True
    return place == len(path) if last is None else len(path) - len(last) >= place and path.endswith(last)


def normal_path(path: str) -> str:
    """Return a path or pattern in one spelling: what needs no escape without one, all else as %XX (section 2.2.2)."""

    def spelled(match: re.Match[str]) -> str:
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"

    escaped = "".join(
        c if " " < c < "\x7f" else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in path
    )
    return _ESCAPE.sub(spelled, escaped)
