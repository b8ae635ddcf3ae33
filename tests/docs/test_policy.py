"""docs/policy.md: its example is a policy, and every setting is on the page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from ledger import Corroboration
from ledger.testing import read_policy

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")


def test_the_example_is_a_policy(tmp_path: Path) -> None:
    """Written to a file beside its list, the example is read, and says what it says."""
    (example,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
    (tmp_path / "desk.policy.toml").write_text(example, encoding="utf-8")
    (tmp_path / "listed.csv").write_text("url,why\nexample.org,Satire\n", encoding="utf-8")
    policy = read_policy(tmp_path / "desk.policy.toml")
    assert policy.required == ("corroboration", "no-source")
    assert Corroboration.INDEPENDENCE_UNKNOWN in policy.enough
    assert policy.lists["listed-sources"] == ({"url": "example.org", "why": "Satire"},)
    assert policy.of("awaiting") == {"days": 7}


def test_every_setting_is_on_the_page() -> None:
    """The page has a row for each table of the shipped policy, and names its fixed settings."""
    shipped = tomllib.loads((ROOT / "ledger" / "policy.toml").read_text(encoding="utf-8"))
    for table, settings in shipped.items():
        assert f"| `[{table}" in PAGE
        if table in ("required", "corroboration", "sign_off"):
            for name in settings:
                assert f"`{name}`" in PAGE, name
