"""What stands around the project says what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from ledger.version import VERSION

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGES = "".join((ROOT / page).read_text("utf-8") for page in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"))


@pytest.mark.parametrize(
    "path", sorted({path for path in re.findall(r"`([\w./-]+/[\w./-]*)", PAGES) if "NAME" not in path})
)
def test_every_place_that_contributors_are_sent_to_is_there(path: str) -> None:
    """A file or folder that the pages name by which one finds one's way exists."""
    assert (ROOT / path).exists()


def test_every_target_that_a_page_shows_is_one_that_make_has() -> None:
    """`make NAME` in a page, a workflow or a template is a target of the Makefile."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md"), ROOT / ".ci" / "run"]
    said = {name for page in pages for name in re.findall(r"(?:`|^|^\s+)make ([a-z-]+)", page.read_text("utf-8"), re.M)}
    assert said <= targets


def test_the_citation_names_this_version_and_licence() -> None:
    """CITATION.cff, the package and pyproject.toml agree."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], cited["license"]) == (VERSION, PROJECT["license"])


def test_the_hosted_run_is_the_local_one_on_every_python_that_is_promised() -> None:
    """The workflow ends by calling .ci/run, on each version that the project's classifiers name."""
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]["ci"]
    promised = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d", one)]
    assert job["strategy"]["matrix"]["python"] == promised
    assert job["steps"][-1]["run"].splitlines()[-1] == ".ci/run"
