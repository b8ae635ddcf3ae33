"""No command, option, policy or variable opens the way to a page at an address that is not public.

Services that a person names, witnesses and authorities of time, may stand anywhere: what they answer is verified and
not recorded, and nobody else may ask like that.
"""

from __future__ import annotations

import ast
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import ledger
from ledger.capture.fetch import AddressRefused, FaultCode, NetworkAccess, fetch

ROOT = Path(ledger.__file__).parent


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def outside() -> list[Path]:
    """Every module of the package and its plugins that is not the fetching itself."""
    modules = [*ROOT.rglob("*.py"), *(ROOT.parent / "plugins").rglob("*.py")]
    return [path for path in modules if path.parent != ROOT / "capture" / "fetch"]


def test_nobody_else_names_a_network() -> None:
    """No module outside imports or builds one, or passes one to what fetches."""
    assert len(outside()) > 100
    for path in outside():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and "fetch" in (node.module or ""):
                names = {alias.name for alias in node.names}
                assert not names & {"Network", "PUBLIC", "NAMED", "network", "posting", "*"}, path
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert not (isinstance(node.func, ast.Attribute) and name == "Network"), path
                if name in ("fetch", "probe", "PageRequests"):
                    passed = {keyword.arg for keyword in node.keywords}
                    assert not passed & {"network", None}, path


def test_who_asks_services_at_any_address() -> None:
    """Only what asks a witness or an authority of time; what fetches pages does not."""
    asking = {
        str(path.relative_to(ROOT))
        for path in outside()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("fetch")
        if "post" in {alias.name for alias in node.names}
    }
    assert asking == {"trust/timestamps.py", "trust/witness/asking.py"}


def test_fetching_reads_no_setting() -> None:
    """Its modules look at no environment, file, option or policy."""
    barred = {"os", "pathlib", "tomllib", "click", "configparser", "urllib.request"}
    for path in (ROOT / "capture" / "fetch").glob("*.py"):
        for node in ast.walk(parsed(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not barred & set(names), path
            assert not (isinstance(node, ast.ImportFrom) and "policy" in (node.module or "")), path
            assert not (isinstance(node, ast.Name) and node.id == "open"), path


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"])
def test_the_environment_leads_nowhere_else(name: str, site, get: Callable[..., object], monkeypatch) -> None:
    """A proxy of the environment is not used: it would resolve names behind the check."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        site.page("/", "The bridge is open.")
        get(site.url())
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_the_default_refuses_loopback_where_a_server_listens(site) -> None:
    """Without a network passed on purpose, the very server of these tests is out of reach."""
    site.page("/", "The bridge is open.")
    with pytest.raises(AddressRefused) as caught:
        fetch(f"http://127.0.0.1:{site.port}/")
    assert caught.value.code is FaultCode.ADDRESS
    assert site.asked == []
    assert fetch.__kwdefaults__["network"] == NetworkAccess()
