"""A picture that was used before is found again, whatever was done to it; another is not, however alike."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from random import Random

import made
import pytest
from factledger_media import ImageReused, ImageTwice
from PIL import Image

from ledger import Relation
from ledger.testing import Case, assert_checker_contract


def two_claims(new: bytes, old: bytes, *, occurred: str | None = "2031-05-02") -> Case:
    """Return a claim on a picture of 2031, and another on one of 2029."""
    case = Case("The mill was flooded on 2 May.", occurred=occurred)
    mill = case.source("Flood at the mill", id="mill", published="2031-05-03")
    case.capture(mill, data=new, media_type="image/jpeg", file_name="mill.jpg")
    case.evidence(mill)
    other = case.another_claim("The quay was under water.", id="quay")
    quay = case.source("High water in Norvik", id="high-water", published="2029-03-01")
    case.capture(quay, data=old, media_type="image/jpeg", file_name="quay.jpg")
    case.evidence(quay, claim=other)
    return case


@pytest.mark.parametrize("change", made.CHANGES)
def test_a_picture_of_another_claim_is_found_whatever_was_done_to_it(change: str) -> None:
    """Cut, recompressed, resized, framed, written on, mirrored: it was out before the event that it now stands for."""
    image = made.picture(61_001)
    changed = made.CHANGES[change](image, Random(change))
    (finding,) = two_claims(made.jpeg(changed), made.jpeg(image)).findings(ImageReused())
    assert (finding.outcome, finding.code) == ("warn", "older_than_event")
    assert "“Flood at the mill” (3 May 2031)" in finding.reason
    assert "shows the picture of “High water in Norvik” (1 March 2029)" in finding.reason
    assert "factledger link mill reprints high-water --claim claim" in finding.fix
    assert {"claim:claim", "claim:quay", "source:mill", "source:high-water"} < set(finding.cites)


def test_what_a_match_does_not_establish_is_said() -> None:
    """Not that both show one event, nor who took it."""
    assert "the same event" in ImageReused().does_not_establish
    image = made.jpeg(made.picture(61_001))
    (finding,) = two_claims(image, image, occurred=None).findings(ImageReused())
    assert finding.code == "another_claim"
    assert "not of events" in " ".join(finding.details)


def test_a_link_on_record_settles_it() -> None:
    """Whoever declared where the picture is from is not told again."""
    image = made.picture(61_001)
    case = two_claims(made.jpeg(image), made.jpeg(image, 60))
    case.link("source:mill", Relation.REPRINTS, "source:high-water")
    (finding,) = case.findings(ImageReused())
    assert (finding.outcome, finding.code) == ("pass", "linked")


@pytest.mark.parametrize("seed", range(62_000, 62_012))
def test_other_pictures_do_not_match(seed: int) -> None:
    """However they come to meet."""
    case = two_claims(made.jpeg(made.picture(seed)), made.jpeg(made.picture(seed + 1)))
    assert all(finding.outcome.quiet for finding in case.findings(ImageReused()))


def test_a_mirrored_picture_is_said_to_be() -> None:
    """A reader looks for the letters in it."""
    image = made.picture(61_001)
    (finding,) = two_claims(made.jpeg(made.mirror(image, Random(1))), made.jpeg(image)).findings(ImageReused())
    assert "mirrored" in finding.details[0]


def test_two_sources_of_one_claim_with_one_picture_are_told() -> None:
    """As far as the picture goes they are one witness."""
    image = made.picture(61_001)
    case = Case("The mill was flooded.")
    for name, data in (("post", made.jpeg(image)), ("times", made.jpeg(made.crop(image, Random(3)), 50))):
        source = case.source(f"The {name}", id=name)
        case.capture(source, data=data, media_type="image/jpeg", file_name=f"{name}.jpg")
        case.evidence(source)
    (finding,) = case.findings(ImageTwice())
    assert (finding.outcome, finding.code) == ("warn", "one_picture")
    case.link("source:post", Relation.CITES, "source:times")
    assert [finding.outcome for finding in case.findings(ImageTwice())] == ["pass"]


def png_head(width: int, height: int) -> bytes:
    """Return a PNG file that says that it is so large, and holds hardly anything."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(1 << 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


PICTURE = made.picture(61_001)
BAD = {
    "ends early": (made.jpeg(PICTURE)[:9_000], "ends early"),
    "is a bomb": (png_head(60_000, 60_000), "more than 120,000,000 pixels"),
    "is huge": (png_head(12_001, 12_000), "more than 120,000,000 pixels"),
    "holds less than it says": (png_head(4_000, 4_000), "ends early"),
    "1 x 1": (saved(Image.new("RGB", (1, 1)), "PNG"), "too small"),
    "a strip": (saved(PICTURE.resize((2_000, 40)), "PNG"), "too narrow"),
    "animated": (saved(PICTURE, "GIF", save_all=True, append_images=[made.picture(61_002, PICTURE.size)]), "frames"),
    "CMYK": (saved(PICTURE.convert("CMYK"), "JPEG"), "CMYK"),
    "16 bit": (saved(Image.new("I;16", (300, 200)), "PNG"), "I;16"),
    "one colour": (saved(Image.new("RGB", (300, 200), "red"), "PNG"), "too little"),
    "no picture": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture of a kind"),
    "empty": (b"", "no picture of a kind"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_picture_that_cannot_be_compared_is_one_clear_line(kind: str) -> None:
    """It says which and why, and others go on."""
    data, reason = BAD[kind]
    case = two_claims(data, made.jpeg(PICTURE))
    (finding,) = case.findings(ImageTwice())
    assert finding.outcome == "abstain"
    assert finding.reason.startswith("The picture mill.jpg ") and reason in finding.reason
    assert case.findings(ImageReused()) == []


def test_a_picture_that_is_not_in_the_archive_is_told() -> None:
    """Its record alone shows nothing."""
    case = Case("The mill was flooded.")
    source = case.source("Flood at the mill")
    case.capture(source, data=b"x", media_type="image/jpeg", file_name="mill.jpg")
    case.evidence(source)
    case._blobs.clear()
    (finding,) = case.findings(ImageTwice())
    assert "cannot be had from the archive" in finding.reason


@pytest.mark.parametrize("checker", [ImageReused(), ImageTwice()], ids=lambda checker: checker.name)
def test_they_keep_the_contract(checker: object) -> None:
    """Each answers to whatever a ledger may hold, the same every time."""
    image = made.picture(61_001)
    assert_checker_contract(checker, [two_claims(made.jpeg(image), made.jpeg(image, 50))], limit=30)


def run(folder: Path, *command: str) -> str:
    """Return what a command says of the ledger of a folder."""
    told = {"FACTLEDGER_DB": str(folder / "desk.db"), "FACTLEDGER_KEYS": str(folder / "keys")}
    asked = {**os.environ, **told, "FACTLEDGER_LOAD_PLUGINS": "factledger-media"}
    done = subprocess.run(
        [Path(sys.executable).with_name("factledger"), *command], capture_output=True, text=True, env=asked
    )
    return done.stdout + done.stderr


def enter(folder: Path, claim: str, source: str, data: bytes) -> str:
    """Enter a claim on a source of which a picture is archived; return what was said of archiving it."""
    (folder / f"{source}.jpg").write_bytes(data)
    run(folder, "source", f"The {source}", "--id", source)
    run(folder, "add", claim, "--id", f"{source}-claim", "--in", f"The {source}")
    return run(folder, "capture", source, str(folder / f"{source}.jpg"))


def test_in_a_ledger_a_run_finds_it_and_a_later_run_what_was_added(tmp_path: Path) -> None:
    """The bytes come from the archive, claims meet by their pictures, and only what changed is looked at again."""
    image = made.picture(61_001)
    run(tmp_path, "init", "--origin", "desk.example.org", "--person", "Ana Roa")
    assert "Archived" in enter(tmp_path, "The mill was flooded.", "mill", made.jpeg(image))
    enter(tmp_path, "The weir broke.", "weir", made.jpeg(made.picture(61_004)))
    assert "image-reused" not in run(tmp_path, "check", "--all")
    enter(tmp_path, "The quay was under water.", "quay", made.jpeg(made.crop(image, Random(2)), 50))
    told = run(tmp_path, "check")
    assert "image-reused" in told and "shows the picture of" in told
    assert "weir-claim" not in told
    run(tmp_path, "retract", "quay-claim", "--because", "Entered by mistake.")
    run(tmp_path, "check")
    assert "shows the picture of" not in run(tmp_path, "check", "mill-claim")
