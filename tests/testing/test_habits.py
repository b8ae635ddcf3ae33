"""Habits by which a checker is no pure function: each is a breach, told in a sentence with what to do."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ledger.testing import Case, assert_checker_contract

HEAD = '''
import datetime, functools, getpass, locale, os, platform, random, secrets, socket, sqlite3, subprocess, sys, tempfile
import threading, time, urllib.request, uuid
from datetime import date, timedelta
from pathlib import Path
from ledger import Checker

SEEN = {}


class Habit(Checker):
    """Checks: a habit.
    Why it matters: it is one.
    Fails on: nothing.
    Passes on: everything.
    """
    name = "habit"
    version = 1
    establishes = "nothing"
    does_not_establish = "anything"
    def check(self, dossier, context):
'''

HABITS: dict[str, tuple[str, str]] = {
    "the_clock": ("yield self.passes(f'As of {datetime.datetime.now()}.')", "asks the clock"),
    "the_day": ("yield self.passes('Old.' if date.today().year > 2031 else 'New.')", "asks the clock"),
    "seconds": ("yield self.passes(f'Day {int(time.time()) // 86400}.')", "asks the clock"),
    "local_time": ("yield self.passes(f'Year {time.localtime().tm_year}.')", "asks the clock"),
    "how_long_it_took": ("time.perf_counter(); yield self.passes('Quick.')", "asks the clock"),
    "an_answer_kept_of_the_day": (
        "yield self.passes(f'{self.today()}.')\n"
        "    @functools.cache\n    def today(self):\n        return date.today().year",
        "asks the clock",
    ),
    "chance": ("yield self.passes(f'{random.randint(1, 1)}.')", "at random"),
    "an_order_by_chance": ("yield self.passes(''.join(random.sample('aaaa', 4)))", "at random"),
    "a_made_up_name": ("uuid.uuid4(); yield self.passes('Fine.')", "at random"),
    "a_secret": ("secrets.token_hex(4); yield self.passes('Fine.')", "at random"),
    "the_environment": ("yield self.passes(f\"Of {os.environ.get('DESK', 'a desk')}.\")", "asks the environment"),
    "the_folder": ("yield self.passes(f'In {os.getcwd()}.')", "asks which machine, user or folder"),
    "the_host": ("yield self.passes(f'On {socket.gethostname()}.')", "asks which machine, user or folder"),
    "the_machine": ("yield self.passes(f'On {platform.node()}.')", "asks which machine, user or folder"),
    "the_user": ("yield self.passes(f'By {getpass.getuser()}.')", "asks"),
    "the_language": ("yield self.passes(f'In {locale.getlocale()[0]}.')", "asks the language of the machine"),
    "the_time_zone": ("yield self.passes(f'At {context.now.astimezone().utcoffset()}.')", "language and time zone"),
    "a_file": ("Path('/etc/hostname').exists(); yield self.passes('Fine.')", "looks at files"),
    "words_of_a_file": (
        "yield self.passes(f\"{len(open('/proc/version').read()) > 0}.\")",
        "looks at files",
    ),
    "a_folder": ("yield self.passes(f\"{len(os.listdir('/')) > 0}.\")", "looks at files"),
    "a_written_file": ("Path('/tmp/notes.txt').write_text('x'); yield self.passes('Fine.')", "writes a file"),
    "a_page": (
        "urllib.request.urlopen('http://127.0.0.1:9/'); yield self.passes('Fine.')",
        "asks",
    ),
    "a_program": ("subprocess.run(['true']); yield self.passes('Fine.')", "starts a process"),
    "a_database": ("sqlite3.connect(':memory:'); yield self.passes('Fine.')", "opens a database"),
    "a_thread": (
        "thread = threading.Thread(target=int); thread.start(); thread.join(); yield self.passes('Fine.')",
        "starts a thread",
    ),
    "a_wait": ("time.sleep(0); yield self.passes('Fine.')", "waits"),
    "a_set_in_its_order": (
        "yield self.passes(' '.join({'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}))",
        "sort what comes from a set",
    ),
    "what_was_asked_before": (
        "SEEN[dossier.claim.text] = len(SEEN); yield self.passes(f'{len(SEEN)} seen.')",
        "keep nothing between calls",
    ),
    "time_that_passes": (
        "yield self.passes(f'{(context.now.date() - date(2031, 1, 1)).days} days old.')",
        "give valid_until",
    ),
    "both_at_once": (
        "yield self.passes('Fine.', cites=[dossier.claim]); yield self.fails('Not so.', cites=[dossier.claim])",
        "that they pass and that they fail",
    ),
    "the_same_twice": ("yield self.passes('Fine.'); yield self.passes('Fine.')", "it says twice"),
    "a_changed_setting": ("os.environ['DESK'] = 'x'; yield self.passes('Fine.')", "changes the process"),
    "another_folder": ("os.chdir('/'); yield self.passes('Fine.')", "changes the process"),
    "what_cannot_be_sent": (
        "yield self.passes('Fine.')\n    def __init__(self):\n        self.rule = lambda text: text",
        "it cannot be pickled",
    ),
}


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Write the body of a check into a module of its own, and return its checker."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(name: str, body: str) -> Any:
        (tmp_path / f"habit_{name}.py").write_text(f"{HEAD}        {body}\n", encoding="utf-8")
        return import_module(f"habit_{name}").Habit()

    yield write
    for name in [one for one in sys.modules if one.startswith("habit_")]:
        del sys.modules[name]


@pytest.mark.long
@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_told(habit: str, written: Any) -> None:
    """Whatever it asks, or does, that the dossier and the context do not hold, is a breach with what to do instead."""
    body, words = HABITS[habit]
    with pytest.raises(AssertionError) as raised:
        assert_checker_contract(written(habit, body), limit=60)
    said = str(raised.value)
    assert words in said and ";" in said and len(said.splitlines()) == 1


GOOD = {
    "seeded": "yield self.passes(f'{random.Random(dossier.claim.text).random()}.')",
    "the_time_of_the_run": (
        "day = context.now.replace(hour=0, minute=0, second=0, microsecond=0)\n"
        "        yield self.passes(f'On {day:%d %B %Y}.', valid_until=day + timedelta(days=1))"
    ),
    "two_of_a_kind": "yield self.passes('Fine.', cites=[dossier.claim]); yield self.fails('Not so.')",
    "its_own_file": "yield self.passes(f'{len(Path(__file__).read_text())} characters.')",
}


@pytest.mark.long
@pytest.mark.parametrize("name", GOOD)
def test_what_only_looks_like_a_habit_is_none(name: str, written: Any) -> None:
    """Chance from a seed, the time of the run with its end, and a file that comes with the checker are in order."""
    case = Case("The ferry runs.")
    assert_checker_contract(written(name, GOOD[name]), [case], limit=60)


@pytest.mark.long
def test_what_others_do_when_rubbish_is_collected_is_no_habit(written: Any) -> None:
    """A test framework that times the collector asks the clock in the middle of a checker; the checker does not."""

    def timed(phase: str, about: dict[str, int]) -> None:
        time.perf_counter()

    body = "cycles = [[] for _ in range(2_000)]\n        yield self.passes(f'{len(cycles)} lists.')"
    gc.callbacks.append(timed)
    try:
        assert_checker_contract(written("rubbish", body), limit=60)
    finally:
        gc.callbacks.remove(timed)


@pytest.mark.long
def test_the_line_of_the_checker_is_told(written: Any) -> None:
    """Also where a library asked the clock, it is the checker's own line that is named."""
    checker = written("placed", "yield self.passes(f'{platform.uname().node}.')")
    with pytest.raises(AssertionError, match=rf"habit_placed\.py, line {len(HEAD.splitlines()) + 1}\b"):
        assert_checker_contract(checker, limit=60)
