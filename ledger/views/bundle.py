"""The readable page of an evidence bundle: one HTML file without scripts that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ..exchange.bundle import Bundle, Copy
from ..model import HIDDEN
from ..text import page_in
from . import words
from .claim import ClaimView, Decision
from .evidence import EvidenceView
from .tree import chain_lines

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 46rem; margin: 2rem auto;
       padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin-top: 2rem; border-top: 1px solid #bbb;
     padding-top: .8rem } h3 { font-size: 1rem; margin-bottom: .2rem }
blockquote { margin: .3rem 0 .6rem 1rem; padding-left: .8rem; border-left: 3px solid #777 }
blockquote span { color: #595959 } mark { background: #ffef9e; color: inherit }
code, pre { font: .9rem/1.45 ui-monospace, monospace }
pre { white-space: pre-wrap; background: #f3f3f3; padding: .8rem }
table { border-collapse: collapse } td code { white-space: nowrap }
td { padding: .15rem 1rem .15rem 0; vertical-align: top } li { margin: .3rem 0 }
.aside { color: #595959 }
"""

SHOWS = (
    "That the bundle is whole: every file in it has the hash that its manifest names.",
    "That the entries of each record stood in the log of the signed checkpoint, and that the words given of them are "
    "those that were recorded.",
    "That each archived copy in it is, to the byte, the one whose hash was recorded.",
)

SHOWS_NOT = (
    "Whether anything that was recorded is true. Checks find, a person decides, and both can be wrong.",
    "That nothing was added after the checkpoint: a later entry may correct or retract what is here.",
    "That everything was recorded. What nobody entered is not here, and other claims of the ledger are not either.",
    "When it was: times are those of the machine that entered them, but nothing is later than a checkpoint that "
    "somebody else has kept since.",
    "That an archived copy is what a publisher or a speaker put out: only that these are the bytes that were archived, "
    "with what was recorded of where they came from.",
    "Who made the entries: an entry names its author by an opaque name, and no author’s signature is checked here.",
    "That others were shown the same log. Compare the checkpoint with one that somebody else keeps.",
)

FILES = (
    ("index.html", "this page"),
    ("claim.json", "every record of the claim as it stands, what was taken back too, with the numbers of its entries"),
    ("chain.txt", "where the claim comes from, as a tree"),
    ("ro-crate-metadata.json", "what each file is, for research archives (RO-Crate 1.2)"),
    ("captures/", "the archived bytes, each file named by its SHA-256; a page in here is as it was, its scripts too"),
    ("texts/", "the visible text of each, by the SHA-256 of that text"),
    ("proofs/", "for each record the proof that its entries stand in the log, and the checkpoint of that log"),
)

BY_HAND = (
    "Of each entry in a proof: the SHA-256 of its <code>salt</code> (sixteen bytes, from hex) followed by its "
    "<code>body</code> (the text in UTF-8) must be what <code>env</code> says under “body”. Where both are null the "
    "words were withheld, and nothing can be shown of them.",
    "The leaf is the SHA-256 of a zero byte, <code>env</code> and a line feed, then, if there is a <code>sig</code>, "
    "another line feed and that.",
    "From the leaf climb along <code>path</code> as in RFC 9162, 2.1.3.2, with “seq” in <code>env</code> as the index "
    "and the second line of the checkpoint as the size. The root must be the third line, which is in base64.",
    "The checkpoint is signed by the log’s Ed25519 key (C2SP tlog-checkpoint and signed-note): of the line that begins "
    "with a dash and the log’s name, base64 gives four bytes of the key’s id, then the signature of all that stands "
    "before the empty line.",
    "In <code>claim.json</code> each record must say what the bodies of its entries say, the later over the earlier. "
    "The “sha256” of each capture there must be the name of its file.",
)


def bundle_page(view: ClaimView, bundle: Bundle) -> str:
    """Return the page of a bundle as HTML: what is in it, what it shows and does not, how to check it, the claim."""
    parts = [
        f"<h1>{_text(view.claim.text)}</h1>",
        f"<p>{_text(_verdict(view))}</p>",
        f'<p class="aside">Evidence bundle of the claim <code>{_text(view.claim.handle)}</code> from the ledger '
        f"<b>{_text(bundle.origin)}</b>, as recorded in the first {bundle.size:,} entries of its log.</p>",
        *_section("What is in here", _table(FILES)),
        *_section("What it shows, once checked", _list(map(_text, SHOWS))),
        *_section("What it does not show", _list(map(_text, SHOWS_NOT))),
        *_section("How to check it", _how(bundle)),
        *_section("Evidence", _evidence(view, bundle)),
        *_section("Where it comes from", [f"<pre>{_text(chr(10).join(chain_lines(view)))}</pre>"]),
        *_section("Asked and searched", _list(_asked(view))),
        *_section("What the checks found", [*_list(_findings(view)), *_limits(view)]),
        *_section("What was decided", _list(map(_decision, view.decisions))),
        *_section("Archived copies", _list(map(_copy, bundle.copies))),
        *_section("Taken back", _list(_taken_back(bundle))),
        *_section("Not shown here", _list(_text(str(one)) for one in view.hidden)),
    ]
    head = f'<meta charset="utf-8"><title>{_text(view.claim.handle)}: evidence bundle</title><style>{STYLE}</style>'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(text)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"<h2>{title}</h2>"
        yield from found


def _list(items: Iterable[str]) -> list[str]:
    found = [f"<li>{item}</li>" for item in items]
    return ["<ul>", *found, "</ul>"] if found else []


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    found = [f"<tr><td><code>{_text(name)}</code></td><td>{_text(what)}</td></tr>" for name, what in rows]
    return ["<table>", *found, "</table>"]


def _how(bundle: Bundle) -> Iterator[str]:
    yield "<p>In the folder that holds <code>bagit.txt</code>; any program for BagIt (RFC 8493) does the same:</p>"
    yield "<pre>sha256sum -c tagmanifest-sha256.txt\nsha256sum -c manifest-sha256.txt</pre>"
    yield "<p>Whoever can change the bundle can change its manifest. So check the proofs too, with the log’s verifier "
    yield "key, got from the ledger’s owner and not from here. Here it says:</p>"
    yield f"<pre>{_text(bundle.key)}</pre><p>With factledger:</p>"
    proof = f"data/proofs/claim.{_text(bundle.claim.handle)}.proof.json"
    yield f"<pre>factledger check-proof {proof} --words --key KEY</pre>"
    yield "<p>Without it, in any language that has SHA-256 and Ed25519:</p><ol>"
    yield from (f"<li>{step}</li>" for step in BY_HAND)
    yield "</ol>"


def _verdict(view: ClaimView) -> str:
    decided = view.decision
    if decided is None:
        return "Nobody has decided this claim."
    return f"Decided: {decided.verdict}{_by(decided)}. {decided.record.reasons}"


def _by(decision: Decision) -> str:
    return f", by {decision.by}, {decision.when}" if decision.by else f", {decision.when}"


def _evidence(view: ClaimView, bundle: Bundle) -> Iterator[str]:
    if not view.evidence:
        yield "<p>No source is on record.</p>"
    for item in view.evidence:
        who = f"{item.voice}: " if item.voice and item.voice != item.source.title else ""
        yield f"<h3>{_text(words.STANCE[item.record.stance].capitalize())}: {_text(who + item.source.title)}</h3>"
        yield from _quotation(item)
        yield from _place(item, bundle)
        yield f"<p>{_text('; '.join(_about(item)))}.</p>"


def _quotation(item: EvidenceView) -> Iterator[str]:
    anchor = item.record.anchor
    if anchor is None or not anchor.exact:
        return
    before, after = (f"<span>{_text(part)}</span>" if part else "" for part in (anchor.prefix, anchor.suffix))
    exact = _text(anchor.exact) if anchor.exact in HIDDEN else f"<mark>{_text(anchor.exact)}</mark>"
    yield f"<blockquote>{before}{exact}{after}</blockquote>"
    if item.record.original:
        yield f"<blockquote>{_text(item.record.original)}</blockquote>"


def _place(item: EvidenceView, bundle: Bundle) -> Iterator[str]:
    """Yield the page or another place, with a link to it in the archived copy that is in here, else on the web."""
    if not item.place:
        return
    alone = "" if item.words else "No words are quoted, only a place: "
    inside = _page_inside(item, bundle)
    where, said = (inside, "in the archived copy") if inside else (item.address, "on the web")
    link = f', <a href="{_text(where)}">{said}</a>' if where else ""
    yield f"<p>{_text(alone + item.place)}{link}</p>"


def _page_inside(item: EvidenceView, bundle: Bundle) -> str:
    """Return the address of a page of a PDF that is in the bundle: of the copy it was taken from, else the newest."""
    anchor, seen = item.record.anchor, (item.seen_in or item.source).uid
    page = page_in(anchor.fragment) if anchor else None
    copies = [copy for copy in bundle.copies if copy.capture.source == seen and (copy.file or "").endswith(".pdf")]
    if anchor is None or page is None or not copies:
        return ""
    own = [copy for copy in copies if anchor.text and copy.capture.text_sha256 == anchor.text]
    return f"{(own or copies)[-1].file}#page={page}"


def _about(item: EvidenceView) -> Iterator[str]:
    yield f"published {words.date(item.source.published)}" if item.source.published else "undated"
    if item.seen_in is not None:
        yield f"seen in {item.seen_in.title}"
    if item.speaker:
        yield f"says {item.speaker}" + (f", in the words of {item.quoting}" if item.quoting else "")
    yield from (item.knows, item.stake, item.naming)
    yield from filter(None, (item.grades, item.record.note))
    yield "archived" if item.archived else "no copy is archived"
    if item.withdrawn is not None:
        yield f"its source was taken back: {item.withdrawn or 'no reason is recorded'}"


def _asked(view: ClaimView) -> Iterator[str]:
    for asked in view.inquiries:
        note = f" {asked.record.note}" if asked.record.note else ""
        yield _text(f"{asked.whom}: {asked.record.question} ({asked.state}; {asked.by}){note}")


def _findings(view: ClaimView) -> Iterator[str]:
    for found in view.findings:
        outcome = words.OUTCOME[found.finding.outcome]
        yield f"<b>{outcome}</b>, {_text(found.checker)}: {_text(found.finding.reason)}"


def _limits(view: ClaimView) -> Iterator[str]:
    if view.stale:
        yield "<p>Something that the claim stands on changed since it was checked.</p>"
    if not view.findings:
        yield "<p>Nothing was checked.</p>"
    if view.limits:
        yield "<p>None of this establishes:</p>"
        yield from _list(_text(f"{limit} ({checker})") for checker, limit in view.limits)


def _decision(decision: Decision) -> str:
    told = f"{decision.verdict}{_by(decision)}: {decision.record.reasons}"
    if not decision.standing.stands:
        told += f" ({words.STANDING[decision.standing]})"
    return _text(told + (" Something changed after it." if decision.before_last_change else ""))


def _copy(copy: Copy) -> str:
    told = f"<code>{_text(copy.capture.handle)}</code>, {_text(copy.capture.media_type)}"
    told += f", taken {_text(words.instant(copy.capture.taken_at))}" if copy.capture.taken_at else ""
    told += f", from {_text(copy.capture.taken_from)}" if copy.capture.taken_from else ""
    held = [f"<code>data/{_text(path)}</code>" for path in (copy.file, copy.text) if path]
    if held:
        told += ": " + ", ".join(held)
    return told + (f". Not in here: {_text(copy.because)}." if copy.because else "")


def _taken_back(bundle: Bundle) -> Iterator[str]:
    for kept in bundle.taken_back:
        record, why = kept.record, kept.reason or "no reason is recorded"
        yield _text(f"{words.KIND[record.KIND]} {record.handle}: {words.STANDING[kept.standing]}; {why}")
