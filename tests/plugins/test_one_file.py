"""One file is a plugin: folders that were named, a file that is tried, a plugin that is left out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import checks
from ledger.book import Book
from ledger.store import queries

WEASEL = '''
"""weasel: words that say nothing."""
from ledger import {kind}, Proposal, Relation, Setting, hookimpl


class Weasel({kind}):
    """Checks: weasel words.
    Why it matters: nobody can check them.
    Warns on: some.
    Passes on: none.
    """

    name = "weasel"
    version = 1
    establishes = "that no weasel word is in the claim"
    does_not_establish = "that it is right"
    settings = (
        Setting("words", ("reportedly",), "The words that are looked for", least=1),
        Setting("most", 0, "So many of them pass", least=0, most=9),
        Setting("loud", False, "Whether one is a problem"),
    )

    {body}


@hookimpl
def ledger_register_checkers(config):
    return [Weasel()]
'''

CHECK = """def check(self, dossier, context):
        found = [word for word in context.options.get("words", ("reportedly",)) if word in dossier.claim.text]
        if len(found) > context.options.get("most", 0):
            yield self.warns(f"It says {found[0]}.", cites=[dossier.claim])
        else:
            yield self.passes("It says none.")
"""

OTHERS = {
    "GroupChecker": """def keys(self, claim):
        return [claim.text[:3]]

    def check(self, group, context):
        yield self.warns(f"{len(group.claims)} begin alike.", cites=group.claims)
""",
    "LedgerChecker": """def check(self, whole, context):
        yield self.warns(f"{len(whole.claims)} claims.", cites=whole.claims)
""",
    "Detector": """def detect(self, dossier, context):
        for other in dossier.sources.values():
            if other.uid != dossier.source.uid:
                yield Proposal(source=dossier.source.uid, relation=Relation.CITES, comes_from=other.uid, measure="two")
""",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder of the house with a plugin of one file, and what is none."""
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "weasel.py").write_text(WEASEL.format(kind="Checker", body=CHECK), encoding="utf-8")
    (folder / "_helper.py").write_text("raise ValueError('not a plugin')", encoding="utf-8")
    (folder / "notes.txt").write_text("raise ValueError('not a plugin')", encoding="utf-8")
    return folder


@pytest.fixture
def pier(book: Book) -> str:
    """A claim with a weasel word, beside another on two sources."""
    with book.together():
        pier = book.claim("The pier was reportedly shut.", id="pier")
        other = book.claim("The bridge was closed.", id="bridge")
        for title in ("Evening news", "Morning news"):
            book.evidence(pier, book.source(title))
        book.evidence(other, book.source("Minutes"))
    return pier.handle


def test_a_file_of_a_named_folder_is_a_plugin(factledger: Any, house: Path, pier: str) -> None:
    """It is listed, checks, and stands on record with its folder and the digest of what is in it; no cache is left."""
    done = factledger("--plugins-dir", str(house), "plugins")
    (one,) = [one for one in json.loads(done.stdout)["plugins"] if one["name"] == "weasel.py"]
    assert (done.returncode, one["distribution"], one["checkers"]) == (0, str(house), ["weasel"])
    done = factledger("--plugins-dir", str(house), "check", "pier")
    assert "LOOK" in done.stdout and "It says reportedly." in done.stdout
    assert sorted(path.name for path in house.iterdir()) == ["_helper.py", "notes.txt", "weasel.py"]


def test_nothing_of_a_folder_that_was_not_named_is_loaded(
    factledger: Any, house: Path, pier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the folder one stands in, nor that of the ledger; and the next call knows nothing of an earlier one's."""
    factledger("--plugins-dir", str(house), "plugins")
    monkeypatch.chdir(house)
    assert "weasel.py" not in factledger("plugins").stdout


def test_a_house_names_its_folders_in_its_policy(factledger: Any, house: Path, pier: str, tmp_path: Path) -> None:
    """[plugins] dirs counts from the policy's folder; a folder that is not there is one line."""
    policy = tmp_path / "ledger.policy.toml"
    policy.write_text('[plugins]\ndirs = ["house"]\n', encoding="utf-8")
    assert "It says reportedly." in factledger("check", "pier").stdout
    assert factledger("checkers", "weasel").stdout.startswith("weasel\nChecks")
    policy.write_text('[plugins]\ndirs = ["huose"]\n', encoding="utf-8")
    done = factledger("check", "pier")
    assert done.returncode == 2
    assert "huose: There is no such folder." in done.stderr


def test_a_file_that_changes_is_asked_again(
    book: Book, house: Path, pier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its code is on record as that of a package is."""
    monkeypatch.setenv("FACTLEDGER_PLUGINS_DIR", str(house))
    run = checks.check(book, plugins="weasel").run
    assert run is not None and run.code[1].plugin == "weasel.py" and run.code[1].distribution == str(house)
    path = house / "weasel.py"
    path.write_text(path.read_text(encoding="utf-8").replace("It says {", "There is {"), encoding="utf-8")
    found = checks.check(book, plugins="weasel")
    assert [one.reason for of, name, one in found.found if (of, name) == ("pier", "weasel")] == ["There is reportedly."]
    assert [plugin for plugin, _ in found.plan.anew] == ["weasel.py"]


def test_two_files_of_one_name_are_both_told(factledger: Any, house: Path, tmp_path: Path) -> None:
    """Neither is loaded, whichever folder was named first."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "weasel.py").write_text("", encoding="utf-8")
    done = factledger("--plugins-dir", str(house), "--plugins-dir", str(other), "plugins")
    assert done.returncode == 4
    assert {fault["plugin"] for fault in json.loads(done.stdout)["faults"]} == {
        f"{house}/weasel.py",
        f"{other}/weasel.py",
    }


def test_a_plugin_is_left_out_for_one_run(factledger: Any, house: Path, pier: str) -> None:
    """-p no:NAME leaves it out and all others in; what is not there, or is no such switch, is refused."""
    with_it, without = (
        json.loads(factledger("--plugins-dir", str(house), *switch, "checkers", "--json").stdout)
        for switch in ((), ("-p", "no:weasel"))
    )
    assert {row["checker"] for row in with_it} - {row["checker"] for row in without} == {"weasel"}
    done = factledger("--plugins-dir", str(house), "-p", "no:wesel", "check")
    assert (done.returncode, "Did you mean weasel?" in done.stderr) == (2, True)
    done = factledger("-p", "weasel", "check")
    assert (done.returncode, "-p takes no:NAME" in done.stderr) == (2, True)


def test_a_file_is_tried_without_a_trace(factledger: Any, book: Book, house: Path, pier: str) -> None:
    """What its checker finds in a claim is shown, by the house's settings, and nothing is recorded."""
    size = queries.head(book.ledger.db).size
    done = factledger("plugin", "try", str(house / "weasel.py"), "--claim", "pier", "--json")
    assert done.returncode == 0
    assert [(row["checker"], row["outcome"], row["reason"]) for row in json.loads(done.stdout)] == [
        ("weasel", "warn", "It says reportedly.")
    ]
    assert "nothing is recorded" in done.stderr
    assert queries.head(book.ledger.db).size == size
    assert queries.rows(book.ledger.db, "runs") == []


@pytest.mark.table
@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        ("GroupChecker", ["2 begin alike."]),
        ("LedgerChecker", ["2 claims."]),
        ("Detector", ["evening-news cites minutes: two", "evening-news cites morning-news: two"]),
    ],
)
def test_every_kind_can_be_tried(factledger: Any, house: Path, pier: str, kind: str, reasons: list[str]) -> None:
    """Also one that looks at claims together, at everything at once, or for links that nobody declared."""
    (house / "other.py").write_text(WEASEL.format(kind=kind, body=OTHERS[kind]), encoding="utf-8")
    done = factledger("plugin", "try", str(house / "other.py"), "--claim", "pier", "--json")
    found = {row["reason"] for row in json.loads(done.stdout)}
    assert set(reasons) <= found
    assert done.returncode == 0


@pytest.mark.table
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os._exit(3)", "exit 3"),
        ("raise ValueError('no luck')", "no luck"),
        ("def f(:", "SyntaxError"),
        (WEASEL.format(kind="Checker", body="def check(self, dossier, context): 1 / 0"), "ZeroDivisionError"),
        (WEASEL.format(kind="Checker", body=CHECK).replace('"weasel"', '"corroboration"'), "factledger's own"),
    ],
    ids=["ends", "raises", "no Python", "breaks", "impersonates"],
)
def test_a_file_that_is_no_good_is_told(factledger: Any, house: Path, pier: str, code: str, said: str) -> None:
    """It is one line with the reason, and the exit code is that of a checker that broke."""
    (house / "bad.py").write_text(code, encoding="utf-8")
    done = factledger("plugin", "try", str(house / "bad.py"), "--claim", "pier", "--json")
    assert done.returncode == 4
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_not_there_cannot_be_tried(factledger: Any, house: Path, pier: str) -> None:
    """A file or a claim that is misspelt is one line."""
    for arguments in ((str(house / "wesel.py"), "pier"), (str(house / "weasel.py"), "peer")):
        done = factledger("plugin", "try", arguments[0], "--claim", arguments[1])
        assert done.returncode == 2
        assert done.stderr.startswith("Error: ")


SETTINGS = [
    ("[checkers.weasel]\nwrods = ['a']", "[checkers.weasel]: There is no setting `wrods`. Did you mean words?"),
    ("[checkers.wesel]\nwords = ['a']", "[checkers.wesel]: There is no checker wesel. Did you mean weasel?"),
    (
        "[checkers.weasel]\nwords = 'a'",
        "[checkers.weasel]: `words` is a list of texts, 1 or more. The words that are looked for.",
    ),
    (
        "[checkers.weasel]\nwords = []",
        "[checkers.weasel]: `words` is a list of texts, 1 or more. The words that are looked for.",
    ),
    ("[checkers.weasel]\nmost = 10", "[checkers.weasel]: `most` is a whole number from 0 to 9. So many of them pass."),
    (
        "[checkers.weasel]\nmost = true",
        "[checkers.weasel]: `most` is a whole number from 0 to 9. So many of them pass.",
    ),
    ("[checkers.weasel]\nloud = 1", "[checkers.weasel]: `loud` is true or false. Whether one is a problem."),
    ("[checkers.date-order]\ndays = 1", "[checkers.date-order]: There is no setting `days`. It has no settings."),
    ("[checkers.awaiting]\nday = 1", "[checkers.awaiting]: There is no setting `day`. Did you mean days?"),
]


@pytest.mark.table
@pytest.mark.parametrize(("written", "said"), SETTINGS)
def test_a_setting_that_is_none_is_refused(
    factledger: Any, house: Path, pier: str, tmp_path: Path, written: str, said: str
) -> None:
    """The file, the table and what was meant are told, and nothing is checked."""
    policy = tmp_path / "ledger.policy.toml"
    policy.write_text(written + "\n", encoding="utf-8")
    done = factledger("--plugins-dir", str(house), "check")
    assert (done.returncode, done.stderr) == (2, f"Error: {policy}: {said}\n")


def test_settings_that_are_some_reach_the_checker(factledger: Any, house: Path, pier: str, tmp_path: Path) -> None:
    """What a house sets holds; what the checker declares is printed by `checkers NAME`."""
    (tmp_path / "ledger.policy.toml").write_text("[checkers.weasel]\nwords = ['shut']\n", encoding="utf-8")
    assert "It says shut." in factledger("--plugins-dir", str(house), "check", "pier").stdout
    told = factledger("--plugins-dir", str(house), "checkers", "weasel").stdout.partition("Settings")[2]
    assert " ".join(told.split()) == (
        'words: The words that are looked for (a list of texts, 1 or more) = ["reportedly"]; '
        "most: So many of them pass (a whole number from 0 to 9) = 0; "
        "loud: Whether one is a problem (true or false) = false"
    )


def test_settings_of_what_is_switched_off_are_left_alone(
    factledger: Any, house: Path, pier: str, tmp_path: Path
) -> None:
    """A table for a checker whose plugin is left out for once may stand in the policy."""
    (tmp_path / "ledger.policy.toml").write_text("[checkers.weasel]\nwords = ['shut']\n", encoding="utf-8")
    done = factledger("--plugins-dir", str(house), "-p", "no:weasel", "check", "pier", "--fail-on", "never")
    assert done.returncode == 0, done.stderr


@pytest.mark.table
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('("words",)', "does not declare its settings as a tuple of Setting"),
        ('(Setting("a b", 1, "So many"),)', "each needs a name of its own"),
        ('(Setting("a", 1, "So many"), Setting("a", 2, "So many"))', "each needs a name of its own"),
        ('(Setting("a", 1.5, "So many"),)', "no default that it would take"),
        ('(Setting("a", 7, "So many", most=5),)', "no default that it would take"),
        ('(Setting("a", 1, ""),)', "does not say what its setting a means"),
    ],
)
def test_settings_that_are_declared_badly_are_a_fault(
    factledger: Any, house: Path, pier: str, settings: str, said: str
) -> None:
    """The checker does not run, and its author is told why."""
    text = WEASEL.format(kind="Checker", body=CHECK)
    start, end = text.index("settings = ("), text.index("    def check")
    (house / "weasel.py").write_text(f"{text[:start]}settings = {settings}\n\n{text[end:]}", encoding="utf-8")
    done = factledger("--plugins-dir", str(house), "plugins")
    assert done.returncode == 4
    assert said in done.stderr and "weasel" in done.stderr


SECRETS = (
    "GITHUB_TOKEN", "SECRET_SAUCE", "DB_PASSWORD", "OPENAI_API_KEY", "AWS_REGION", "NPM_PAT", "SSH_AUTH_SOCK", "A_URL",
)  # fmt: skip


@pytest.mark.table
@pytest.mark.parametrize("passed", ["", "OPENAI_API_KEY, A_URL"])
def test_secrets_are_not_handed_to_plugins(
    factledger: Any, house: Path, pier: str, monkeypatch: pytest.MonkeyPatch, passed: str
) -> None:
    """What looks like a secret is not in the environment of a worker, unless it is passed on by name; the rest is."""
    for name in (*SECRETS, "ORDINARY"):
        monkeypatch.setenv(name, "https://ana:pass@example.org" if name == "A_URL" else "x")
    monkeypatch.setenv("FACTLEDGER_PASS_ENV", passed)
    look = f"yield self.passes(' '.join(n for n in {(*SECRETS, 'ORDINARY')!r} if n in __import__('os').environ))"
    body = f"def check(self, dossier, context):\n        {look}"
    (house / "weasel.py").write_text(WEASEL.format(kind="Checker", body=body), encoding="utf-8")
    done = factledger("plugin", "try", str(house / "weasel.py"), "--claim", "pier", "--json")
    (row,) = json.loads(done.stdout)
    assert row["reason"] == ("OPENAI_API_KEY A_URL ORDINARY" if passed else "ORDINARY")


@pytest.mark.long
def test_a_plugin_is_installed_and_taken_away(environment: Callable[[], Any]) -> None:
    """`install` and `uninstall` are those of pip, in the environment of factledger."""
    there = environment()
    there.settings.update({"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"})
    project = Path(__file__).parents[2] / "plugins" / "factledger-percentage-points"
    pip = [sys.executable, "-m", "pip", "-q", "wheel", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", str(there.folder), str(project)], check=True, timeout=120)
    (wheel,) = there.folder.glob("*.whl")
    there.factledger("install", str(wheel))
    assert "ok     factledger-percentage-points 1.0.0" in there.factledger("plugins", "--check")
    there.factledger("uninstall", "--yes", "factledger-percentage-points")
    assert "percentage" not in there.factledger("plugins", "--check")
    there.factledger("install", "factledger-nowhere-to-be-found", status=5)
    there.factledger("install", "--", "--index-url=https://example.org", status=2)
