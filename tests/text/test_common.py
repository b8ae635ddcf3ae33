"""What two texts have in common, and whether they can be compared: each text with its reason."""

from __future__ import annotations

import pytest

from ledger.text import Incomparable, ReuseKind, in_common, incomparable, language, wording

QUAY = (
    "The harbour at Kestrel Bay was closed on Monday after a crane fell onto the quay, hurting four dock workers. "
    "The engineer of the port said that it had passed its inspection only three weeks earlier, and that divers had "
    "begun to search the basin for a missing cable."
)
MARKET = (
    "I sell herring a street away and heard the noise before I saw dust over the roofs. When I came to the corner the "
    "gate was shut and two men sat on the kerb, holding their arms, while somebody shouted for blankets and a foreman "
    "sent the crews of the morning shift home."
)
SPEECH = (
    "We owe those four families an answer, and they will have it before anyone in this town speaks of money, of "
    "schedules or of the name of the harbour, which I am told is what some of you came here to discuss with me "
    "this evening"
)
KRAN = (
    "Der Hafen von Kestrel Bay wurde am Montag geschlossen, nachdem ein Kran auf den Kai gefallen war und vier "
    "Arbeiter verletzt hatte. Der Ingenieur des Hafens sagte, dass er erst vor drei Wochen geprüft worden sei, und "
    "Taucher suchten in dem Becken nach einem Kabel, das seit dem Unglück nicht gefunden ist."
)
DARUN = (
    "Lorem kestrel quay dolor basin inspectio navis portus gruem cecidit operarii quattuor vulnerati sunt heri mane "
    "fabri dixerunt tribus hebdomadis ante machinam probatam esse urinatores funem quaerebant naves alio missae sunt "
    "mercedem promiserunt societas portus donec iterum aperiatur omnibus qui laborem perdiderunt"
)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (MARKET, None),
        ("Seen.", Incomparable.TOO_SHORT),
        ("", Incomparable.TOO_SHORT),
        (f"She said: “{SPEECH}.”", Incomparable.NOTHING_OWN),
        (KRAN, Incomparable.OTHER_LANGUAGE),
        (DARUN, Incomparable.LANGUAGE_UNKNOWN),
    ],
)
def test_why_two_texts_cannot_be_compared(other: str, reason: Incomparable | None) -> None:
    """Where they cannot, that they share nothing shows nothing; from either side."""
    assert incomparable(wording(QUAY), wording(other)) is reason
    assert incomparable(wording(other), wording(QUAY)) is reason
    assert in_common(QUAY, other).apart == (reason is None)


def test_a_language_on_record_goes_before_a_guess() -> None:
    """And its region does not matter."""
    one, other = wording(QUAY), wording(DARUN)
    assert incomparable(one, other, languages=("en-GB", "en")) is None
    assert incomparable(one, other, languages=(None, "la")) is Incomparable.OTHER_LANGUAGE


def test_two_who_wrote_on_their_own_are_apart() -> None:
    """A copy is not, nor one that is so like that nobody can tell."""
    assert in_common(QUAY, MARKET).apart
    assert not in_common(QUAY, f"{MARKET} {QUAY}").apart
    assert in_common(QUAY, f"{MARKET} {QUAY}").own.kind is ReuseKind.COPIED


def test_what_both_quote_is_shown_and_says_nothing_of_the_rest() -> None:
    """It comes from a third; the reports around it may still be apart."""
    found = in_common(f"{QUAY} The mayor said: “{SPEECH}.”", f"{MARKET} Then the mayor spoke: “{SPEECH}.”")
    assert found.apart
    ((here, there),) = found.both_quote
    assert here.of(f"{QUAY} The mayor said: “{SPEECH}.”").startswith("We owe those four families")
    assert there.end > there.start
    assert in_common(QUAY, MARKET).both_quote == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (QUAY, "en"),
        (KRAN, "de"),
        ("Le port a été fermé lundi après la chute d’une grue sur le quai, et les pilotes sont rentrés.", "fr"),
        ("El puerto fue cerrado el lunes después de que una grúa cayera sobre el muelle, según la policía.", "es"),
        ("Порт закрыли в понедельник, когда кран упал на набережную", "CYRILLIC"),
        ("Kestrel Bay 4:2 Orford", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, expected: str | None) -> None:
    """By its little words, or its script; where these do not say, it is not known."""
    assert language(text) == expected
