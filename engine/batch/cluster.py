"""Items through a cluster of machines, by Ray: rows go to actors that each hold the networks, and lines come back.

Pictures are written by the actors, to a folder that all machines share or an address. A machine that is lost costs what
its actors had in hand, which others make again, into the same bytes.
"""

import importlib
import json
import os
import tempfile
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.batch.flow import flow
from engine.batch.item import Item, Settings
from engine.batch.manifest import Line, line_from
from engine.batch.processes import Load, make_here
from engine.errors import TryOnError
from engine.weights import find_pack, is_shipped

_LINE = "line"


@dataclass(frozen=True)
class Machines:
    """Of a cluster what is used. address: of its head; "" starts one on this machine. workers: actors; cpus, gpus: each
    one's. send: whether photos go with the rows, where the machines do not see their folder."""

    address: str = ""
    workers: int = 1
    cpus: int = 1
    gpus: float = 0.0
    send: bool = False


class Cluster:
    """An engine on the machines of a cluster. load: what makes a maker in each actor, a function of a module."""

    def __init__(self, settings: Settings, folder: Path, machines: Machines, load: Load = make_here) -> None:
        self._settings = replace(settings, threads=machines.cpus, weights=_seen_everywhere(settings.weights))
        self._folder, self._machines, self._load = folder.absolute(), machines, load
        self._ray: Any = None
        self._joined = False

    def __enter__(self) -> "Cluster":
        """Join the cluster. TryOnError where Ray is not installed, or nobody answers."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine, nor the cluster
        try:
            self._ray = importlib.import_module("ray")
            importlib.import_module("ray.data")
        except ImportError as error:
            raise TryOnError("batch.no_ray") from error
        if not self._ray.is_initialized():
            try:
                self._ray.init(self._machines.address or None, logging_level="ERROR", log_to_driver=False)
            except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                raise TryOnError("batch.no_cluster", address=self._machines.address, reason=error) from error
            self._joined = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._joined:
            self._ray.shutdown()

    def lines(self, items: Sequence[Item]) -> Generator[Line, None, None]:
        """The line of each item. TryOnError where the cluster fails as a whole, or cannot load the networks."""
        data, machines = self._ray.data, self._machines
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        size = max(self._settings.batch, 1)
        rows = data.from_items(list(map(self._row, items)), override_num_blocks=-(-len(items) // size))
        made = rows.map_batches(
            _Actor,
            fn_constructor_args=(self._settings, str(self._folder), self._load),
            compute=data.ActorPoolStrategy(size=machines.workers),
            batch_size=None,
            num_cpus=machines.cpus,
            num_gpus=machines.gpus,
        )
        try:
            for row in made.iter_rows():
                yield line_from(json.loads(row[_LINE]))
        except self._ray.exceptions.RayError as error:
            raise TryOnError("batch.cluster", reason=_reason(error)) from error

    def _row(self, item: Item) -> dict[str, Any]:
        """An item for a machine with another working folder."""
        paths = {role: str(Path(path).absolute()) for role, path in item.files.items()}
        row: dict[str, Any] = {"item": json.dumps(asdict(replace(item, files=paths)))}
        return {**row, "files": {role: _content(path) for role, path in paths.items()}} if self._machines.send else row


class _Actor:
    """Holds the networks, and makes the items of a batch of rows."""

    def __init__(self, settings: Settings, folder: str, load: Load) -> None:
        self._maker = load(settings, Path(folder))

    def __call__(self, rows: Mapping[str, Any]) -> dict[str, Any]:
        items = [Item(**json.loads(row)) for row in rows["item"]]
        with tempfile.TemporaryDirectory(prefix="tryon-") as folder:
            sent = rows.get("files", [{}] * len(items))
            here = [_unpacked(item, files, Path(folder)) for item, files in zip(items, sent, strict=True)]
            lines = list(flow(self._maker, here))
        paths = {item.id: item.files for item in items}
        return {_LINE: [json.dumps(_with_paths(line, paths[line.id]).to_json()) for line in lines]}


def _unpacked(item: Item, files: Mapping[str, bytes | None], folder: Path) -> Item:
    """The item with the files that came with its row, under their own names, since errors name them."""
    paths = dict(item.files)
    for role, content in files.items():
        if content is not None:
            path = folder / item.id.replace("/", "_") / role / Path(paths[role]).name
            path.parent.mkdir(parents=True)
            path.write_bytes(content)
            paths[role] = str(path)
    return replace(item, files=paths)


def _with_paths(line: Line, paths: Mapping[str, str]) -> Line:
    return replace(line, inputs={role: (paths[role], digest) for role, (_, digest) in line.inputs.items()})


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def _reason(error: Exception) -> str:
    """The line of a remote traceback that says what was wrong, or the first."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return next((line.strip() for line in lines if "Error: " in line), lines[0])


def _seen_everywhere(weights: str) -> str:
    """A pack that came with the program by its name, the user's by its folder, which the machines share."""
    try:
        pack = find_pack(weights)
    except TryOnError:
        return weights
    return pack.name if is_shipped(pack) else str(pack.folder)
