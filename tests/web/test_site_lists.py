"""The lists of a site, which are on disk: they are what they were, and take no memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.web.site.addresses import Family
from ledger.web.site.beside import AT_MOST, sitemap
from ledger.web.site.files import SiteFile, SiteFiles
from ledger.web.site.known import KnownPages
from ledger.web.site.manifest import AT_ONCE, MANIFEST, WRITING, Manifest, read_names, write_names

MADE = Manifest(ledger="l", made_by="m", size=7, root="00", state="7 00 1")

words = st.text(st.characters(exclude_categories=["Cs"]))
names = words.filter(lambda name: Path(name).parts and name[0] != "/" and ".." not in Path(name).parts)


def filled(files: Iterator[SiteFile]) -> SiteFiles:
    made = SiteFiles()
    for file in files:
        made.add(file, fresh=True)
    return made


def some(count: int) -> Iterator[SiteFile]:
    return (SiteFile(f"claims/{n:06}/index.html", f"/claims/{n}", f"{n:064}", n) for n in range(count))


def peak(what: Callable[[], object]) -> int:
    """Return how many bytes of Python's memory something takes at its most."""
    tracemalloc.start()
    try:
        what()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@given(st.dictionaries(names, st.tuples(words, st.integers(0, 2**62)), max_size=20))
def test_a_manifest_is_read_as_it_was_written(told: dict[str, tuple[str, int]]) -> None:
    """Whatever files and addresses are called: it is one JSON object, whose files come back as they were."""
    files = [SiteFile(name, address, "ab", size) for name, (address, size) in sorted(told.items())]
    with TemporaryDirectory() as folder, closing(filled(iter(files))) as made, closing(SiteFiles()) as read:
        path = Path(folder) / MANIFEST
        MADE.write(path, made)
        whole = json.loads(path.read_text(encoding="utf-8"))
        assert list(whole["files"].items()) == [(one.name, [one.address, one.digest, one.size]) for one in files]
        assert Manifest.read(path, read) == MADE
        assert sorted(read.before(), key=lambda one: one.name) == files


@given(st.sets(names, max_size=20))
def test_names_are_read_as_they_were_written(told: set[str]) -> None:
    """What a run that was cut off had said is JSON too, and known to be ours."""
    with TemporaryDirectory() as folder, closing(SiteFiles()) as read:
        path = Path(folder) / WRITING
        write_names(path, sorted(told))
        assert json.loads(path.read_text(encoding="utf-8")) == sorted(told)
        read_names(path, read)
        assert {one.name for one in read.before()} == told


@pytest.mark.parametrize("cut", [1, 40, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, -1])
def test_half_a_manifest_is_none(tmp_path: Path, cut: int) -> None:
    """Wherever it ends too soon, it is refused, and not taken for a smaller one."""
    path = tmp_path / MANIFEST
    with closing(filled(some(1_000))) as files:
        MADE.write(path, files)
    whole = path.read_text(encoding="utf-8")
    assert len(whole) > AT_ONCE + 1
    path.write_text(whole[:cut].rstrip("}"), encoding="utf-8")
    with closing(SiteFiles()) as read, pytest.raises(InputError, match="no manifest"):
        Manifest.read(path, read)


def test_a_large_site_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """Of files, pages and manifest a piece is held: each of 9,000 more takes not even what its digest would."""

    def whole(count: int) -> None:
        family = Family("/claims/{}", lambda db: (str(number) for number in range(count)))
        with closing(filled(some(count))) as files, closing(KnownPages([family], None)) as pages:
            MADE.write(tmp_path / MANIFEST, files)
            assert len(files) == sum(1 for _ in pages) == sum(1 for _ in pages.in_order()) == count
        with closing(SiteFiles()) as again:
            Manifest.read(tmp_path / MANIFEST, again)
            assert sum(1 for _ in again.gone()) == count

    whole(10)
    small, large = (peak(lambda count=count: whole(count)) for count in (1_000, 10_000))  # type: ignore[misc]
    assert large - small < 9_000 * 32


def test_pages_come_in_the_order_of_families_and_the_first_has_an_address() -> None:
    """What lies beside is known and is no page to ask for."""
    one, two = Family("/"), Family("/claims/{}", lambda db: ["b", "a"], "claims")
    with closing(KnownPages([one, two, Family("/claims/a")], None, beside=["/data"])) as pages:
        assert [(page.address, page.family, page.name) for page in pages] == [
            ("/", one, ""),
            ("/claims/b", two, "b"),
            ("/claims/a", two, "a"),
        ]
        assert list(pages.in_order()) == ["/", "/claims/a", "/claims/b", "/data"]
        assert "/data" in pages
        assert "/claims/c" not in pages


@pytest.mark.parametrize(("count", "parts"), [(0, []), (1, [1]), (AT_MOST, [AT_MOST]), (AT_MOST + 1, [AT_MOST, 1])])
def test_a_sitemap_has_parts_where_there_are_many_pages(count: int, parts: list[int]) -> None:
    """One file as long as it holds all, else one that lists the others; each address is in one of them."""
    made = dict(sitemap(((f"https://f.example/{n}", "2031-01-02") for n in range(count)), "https://f.example/"))
    found = {
        name: [one.text for one in ElementTree.fromstring(data).iter() if "}loc" in one.tag]
        for name, data in made.items()
    }
    if len(parts) > 1:
        listed = found.pop("sitemap.xml")
        assert listed == [f"https://f.example/{name}" for name in found]
    assert [len(addresses) for addresses in found.values()] == parts
    assert [one for addresses in found.values() for one in addresses] == [
        f"https://f.example/{n}" for n in range(count)
    ]
