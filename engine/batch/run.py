"""A run: what of a plan is still to be made is made, and written down line by line."""

from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from engine.batch.digests import digested
from engine.batch.item import Item, Recipe, Settings, recipe_of
from engine.batch.lock import locked
from engine.batch.manifest import FILE_NAME, Line, Manifest, ManifestWriter
from engine.batch.plan import Plan
from engine.batch.store import Store, store_of
from engine.errors import Aborted, TryOnError
from engine.system.files import remove_left_over

Retry = Literal["failed", "warned"]


class Engine(Protocol):
    """Makes items."""

    def lines(self, items: Sequence[Item], /) -> Generator[Line, None, None]:
        """The line of each item, in any order; closed early, it begins no more."""


@dataclass(frozen=True)
class Task:
    """What is to be made into which folder, and how.

    plan: with digests, without which no change of a file would be seen. retry: only items that failed, or were made
    with warnings. anew: also items that are made.
    """

    plan: Plan
    folder: Path
    settings: Settings
    recipe: Recipe
    store: Store
    retry: Retry | None = None
    anew: bool = False

    @staticmethod
    def of(plan: Plan, folder: Path, settings: Settings, retry: Retry | None = None, anew: bool = False) -> "Task":
        """The task for a plan without digests; its files are read. TryOnError where pack or address cannot be had."""
        store = store_of(folder, settings.pictures)
        return Task(digested(plan), folder, settings, recipe_of(settings), store, retry, anew)

    def choose(self, manifest: Manifest) -> "Choice":
        """Which items are to be made: all that are not, or of which something has changed since."""
        todo, there, others = list[Item](), list[Item](), list[Item]()
        for item in self.plan.items:
            line = manifest.lines.get(item.id)
            if self._is_wanted(item, line):
                todo.append(item)
            else:
                (there if self._is_done(item, line) else others).append(item)
        return Choice(tuple(todo), tuple(there), tuple(others))

    def _is_wanted(self, item: Item, line: Line | None) -> bool:
        match self.retry:
            case "failed":
                return line is not None and line.status == "failed"
            case "warned":
                return line is not None and line.status == "done" and bool(line.warnings)
        return self.anew or not self._is_done(item, line)

    def _is_done(self, item: Item, line: Line | None) -> bool:
        return (
            line is not None
            and line.status == "done"
            and line.follows_from(item, self.recipe)
            and self.store.size(item.output) == line.bytes
        )


@dataclass(frozen=True)
class Choice:
    """Of a plan's items, todo: those to be made; there: those made before and unchanged; others: those left out."""

    todo: tuple[Item, ...]
    there: tuple[Item, ...]
    others: tuple[Item, ...] = ()


@dataclass
class Outcome:
    """How far a run is. lines: the last of each item of the plan, where there is one, from this run or before."""

    there: int = 0
    made: int = 0
    failed: int = 0
    lines: dict[str, Line] = field(default_factory=dict)

    @property
    def finished(self) -> int:
        """How many items this run is over and done with."""
        return self.made + self.failed

    @property
    def failures(self) -> list[Line]:
        """The items that could not be made."""
        return [line for line in self.lines.values() if line.status == "failed"]

    @property
    def warned(self) -> list[Line]:
        """The items that were made but should be looked at."""
        return [line for line in self.lines.values() if line.status == "done" and line.warnings]

    @property
    def by_warning(self) -> Mapping[str, int]:
        """How many pictures carry a warning, by its code, the most frequent first."""
        return dict(Counter(code for line in self.warned for code in line.warnings).most_common())

    @property
    def by_error(self) -> Mapping[str, int]:
        """How many items failed, by the code of the error, the most frequent first."""
        return dict(Counter(line.error.code for line in self.failures if line.error).most_common())


def run(
    task: Task,
    engine: Engine,
    progress: Callable[[Outcome], None] | None = None,
    abort: Callable[[], bool] | None = None,
) -> Outcome:
    """Make what of the task is to be made, and write down what became of each item.

    A run that ended in whatever way is gone on with by the same call. `progress` is called at the beginning and after
    every item. TryOnError while another run has the folder, where it holds pictures that no manifest tells of, and
    where nothing can be written. Raises `Aborted` when `abort()` says so; finished pictures stay.
    """
    with locked(task.folder):
        manifest = Manifest(task.folder)
        _tidy(task, manifest)
        with ManifestWriter(manifest) as writer:
            choice = task.choose(manifest)
            outcome = Outcome(len(choice.there), lines=_known(task.plan, manifest))
            _told(outcome, progress, abort)
            if not choice.todo:
                return outcome
            with closing(engine.lines(choice.todo)) as lines:
                for line in lines:
                    writer.append(line)
                    outcome.lines[line.id] = line
                    outcome.made += line.status == "done"
                    outcome.failed += line.status == "failed"
                    _told(outcome, progress, abort)
            return outcome


def _tidy(task: Task, manifest: Manifest) -> None:
    """Pictures that another program made are neither taken for ours nor written over; halves of ours are removed."""
    if not (task.anew or manifest.exists) and any(task.store.size(one.output) is not None for one in task.plan.items):
        raise TryOnError("batch.no_manifest", path=task.folder, file=FILE_NAME)
    for place in {(task.folder / item.output).parent for item in task.plan.items} | {task.folder}:
        remove_left_over(place)


def _known(plan: Plan, manifest: Manifest) -> dict[str, Line]:
    return {item.id: manifest.lines[item.id] for item in plan.items if item.id in manifest.lines}


def _told(outcome: Outcome, progress: Callable[[Outcome], None] | None, abort: Callable[[], bool] | None) -> None:
    if progress is not None:
        progress(outcome)
    if abort is not None and abort():
        raise Aborted("stopped between two pairs")
