"""Serving over a real port."""

from __future__ import annotations

import socket
import threading
import urllib.request
from pathlib import Path

import pytest

from ledger.errors import EnvironmentFault
from ledger.web.serve import listen, serve


def test_an_occupied_port_is_one_line_with_a_hint(story: Path) -> None:
    """Who asks for a port that is taken learns so, and which to try."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentFault) as error:
            serve(story, port=port)
    assert str(error.value) == (
        f"Cannot serve at 127.0.0.1, port {port}: it is in use. Choose another: factledger serve --port {port + 1}"
    )
    assert error.value.exit_code == 5


def test_an_address_that_is_not_ours_is_told(story: Path) -> None:
    """A host that this machine does not have is named."""
    with pytest.raises(EnvironmentFault, match=r"Cannot serve at 192\.0\.2\.1"):
        serve(story, host="192.0.2.1", port=0)


def test_the_address_is_told_once_it_answers(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`say` and the browser get an address that answers at that moment."""
    import uvicorn

    told: list[str] = []
    browsed: list[str] = []
    answers: list[int] = []
    monkeypatch.setattr("webbrowser.open", browsed.append)
    servers: list[uvicorn.Server] = []
    begin = uvicorn.Server.__init__
    monkeypatch.setattr(uvicorn.Server, "__init__", lambda self, config: (servers.append(self), begin(self, config))[1])
    ready = threading.Event()

    def say(text: str) -> None:
        told.append(text)
        ready.set()

    thread = threading.Thread(target=serve, args=(story,), kwargs={"port": 0, "open_browser": True, "say": say})
    thread.start()
    try:
        assert ready.wait(20)
        address = told[0].split(" at ")[1].split(" ")[0]
        with urllib.request.urlopen(f"{address}ledger/claims/troop-offer", timeout=60) as page:
            answers.append(page.status)
        with urllib.request.urlopen(f"{address}-/static-plugins/factledger/ledger.css", timeout=60) as sheet:
            answers.append(sheet.status)
    finally:
        servers[0].should_exit = True
        thread.join(20)
    assert answers == [200, 200]
    assert browsed == [address]


def test_a_listening_socket_takes_any_free_port() -> None:
    """Port 0 is a port that is free."""
    with listen("127.0.0.1", 0) as found:
        assert found.getsockname()[1] > 0
