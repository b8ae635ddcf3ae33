"""Proof sheets: what they show, what they do not, and what hostile ones come to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import log, wire
from ledger.log import Checkpoint, Entry, Malformed, Note, SignerKey, proof, sign
from ledger.log.sheet import ConsistencySheet, InclusionSheet, Opening, ProvenEntry, read_sheet
from tests.json_values import exchange, places

DESK = SignerKey("desk.example", b"\x07" * 32)
WITNESS = SignerKey("witness.example", b"\x09" * 32, log.Algorithm.COSIGNATURE)
AT = datetime(2031, 5, 5, tzinfo=UTC)
SIZE = 11
OLD = 6
SEALED = 8
OPENING = Opening("name", "Marta Quell", b"\x05" * 16)


def entry(seq: int) -> Entry:
    """One of the log's entries; those with an odd number are signed, in one a name is sealed."""
    body: dict[str, Any] = {"handle": f"bridge-{seq}", "text": f"El puente se cerró el {seq} de mayo."}
    if seq == SEALED:
        commitment = log.commit(OPENING.salt, OPENING.words)
        body["seals"] = [{"field": "name", "commitment": commitment, "because": "She fears for her post."}]
    made = log.seal(
        seq=seq,
        at=f"2031-05-04T12:00:{seq:02}.000000Z",
        actor="a" * 32,
        kind="claim.add",
        subject=f"{seq:032x}",
        rid=f"{seq + 100:032x}",
        salt=bytes([seq]) * 16,
        body=wire.dumps(body),
    )
    return attrs.evolve(made, signature=f"\u2014 ana.example signed {seq}" if seq % 2 else None)


ENTRIES = tuple(map(entry, range(SIZE)))
LEAVES = [one.leaf for one in ENTRIES]


def subtree(level: int, index: int) -> bytes:
    frontier: list[bytes] = []
    for number, leaf in enumerate(LEAVES[index << level : (index + 1) << level]):
        log.push(frontier, number, leaf)
    return log.root(frontier)


def checkpoint(size: int = SIZE, *, origin: str = "desk.example", by: SignerKey = DESK) -> Note:
    """A checkpoint of the log's first entries, signed by the log key and a witness."""
    text = Checkpoint(origin, size, proof.root_of(size, subtree)).text
    return Note(text, (sign(text, by), sign(text, WITNESS, now=AT)))


def proven(seq: int, size: int = SIZE) -> ProvenEntry:
    return ProvenEntry(ENTRIES[seq], proof.inclusion(seq, size, subtree))


def inclusion(*seqs: int, note: Note | None = None) -> InclusionSheet:
    """A sheet that shows these entries in the log."""
    signed = note or checkpoint()
    return InclusionSheet(signed, Checkpoint.read(signed.text), tuple(map(proven, seqs)))


def opened(*openings: Opening) -> InclusionSheet:
    """A sheet with the entry in which a name was sealed, and words for it."""
    return attrs.evolve(inclusion(SEALED), openings=openings)


def consistency(old: int = OLD, *, note: Note | None = None) -> ConsistencySheet:
    """A sheet that shows that the log begins with its first entries."""
    signed = note or checkpoint()
    return ConsistencySheet(
        old, proof.root_of(old, subtree), signed, Checkpoint.read(signed.text), proof.consistency(old, SIZE, subtree)
    )


def faults(sheet: InclusionSheet | ConsistencySheet) -> list[str]:
    return list(sheet.faults(DESK.verifier))


# -- what they show ------------------------------------------------------------


@pytest.mark.parametrize(
    "sheet",
    [inclusion(4), inclusion(3, 10, 0), inclusion(*range(SIZE)), opened(OPENING)],
    ids=["one", "three", "all", "opened"],
)
def test_entries_in_the_log(sheet: InclusionSheet) -> None:
    """A sheet with true entries holds, before and after it was written and read."""
    assert faults(sheet) == []
    assert read_sheet(sheet.text) == sheet


@pytest.mark.parametrize("old", range(1, SIZE + 1))
def test_a_log_that_grew(old: int) -> None:
    """A sheet from any earlier size holds, before and after it was written and read."""
    sheet = consistency(old)
    assert faults(sheet) == []
    assert read_sheet(sheet.text) == sheet


def test_a_withheld_body() -> None:
    """An entry whose body and salt are withheld is still shown to be in the log."""
    bare = attrs.evolve(ENTRIES[4], body=None, salt=None)
    sheet = attrs.evolve(inclusion(4), entries=(ProvenEntry(bare, proven(4).path),))
    assert faults(sheet) == []
    assert read_sheet(sheet.text) == sheet
    assert '"body": null' in sheet.text


def test_a_sheet_is_readable() -> None:
    """The words stand in a sheet as they were written, not as escapes."""
    assert "El puente se cerró el 4 de mayo." in inclusion(4).text


# -- what does not hold --------------------------------------------------------


def of(seq: int, /, **changes: Any) -> Callable[[], InclusionSheet]:
    """A sheet with one entry, in which something of the entry was changed."""
    return lambda: attrs.evolve(
        inclusion(seq), entries=(ProvenEntry(attrs.evolve(ENTRIES[seq], **changes), proven(seq).path),)
    )


def replaced(sheet: InclusionSheet | ConsistencySheet, **changes: Any) -> Callable[[], Any]:
    return lambda: attrs.evolve(sheet, **changes)


NOT_IN_THE_LOG = "Entry 4 is not in the log of this checkpoint."
OTHER_WORDS = "The words of entry 4 are not those that were recorded."
NOT_SIGNED = "The checkpoint is not signed by this key."
OTHER_NAME = "The words given for the name are not those that were sealed."
DID_NOT_GROW = f"The log of {SIZE} entries does not begin with those {OLD}."


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (of(4, body='{"text":"El puente se abrió."}'), OTHER_WORDS),
        (of(4, salt=bytes(16)), OTHER_WORDS),
        (of(4, salt=None), OTHER_WORDS),
        (of(4, body=""), OTHER_WORDS),
        (of(4, envelope=ENTRIES[4].envelope.replace("claim.add", "claim.retract")), NOT_IN_THE_LOG),
        (of(4, signature=""), NOT_IN_THE_LOG),
        (of(4, signature=ENTRIES[5].signature), NOT_IN_THE_LOG),
        (of(4, seq=5), "Entry 5 is not in the log of this checkpoint."),
        (replaced(inclusion(), entries=(ProvenEntry(ENTRIES[4], proven(5).path),)), NOT_IN_THE_LOG),
        (replaced(inclusion(), entries=(ProvenEntry(ENTRIES[4], ()),)), NOT_IN_THE_LOG),
        (replaced(inclusion(), entries=(proven(3), ProvenEntry(ENTRIES[4], proven(4).path[:-1]))), NOT_IN_THE_LOG),
        (lambda: inclusion(4, note=checkpoint(10)), NOT_IN_THE_LOG),
        (lambda: inclusion(), "The sheet holds no entry."),
        (lambda: inclusion(4, note=checkpoint(by=SignerKey("desk.example", bytes(32)))), NOT_SIGNED),
        (lambda: inclusion(4, note=attrs.evolve(checkpoint(), signatures=checkpoint().signatures[1:])), NOT_SIGNED),
        (lambda: inclusion(4, note=checkpoint(origin="ferry.example")), "is of ferry.example, the key of desk.example"),
        (lambda: opened(attrs.evolve(OPENING, words="Marta Quill")), OTHER_NAME),
        (lambda: opened(attrs.evolve(OPENING, salt=bytes(16))), OTHER_NAME),
        (lambda: opened(OPENING, attrs.evolve(OPENING, field="note")), "The words given for the note are not those"),
        (replaced(inclusion(4), openings=(OPENING,)), OTHER_NAME),
        (replaced(consistency(), size=5), "does not begin with those 5."),
        (replaced(consistency(), size=0), "does not begin with those 0."),
        (replaced(consistency(), size=SIZE + 1), "does not begin with those 12."),
        (replaced(consistency(), root=bytes(32)), DID_NOT_GROW),
        (replaced(consistency(), path=consistency().path[1:]), DID_NOT_GROW),
        (replaced(consistency(), path=(*consistency().path, bytes(32))), DID_NOT_GROW),
        (lambda: consistency(note=checkpoint(10)), "The log of 10 entries does not begin with those 6."),
        (lambda: consistency(note=checkpoint(by=SignerKey("desk.example", bytes(32)))), NOT_SIGNED),
        (lambda: consistency(note=checkpoint(origin="ferry.example")), "is of ferry.example, the key of desk.example"),
    ],
)
def test_what_does_not_hold(make: Callable[[], InclusionSheet | ConsistencySheet], said: str) -> None:
    """Another entry, other words, another path, size, root, origin or key: the sheet says what does not hold."""
    (fault,) = faults(make())
    assert said in fault


# -- what is no sheet ----------------------------------------------------------


def changed(sheet: InclusionSheet | ConsistencySheet, **values: Any) -> str:
    """The sheet's JSON with other values at the top."""
    return json.dumps(json.loads(sheet.text) | values)


def first(**values: Any) -> str:
    """A sheet's JSON with other values in its first entry."""
    said = json.loads(inclusion(4).text)
    said["entries"][0] |= values
    return json.dumps(said)


def envelope(**values: Any) -> str:
    """A sheet's JSON with other values in the envelope of its first entry."""
    return first(env=json.dumps(json.loads(ENTRIES[4].envelope) | values))


def opening(**values: Any) -> str:
    """A sheet's JSON with other values in its opening."""
    said = json.loads(opened(OPENING).text)
    said["openings"][0] |= values
    return json.dumps(said)


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "proof",
        "null",
        "[]",
        "{}",
        DEEP,
        "9" * 5000,
        '{"factledger": "proof/2"}',
        '{"factledger": ["proof/1"]}',
        '{"factledger": "proof/1"}',
        '{"factledger": "consistency/1"}',
        inclusion(4).text[:-3],
        inclusion(4).text + "x",
        *(changed(inclusion(4), checkpoint=value) for value in (None, 7, "", "desk.example\n11\n", {"note": ""})),
        *(changed(inclusion(4), entries=value) for value in (None, {}, "entries", [None], [[]], [{}])),
        *(first(env=value) for value in (None, 7, "", "7", "[]", "{}", "{", "\ud800", DEEP, "9" * 5000)),
        *(first(sig=value) for value in (7, [], {}, "\ud800")),
        *(first(body=value) for value in (7, [], {}, "\udfff")),
        *(first(salt=value) for value in (7, "", "00", "zz" * 16, "0" * 31, "0" * 33, "AB" * 16, "\u0660" * 32, [])),
        *(
            first(path=value)
            for value in (None, {}, "00", [None], [7], ["00"], ["AB" * 32], ["0" * 63], ["00" * 32] * 65)
        ),
        *(changed(inclusion(SEALED), openings=value) for value in (None, {}, [None], [7], [{}], [[]])),
        *(opening(**{name: value}) for name in ("field", "words", "salt") for value in (None, 7, [])),
        *(opening(salt=value) for value in ("", "00", "AB" * 16)),
        opening(words="\ud800"),
        *(envelope(seq=value) for value in (None, "4", 4.0, True, [], 1e400)),
        *(envelope(**{name: 7}) for name in ("kind", "subject", "actor", "at", "rid", "body")),
        *(changed(consistency(), size=value) for value in (None, "6", 6.0, True, -1, 2**63, 1e400, 10**100)),
        *(changed(consistency(), root=value) for value in (None, 7, "", "00" * 31, "AB" * 32, "0" * 63 + "\n")),
        *(changed(consistency(), path=value) for value in (None, "", ["00" * 33], [[]], ["00" * 32] * 65)),
    ],
    ids=count(),
)
def test_what_is_no_sheet(text: str) -> None:
    """A text of another form, of other types, of impossible depth or size: refused, with words."""
    with pytest.raises(Malformed):
        read_sheet(text)


# -- hostile sheets ------------------------------------------------------------


def says_nothing_new(sheet: InclusionSheet | ConsistencySheet) -> bool:
    """Whether all that a sheet shows is what the log's own entries, sizes and roots are.

    A sheet may tell less than the true one did: fewer entries, or no words of one.
    """
    if sheet.note.text != checkpoint().text:
        return False
    if isinstance(sheet, ConsistencySheet):
        return sheet.root == proof.root_of(sheet.size, subtree)
    own = {(one.seq, one.envelope, one.signature): one for one in ENTRIES}
    shown = [one.entry for one in sheet.entries]
    return (
        bool(shown)
        and set(sheet.openings) <= {OPENING}
        and all(
            (one.seq, one.envelope, one.signature) in own
            and one.commitment == own[one.seq, one.envelope, one.signature].commitment
            and one.body in (None, own[one.seq, one.envelope, one.signature].body)
            for one in shown
        )
    )


def check(text: str) -> None:
    """A text is refused, or is a sheet that does not hold, or says nothing but the truth."""
    try:
        sheet = read_sheet(text)
    except Malformed:
        return
    assert faults(sheet) or says_nothing_new(sheet)


SHEETS = [inclusion(4), inclusion(3, 10), opened(OPENING), consistency(), consistency(8), consistency(SIZE)]
TRUE = [sheet.text for sheet in SHEETS]

anything = st.characters(codec=None)  # lone surrogates too
pieces = st.sampled_from(
    [
        *(
            '"',
            "\\",
            "\\u0041",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "0",
            "1",
            "a",
            "f",
            "null",
            "true",
            "NaN",
            "1e400",
        ),
        *("\\n", "\\n\\n", "\u2014 ", "=", '"salt": null,', '"body": null,', '"sig": "",', '"size": 7,', '"path": [],'),
        *("9" * 5000, "[" * 100_000, DEEP, "\x00", "\ufeff"),
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A true sheet with a few of its characters exchanged, dropped, doubled or moved."""
    text = draw(st.sampled_from(TRUE))
    for _ in range(draw(st.integers(1, 3))):
        place, width = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        start = draw(st.integers(0, len(text)))
        piece = draw(pieces | st.text(anything, max_size=2) | st.just(text[start : start + width]))
        text = text[:place] + piece + text[place + width :]
    return text


RAW = ("NaN", "-Infinity", "1e400", "9" * 5000, "-0", "0.5", DEEP, '"\\ud800"', '"\\udfff\\ud800"', '{"a": 1, "a": 2}')
"""JSON that cannot be written from Python values, put in the place of a mark."""

own_values = st.sampled_from(
    [ENTRIES[7].envelope, ENTRIES[7].body, ENTRIES[7].signature, "00" * 16, "ab" * 32, [], ["ab" * 32]]
    + [
        str(checkpoint(10)),
        str(checkpoint(by=WITNESS)),
        *(list(map(bytes.hex, one.path)) for one in map(proven, (3, 5))),
    ]
    + [json.loads(text)["entries"][0] for text in TRUE[:2]]
)
values = own_values | st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.integers() | st.floats() | st.text(anything, max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def exchanged(draw: st.DrawFn) -> str:
    """A true sheet in which values, in the sheet or in an envelope, were put in the place of others."""
    said = json.loads(draw(st.sampled_from(TRUE)))
    raw = draw(st.sampled_from(RAW))
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(places(said)))
        value = draw(values | st.just("MARK"))
        if way[-1:] == ("env",) and draw(st.booleans()):
            inner = json.loads(ENTRIES[4].envelope)
            value = json.dumps(exchange(inner, draw(st.sampled_from(places(inner))), value)).replace('"MARK"', raw)
        said = exchange(said, way, value)
    return json.dumps(said).replace('"MARK"', raw)


@settings(derandomize=True)
@given(text=mangled() | st.text(anything) | st.lists(pieces, max_size=8).map("".join))
def test_mangled_sheets(text: str) -> None:
    """Characters changed anywhere in a sheet: it is refused, does not hold, or says nothing that is not so."""
    check(text)


@settings(derandomize=True)
@given(text=exchanged())
def test_sheets_with_other_values(text: str) -> None:
    """Any JSON in the place of any value of a sheet: it is refused, does not hold, or says nothing that is not so."""
    check(text)


@pytest.mark.parametrize("sheet", SHEETS, ids=["one", "two", "opened", "grown", "power", "same"])
def test_every_letter_of_a_sheet(sheet: InclusionSheet | ConsistencySheet) -> None:
    """Each letter in turn is exchanged: only the witness's line and the names of parts that may lack bear it."""
    text = sheet.text
    borne = set()
    for found in re.finditer(r"[0-9A-Za-z]", text):
        forged = text[: found.start()] + ("1" if found[0] == "0" else "0") + text[found.end() :]
        check(forged)
        try:
            spoilt = bool(faults(read_sheet(forged)))
        except Malformed:
            spoilt = True
        if not spoilt:
            borne.add(found.start())
    free = re.finditer(r'\u2014 witness.*?\\n|"(sig|body|openings)":', text)
    assert borne <= {place for found in free for place in range(*found.span())}
