"""Damaged files of every kind the engine reads: each gets a sentence or is read, none a traceback."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save as safetensors

from engine import networks
from engine.analysis import given_files
from engine.batch.item import Item, Recipe
from engine.batch.manifest import Manifest, line_of
from engine.data.cache import PackedCache, cached
from engine.data.check import check_dataset
from engine.data.layout import VitonDataset
from engine.data.pairs_file import read_pairs
from engine.data.pairs_table import read_rows
from engine.data.report import read_report
from engine.imaging.images import is_cut_out, read_labels, read_metadata, read_photo, save_picture
from engine.imaging.masks import read_garment_mask
from engine.imaging.parses import read_parse
from engine.pose import read_pose
from engine.training import checkpoint, recipes, run_control, run_folder
from engine.training.events import read_events
from engine.training.trained import load_trained
from engine.tryon.edit_files import read_edit
from engine.weights import read_pack, write_pack
from engine.weights.checkpoint_files import read_checkpoint
from engine.weights.install import take_in
from engine.weights.strict import check_finite, load_network, read_tensors
from tests.fuzzing import Files, Reader, unexplained
from tests.rendered import write_rendered_dataset

SIZE = (96, 72)
KIND, WIDTHS = "garment", {"width": 4}
SOME = 200  # cases in the ordinary tests
ALL = 5000


def of_one(name: str, make: Callable[[], bytes], read: Callable[[Path], object]) -> Reader:
    """A reader of a single file."""
    return Reader(cache(lambda: {name: make()}), lambda folder: read(folder / name))


def in_folder(make: Callable[[Path], object], read: Callable[[Path], object]) -> Reader:
    """A reader of a folder that `make` fills."""

    @cache
    def files() -> Files:
        with tempfile.TemporaryDirectory() as name:
            make(Path(name))
            found = (path for path in sorted(Path(name).rglob("*")) if path.is_file())
            return {str(path.relative_to(name)): path.read_bytes() for path in found}

    return Reader(files, read)


def picture(suffix: str, mode: str = "RGB") -> bytes:
    rng = np.random.default_rng(0)
    array = np.kron(rng.integers(0, 256, (12, 9, len(mode)), dtype=np.uint8), np.ones((8, 8, 1), np.uint8))
    with tempfile.NamedTemporaryFile(suffix=f".{suffix}") as file:
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.fromarray(array.squeeze(), mode).save(file.name, exif=exif.tobytes() if suffix != "bmp" else None)
        return Path(file.name).read_bytes()


def saved() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        save_picture(Path(folder) / "a.png", np.zeros((*SIZE, 3), np.uint8), {"seed": "1", "person": "옷"})
        return (Path(folder) / "a.png").read_bytes()


def labels(mode: str) -> bytes:
    """A label map as people have them: palette, grey or in colours."""
    image = Image.fromarray((np.add.outer(np.arange(SIZE[0]), np.arange(SIZE[1])) % 20).astype(np.uint8))
    image.putpalette(bytes(range(256)) * 3)
    file = io.BytesIO()
    image.convert(mode).save(file, "PNG")
    return file.getvalue()


def pose(**more: Any) -> bytes:
    numbers = [float(value) for joint in range(25) for value in (10 + joint, 5 + 3 * joint, 0.9)]
    hand = [float(value) for joint in range(21) for value in (30 + joint, 40, 0.5)]
    person = {"pose_keypoints_2d": numbers, "hand_left_keypoints_2d": hand, "hand_right_keypoints_2d": []}
    return json.dumps({"version": 1.3, "people": [person, person], **more}).encode()


def read_and_draw(path: Path) -> None:
    found = read_pose(path, SIZE)
    found.completed()
    found.draw()
    found.scaled((256, 192))


def read_photo_and_all(path: Path) -> None:
    read_photo(path, "person")
    read_metadata(path)
    is_cut_out(path)


@cache
def state() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return networks.build(KIND, WIDTHS).state_dict()


def write_small_pack(folder: Path) -> None:
    write_pack(folder / "pack", "small", {KIND: networks.build(KIND, WIDTHS)}, "1", "none", [SIZE], {"from": "tests"})


def read_small_pack(folder: Path) -> None:
    pack = read_pack(folder / "pack")
    for kind in pack.configs:
        pack.load(kind)
    pack.verify()


def load_tensors(path: Path) -> None:
    load_network(path, KIND, WIDTHS)
    check_finite(path, read_tensors(path))


def torch_file(content: Any, *, legacy: bool = False) -> bytes:
    file = io.BytesIO()
    torch.save(content, file, _use_new_zipfile_serialization=not legacy)
    return file.getvalue()


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("weights/a.safetensors", safetensors({"a": torch.zeros(2)}))
    return file.getvalue()


def run_state() -> dict[str, Any]:
    return {
        "format": checkpoint.FORMAT,
        "kind": "garment",
        "network": KIND,
        "config": WIDTHS,
        "average": state(),
        "step": 3,
        "random": checkpoint.random_state() | {"cuda": []},
    }


def write_run(folder: Path) -> None:
    options = vars(recipes.preset("garment", "smoke"))
    run_folder.claim(folder, "garment", options, {"command": "tryon train", "continued": ["from step 1: x"]})
    events = [{"event": "status", "time": 1.0, "step": 0, "status": "started", "steps": 9, "kind": "garment"}]
    events += [{"event": "progress", "time": 2.0, "step": n, "losses": {"a": 1.0}} for n in range(4)]
    events += [{"event": "status", "time": 3.0, "step": 2, "status": "resumed"}]
    (folder / "events.jsonl").write_text("".join(json.dumps(one) + "\n" for one in events))
    (folder / run_control.PROCESS).write_text(json.dumps({"pid": 1, "created": 1.0}))
    (folder / run_control.CONTROL).write_text("stop\n")


def read_run(folder: Path) -> None:
    read_events(folder)
    run_control.trained_by(folder)
    run_folder.command_in(folder)
    record = run_folder.read_record(folder)
    recipes.recorded(record["kind"], record["options"])


def write_pairs(folder: Path) -> None:
    write_rendered_dataset(folder, 1, SIZE)
    (folder / "train_pairs.txt").write_text("00000_00.jpg 00000_00.jpg\n")


def read_dataset(folder: Path) -> None:
    check_dataset(folder)
    list(VitonDataset(folder))


def write_cache(folder: Path) -> None:
    write_pairs(folder / "data")
    cached(VitonDataset(folder / "data", size=SIZE), folder / "cache")
    for path in sorted((folder / "data").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def read_cache(folder: Path) -> None:
    for sample in PackedCache(folder / "cache"):
        sample.image.sum()
        sample.pose.draw()


def report() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        write_pairs(Path(name))
        (Path(name) / "train" / "cloth" / "00000_00.jpg").write_bytes(b"x")
        check_dataset(Path(name)).write(Path(name) / "report.json")
        return (Path(name) / "report.json").read_bytes()


POINTS = json.dumps([[0.1 * x, 0.1 * y] for x in range(5) for y in range(5)]).encode()
ITEM = Item("a_b", "a", "b", "a_b.png", 0, {"person": "a.jpg", "garment": "b.jpg"})
RESULT = line_of(ITEM, Recipe("p 1", "d", {}), status="done", seconds={"make": 1.0}).to_json()
RESULTS = f'{{"format": 1, "begun": "2026-01-31"}}\n{json.dumps(RESULT)}\n'.encode()
PAIRS = 'person.jpg cloth.jpg\n# no\n"a b.png",c.jpg\nx\ty\tupper\n가.jpg\t나.jpg\n'
READERS: dict[str, Reader] = {
    **{
        f"photo {suffix}": of_one(f"a.{suffix}", partial(picture, suffix), read_photo_and_all)
        for suffix in ("jpg", "png", "webp", "tif", "bmp", "heic", "avif", "gif")
    },
    "saved": of_one("a.png", saved, read_photo_and_all),
    "cut out": of_one("a.png", partial(picture, "png", "RGBA"), lambda path: given_files.read_garment(path, path)),
    "mask": of_one("m.png", partial(labels, "1"), read_garment_mask),
    **{f"parse {mode}": of_one("p.png", partial(labels, mode), read_parse) for mode in ("P", "L", "RGB")},
    "labels": of_one("p.png", partial(labels, "L"), read_labels),
    "pose": of_one("p.json", pose, read_and_draw),
    "pose of a canvas": of_one("p.json", partial(pose, canvas_height=192, canvas_width=144), read_and_draw),
    "points": of_one("points.json", lambda: POINTS, lambda path: read_edit("warped", path, SIZE)),
    **{
        f"pairs {encoding}": of_one("p.txt", partial(PAIRS.encode, encoding), read_pairs)
        for encoding in ("utf-8", "utf-16", "cp949")
    },
    "data set": in_folder(write_pairs, read_dataset),
    "report": of_one("r.json", report, read_report),
    "cache": in_folder(write_cache, read_cache),
    "pack": in_folder(write_small_pack, read_small_pack),
    "safetensors": of_one("n.safetensors", lambda: safetensors(state()), load_tensors),
    "imported safetensors": of_one("n.safetensors", lambda: safetensors(state()), read_checkpoint),
    "imported": of_one("n.pth", lambda: torch_file({"state_dict": state()}), read_checkpoint),
    "imported of old": of_one("n.pth", lambda: torch_file(state(), legacy=True), read_checkpoint),
    "imported archive": of_one("n.zip", archive, lambda path: take_in([path])),
    "checkpoint": Reader(
        cache(lambda: {checkpoint.LAST: torch_file(run_state()), run_control.OPTIONS: b"{}"}),
        lambda folder: load_trained((KIND,), str(folder)),
    ),
    "run": in_folder(write_run, read_run),
    "batch": of_one("results.jsonl", lambda: RESULTS, lambda path: Manifest(path.parent)),
    "pairs table": of_one("p.csv", lambda: b"person,garment,seed\na.jpg,b.jpg,7\n", read_rows),
    "pairs objects": of_one("p.jsonl", lambda: b'{"person": "a.jpg", "garment": "b.jpg", "seed": 7}', read_rows),
}


def test_a_few_damaged_files_of_every_kind() -> None:
    assert unexplained(__name__, SOME) == []


@pytest.mark.slow
def test_thousands_of_damaged_files() -> None:
    assert unexplained(__name__, ALL) == []
