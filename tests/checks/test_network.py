"""Checkers that ask the outside world: only when told to, by the core's fetcher, and from the record ever after."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import attrs
import pytest

from ledger import checks, trust
from ledger.book import Book
from ledger.capture import Archive
from ledger.capture.fetch import Limits, NetworkAccess, fetch
from ledger.checks import WorkerPool
from ledger.errors import InputError
from ledger.model import Capture, Finding, Inquiry, InquiryState, Outcome, Source
from ledger.store import all_kept, queries

from .conftest import look_in, write_plugin

Install = Callable[..., None]

ASKS = '''
"""A checker that asks one address for each claim, and says what came."""
from ledger import Checker, hookimpl


class Asks(Checker):
    """Checks: what an address says of a claim.
    Why it matters: somebody may know.
    Warns on: an answer.
    Passes on: nothing.
    """

    name = "asks"
    version = 1
    network = "the archive of harbour.example, for the topic of the claim"
    establishes = "what was answered"
    does_not_establish = "that it is so"

    def check(self, dossier, context):
        if dossier.claim.topic is None:
            yield self.passes("There is nothing to ask.")
            return
        answer = dossier.ask(dossier.claim.topic)
        if answer.data is None:
            yield self.abstains(answer.why, code="no_answer", cites=[answer.record] if answer.record else [])
            return
        said = answer.data.decode()
        if said.startswith("next "):
            more = dossier.ask(said.removeprefix("next "))
            said = more.data.decode() if more.data is not None else more.why
        yield self.warns(f"On {answer.at}: {said}", code="answered", cites=[answer.record])


@hookimpl
def ledger_register_checkers(config):
    return [Asks()]
'''


def here(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


@attrs.define
class Harbour:
    """A server called harbour.example: path -> what it answers; it notes what it was asked."""

    port: int
    pages: dict[str, bytes] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)

    def url(self, path: str) -> str:
        return f"http://harbour.example:{self.port}{path}"

    @property
    def online(self) -> checks.Online:
        return self.over(NetworkAccess(resolve=here, barred=lambda address: ""))

    def over(self, network: NetworkAccess) -> checks.Online:
        return partial(fetch, limits=Limits(body=1_000, seconds=30, pause=0), network=network)


@pytest.fixture
def harbour() -> Iterator[Harbour]:
    made = Harbour(0)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            body = made.pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body or b"nothing")))
            self.end_headers()
            self.wfile.write(body or b"nothing")

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def asks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """Workers of that plugin, kept from one test to the next."""
    site = tmp_path_factory.mktemp("site")
    write_plugin(site, "asks", ASKS)
    with pytest.MonkeyPatch.context() as patch:
        look_in(site, patch)
        kept = WorkerPool(tmp_path_factory.mktemp("pool"), memory=checks.MEMORY, policy="", switch="asks")
        yield kept
        kept.close()


def run(book: Book, pool: WorkerPool | None, *claims: str, **more: Any) -> checks.Outcomes:
    return checks.check(book, list(claims) or None, plugins="asks", workers=1, pool=pool, **more)


def found(book: Book, claim: str = "bridge") -> list[Finding]:
    return [one.finding for one in queries.findings(book.ledger.db, claim)]


def records(book: Book, kind: type[Any]) -> list[Any]:
    return [kept.record for kept in all_kept(book.ledger.db, kind.KIND)]


def test_nothing_is_asked_unless_a_run_goes_online(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """Without --online nothing is sent, nothing is found, and the run says who was not asked about what."""
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    book.claim("Eels are back.", id="eels")
    outcomes = run(book, asks)
    assert harbour.asked == []
    assert outcomes.unasked == {"asks": ("bridge",)}
    assert outcomes.network == {"asks": "the archive of harbour.example, for the topic of the claim"}
    assert found(book) == []
    assert [one.outcome for one in found(book, "eels")] == [Outcome.PASS]


def test_an_answer_is_archived_and_the_same_is_found_offline(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """The address is asked once, its bytes are archived as a copy, and a later run finds the same, byte for byte."""
    harbour.pages["/bridge"] = b"It is open."
    for claim in ("bridge", "again"):
        book.claim(f"The bridge is shut: {claim}.", id=claim, topic=harbour.url("/bridge"))
    run(book, asks)
    outcomes = run(book, asks, online=harbour.online)
    assert harbour.asked == ["/robots.txt", "/bridge"]
    (source,), (copy,) = records(book, Source), records(book, Capture)
    assert (source.url, copy.media_type, copy.text_sha256) == (harbour.url("/bridge"), "text/plain", None)
    assert Archive.of(book.ledger).get(copy.sha256) == b"It is open."
    assert [(one.address, one.claims, one.why) for one in outcomes.addresses] == [
        (harbour.url("/bridge"), ("again", "bridge"), "")
    ]
    before = found(book)
    assert [(one.code, one.reason) for one in before] == [("answered", f"On {copy.taken_at}: It is open.")]
    assert [one.handles for one in queries.findings(book.ledger.db, "bridge")] == [(copy.handle,)]
    harbour.pages.clear()
    offline = run(book, asks, everything=True)
    assert (offline.changed, offline.unasked, found(book)) == ((), {}, before)
    assert len(harbour.asked) == 2


def test_what_does_not_come_is_on_record_and_no_pass(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """A page that is not there, one too large and an address that is not public are searches that failed, with why."""
    harbour.pages["/large"] = b"x" * 1_001
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/gone"))
    book.claim("Eels are back.", id="eels", topic=harbour.url("/large"))
    outcomes = run(book, asks, online=harbour.online)
    searches = {one.searched: one.state for one in records(book, Inquiry)}
    assert searches == {
        harbour.url("/gone"): InquiryState.NOT_FOUND,
        harbour.url("/large"): InquiryState.NO_ANSWER,
    }
    assert all(one.why for one in outcomes.addresses)
    for claim in ("bridge", "eels"):
        (finding,) = found(book, claim)
        assert (finding.outcome, finding.code) == (Outcome.ABSTAIN, "no_answer")
        assert finding.reason in {one.note for one in records(book, Inquiry)}
    private = harbour.over(NetworkAccess(resolve=here))
    (refused,) = run(book, asks, "bridge", online=private).addresses
    assert (refused.sent, "is not a public address" in refused.why) == (False, True)
    assert harbour.asked == ["/robots.txt", "/gone", "/robots.txt", "/large"]


def test_the_newest_word_counts(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """Asked again, an address that is gone now is not known any more; that it answered before stays on record."""
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    for body, outcome in ((b"It is open.", Outcome.WARN), (None, Outcome.ABSTAIN), (b"It is shut.", Outcome.WARN)):
        harbour.pages = {} if body is None else {"/bridge": body}
        run(book, asks, online=harbour.online)
        assert [one.outcome for one in found(book)] == [outcome]
    assert (len(records(book, Capture)), len(records(book, Inquiry)), len(records(book, Source))) == (2, 1, 1)


def test_an_answer_may_lead_to_another_address(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """What a checker asks for only once it has an answer is asked in the same run."""
    harbour.pages = {"/bridge": f"next {harbour.url('/page-2')}".encode(), "/page-2": b"It is open."}
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    run(book, asks, online=harbour.online)
    assert [one.reason.partition(": ")[2] for one in found(book)] == ["It is open."]


def test_what_a_person_archived_is_an_answer(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """A copy that somebody took of what stands at the address does as well: then nobody is asked at all."""
    from ledger import desk
    from ledger.book import Custody
    from ledger.capture import read

    source = book.source("The archive on the bridge", url=harbour.url("/bridge"))
    desk.capture(book, source, read(b"It is open.", name="answer.txt", where="answer.txt"), Custody())
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    assert (run(book, asks).unasked, [one.code for one in found(book)]) == ({}, ["answered"])
    assert harbour.asked == []


def test_a_claim_that_asks_for_something_else_now_is_not_told_the_old(
    book: Book, harbour: Harbour, asks: WorkerPool
) -> None:
    """Corrected so that another address is asked for, a claim keeps nothing of the old answer: nobody was asked."""
    harbour.pages = {"/bridge": b"It is open."}
    claim = book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    run(book, asks, online=harbour.online)
    book.correct(claim.handle, {"topic": harbour.url("/other")}, "Another bridge.")
    run(book, asks)
    assert [(one.outcome, one.code) for one in found(book)] == [(Outcome.ABSTAIN, "not_asked")]


def test_an_answer_that_is_retracted_is_none(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """Where a person takes the copy back, the claims that stand on it are looked at again."""
    harbour.pages = {"/bridge": b"It is open."}
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    run(book, asks, online=harbour.online)
    (copy,) = records(book, Capture)
    book.retract(copy.handle, "It was of another bridge.")
    run(book, asks)
    assert [one.code for one in found(book)] == ["not_asked"]


def test_hidden_words_and_secrets_do_not_leave(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """An address that holds sealed words, however written, or names a key, is neither asked nor recorded."""
    from ledger.book.sealing import Sealing

    book.agent("Maria Quintero", seal=Sealing(("name",), "She fears for her job."))
    for number, query in enumerate(("q=Maria+Quintero", "q=maria%20quintero", "api_key=12345")):
        book.claim(f"Claim {number}.", id=f"claim-{number}", topic=harbour.url(f"/ask?{query}"))
    before = queries.head(book.ledger.db).size
    outcomes = run(book, asks, online=harbour.online)
    assert [one.sent for one in outcomes.addresses] == [False] * 3
    assert harbour.asked == []
    assert (records(book, Source), records(book, Inquiry)) == ([], [])
    assert outcomes.unasked == {"asks": ("claim-0", "claim-1", "claim-2")}
    assert queries.head(book.ledger.db).size == before + 2  # the checker's card, and the run


def test_hidden_words_are_black_in_an_answer_however_they_are_spelt(
    book: Book, harbour: Harbour, asks: WorkerPool
) -> None:
    """A withheld name in an answer of JSON is none that a checker reads, and so none that it can say."""
    trust.withhold(book, book.agent("María Quintero").handle, ["name"], "She fears for her job.")
    harbour.pages["/bridge"] = json.dumps({"by": "María Quintero", "said": "It is open."}).encode()
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    run(book, asks, online=harbour.online)
    (finding,) = found(book)
    assert "It is open." in finding.reason
    assert [part for part in ("Mar", "00ed", "Quintero") if part in finding.reason] == []
    assert b"Quintero" in b"".join(Archive.of(book.ledger).get(one.sha256) or b"" for one in records(book, Capture))


def test_too_many_addresses_are_refused_before_any_is_asked(
    book: Book, harbour: Harbour, asks: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that would ask more than it may asks nobody, and says how to ask for less."""
    monkeypatch.setattr("ledger.checks.asking.MOST_ADDRESSES", 2)
    for number in range(3):
        book.claim(f"Claim {number}.", topic=harbour.url(f"/{number}"))
    with pytest.raises(InputError, match="3 addresses would be asked"):
        run(book, asks, online=harbour.online)
    assert harbour.asked == []


def test_what_would_be_asked_is_told_and_not_sent(book: Book, harbour: Harbour, asks: WorkerPool) -> None:
    """The addresses are known before anything is sent, with who asks and about which claims."""
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    network, (question,) = checks.questions(book.ledger, plugins="asks")
    assert (question.address, question.checkers, question.claims) == (harbour.url("/bridge"), ("asks",), ("bridge",))
    assert network["asks"].startswith("the archive of harbour.example")
    assert harbour.asked == []


UNDECLARED = ASKS.replace('    network = "the archive of harbour.example, for the topic of the claim"\n', "")
NO_PHRASE = ASKS.replace('"the archive of harbour.example, for the topic of the claim"', "True")
BOTH = ASKS.replace("    version = 1\n", "    version = 1\n    reads_text = True\n")


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "told"),
    [
        (UNDECLARED, "a checker that asks says so: network"),
        (NO_PHRASE, "does not say in a phrase what it asks the network"),
        (BOTH, "asks the network, and cannot be one that reads_text as well"),
    ],
    ids=["undeclared", "no phrase", "reads texts too"],
)
def test_who_asks_has_to_say_so(book: Book, harbour: Harbour, install: Install, code: str, told: str) -> None:
    """A checker that asks and does not say whom is an error on record, and nobody is asked."""
    install("asks", code)
    book.claim("The bridge is shut.", id="bridge", topic=harbour.url("/bridge"))
    run(book, None, online=harbour.online)
    errors = [one.finding for one in queries.findings(book.ledger.db) if one.finding.outcome is Outcome.ERROR]
    assert [told in one.reason for one in errors] == [True]
    assert harbour.asked == []


@pytest.mark.long
def test_a_worker_is_given_no_agent_of_keys(book: Book, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plugin's process is given of the environment names no ssh-agent, which might sign as the log."""
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    told = "yield self.passes(f\"It has {sorted(name for name in __import__('os').environ if 'SSH' in name)}.\")"
    install("asks", ASKS.replace('yield self.passes("There is nothing to ask.")', told))
    book.claim("Eels are back.", id="eels")
    run(book, None)
    assert [one.reason for one in found(book, "eels")] == ["It has []."]
    assert os.environ["SSH_AUTH_SOCK"] == "/run/agent"
