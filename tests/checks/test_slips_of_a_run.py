"""What is wrong with a plugin is told by the run itself with file and line, as `plugin lint` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import checks
from ledger.book import Book
from ledger.model import Outcome

pytestmark = pytest.mark.long

GOOD = '''
from ledger import Checker, hookimpl


class Slips(Checker):
    """Checks: whether the run says where a slip is.
    Why it matters: an author looks there.
    Warns on: nothing.
    Passes on: all.
    """

    name = "NAME"
    version = 1
    establishes = "nothing at all"
    does_not_establish = "anything else"

    def check(self, dossier, context):
        yield self.passes("Fine.", cites=[dossier.claim])


@hookimpl
def ledger_register_checkers(config):
    return [Slips()]
'''

PASSES = 'yield self.passes("Fine.", cites=[dossier.claim])'
LISTS = "    return [Slips()]"
CHECK, HOOK, CLASS = "def check(", "def ledger_register", "class Slips"

SLIPS: dict[str, tuple[str, str, str, str]] = {
    # name: (what stood there, what stands there, at which words, what is told)
    "raises": (PASSES, "return [1 / 0]", "1 / 0", "ZeroDivisionError"),
    "raises-late": (PASSES, f"{PASSES}\n        yield dossier.suporting", "dossier.suporting", "AttributeError"),
    "raises-below": (
        PASSES,
        "return helper(dossier)\n\n\ndef helper(dossier):\n    return dossier.claim.occurred.strip()",
        "occurred.strip()",
        "'NoneType' object",
    ),
    "exits": (PASSES, "raise SystemExit(3)", "SystemExit", "SystemExit: 3"),
    "no-context": ("(self, dossier, context)", "(self, dossier)", CHECK, "TypeError"),
    "returns-nothing": (PASSES, "return None", CHECK, "it returned None: yield findings, or return a list"),
    "returns-one": (PASSES, 'return self.passes("Fine.")', CHECK, "it returned one Finding: yield findings"),
    "a-word": (PASSES, "yield True", CHECK, "a bool is not one"),
    "a-strange-citation": ("cites=[dossier.claim]", 'cites=["post"]', CHECK, "cites a record that is not in"),
    "an-empty-reason": ('"Fine."', '" "', CHECK, "its reason is empty"),
    "control-characters": ('"Fine."', '"Fine\\x07"', CHECK, "control characters"),
    "half-a-measure": ("cites=", 'measures={"share": 0.5}, cites=', CHECK, "cannot be recorded"),
    "too-many": (PASSES, f"for _ in range(2000):\n            {PASSES}", CHECK, "more than 1,000 findings"),
    "another-part": ("cites=", "cite=", "self.passes", "unexpected keyword argument 'cite'"),
    "the-class": (LISTS, "    return [Slips]", CLASS, "registered type, which is no Checker"),
    "not-a-list": (LISTS, "    return Slips()", HOOK, "not iterable"),
    "hook-returns-nothing": (LISTS, "    [Slips()]", HOOK, "returned None, not a list"),
    "hook-raises": (LISTS, "    return [Slips(config['x'])]", "config['x']", "KeyError"),
    "hook-with-another-argument": ("(config)", "(settings)", HOOK, "settings"),
    "misspelt-hook": ("ledger_register_checkers", "ledger_register_checker", HOOK, "unknown hook"),
    "no-promise": ("    establishes", "    establish", CLASS, "does not say its establishes"),
    "no-checker": ("class Slips(Checker)", "class Slips", CLASS, "is no Checker"),
    "a-name-in-capitals": ('name = "NAME"', 'name = "Slips"', CLASS, "needs a name such as"),
    "no-such-import": ("import Checker, hookimpl", "import Checker, Dosier, hookimpl", "Dosier", "ImportError"),
    "exit-at-import": ("\n\nclass ", "\n\nraise SystemExit(0)\n\nclass ", "SystemExit", "SystemExit"),
    "no-syntax": ("version = 1", "version = = 1", "version = =", "invalid syntax"),
    "a-newer-api": ("\n\nclass ", '\n\nrequires_api = "99.0"\n\nclass ', "", "it needs API 99.0"),
    "keys-that-raise": (
        f"{CHECK}self, dossier, context):\n        {PASSES}",
        "keys(self, claim):\n        return claim.txt\n\n    def check(self, group, context):\n        return []",
        "claim.txt",
        "'Claim' object has no attribute 'txt'",
    ),
}  # fmt: skip


def test_each_slip_is_told_with_its_place(book: Book, tmp_path: Path) -> None:
    """One finding or fault names the file, the line and what is so; none is without a place."""
    book.claim("The bridge was closed.", id="bridge")
    book.claim("The pier was closed.", id="pier")
    folder = tmp_path / "house"
    folder.mkdir()
    at: dict[str, int] = {}
    for name, (before, after, words, _) in SLIPS.items():
        text = GOOD.replace("NAME", name) if before != 'name = "NAME"' else GOOD
        if name == "keys-that-raise":
            before, text = f"    {before}", text.replace("Checker", "GroupChecker")
            after = f"    def {after}"
        assert before in text, name
        text = text.replace(before, after)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        at[name] = next(number for number, line in enumerate(text.splitlines(), 1) if words in line)
    policy = tmp_path / "house.policy.toml"
    policy.write_text(f'[plugins]\ndirs = ["{folder}"]\n', encoding="utf-8")
    outcomes = checks.check(book, policy=policy, workers=1)
    told = {f"{finding.reason}" for _, _, finding in outcomes.found if finding.outcome is Outcome.ERROR}
    missed = {
        name: sorted(one for one in told if f"{name}.py" in one)
        for name, (_, _, words, said) in SLIPS.items()
        if not any(said in one and (f"({name}.py, line {at[name]})" in one or not words) for one in told)
    }
    assert not missed, "\n".join(f"{name}, line {at[name]}: {told}" for name, told in missed.items())
    assert not [one for one in told if ".py" not in one]
