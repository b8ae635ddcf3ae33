"""A page of the public web, fetched once and on request, or a clear reason why not."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import NoReturn
from urllib.parse import urljoin

import attrs

from ...version import VERSION
from ..walls import wall
from .coding import unpack
from .faults import AddressRefused, FaultCode, NotFetched, shown
from .network import PUBLIC, Connection, Deadline, NetworkAccess, Tls, connect
from .response import Headers, HttpResponse, Limits, ask
from .robots import LARGEST, REDIRECTS, Robots, RuleGroup, Ruling, parse_robots, ruling
from .statuses import fault
from .turns import turn
from .urls import Target, parse_url

AGENT = "factledger"
"""The product token: what a robots.txt calls this program."""

USER_AGENT = f"{AGENT}/{VERSION} (fact-checking; one page at a time, on a person's request)"

ACCEPTS = (("User-Agent", USER_AGENT), ("Accept", "*/*"))

_SENDS_ON = (301, 302, 303, 307, 308)


@attrs.frozen
class Redirect:
    """One step of the way: who sent on, with which status, to where."""

    url: str
    status: int
    to: str


@attrs.frozen
class Fetched:
    """A page as it came: its bytes unpacked, and everything that says where they are from."""

    url: str
    """What was asked for."""
    final_url: str
    """What answered, after redirects."""
    status: int
    headers: Headers
    """In their order and as often as they were sent; bytes that are not ASCII are read as Latin-1."""
    body: bytes = attrs.field(repr=False)
    redirects: tuple[Redirect, ...]
    fetched_at: datetime
    address: str
    """The IP address that answered."""
    tls: Tls | None
    """None: the page came by http, and nobody vouches for who sent it."""
    robots: Robots
    wire_bytes: int
    """The size of the body as it was sent, packed if the server packed it."""
    ended: str
    """How the end was known; by "close", a page that was cut on the way looks like a whole one."""

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str:
        """What the server calls it, in small letters without parameters; empty if it does not say."""
        return next((v for k, v in self.headers if k.lower() == "content-type"), "").partition(";")[0].strip().lower()


def fetch(url: str, *, limits: Limits = Limits(), robots: bool = True, network: NetworkAccess = PUBLIC) -> Fetched:
    """Return a page of the public web; raise Refused if it is not asked for, NotFetched if it does not come whole.

    Every host on the way is resolved once, and every address of it must be public. Redirects are followed as far as
    `limits` say, each checked as if it had been asked for; from https to http they are not followed, since what
    comes then could be anybody's. With `robots=False` robots.txt is not asked.
    """
    return Visit(url, limits, robots, network).page()


Rules = dict[str, tuple[Robots, tuple[RuleGroup, ...]]]
"""What each site's robots.txt said, by the site's origin."""


class Visit:
    """One address that is asked for: a deadline, the way so far, and what each site's robots.txt said.

    `rules` and `deadline` are kept from visit to visit where several are made for one page.
    """

    def __init__(
        self,
        url: str,
        limits: Limits,
        robots: bool,
        network: NetworkAccess,
        *,
        deadline: Deadline | None = None,
        rules: Rules | None = None,
    ) -> None:
        self.url, self.limits, self.network = url, limits, network
        self.asks_robots = robots
        self.target = parse_url(url)
        self.deadline = deadline or Deadline(limits.seconds)
        self.rules: Rules = {} if rules is None else rules

    def page(self) -> Fetched:
        """Return a page for people: one that is empty, or stands where another was asked for, is none."""
        page = self.answer()
        if not page.body:
            raise NotFetched(
                FaultCode.EMPTY, "The server answers with an empty page.", where=self.url, hint="Open it in a browser."
            )
        require_no_wall(page)
        return page

    def answer(self) -> Fetched:
        """Return whatever the server answers with 200, behind all redirects."""
        way: list[Redirect] = []
        target, cookies = self.target, False
        while True:
            said, delay = self._asked_robots(target)
            connection, answer = self._visit(target, delay)
            cookies = cookies or bool(answer.header("set-cookie"))
            if answer.status not in _SENDS_ON or not answer.header("location"):
                return self._fetched(target, connection, answer, way, said)
            following = self._next(target, answer)
            way.append(Redirect(target.url, answer.status, following.url))
            visited = following.url.partition("#")[0] in {step.url.partition("#")[0] for step in way}
            if visited or len(way) > self.limits.redirects:
                self._circle(following, cookies, visited)
            target = following

    def _next(self, target: Target, answer: HttpResponse) -> Target:
        location = answer.header("location")
        with suppress(UnicodeError):
            location = location.encode("latin-1").decode("utf-8")
        try:
            following = parse_url(urljoin(target.url, location))
        except ValueError as error:
            code = error.code if isinstance(error, AddressRefused) else FaultCode.URL
            what = error.message if isinstance(error, AddressRefused) else "This is no web address."
            raise AddressRefused(
                code,
                f"The server sends on to {shown(location, 100)!r}. {what}",
                where=self.url,
                hint="It is not followed; save the page yourself and capture the file.",
            ) from None
        if target.scheme == "https" and following.scheme == "http":
            raise AddressRefused(
                FaultCode.DOWNGRADE,
                f"The server sends on from https to {shown(following.url, 100)}, where nobody vouches for the page.",
                where=self.url,
                hint="It is not followed; give that address yourself if you want it all the same.",
            )
        return following

    def _circle(self, following: Target, cookies: bool, visited: bool) -> NoReturn:
        if cookies:
            raise NotFetched(
                FaultCode.COOKIES,
                "The site sends visitors who keep no cookies round in a circle.",
                where=self.url,
                hint="Save the page yourself and capture the file.",
            )
        message = f"The server sends on more than {self.limits.redirects} times."
        if visited:
            message = f"The server sends on in a circle, back to {shown(following.url, 100)}."
        raise NotFetched(
            FaultCode.LOOP, message, where=self.url, hint="Open the address and copy the one that it ends at."
        )

    def _visit(
        self, target: Target, delay: float | None = None, *, robots: bool = False
    ) -> tuple[Connection, HttpResponse]:
        """Ask one question when it is this visitor's turn; waiting for the turn is not the server's fault."""
        pause = min(max(self.limits.pause, delay or 0.0), self.limits.longest_pause)
        came = time.monotonic()
        with turn(target.host, pause, self.network.pause):
            self.deadline.later(time.monotonic() - came)
            connection = connect(target, self.network, self.deadline)
            with closing(connection.socket):
                limits = attrs.evolve(self.limits, body=LARGEST) if robots else self.limits
                headers = (*ACCEPTS, ("Accept-Encoding", "identity" if robots else "gzip, deflate"))
                return connection, ask(
                    connection.socket, target, headers, deadline=self.deadline, limits=limits, cut=robots
                )

    def _fetched(
        self, target: Target, connection: Connection, answer: HttpResponse, way: list[Redirect], said: Robots
    ) -> Fetched:
        failed = fault(answer, self.url)
        if failed:
            raise failed
        body = unpack(answer.body, answer.header("content-encoding"), most=self.limits.body, where=self.url)
        return Fetched(
            self.url,
            target.url,
            answer.status,
            answer.headers,
            body,
            tuple(way),
            datetime.now(UTC),
            connection.address,
            connection.tls,
            said,
            len(answer.body),
            answer.ended,
        )

    def _asked_robots(self, target: Target) -> tuple[Robots, float | None]:
        """Return what a site's robots.txt says of a page; raise Refused if it forbids it or cannot be asked."""
        if not self.asks_robots:
            return Robots.NOT_ASKED, None
        if target.origin not in self.rules:
            self.rules[target.origin] = self._robots_of(target)
        said, groups = self.rules[target.origin]
        ruled = ruling(groups, AGENT, target.path)
        if said is Robots.UNREACHABLE or not ruled.allowed:
            raise AddressRefused(
                FaultCode.ROBOTS,
                _forbidden(target, said, ruled),
                where=self.url,
                hint="Ask the site, save the page yourself, or say that robots.txt is not to be asked.",
            )
        return said, ruled.delay

    def _robots_of(self, target: Target) -> tuple[Robots, tuple[RuleGroup, ...]]:
        """Ask for robots.txt, which stands at one place per origin; its redirects are checked as any."""
        checked = parse_url(f"{target.origin}/robots.txt")
        try:
            for _ in range(REDIRECTS + 1):
                _, answer = self._visit(checked, robots=True)
                if answer.status not in _SENDS_ON or not answer.header("location"):
                    break
                checked = self._next(checked, answer)
            if answer.status >= 500:
                return Robots.UNREACHABLE, ()
            if answer.status not in (200, 203):
                return Robots.NONE, ()
            data = unpack(answer.body, answer.header("content-encoding"), most=LARGEST, where=checked.url)
        except (AddressRefused, NotFetched) as error:
            # What keeps the page itself from being fetched is said of the page.
            if error.code is FaultCode.SLOW or (checked.origin == target.origin and _of_the_way(error.code)):
                raise
            return Robots.UNREACHABLE, ()
        return Robots.ALLOWED, parse_robots(data)


def _of_the_way(code: FaultCode) -> bool:
    """Whether a fault lies on the way to the host, where every page of it would meet it."""
    return code in (FaultCode.ADDRESS, FaultCode.DNS, FaultCode.CONNECTION) or code.value.startswith("tls")


def _forbidden(target: Target, said: Robots, ruled: Ruling) -> str:
    if said is Robots.UNREACHABLE:
        return f"The robots.txt of {target.host} cannot be read just now, which counts as a no."
    rule = f" ({shown(ruled.rule.pattern, 60)})" if ruled.rule else ""
    return f"The robots.txt of {target.host} asks programs not to fetch this page{rule}."


def require_no_wall(page: Fetched) -> None:
    """Raise NotFetched if a page only asks for cookies or a password."""
    found = wall(page.body, page.media_type)
    if found is None:
        return
    what = "asks for cookies" if found == "cookies" else "asks for a password"
    raise NotFetched(
        FaultCode(found),
        f"Instead of the page came one that {what}.",
        where=page.url,
        hint="Save the page yourself if you may see it, and capture the file.",
        status=page.status,
    )
