"""Pages that stand where another was asked for: "enable cookies", "log in", "not found".

Only a short page is taken for one of these, since an article may speak of cookies, passwords and lost pages too.
"""

from __future__ import annotations

import html
import re

SHORT = 1_500
"""Characters of words; a page with more says something of its own."""
_READ = 200_000
"""Bytes of a page that are looked at."""

_UNSEEN = re.compile(
    r"<(script|style|noscript|template)\b[^<>]*>|</(script|style|noscript|template)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_COOKIES = re.compile(
    r"(?:enable|allow|accept|turn on|activate|requires?|need)\s(?:\w+\s){0,3}cookies"
    r"|cookies\s(?:\w+\s){0,3}(?:disabled|required|enabled|blocked|turned off)"
    r"|cookies\s(?:\w+\s){0,3}(?:aktivieren|zulassen|akzeptieren|deaktiviert)"
    r"|(?:activer|autoriser|accepter)\s(?:\w+\s){0,3}cookies"
    r"|(?:habilite|habilitar|activar|aceptar)\s(?:\w+\s){0,3}cookies"
)
_LOST = re.compile(
    r"\b(?:error\s)?404\b|\b(?:page|article|document|file|content)\s(?:\w+\s){0,5}not\s(?:be\s)?found\b"
    r"|\b(?:not|cannot)\s(?:be\s)?found\b|\bno\slonger\s(?:available|exists?)\b|\b(?:does\snot|doesn.t)\sexist\b"
    r"|\bnicht\sgefunden\b|\bexistiert\snicht\b|\bpage\s(?:introuvable|non\strouvée)\b|\bno\s(?:encontrada|existe)\b"
)
_HUGE = re.compile(r"&#[0-9]{9,}")
"""Character references that stand for none; Python refuses to read very long numbers."""
_FORWARDS = re.compile(r"<meta\b[^<>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^<>]*\burl\s*=", re.IGNORECASE)
_HEADINGS = re.compile(r"<(?:title|h1)\b[^<>]*>([^<>]{0,300})", re.IGNORECASE)


def wall(body: bytes, media_type: str) -> str | None:
    """Return "cookies" or "login" if a page only asks for that; None if it may be what was asked for."""
    if "html" not in media_type:
        return None
    source = _source(body)
    words = seen_words(source)
    if len(words) > SHORT or len(body) > _READ:
        return None
    if _PASSWORD.search(source):
        return "login"
    hidden = re.sub(r"\s+", " ", _TAG.sub(" ", source)).lower()
    return "cookies" if _COOKIES.search(words) or (not words and _COOKIES.search(hidden)) else None


def says_not_found(body: bytes, media_type: str) -> bool:
    """Return whether a short page's title, heading or first words say that there is no such page."""
    if "html" not in media_type and not media_type.startswith("text/plain"):
        return False
    source = _source(body)
    words = seen_words(source)
    if len(words) > SHORT or len(body) > _READ:
        return False
    headings = " ".join(html.unescape(match[1]) for match in _HEADINGS.finditer(source))
    return bool(_LOST.search(" ".join(headings.lower().split())) or _LOST.search(words[:120]))


def stands_for_another(body: bytes) -> str | None:
    """Return what a short web page does instead of saying something of its own; None if it may be what was meant."""
    asked = wall(body, "text/html")
    if asked is not None:
        return "asks for a password" if asked == "login" else "asks for cookies"
    if says_not_found(body, "text/html"):
        return "says that there is no such page"
    source = _source(body)
    return "forwards to another" if _FORWARDS.search(source) and len(seen_words(source)) <= SHORT else None


def _source(body: bytes) -> str:
    return _HUGE.sub(" ", body[:_READ].decode("utf-8", "replace"))


def seen_words(source: str) -> str:
    """Return the words of an html text that are seen, in small letters, without scripts and styles."""
    kept: list[str] = []
    place, inside = 0, ""
    for match in _UNSEEN.finditer(source):
        opened, closed = (match[1] or "").lower(), (match[2] or "").lower()
        if not inside and opened:
            kept.append(source[place : match.start()])
            inside = opened
        elif inside and closed == inside:
            place, inside = match.end(), ""
    if not inside:
        kept.append(source[place:])
    return " ".join(html.unescape(_TAG.sub(" ", " ".join(kept))).split()).lower()
