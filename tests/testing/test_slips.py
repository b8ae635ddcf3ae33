"""What beginners do wrong in a first plugin: each slip is told before a run, with file and line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.cli.scaffold import new_plugin
from ledger.errors import InputError
from ledger.testing.lint import lint

CODE, PROJECT = "factledger_undated/__init__.py", "pyproject.toml"

HOOK = """@hookimpl
def ledger_register_checkers(config: Mapping[str, Any]) -> list[Checker]:
    \"\"\"Return the checkers of this plugin.\"\"\"
    return [Undated()]
"""
PASSES = 'yield self.passes("Every source that needs a date has one.", cites=sources)'
ABSTAINS = 'yield self.abstains("No source supports this claim.", cites=[dossier.claim])'
FAILS = 'yield self.fails(f"“{source.title}” has no date.", code="undated", cites=[source], fix=fix)'

SLIPS: dict[str, tuple[str, str, str, str, str]] = {
    # name: (file, what stood there, what stands there, at which words, what is told)
    "no_marker": (CODE, "@hookimpl\n", "", "def ledger_reg", "is not marked, and never called; write @hookimpl"),
    "another_marker": (
        CODE,
        "from ledger import Checker, Context, Dossier, Finding, Setting, hookimpl\n",
        "import pluggy\nfrom ledger import Checker, Context, Dossier, Finding, Setting\nhookimpl = pluggy.HookimplMarker('other')\n",
        "HookimplMarker",
        "a marker for 'other' marks nothing here; write: from ledger import hookimpl",
    ),
    "misspelt_hook": (CODE, "ledger_register_checkers", "ledger_register_checker", "def ledger", "did you mean ledger_"),
    "hook_in_a_class": (
        CODE,
        HOOK,
        "class Plugin:\n    @hookimpl\n    def ledger_register_checkers(self, config):\n        return [Undated()]\n",
        "    def ledger",
        "stands inside a class, where nobody looks",
    ),
    "hook_returns_nothing": (CODE, "    return [Undated()]", "    [Undated()]", "def ledger", "returns nothing; return a list"),
    "hook_returns_one": (CODE, "return [Undated()]", "return Undated()", "def ledger", "not iterable; return a list"),
    "hook_returns_the_class": (CODE, "[Undated()]", "[Undated]", "def ledger", "return instances"),
    "hook_with_another_argument": (CODE, "(config:", "(settings:", "def ledger", "its hook does not fit"),
    "hook_that_raises": (CODE, "[Undated()]", "[Undated(config['x'])]", "def ledger", "KeyError"),
    "no_hook": (CODE, HOOK, "", "", "no hook registers anything; write ledger_register_checkers"),
    "wrong_group": (PROJECT, "entry-points.factledger]", 'entry-points."factledger.plugins"]', "entry-p", "name it 'factledger'"),
    "no_entry_point": (PROJECT, "[project.entry-points.factledger]", "[tool.other]", "[project]", "add [project.entry-po"),
    "entry_point_at_a_class": (PROJECT, '= "factledger_undated"\n\n', '= "factledger_undated:Undated"\n\n', ":Undated", "name the module alone"),
    "entry_point_nowhere": (PROJECT, '= "factledger_undated"\n\n', '= "factledger_undatd"\n\n', '"factledger_undatd"', "did you mean factledger_undated?"),
    "not_in_the_wheel": (PROJECT, 'packages = ["factledger_undated"]', 'packages = ["undated"]', "packages", "the wheel would lack"),
    "no_dependency": (PROJECT, 'dependencies = ["factledger"]', "dependencies = []", "[project]", "it does not depend on factledger"),
    "no_syntax": (CODE, "    version = 1", "    version = = 1", "version = =", "Python cannot read it"),
    "no_such_import": (CODE, "Dossier, Finding, Setting, hookimpl", "Dosier, Finding, hookimpl", "from ledger", "it cannot be imported (ImportError"),
    "private_import": (CODE, "from ledger import", "from ledger.store import queries\nfrom ledger import", "ledger.store", "ledger.store is private"),
    "an_exit_at_import": (CODE, "\n\nclass ", "\n\nraise SystemExit(0)\n\nclass ", "SystemExit", "it cannot be imported (SystemExit"),
    "no_checker": (CODE, "class Undated(Checker)", "class Undated", "class Undated", "is no Checker; subclass Checker"),
    "no_name": (CODE, '    name = "undated"\n', "", "class Undated", "does not say its name; give the class"),
    "a_name_in_capitals": (CODE, 'name = "undated"', 'name = "Undated Sources"', "class Undated", "needs a name such as"),
    "no_promise": (CODE, "    establishes =", "    establish =", "class Undated", "does not say its establishes"),
    "no_limits": (CODE, "    does_not_establish =", "    dont_establish =", "class Undated", "does not say its does not establish"),
    "a_full_stop": (CODE, 'have dates"', 'have dates."', "    establishes", "ends with a full stop; leave it out"),
    "three_parts": (CODE, "    Fails on: a report", "    Then: a report", "class Undated", "its docstring lacks the part “Fails on"),
    "no_version": (CODE, "version = 1", "version = None", "version = None", "its version is None; count from 1"),
    "no_check": (CODE, "def check(", "def chek(", "class Undated", "it has no method `check`; write it"),
    "check_without_context": (CODE, ", context: Context)", ")", "def check", "it raises TypeError"),
    "check_returns_nothing": (CODE, "        without = ", "        return None\n    def other(self, dossier, context):\n        without = ", "def check", "it returns None; yield findings"),
    "check_returns_one": (
        CODE, "        without = ", "        return self.passes('Fine.')\n    def other(self, dossier, context):\n        without = ",
        "def check", "yield findings, or return a list",
    ),
    "a_word_for_a_finding": (CODE, PASSES, "yield True", "def check", "it gave a bool for a finding; make findings with self"),
    "details_in_one": (CODE, "fix=fix)", 'fix=fix, details="One.")', "details=", "details is one value; give a list"),
    "one_record_cited": (CODE, "cites=[source]", "cites=source", "cites=source,", "cites is one record: give a list"),
    "an_odd_code": (CODE, 'code="undated"', 'code="no date"', "code=", "its code is 'no date'; give machines one short word"),
    "no_reason": (CODE, PASSES, "yield self.passes(cites=sources)", "self.passes", "self.passes has no reason"),
    "an_empty_reason": (CODE, ABSTAINS, 'yield self.abstains("")', "self.abstains", "its reason is empty"),
    "another_part": (CODE, "code=\"undated\"", "kode=\"undated\"", "self.fails", "unexpected keyword argument 'kode'"),
    "a_strange_citation": (CODE, "cites=[dossier.claim]", 'cites=["post"]', "def check", "it cites 'post', which it was not given"),
    "a_day_for_a_moment": (
        CODE, "fix=fix)", "fix=fix, valid_until=context.now.date())", "self.fails", "valid_until is a day: give a moment",
    ),
    "half_a_measure": (CODE, "fix=fix)", 'fix=fix, measures={"share": 0.5})', "def check", "it cannot be recorded (A float"),
    "a_misspelt_field": (CODE, "dossier.supporting", "dossier.suporting", "dossier.suporting", "AttributeError"),
    "a_field_that_may_be_none": (CODE, "not source.published and", "not source.published.strip() and", "published.strip()", "'NoneType' object"),
    "the_day_of_today": (CODE, "        without = ", "        import time\n        time.time()\n        without = ", "time.time()", "asks the clock"),
    "a_newer_api": (CODE, "\n\nclass ", '\n\nrequires_api = "99.0"\n\nclass ', "requires_api", "it needs API 99.0"),
}  # fmt: skip


def slipped(folder: Path, slip: str) -> tuple[list[str], Path, int]:
    """Write a plugin with a slip; return what is told, and where it should be told."""
    name, before, after, words, _ = SLIPS[slip]
    new_plugin("undated", into=folder)
    file = folder / "undated" / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    changed = text.replace(before, after)
    file.write_text(changed, encoding="utf-8")
    lines = changed.splitlines()
    line = next(number for number, one in enumerate(lines, 1) if words in one)
    return [str(one) for one in lint(folder / "undated")], file, line


@pytest.mark.long
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_place(slip: str, tmp_path: Path) -> None:
    """One message names the file, the line and what to do; none is silent, and none without a place."""
    told, file, line = slipped(tmp_path, slip)
    at = [one for one in told if SLIPS[slip][4] in one]
    assert at, told
    assert at[0].startswith(f"{file}:{line}: "), at
    assert ";" in at[0] or "?" in at[0]
    assert len(told) <= 2, told


def test_there_are_as_many_slips_as_were_seen() -> None:
    """The table holds those that were seen when strangers wrote their first plugin."""
    assert len(SLIPS) >= 36


@pytest.mark.long
def test_a_good_plugin_is_left_alone(tmp_path: Path) -> None:
    """What `plugin new` wrote has nothing to mend, as a project and as one module."""
    new_plugin("undated", into=tmp_path)
    assert lint(tmp_path / "undated") == ()
    assert lint(tmp_path / "undated" / CODE) == ()


def test_what_is_no_plugin_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A folder without a project, and a name of nothing."""
    for path, words in ((tmp_path, "no pyproject.toml"), (tmp_path / "none", "no such plugin")):
        with pytest.raises(InputError, match=words) as raised:
            lint(path)
        assert raised.value.hint
