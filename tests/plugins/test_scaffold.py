"""`factledger plugin new`: what it writes installs, registers, passes its own tests and finds what it looks for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import EnvironmentFault, InputError
from ledger.cli.scaffold import SCOPES, new_plugin

FILES = [
    "README.md",
    "factledger_two_words/__init__.py",
    "factledger_two_words/cases.toml",
    "pyproject.toml",
    "tests/test_factledger_two_words.py",
]


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_plugin_is_these_files_and_nothing_else(factledger: Any, tmp_path: Path) -> None:
    """The folder holds the project, the checker with its cases, the tests and a README; no placeholder is left."""
    done = factledger("plugin", "new", "two-words", "--author", 'Ana "Nan" Roa')
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == (
        f"Wrote     two-words: {', '.join(FILES)}\n"
        "Next      python -m pip install -e 'two-words[test]'\n"
        "          factledger checkers two-words\n"
        "          python -m pytest two-words\n"
    )
    assert listed(tmp_path / "two-words") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["two-words"]
    assert not [name for name in FILES if "$" in (tmp_path / "two-words" / name).read_text(encoding="utf-8")]
    project = tomllib.loads((tmp_path / "two-words" / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == "factledger-two-words"
    assert project["project"]["authors"] == [{"name": 'Ana "Nan" Roa'}]
    assert project["project"]["dependencies"] == ["factledger"]
    assert project["project"]["entry-points"]["factledger"] == {"factledger-two-words": "factledger_two_words"}


def test_it_goes_where_it_is_told_and_has_no_author_unless_told(tmp_path: Path) -> None:
    """`into` names another folder; a project without an author says nothing of one."""
    (tmp_path / "desk").mkdir()
    made = new_plugin("round", into=tmp_path / "desk")
    assert made.folder == tmp_path / "desk" / "round"
    assert listed(made.folder) == list(made.files)
    project = tomllib.loads((made.folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert "authors" not in project["project"]


@pytest.mark.table
@pytest.mark.parametrize("name", ["checker", "any", "true", "a1-2b"])
def test_the_name_makes_a_class_that_can_be_written(name: str, tmp_path: Path) -> None:
    """Names that are Python's, or are imported beside the checker, still make a module that compiles and works."""
    made = new_plugin(name, into=tmp_path)
    path = made.folder / made.files[1]
    names: dict[str, Any] = {"__name__": "plugin"}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    (checker,) = names["ledger_register_checkers"]({})
    assert checker.name == name


@pytest.mark.long
@pytest.mark.table
@pytest.mark.parametrize("scope", SCOPES)
def test_each_kind_has_nothing_to_mend_and_passes_its_cases(factledger: Any, scope: str) -> None:
    """A checker of a claim, a group, the whole ledger or a source is a plugin that works, from its first files on."""
    assert factledger("plugin", "new", "two-words", "--scope", scope).returncode == 0
    done = factledger("plugin", "lint", "two-words")
    assert (done.returncode, done.stdout) == (0, "")
    done = factledger("plugin", "test", "two-words")
    assert done.returncode == 0 and done.stdout.startswith("two-words: 2 cases in cases.toml\n")


@pytest.mark.parametrize("scope", SCOPES)
def test_it_declares_what_a_house_may_set(scope: str, tmp_path: Path) -> None:
    """The setting that its README shows is the one that its checker declares, and takes."""
    made = new_plugin("two-words", scope=scope, into=tmp_path)
    names: dict[str, Any] = {"__name__": "plugin"}
    exec((made.folder / made.files[1]).read_text(encoding="utf-8"), names)
    (checker,) = names["ledger_register_checkers"]({})
    shown = (made.folder / "README.md").read_text(encoding="utf-8").split("    [checkers.two-words]\n")[1]
    given = tomllib.loads(shown.split("\n\n")[0])
    assert [one.name for one in checker.settings] == list(given)
    assert all(one.takes(given[one.name]) for one in checker.settings)


NO_NAME = "Use at most 40 lower-case letters, digits and hyphens, such as"

REFUSED = {
    "capitals": (["Two-Words"], f"NAME: 'Two-Words' cannot name a checker. {NO_NAME} two-words."),
    "a_path": (["../two"], f"NAME: '../two' cannot name a checker. {NO_NAME} two."),
    "only_signs": (["??"], f"NAME: '??' cannot name a checker. {NO_NAME} round-numbers."),
    "a_hyphen_at_the_end": (["two-"], f"NAME: 'two-' cannot name a checker. {NO_NAME} two."),
    "an_endless_name": (["a" * 41], f"NAME: '{'a' * 41}' cannot name a checker. {NO_NAME} {'a' * 40}."),
    "the_prefix": (
        ["factledger-two"],
        "NAME: 'factledger-two' is a name for the distribution. Give that of its checker: two",
    ),
    "one_that_is_installed": (
        ["date-order"],
        "NAME: There is a checker date-order already. Choose another: see factledger checkers",
    ),
    "no_such_folder": (
        ["two", "--into", "nowhere"],
        "nowhere: There is no such folder. Make it first, or name another with --into.",
    ),
    "a_file_for_a_folder": (
        ["two", "--into", "file"],
        "file: There is no such folder. Make it first, or name another with --into.",
    ),
    "a_folder_that_is_there": (
        ["taken"],
        "taken: This is there already. Choose another name, or another place with --into; nothing was changed.",
    ),
    "an_author_in_lines": (
        ["two", "--author", "Ana\nRoa"],
        "--author: This is no name. Give it on one line: --author 'Ana Roa'",
    ),
}
"""What cannot be made, and the one line that is said of it."""


@pytest.mark.table
@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_made_is_one_line_and_writes_nothing(
    arguments: list[str], said: str, factledger: Any, tmp_path: Path
) -> None:
    """A name or folder that does not do ends with exit code 2 and one line, and everything is as before."""
    (tmp_path / "file").write_text("A note.")
    (tmp_path / "taken").mkdir()
    done = factledger("plugin", "new", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Error: {said}\n")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "taken"]


def test_a_dangling_link_is_left_alone(tmp_path: Path) -> None:
    """A name under which a link to nowhere stands is taken."""
    (tmp_path / "two").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="This is there already"):
        new_plugin("two", into=tmp_path)
    assert (tmp_path / "two").is_symlink()


def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a file cannot be written, those written before it are gone too."""
    write = Path.write_text

    def refuse(self: Path, *arguments: Any, **more: Any) -> int:
        if self.name == "pyproject.toml":
            raise OSError(28, "No space left on device")
        return write(self, *arguments, **more)

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(EnvironmentFault, match="No space left on device"):
        new_plugin("two", into=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_a_new_plugin_installs_registers_and_finds(environment: Callable[[], Any]) -> None:
    """Built, installed beside factledger and run, it passes its tests and fails the claim that it is about."""
    fresh = environment()
    fresh.factledger("plugin", "new", "undated")
    wheel = fresh.install(fresh.folder / "undated")
    assert [name for name in wheel if ".dist-info/" not in name] == [
        "factledger_undated/__init__.py",
        "factledger_undated/cases.toml",
    ]
    assert "3 passed" in fresh.pytest(fresh.folder / "undated")
    listed = json.loads(fresh.factledger("plugins"))
    (plugin,) = [one for one in listed["plugins"] if one["name"] == "factledger-undated"]
    assert (plugin["version"], plugin["checkers"], listed["faults"]) == ("0.1.0", ["undated"], [])
    told = fresh.factledger("checkers", "undated")
    for words in ("when it was published", "that the dates are right", "factledger-undated"):
        assert words in told
    fresh.factledger("init", "--origin", "desk.example", "--person", "Ana Roa")
    fresh.factledger("source", "Bridge shut", "--id", "post")
    fresh.factledger("add", "The bridge was closed.", "--id", "bridge", "--in", "Bridge shut")
    (finding,) = fresh.findings("bridge", "undated")
    assert (finding["outcome"], finding["code"]) == ("fail", "undated")
    assert finding["reason"] == "“Bridge shut” has no date."
