"""Plugins that a test writes itself, found by the driver and by workers as installed ones are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from ledger import checks
from ledger.checks import WorkerPool

Install = Callable[..., None]


def write_plugin(site: Path, name: str, code: str) -> None:
    """Put a distribution whose one module is a plugin where Python finds it."""
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (site / f"{name}.py").write_text(code, encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[factledger]\n{name} = {name}\n", encoding="utf-8")


def look_in(site: Path, patch: pytest.MonkeyPatch) -> None:
    """Have plugins found in a folder, here and by workers."""
    patch.syspath_prepend(str(site))
    patch.setenv("PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a module as a distribution with an entry point of the same name."""
    site = tmp_path / "site"
    site.mkdir()
    look_in(site, monkeypatch)
    return partial(write_plugin, site)


FOUR_KINDS = '''
"""One checker of each kind, each simple enough to see what it must say."""
from datetime import timedelta
from ledger import Checker, Detector, GroupChecker, LedgerChecker, Proposal, Relation, hookimpl


class Said:
    version = 1
    establishes = "what it says"
    does_not_establish = "anything else"


class Fresh(Said, Checker):
    """Checks: all that a claim stands on, and for how long."""

    name = "fresh"

    def check(self, dossier, context):
        titles = sorted(source.title for source in dossier.sources.values())
        names = sorted(agent.name for agent in dossier.agents.values())
        until = context.now + timedelta(days=1) if len(titles) % 2 else None
        yield self.passes(f"On {titles} by {names}: {dossier.claim.text}", cites=[dossier.claim], valid_until=until and
                          until.replace(hour=0, minute=0, second=0, microsecond=0))


class AtOnce(Said, Checker):
    """Checks: how many pieces of evidence there are, for many claims at once."""

    name = "at-once"

    def check_many(self, dossiers, context):
        for dossier in dossiers:
            yield [self.warns(f"{len(dossier.evidence)} pieces.", cites=dossier.evidence)]


class SameValue(Said, GroupChecker):
    """Checks: two claims that give one property different amounts."""

    name = "same-value"

    def keys(self, claim):
        return [claim.topic] if claim.topic else []

    def check(self, group, context):
        for dossier in group.dossiers:
            for other in group.dossiers:
                if dossier.claim.handle < other.claim.handle and dossier.claim.text != other.claim.text:
                    yield self.fails(f"{group.key}: {dossier.claim.text} / {other.claim.text}",
                                     cites=[dossier.claim, other.claim])


class Twice(Said, LedgerChecker):
    """Checks: claims of the same words."""

    name = "twice"

    def check(self, whole, context):
        said = {}
        for claim in whole.claims:
            said.setdefault(claim.text, []).append(claim)
        for text, claims in said.items():
            if len(claims) > 1:
                yield self.warns(f"{len(claims)} times: {text}", cites=claims)
        yield self.passes(f"{len(whole.claims)} claims were read.")


class SameTitle(Said, Detector):
    """Checks: sources of one title, of which the later took it from the earlier."""

    name = "same-title"

    def detect(self, dossier, context):
        for other in dossier.sources.values():
            if other.title == dossier.source.title and other.uid != dossier.source.uid:
                earlier, later = sorted([other.uid, dossier.source.uid])
                yield Proposal(source=later, relation=Relation.REPRINTS, comes_from=earlier, measure="the same title")


@hookimpl
def ledger_register_checkers(config):
    return [Fresh(), AtOnce(), SameValue(), Twice(), SameTitle()]
'''


@pytest.fixture(scope="module")
def four_kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Install a plugin with a checker of each kind; return its name."""
    site = tmp_path_factory.mktemp("site")
    write_plugin(site, "four_kinds", FOUR_KINDS)
    with pytest.MonkeyPatch.context() as patch:
        look_in(site, patch)
        yield "four_kinds"


@pytest.fixture(scope="module")
def pool(four_kinds: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """Workers of that plugin, kept from one run to the next."""
    kept = WorkerPool(tmp_path_factory.mktemp("pool"), memory=checks.MEMORY, policy="", switch=four_kinds)
    yield kept
    kept.close()
