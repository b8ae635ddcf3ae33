"""Cases of circular reporting whose first reports were written by outlets: three on one event, none made here.

BASIL (Fan et al., 2019, "In Plain Sight: Media Bias Through the Lens of Factual Reporting"; its authors' repository on
GitHub, launchnlp/BASIL, states no licence: to be measured with, not passed on) has a hundred events of 2010 to 2019,
each as Fox News, the Huffington Post and the New York Times told it. That these wrote on their own is taken for true;
here and there they did not (one agency behind two of them), which counts as a mistake of whoever notices. What copies
them is `rewriting`.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from reporting import Case, Source

Rewrite = Callable[[str, random.Random], str]


def events(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the events in a fixed order: what happened, and how each outlet told it."""
    found = defaultdict[str, dict[str, str]](dict)
    titles = dict[str, str]()
    for path in sorted(folder.glob("articles/*/*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found[told["triplet-uuid"]][told["source"]] = "\n\n".join(" ".join(line) for line in told["body-paragraphs"])
        titles[told["triplet-uuid"]] = told["main-event"] or told["title"]
    return [(titles[uuid], found[uuid]) for uuid in sorted(found)]


def exam(seed: int, folder: Path, rewrite: Rewrite, count: int, *, half: int) -> list[Case]:
    """Return cases from every second event, in which half of what was taken from elsewhere is declared."""
    rng = random.Random(seed)
    chosen = events(folder)[half::2][:count]
    return [_case(rng, number, title, told, rewrite) for number, (title, told) in enumerate(chosen)]


def _case(rng: random.Random, number: int, title: str, told: dict[str, str], rewrite: Rewrite) -> Case:
    made: list[Source] = []
    root: dict[str, str] = {}
    hidden: set[str] = set()
    origins = rng.choice((1, 1, 2, 2, 3))
    for outlet in rng.sample(sorted(told), origins):
        first = Source(*_names(number, made), told[outlet], rng.randint(0, 1), True, (), False)
        made.append(first)
        family = [first]
        for _ in range(rng.choice((0, 1, 2, 3)) if origins > 1 else rng.choice((1, 2, 3, 4))):
            model = rng.choice(family) if rng.random() < 0.2 else first
            day = None if rng.random() < 0.15 else (model.day or 1) + rng.randint(1, 4)
            fooled, declared = rng.random() < 0.2, rng.random() < 0.5
            copy = Source(*_names(number, made), rewrite(model.text, rng), day, fooled, (model.id,), declared)
            made.append(copy)
            family.append(copy)
        root |= {one.id: first.id for one in family}
        if len(family) > 1 and rng.random() < 0.3:
            hidden.add(first.id)  # in the ledger, and no evidence for this claim
    evidence = [one for one in made if one.id not in hidden]
    own = [one.id for one in evidence if not one.made_from]
    return Case(
        id=f"event-{number}",
        text=title,
        sources=tuple(made),
        evidence=tuple(one.id for one in evidence),
        origins=len({root[one.id] for one in evidence}),
        pairs=tuple((a, b) for at, a in enumerate(own) for b in own[at + 1 :]),
    )


def _names(number: int, made: list[Source]) -> tuple[str, str]:
    """Return the id of the next source and of its owner."""
    return f"report-{number}-{len(made)}", f"house-{number}-{len(made)}"
