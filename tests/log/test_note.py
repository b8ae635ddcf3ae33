"""Signed notes and cosignatures (c2sp.org/signed-note, c2sp.org/tlog-cosignature), and hostile texts."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from itertools import count

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.log import Algorithm, Malformed, Note, Signature, SignerKey, VerifierKey, sign, verifies

# The example of Go's golang.org/x/mod/sumdb/note, and the second key of its tests.
PETER = VerifierKey.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
PETER_SIGNS = SignerKey.read("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
ENOCH = VerifierKey.read("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
PUBLISHED = f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}"

# The example of the specification.
SPECIFIED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPECIFIED = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

DESK = SignerKey("desk.example", b"\x07" * 32)
WITNESS = SignerKey("witness.example", b"\x09" * 32, Algorithm.COSIGNATURE)
AT = datetime(2031, 5, 4, 12, tzinfo=UTC)
CLOSED = "The bridge was closed in May.\n"


# -- published notes -----------------------------------------------------------


def test_the_published_note() -> None:
    """The example note of Go's package is read, verified by both its keys, and written as it was."""
    note = Note.read(PUBLISHED)
    assert note.text == TEXT
    assert [signature.name for signature in note.signatures] == ["PeterNeumann", "EnochRoot"]
    assert note.signed_by(PETER)
    assert note.signed_by(ENOCH)
    assert str(note) == PUBLISHED


def test_the_published_signature() -> None:
    """Signing the example text with the published key gives the published line."""
    assert f"{sign(TEXT, PETER_SIGNS)}\n" == PETER_LINE


def test_the_note_of_the_specification() -> None:
    """The example in the specification of signed notes verifies."""
    assert Note.read(SPECIFIED).signed_by(VerifierKey.read(SPECIFIED_KEY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer", "Answer"),
        ("is.\n\n", "is. \n\n"),
        ("is.\n\n", "is.\n\n\n"),
        ("If you", "\nIf you"),
        ("x08go/ZJ", "x08go/ZK"),
        ("BwJnAM=", "BwJnAQ="),
        ("PeterNeumann", "PeterNeuman"),
        ("x08go", "x08gp"),
    ],
    ids=["word", "blank", "line at the end", "line at the start", "R", "S", "name", "id"],
)
def test_a_changed_note(old: str, new: str) -> None:
    """A note whose text, signature, name or key id was changed is not signed by the key."""
    assert not Note.read(PUBLISHED.replace(old, new, 1)).signed_by(PETER)


# -- signing and reading -------------------------------------------------------


def test_unknown_keys_mean_nothing() -> None:
    """Lines by other keys, even of the same name or the same id, are passed over."""
    name = Signature(PETER.name, b"\0\0\0\0", bytes(64))
    number = Signature("CarmenSandiego", PETER.id, bytes(64))
    other = Signature("harbour.example", b"\1\2\3\4", b"of some other kind")
    note = Note.read(str(Note(TEXT, (name, number, other, *Note.read(PUBLISHED).signatures))))
    assert note.signed_by(PETER)
    assert not note.signed_by(DESK.verifier)
    assert not Note(TEXT, (name, number, other)).signed_by(PETER)
    assert not verifies(TEXT, attrs.evolve(sign(TEXT, PETER_SIGNS), name="CarmenSandiego"), PETER)


def test_of_two_lines_by_one_key_the_first_counts() -> None:
    """A false line before a true one by the same key spoils the note; after it, it changes nothing."""
    true = sign(CLOSED, DESK)
    false = attrs.evolve(true, data=sign("The bridge was open in May.\n", DESK).data)
    assert Note(CLOSED, (true, false)).signed_by(DESK.verifier)
    assert not Note(CLOSED, (false, true)).signed_by(DESK.verifier)
    seen = sign(CLOSED, WITNESS, now=AT)
    later = attrs.evolve(seen, data=bytes(7) + b"\1" + seen.data[8:])
    assert Note(CLOSED, (seen, later)).cosigned_at(WITNESS.verifier) == AT
    assert Note(CLOSED, (later, seen)).cosigned_at(WITNESS.verifier) is None


def test_further_signatures_come_once() -> None:
    """Signatures are added at the end, and one that is there already is not repeated."""
    own, seen = sign(CLOSED, DESK), sign(CLOSED, WITNESS, now=AT)
    note = Note(CLOSED, (own,)).plus([seen, own]).plus([seen])
    assert note.signatures == (own, seen)


def test_a_hundred_signatures() -> None:
    """A note may carry a hundred signatures, and no more."""
    lines = [f"\u2014 witness.example/{number} {b64encode(bytes(68)).decode()}\n" for number in range(101)]
    assert len(Note.read(f"{CLOSED}\n{''.join(lines[:100])}").signatures) == 100
    with pytest.raises(Malformed, match="more than 100"):
        Note.read(f"{CLOSED}\n{''.join(lines)}")
    signatures = [Signature.read(line.removesuffix("\n")) for line in lines]
    assert Note(CLOSED, tuple(signatures[:1])).plus(signatures).signatures == tuple(signatures[:100])


# -- cosignatures --------------------------------------------------------------


def test_a_cosignature_says_when() -> None:
    """A witness's line holds the second at which it signed, and is checked with the text and that second."""
    line = sign(CLOSED, WITNESS, now=AT)
    assert line.data[:8] == int(AT.timestamp()).to_bytes(8, "big")
    assert len(line.data) == 8 + 64
    note = Note(CLOSED, (line,))
    assert note.signed_by(WITNESS.verifier)
    assert note.cosigned_at(WITNESS.verifier) == AT
    message = f"cosignature/v1\ntime {int(AT.timestamp())}\n{CLOSED}".encode()
    assert WITNESS.verifier.verifies(message, line.data[8:])


def test_a_changed_cosignature() -> None:
    """Another second, another text, or a line cut short or made longer, and the cosignature does not verify."""
    line = sign(CLOSED, WITNESS, now=AT)
    for data in (
        bytes(8) + line.data[8:],
        b"\xff" * 8 + line.data[8:],
        line.data[:-1],
        line.data + b"\0",
        line.data[:5],
    ):
        note = Note(CLOSED, (attrs.evolve(line, data=data),))
        assert not note.signed_by(WITNESS.verifier)
        assert note.cosigned_at(WITNESS.verifier) is None
    assert Note("The ferry sank.\n", (line,)).cosigned_at(WITNESS.verifier) is None


def test_the_two_kinds_of_signature_are_not_exchanged() -> None:
    """A log's signature is no cosignature and the other way round, though the secret be the same."""
    as_log = SignerKey(WITNESS.name, WITNESS.secret)
    own, seen = sign(CLOSED, as_log), sign(CLOSED, WITNESS, now=AT)
    note = Note(CLOSED, (own, seen))
    assert note.signed_by(as_log.verifier)
    assert note.cosigned_at(as_log.verifier) is None
    assert note.cosigned_at(WITNESS.verifier) == AT
    assert not Note(CLOSED, (attrs.evolve(own, key_id=WITNESS.verifier.id),)).signed_by(WITNESS.verifier)
    assert not Note(CLOSED, (attrs.evolve(seen, key_id=as_log.verifier.id),)).signed_by(as_log.verifier)
    under_a_time = f"cosignature/v1\ntime {int(AT.timestamp())}\n{CLOSED}"
    assert not Note(CLOSED, (sign(under_a_time, as_log),)).signed_by(WITNESS.verifier)


# -- what is no note -----------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}{PETER_LINE}",
        f"\n\n{PETER_LINE}",
        PUBLISHED.removesuffix("\n"),
        PUBLISHED + "\n",
        PUBLISHED + "Signed by Peter.\n",
        PUBLISHED.replace("\n", "\r\n"),
        *(PUBLISHED.replace("If", f"If{chr(code)}") for code in range(0x20) if chr(code) != "\n"),
        PUBLISHED.replace("If", "\ud800If"),
        PUBLISHED.replace("\u2014 ", "- "),
        PUBLISHED.replace("\u2014 ", "-- "),
        PUBLISHED.replace("\u2014 ", "\u2013 "),
        PUBLISHED.replace("\u2014 ", "\u2015 "),
        PUBLISHED.replace("\u2014 ", "\u2212 "),
        PUBLISHED.replace("\u2014 ", "\u2014\u2014 "),
        PUBLISHED.replace("\u2014 ", "\u2014\u00a0"),
        PUBLISHED.replace("\u2014 ", "\u2014"),
        PUBLISHED.replace("\u2014 ", " \u2014 "),
        PUBLISHED.replace("PeterNeumann ", "PeterNeumann  "),
        PUBLISHED.replace("PeterNeumann ", ""),
        PUBLISHED.replace("PeterNeumann", ""),
        PUBLISHED.replace("PeterNeumann", "Peter Neumann"),
        PUBLISHED.replace("BwJnAM=", "BwJnAM"),
        PUBLISHED.replace("BwJnAM=", "BwJnAM=="),
        PUBLISHED.replace("BwJnAM=", "BwJnAN="),
        PUBLISHED.replace("BwJnAM=", "BwJn-_A="),
        PUBLISHED.replace("BwJnAM=", "BwJnAM= "),
        PUBLISHED.replace("BwJnAM=", "BwJ\u00e9AM="),
        f"{TEXT}\n\u2014 PeterNeumann x08gow==\n",
        f"{TEXT}\n\u2014 PeterNeumann \n",
    ],
    ids=count(),
)
def test_what_is_no_note(said: str) -> None:
    """A text that is not a note to the letter is refused: its ends, its dashes, its base64, its characters."""
    with pytest.raises(Malformed):
        Note.read(said)


# -- any note, any text --------------------------------------------------------

named = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="+"), min_size=1, max_size=40)
signers = st.builds(
    SignerKey, named, st.binary(min_size=32, max_size=32), st.sampled_from((Algorithm.ED25519, Algorithm.COSIGNATURE))
)
texts = (
    st.lists(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=6)
    .map(lambda lines: "\n".join(lines) + "\n")
    .filter(lambda text: text != "\n")  # a note says something
)
moments = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


@settings(derandomize=True)
@given(text=texts, keys=st.lists(signers, min_size=1, max_size=4), now=moments)
def test_any_note_reads_back(text: str, keys: list[SignerKey], now: datetime) -> None:
    """Whatever the text and the keys, a signed note is read as it was written, and by the keys that signed it."""
    note = Note(text, tuple(sign(text, key, now=now) for key in keys))
    assert Note.read(str(note)) == note
    for key in keys:
        assert VerifierKey.read(str(key.verifier)) == key.verifier
        assert SignerKey.read(key.text) == key
        assert note.signed_by(key.verifier)
        stamped = now.replace(microsecond=0) if key.algorithm is Algorithm.COSIGNATURE else None
        assert note.cosigned_at(key.verifier) == stamped
        assert not Note("x" + text, note.signatures).signed_by(key.verifier)


pieces = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", " ", "+", "=", "\u2014 ", "\u2013 ", "\u2014", "\x00", "\x7f", "\u0085", "\u2028"),
        *("\ud800", "\udfff", "\ufeff", "desk.example", "PRIVATE+KEY+", "c74f20a3", "PeterNeumann ", "PeterNeumann+"),
        *(TEXT, PETER_LINE, PETER_LINE[15:], ENOCH_LINE[12:-1], "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"),
        *("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "Zm9v", "9" * 5000, str(PETER), PETER_SIGNS.text),
    ]
)
anything = st.characters(codec=None)  # lone surrogates too
hostile = st.lists(pieces | st.text(anything, max_size=8), max_size=10).map("".join)


@st.composite
def mangled(draw: st.DrawFn, text: str) -> str:
    """A true text with a few of its characters exchanged, dropped or doubled."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(pieces | st.text(anything, max_size=2)) + text[place + draw(st.integers(0, 2)) :]
    return text


@settings(derandomize=True)
@given(said=hostile | mangled(PUBLISHED))
@example(said="a\n\n\n" + PETER_LINE)
def test_hostile_notes(said: str) -> None:
    """A text either is refused as no note, or is exactly how the note that was read is written."""
    try:
        note = Note.read(said)
    except Malformed:
        return
    assert str(note) == said
    if note.signed_by(PETER):
        assert note.text == TEXT


@settings(derandomize=True)
@given(said=hostile | mangled(str(PETER)))
def test_hostile_verifier_keys(said: str) -> None:
    """A text either is refused as no verifier key, or is exactly how the key that was read is written."""
    try:
        key = VerifierKey.read(said)
    except Malformed:
        return
    assert str(key) == said


@settings(derandomize=True)
@given(said=hostile | mangled(PETER_SIGNS.text))
def test_hostile_signer_keys(said: str) -> None:
    """A text either is refused as no signer key, or is exactly how the key that was read is written."""
    try:
        key = SignerKey.read(said)
    except Malformed:
        return
    assert key.text == said.strip()
