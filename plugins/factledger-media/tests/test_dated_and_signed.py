"""What a picture says of itself: when and where it was taken, and who signed it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import made
import pytest
from factledger_media import ContentCredentials, ImageDate
from factledger_media.dated import kilometres
from PIL import ExifTags, Image
from signing import Signer, new_signer

from ledger import Finding
from ledger.testing import Case, assert_checker_contract, read_policy

NORVIK = {"Norvik": [60.39, 5.32, 20]}


def taken(clock: str | None, place: tuple[float, float] | None = None) -> bytes:
    """Return a picture that says when and where it was taken."""
    image, exif, out = made.picture(61_001), Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Model] = "Harbour 7"
    if clock is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = clock
    if place is not None:
        north, east = place
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                1: "N" if north >= 0 else "S",
                2: (abs(north), 0.0, 0.0),
                3: "E" if east >= 0 else "W",
                4: (abs(east), 0.0, 0.0),
            }
        )
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def of(data: bytes, *, occurred: str | None = "2031-05-02", published: str | None = None, **more: Any) -> list[Finding]:
    """Return what image-date says of a claim of 2 May 2031."""
    return case_of(data, occurred=occurred, published=published).findings(ImageDate(), **more)


def case_of(data: bytes, *, occurred: str | None = "2031-05-02", published: str | None = None) -> Case:
    case = Case("The mill in Norvik was flooded.", occurred=occurred)
    source = case.source("Flood at the mill", published=published)
    case.capture(source, data=data, media_type="image/jpeg", file_name="mill.jpg")
    case.evidence(source)
    return case


@pytest.mark.parametrize(
    ("clock", "outcome", "code"),
    [
        ("2031:05:02 14:03:00", "pass", "agrees"),
        ("2031:05:01 23:59:00", "pass", "agrees"),
        ("2031:05:03 00:10:00", "pass", "agrees"),
        ("2029:03:01 10:00:00", "warn", "older_than_event"),
        ("2031:05:20 10:00:00", "warn", "taken_after_event"),
        (None, "abstain", "no_date"),
        ("0000:00:00 00:00:00", "abstain", "no_date"),
        ("    :  :     :  :  ", "abstain", "no_date"),
        ("9999:12:31 10:00:00", "warn", "taken_after_event"),
    ],
)
def test_the_day_of_taking_is_held_against_the_day_of_the_event(clock: str | None, outcome: str, code: str) -> None:
    """Give or take a day, for clocks and zones; where it gives none, nothing can be told."""
    (finding,) = of(taken(clock))
    assert (finding.outcome, finding.code) == (outcome, code)


def test_a_picture_taken_after_it_was_published_has_a_wrong_clock() -> None:
    """Or it was edited: nothing of its date can be relied on."""
    (finding,) = of(taken("2031:05:09 10:00:00"), published="2031-05-03")
    assert finding.code == "taken_after_published"


def test_without_a_date_of_the_claim_it_says_what_the_picture_says() -> None:
    """And what is missing."""
    (finding,) = of(taken("2031:05:02 14:03:00"), occurred=None)
    assert (finding.outcome, finding.code) == ("abstain", "no_event_date")
    assert "2 May 2031" in finding.reason and finding.missing[0].field == "occurred"
    assert "It says: camera Harbour 7." in finding.details


def test_a_place_far_from_the_one_that_the_claim_names_is_told() -> None:
    """Only of places that the house gave; near by, or unnamed, nothing is said of it."""
    far, near = taken("2031:05:02 14:03:00", (-33.9, 18.4)), taken("2031:05:02 14:03:00", (60.4, 5.3))
    elsewhere, agrees = of(far, places=NORVIK)
    assert (elsewhere.code, agrees.code) == ("elsewhere", "agrees")
    assert "km from Norvik" in elsewhere.reason and "place -33.90000, 18.40000" in " ".join(elsewhere.details)
    assert [finding.code for finding in of(near, places=NORVIK)] == ["agrees"]
    assert [finding.code for finding in of(far)] == ["agrees"]
    assert [finding.code for finding in of(far, places={"Norvik": [1, 2]})] == ["bad_place", "agrees"]


def test_kilometres_are_those_of_the_globe() -> None:
    """A quarter of a meridian is a little more than 10,000 km; no way is no way."""
    assert 10_000 < kilometres((0, 0), (90, 0)) < 10_010
    assert kilometres((60.39, 5.32), (60.39, 5.32)) == 0


def test_data_that_are_no_data_break_nothing() -> None:
    """Of every place in a picture's own data that is overwritten, there is an answer."""
    whole = taken("2031:05:02 14:03:00", (60.4, 5.3))
    for place in range(20, 400, 3):
        broken = whole[:place] + b"\xff\x00\x7f" + whole[place + 3 :]
        assert of(broken, places=NORVIK)


def credentials(data: bytes, folder: Path, vouching: str | None = None) -> list[Finding]:
    """Return what is said of a picture's credentials in a house that trusts this certificate, or has no list."""
    policy = folder / "policy.toml"
    policy.write_text('[lists]\ntrusted-signers = "signers.csv"\n' if vouching else "", encoding="utf-8")
    (folder / "signers.csv").write_text(f'name,certificate\nHarbour,"{vouching}"\n', encoding="utf-8")
    return case_of(data).findings(ContentCredentials(), policy=read_policy(policy))


def test_valid_untrusted_and_broken_credentials_are_told_apart(signer: Signer, tmp_path: Path) -> None:
    """Signed by somebody whom the house trusts; by somebody else; changed since; with a signature that is none."""
    signed = signer.sign(made.jpeg(made.picture(61_001)))
    (trusted,) = credentials(signed, tmp_path, signer.vouching)
    assert (trusted.outcome, trusted.code) == ("pass", "trusted")
    assert "signed by Pier camera 7" in trusted.reason
    assert "Done to it, as its signer says: c2pa.cropped." in trusted.details
    (unlisted,) = credentials(signed, tmp_path)
    assert (unlisted.outcome, unlisted.code) == ("warn", "untrusted")
    assert unlisted.missing[0].field == "lists.trusted-signers"
    changed = bytearray(signed)
    changed[-500] ^= 0xFF
    (altered,) = credentials(bytes(changed), tmp_path, signer.vouching)
    assert (altered.outcome, altered.code) == ("fail", "changed")
    forged = signed.replace(b"Pier camera", b"Port camera", 1)
    (broken,) = credentials(forged, tmp_path, signer.vouching)
    assert (broken.outcome, broken.code) == ("fail", "broken")


def test_a_signer_whom_nobody_on_the_list_vouches_for_is_not_trusted(signer: Signer, tmp_path: Path) -> None:
    """A certificate of the same name with another key vouches for nobody else's pictures."""
    signed = signer.sign(made.jpeg(made.picture(61_001)))
    (finding,) = credentials(signed, tmp_path, new_signer().vouching)
    assert (finding.code, "nobody on the house's list" in finding.reason) == ("untrusted", True)


def test_a_picture_that_its_maker_says_a_program_made_is_told(signer: Signer, tmp_path: Path) -> None:
    """Even where the signer is trusted: whoever signs it says so."""
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    (finding,) = credentials(signer.sign(made.jpeg(made.picture(61_001)), kind), tmp_path, signer.vouching)
    assert (finding.outcome, finding.code) == ("warn", "generated")


def test_a_picture_without_credentials_is_no_worse_for_it(tmp_path: Path) -> None:
    """Most have none: that is nothing to look at."""
    (finding,) = credentials(made.jpeg(made.picture(61_001)), tmp_path)
    assert (finding.outcome.quiet, finding.code) == (True, "none")


def test_credentials_that_are_cut_or_overwritten_anywhere_break_nothing(signer: Signer, tmp_path: Path) -> None:
    """Whatever becomes of the file, there is one answer; where the picture was touched, never that it is as signed."""
    whole = made.jpeg(made.picture(61_001))
    signed = signer.sign(whole)
    picture = len(signed) - len(whole) + 700
    for place in range(30, len(signed) - 10, len(signed) // 25):
        (cut,) = credentials(signed[:place], tmp_path, signer.vouching)
        over = signed[:place] + bytes([signed[place] ^ 0x55]) + signed[place + 1 :]
        (changed,) = credentials(over, tmp_path, signer.vouching)
        assert cut.outcome != "pass"
        assert changed.outcome != "pass" or place < picture


def test_image_date_keeps_the_contract() -> None:
    """It answers to whatever a ledger may hold, the same every time."""
    assert_checker_contract(ImageDate(), [case_of(taken("2031:05:02 14:03:00"))], limit=30)


def test_content_credentials_keep_the_contract_where_there_is_no_picture(signer: Signer) -> None:
    """Of a picture the C2PA library asks in which process it is, on which nothing that it says depends."""
    assert_checker_contract(ContentCredentials(), limit=30)
    case = case_of(signer.sign(taken(None)))
    assert case.findings(ContentCredentials()) == case.findings(ContentCredentials())
