"""The votes that judges have left in RUN/votes, and what they say: RUN/preference.md."""

import json
from collections.abc import Sequence
from pathlib import Path

from engine.errors import TryOnError
from engine.experiments.preference import Vote, preferences
from engine.system.files import write_text

FOLDER, TABLE = "votes", "preference.md"


def read_votes(run: Path) -> list[Vote]:
    """All votes of all judges. TryOnError names the line that is none, or says that there are none."""
    votes = [vote for path in sorted((run / FOLDER).glob("*.jsonl")) for vote in _votes(path)]
    if not votes:
        raise TryOnError("votes.none", path=run / FOLDER)
    return votes


def _votes(path: Path) -> list[Vote]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            vote = Vote(**{key: str(value) for key, value in json.loads(line).items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise TryOnError("votes.line", path=path, number=number) from error
        if vote.left == vote.right or vote.chosen not in (vote.left, vote.right, ""):
            raise TryOnError("votes.line", path=path, number=number)
        found.append(vote)
    return found


def write_preferences(run: Path, votes: Sequence[Vote]) -> str:
    """Write RUN/preference.md and return its text: methods with shares, 95 % intervals, and how they were made."""
    lines = ["| Method | Preferred | 95 % interval | Votes |", "|---|---|---|---|"]
    lines += [
        f"| {one.method} | {one.share:.3f} | {one.low:.3f} to {one.high:.3f} | {one.votes} |"
        for one in preferences(votes)
    ]
    lines += [
        "",
        f"{len(votes)} votes. Preferred: the probability, by a Bradley-Terry model, of being chosen against a method "
        "of average strength; a tie counts half for each, and half a vote each way between any two keeps strengths "
        "finite. Intervals: votes drawn with replacement, 500 times.",
    ]
    text = "\n".join(lines) + "\n"
    write_text(run / TABLE, text)
    return text
