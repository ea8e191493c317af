"""Blind comparisons of an experiment's pictures: which two are shown next, on which side, and the votes.

Every round shows each pair of photos once, with the methods dealt out so that, wherever somebody stops, all have been
compared about as often. The order follows from the judge's name, and so goes on where they stopped.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

PAIRS, VOTES = "pairs.json", "votes"


@dataclass(frozen=True)
class Question:
    """Two pictures of one pair; left and right are the methods, which nobody is told."""

    pair: str
    person: Path
    garment: Path
    left: str
    right: str
    left_picture: Path
    right_picture: Path


class Judging:
    """One judge's way through RUN, an experiment's folder.

    judge: a name that may name a file. OSError, ValueError or KeyError where RUN holds no pictures to judge.
    """

    def __init__(self, folder: Path, judge: str) -> None:
        if not judge.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"{judge!r} is no name of letters and digits")
        self.votes_file = folder / VOTES / f"{judge}.jsonl"
        pairs = json.loads((folder / PAIRS).read_text(encoding="utf-8"))["pairs"]
        self.questions = list(_questions(folder, pairs, Random(judge)))
        self.done = len(_lines(self.votes_file))
        if not self.questions:
            raise ValueError("fewer than two methods")

    @property
    def question(self) -> Question | None:
        """What is asked now; None once everything was."""
        return self.questions[self.done] if self.done < len(self.questions) else None

    def vote(self, side: str) -> None:
        """Note that "left", "right" or "" for neither is better, and go on. OSError where it cannot be written."""
        asked = self.question
        if asked is None:
            return
        chosen = {"left": asked.left, "right": asked.right}.get(side, "")
        self.votes_file.parent.mkdir(parents=True, exist_ok=True)
        with self.votes_file.open("a", encoding="utf-8") as file:
            noted = {"pair": asked.pair, "left": asked.left, "right": asked.right, "chosen": chosen}
            file.write(json.dumps(noted) + "\n")
        self.done += 1


def _questions(folder: Path, pairs: list[dict[str, Any]], random: Random) -> Iterator[Question]:
    order = random.sample(pairs, len(pairs))
    duels = list(combinations(sorted(order[0]["pictures"]), 2)) if order else []
    random.shuffle(duels)
    for turn in range(len(duels)):
        for number, pair in enumerate(order):
            sides = duels[(number + turn) % len(duels)]
            left, right = sides if random.random() < 0.5 else sides[::-1]
            pictures = pair["pictures"]
            person, garment = folder / pair["person"], folder / pair["garment"]
            shown = folder / pictures[left], folder / pictures[right]
            yield Question(pair["pair"], person, garment, left, right, *shown)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
