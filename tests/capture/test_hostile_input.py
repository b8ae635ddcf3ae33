"""Documents made to harm whoever reads them, of kinds that have no file of their own here."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from ledger.capture import read
from ledger.errors import InputError

ENTITIES = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'


def packed(name: str, data: bytes) -> bytes:
    """A zip file with one member."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return whole.getvalue()


def test_entities_of_a_page_stay_names() -> None:
    """What an XHTML page declares is put in the place of no name: nothing grows, and no file is opened."""
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [{ENTITIES}]><html xmlns="http://www.w3.org/1999/xhtml">'
        "<head><title>Ferry</title></head><body><p>The ferry &b; and &c; were late.</p></body></html>"
    )
    text = read(page.encode(), name="page.xhtml", where="page.xhtml").text
    assert "The ferry &b; and &c; were late." in text
    assert "aaaa" not in text and "root:" not in text


def test_a_drawing_is_no_article() -> None:
    """SVG, with scripts, entities and addresses in it, is not read at all."""
    drawing = (
        f'<?xml version="1.0"?><!DOCTYPE svg [{ENTITIES}]><svg xmlns="http://www.w3.org/2000/svg">'
        '<script>alert(1)</script><text>&c;</text><image href="http://127.0.0.1/"/></svg>'
    )
    with pytest.raises(InputError, match="not read"):
        read(drawing.encode(), name="drawing.svg", where="drawing.svg")


def test_an_archive_within_archives_is_not_unpacked() -> None:
    """A WACZ that holds another, five deep, around 10 MB of nothing, is refused at the first."""
    data = packed("archive/pages.warc.gz", bytes(10_000_000))
    for _ in range(5):
        data = packed("archive/pages.wacz", data)
    with pytest.raises(InputError) as refused:
        read(data, name="pages.wacz", where="pages.wacz")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["../../pages.warc.gz", "/etc/pages.warc.gz", "..\\pages.warc.gz"])
def test_a_member_that_leads_elsewhere_is_written_nowhere(name: str) -> None:
    """Members of an archive are read in memory, whatever path they name."""
    with pytest.raises(InputError, match="no page"):
        read(packed(name, gzip.compress(b"x")), name="pages.wacz", where="pages.wacz")
