"""A real model plugin of the `llm` library answers from a table; what its answers become, held to the article."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llm
import pytest
from factledger_llm import LanguageModel
from factledger_llm.asking import SCHEMA, parts

from ledger.reader import (
    Article,
    InquiryState,
    LeftOut,
    Mention,
    MentionKind,
    Nature,
    SuggestedAgent,
    SuggestedClaim,
    SuggestedInquiry,
)
from ledger.testing import suggest
from ledger.text import Span

TEXT = (
    "The pier was shut for twelve days. It was “a disgrace”, Mayor Ana Roa said. "
    "The council did not answer.\n\nThe pier was shut again in May, she said.\n"
)
ARTICLE = Article(text=TEXT)


class TableModel(llm.Model):
    """Answers from a table: the first line of what it is asked -> what it says."""

    model_id = "table"
    supports_schema = True

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.asked: list[Any] = []

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:
        self.asked.append(prompt)
        yield self.answers[prompt.prompt.partition("\n")[0]]


@pytest.fixture
def model() -> Iterator[TableModel]:
    """A model that the library knows by a plugin, as it knows every other."""
    table = TableModel()

    class Plugin:
        @llm.hookimpl
        def register_models(self, register: Any) -> None:
            register(table)

    plugin = Plugin()
    llm.plugins.pm.register(plugin, "table")
    yield table
    llm.plugins.pm.unregister(plugin)


def read(model: TableModel, said: Any, article: Article = ARTICLE) -> list[Any]:
    first = next(parts(article.text)).prompt(article.text).partition("\n")[0]
    model.answers[first] = said if isinstance(said, str) else json.dumps(said)
    return list(LanguageModel().read(article, {"model": "table"}))


def of(words: str, *, last: bool = False) -> Span:
    at = TEXT.rindex(words) if last else TEXT.index(words)
    return Span(at, at + len(words))


def claim(**said: Any) -> dict[str, Any]:
    return {"claims": [{"sentence": 1, "words": "The pier was shut for twelve days", "nature": "factual"} | said]}


def test_a_claim_stands_where_its_words_do(model: TableModel) -> None:
    """The words, whose they are, how that is said, and what is quoted each have their place in the article."""
    mayor = {"words": "Mayor Ana Roa", "name": "Ana Roa", "kind": "person"}
    (found,) = read(
        model,
        claim(
            sentence=2,
            words="It was “a disgrace”",
            nature="opinion",
            voices=[mayor],
            cue="said",
            quotations=["a disgrace"],
        ),
    )
    assert isinstance(found, SuggestedClaim)
    assert (found.nature, found.content) == (Nature.OPINION, of("It was “a disgrace”"))
    assert found.voices == (Mention(span=of("Mayor Ana Roa"), name="Ana Roa", kind=MentionKind.PERSON),)
    assert (found.cue, found.quotations) == (of("said"), (of("a disgrace"),))
    assert found.reason == "The model table takes it so."


def test_words_that_stand_twice_are_those_of_the_sentence(model: TableModel) -> None:
    """The number of the sentence decides; a name that the article gives elsewhere is the fullest one."""
    she = {"words": "she", "name": "Ana Roa", "kind": "person"}
    (found,) = read(model, claim(sentence=4, words="The pier was shut", voices=[she]))
    assert found.content == of("The pier was shut", last=True)
    assert (found.voices[0].name, found.voices[0].span) == ("Ana Roa", of("she", last=True))


def test_straight_quotation_marks_are_found_as_a_quotation_is(model: TableModel) -> None:
    """A model that writes other marks has the same words."""
    (found,) = read(model, claim(sentence=2, words='It was "a disgrace"', nature="opinion"))
    assert found.content == of("It was “a disgrace”") or found.content.of(TEXT).startswith("It was")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (claim(words="The pier was shut for twenty days"), "Dropped a claim: “The pier was shut for twenty days”"),
        (claim(sentence=40), "Dropped a claim: “The pier was shut for twelve days”"),
        (claim(sentence="1"), "Dropped a claim:"),
        (claim(nature="true"), "It is of no nature that there is: “true”"),
        (claim(voices=[{"words": "Bo Lind"}]), "Dropped a claim's speaker: “Bo Lind” does not stand"),
        (claim(voices=["Bo Lind"]), "Dropped a claim's speaker: “Bo Lind”"),
        (claim(words=["x"]), "Dropped a claim:"),
        ({"agents": [{"name": "Bo Lind", "kind": "person"}]}, "Dropped a name: “Bo Lind” does not stand"),
        ({"inquiries": [{"sentence": 3, "asked": {"words": "the Navy"}}]}, "Dropped an inquiry: “the Navy”"),
        ("I cannot help with that.", "Not read: what table answered is no JSON."),
        ("{" * 100_000 + "}", "Not read: what table answered is no JSON."),
    ],
)
def test_what_does_not_stand_in_the_text_is_dropped_and_said(model: TableModel, said: Any, reason: str) -> None:
    """A model's inventions, whatever their form, become a reason and nothing else."""
    found = read(model, said)
    assert [type(one) for one in found] == [LeftOut]
    assert reason in found[0].reason


def test_a_quotation_that_is_not_there_leaves_the_claim(model: TableModel) -> None:
    """What is wrong about a part is said beside what is right about the rest."""
    left_out, found = read(model, claim(quotations=["a disgrace"]))
    assert isinstance(left_out, LeftOut) and "Dropped a quotation" in left_out.reason
    assert isinstance(found, SuggestedClaim) and found.quotations == ()


def test_people_and_inquiries_have_every_place(model: TableModel) -> None:
    """Who is named, what they are called, and who did not answer; people without a name are no agents."""
    agents = [
        {"name": "Ana Roa", "kind": "person", "role": "Mayor"},
        {"name": "The pier", "kind": "unnamed"},
        {"name": "council", "kind": "organisation", "role": "Navy"},
    ]
    asked = {"sentence": 3, "asked": {"words": "The council", "kind": "organisation"}, "state": "no_answer"}
    found = read(model, {"agents": agents, "inquiries": [asked]})
    people = [one for one in found if isinstance(one, SuggestedAgent)]
    assert [(one.name, one.role, one.mentions) for one in people] == [
        ("Ana Roa", "Mayor", (of("Ana Roa"),)),
        ("council", "", (of("council"),)),
    ]
    (inquiry,) = (one for one in found if isinstance(one, SuggestedInquiry))
    assert (inquiry.asked.name, inquiry.state) == ("The council", InquiryState.NO_ANSWER)


def test_words_around_the_answer_do_no_harm(model: TableModel) -> None:
    """Models like to say that here is the JSON."""
    (found,) = read(model, f"Here it is:\n```json\n{json.dumps(claim())}\n```\nAnything else?")
    assert isinstance(found, SuggestedClaim)


def test_a_long_article_is_asked_about_in_parts(model: TableModel) -> None:
    """Each part has whole sentences, numbered through the article, and a schema where the model takes one."""
    text = " ".join(f"Ship number {n} was in the harbour on Monday." for n in range(1, 601))
    for part in parts(text):
        first = part.prompt(text).partition("\n")[0]
        number = int(first[1 : first.index("]")])
        model.answers[first] = json.dumps(claim(sentence=number, words=f"Ship number {number} was in the harbour"))
    found = list(LanguageModel().read(Article(text=text), {"model": "table"}))
    assert len(found) == len(model.asked) > 2
    assert all(isinstance(one, SuggestedClaim) for one in found)
    assert max(len(asked.prompt) for asked in model.asked) < 20_000
    assert model.asked[0].schema == SCHEMA


@pytest.mark.parametrize(("options", "says"), [({}, "no model is named"), ({"model": "gone"}, "no model 'gone' here")])
def test_without_a_model_nothing_is_asked(model: TableModel, options: dict[str, str], says: str) -> None:
    """Nothing is sent to a model that was not named, not even to the library's default."""
    (found,) = LanguageModel().read(ARTICLE, options)
    assert isinstance(found, LeftOut) and says in found.reason
    assert model.asked == []
    assert LanguageModel.asks


PLUGIN = """
import json, pathlib
import llm

class Table(llm.Model):
    model_id = "table"

    def execute(self, prompt, stream, response, conversation):
        pathlib.Path({asked!r}).write_text(prompt.prompt)
        print("what a model prints reaches nobody")
        if "Broken" in prompt.prompt:
            raise llm.ModelError("no answer")
        yield {said!r}

@llm.hookimpl
def register_models(register):
    register(Table())
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution with a model, where the library finds it; returns the file that the model writes when asked."""
    site, asked = tmp_path / "site", tmp_path / "asked.txt"
    info = site / "llm_table-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "llm_table.py").write_text(PLUGIN.format(asked=str(asked), said=json.dumps(claim())))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: llm-table\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[llm]\ntable = llm_table\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH")))))
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    return asked


def test_readers_are_called_and_this_one_where_it_is_named(installed: Path) -> None:
    """In the process in which readers run, the article reaches the model if, and only if, the reader is named."""
    others = suggest(ARTICLE)
    assert not installed.exists() and "llm" not in {one.reader for one in others.found}
    suggest(ARTICLE, ["llm"])
    assert not installed.exists()
    found = suggest(ARTICLE, ["llm"], options={"llm": {"model": "table"}})
    assert installed.read_text().startswith("[1] The pier was shut for twelve days.")
    assert [(one.reader, one.KIND) for one in found.found] == [("llm", "claim")]
    assert (found.left_out, found.faults) == ((), ())


def test_a_model_that_fails_is_a_fault_of_the_reading(installed: Path) -> None:
    """Its reason is said, and nothing ends because of it."""
    found = suggest(Article(text="Broken."), ["llm"], options={"llm": {"model": "table"}})
    assert found.found == ()
    (fault,) = found.faults
    assert "no answer" in fault.reason
