"""Import of published checkpoints: every value kept, every mistake named, strangers' files never executed."""

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from engine.commands.hints import with_hint
from engine.errors import TryOnError
from engine.weights import Pack, find_pack, import_published
from engine.weights.strict import expected_shapes
from tests.fill import fill_state_dict

WIDTH = 4
KINDS = ("segmentation", "matching", "alias")
FILES = {"segmentation": "seg_final.pth", "matching": "gmm_final.pth", "alias": "alias_final.pth"}
GOLDEN = {"segmentation": "seg", "matching": "gmm", "alias": "alias"}


@pytest.fixture(scope="module")
def states() -> dict[str, dict[str, torch.Tensor]]:
    """Filled state dicts of narrow networks, in their true shapes (the filler makes counters vectors of one)."""
    shapes = {kind: expected_shapes(kind, {"width": WIDTH}) for kind in KINDS}
    filled = {kind: fill_state_dict(shapes[kind]) for kind in KINDS}
    return {kind: {key: v.reshape(shapes[kind][key]) for key, v in state.items()} for kind, state in filled.items()}


@pytest.fixture
def checkpoints(tmp_path: Path, states: dict[str, dict[str, torch.Tensor]]) -> dict[str, Path]:
    """The three files a user has, from narrow networks."""
    paths = {kind: tmp_path / FILES[kind] for kind in KINDS}
    for kind, path in paths.items():
        torch.save(states[kind], path)
    return paths


def import_narrow(paths: dict[str, Path], name: str = "narrow") -> Pack:
    return import_published(paths["segmentation"], paths["matching"], paths["alias"], name, width=WIDTH)


@pytest.mark.parametrize("kind", KINDS)
def test_published_configuration_is_the_default(kind: str) -> None:
    """What import checks against, compared with the shapes measured on the published files."""
    measured = json.loads((Path(__file__).parents[2] / "data" / "state_dict_shapes.json").read_text())[GOLDEN[kind]]
    assert expected_shapes(kind, {"width": 64}) == {key: tuple(shape) for key, shape in measured.items()}


def test_import_keeps_every_value(checkpoints: dict[str, Path], states: Any, tryon_home: Path) -> None:
    pack = import_narrow(checkpoints)
    assert pack.folder == tryon_home / "weights" / "narrow"
    assert pack == find_pack("narrow")
    assert "CC BY-NC 4.0" in pack.licence
    assert "research, non-commercial" in pack.licence
    pack.verify()
    for kind in KINDS:
        loaded = pack.load(kind).state_dict()
        assert loaded.keys() == states[kind].keys()
        assert all(torch.equal(loaded[key], value) for key, value in states[kind].items())


def old_format(state: Any, path: Path) -> None:
    torch.save(state, path, _use_new_zipfile_serialization=False)


WRAPPINGS: list[tuple[str, Callable[[Any, Path], None]]] = [
    ("state_dict", lambda state, path: torch.save({"state_dict": state, "epoch": 3}, path)),
    ("DataParallel", lambda state, path: torch.save({f"module.{key}": value for key, value in state.items()}, path)),
    ("both", lambda s, path: torch.save({"state_dict": {f"module.{k}": v for k, v in s.items()}}, path)),
    ("before PyTorch 1.6", old_format),
    ("half", lambda s, p: torch.save({k: v.half() if v.is_floating_point() else v for k, v in s.items()}, p)),
    (
        "counters as vectors of one",
        lambda s, p: torch.save({k: v.reshape(1) if v.ndim == 0 else v for k, v in s.items()}, p),
    ),
    (
        "no counters",
        lambda s, p: torch.save({k: v for k, v in s.items() if not k.endswith("num_batches_tracked")}, p),
    ),
    ("not contiguous", lambda s, p: torch.save({k: v.T.contiguous().T if v.ndim == 2 else v for k, v in s.items()}, p)),
]


@pytest.mark.parametrize("save", [case[1] for case in WRAPPINGS], ids=[case[0] for case in WRAPPINGS])
def test_import_accepts_common_forms(
    save: Callable[[Any, Path], None], checkpoints: dict[str, Path], states: Any, tryon_home: Path
) -> None:
    save(states["matching"], checkpoints["matching"])
    loaded = import_narrow(checkpoints).load("matching").state_dict()
    for key, value in states["matching"].items():
        torch.testing.assert_close(loaded[key], value, rtol=1e-3, atol=1e-4)


class Runs:
    """An object whose unpickling creates a file."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.witness),)


def hostile_files(folder: Path, witness: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.pth" for name in ("zip", "old", "raw2", "raw4", "beside")}
    torch.save({"a": Runs(witness)}, paths["zip"])
    torch.save({"a": Runs(witness)}, paths["old"], _use_new_zipfile_serialization=False)
    paths["raw2"].write_bytes(pickle.dumps(Runs(witness), protocol=2))
    paths["raw4"].write_bytes(pickle.dumps(Runs(witness), protocol=4))
    torch.save({"state_dict": {"a": torch.zeros(2)}, "extra": Runs(witness)}, paths["beside"])
    return paths


@pytest.mark.parametrize("form", ["zip", "old", "raw2", "raw4", "beside"])
def test_hostile_pickle_is_refused_and_never_runs(
    form: str, checkpoints: dict[str, Path], tmp_path: Path, tryon_home: Path
) -> None:
    witness = tmp_path / "it ran"
    hostile = hostile_files(tmp_path, witness)[form]
    with pytest.raises(TryOnError) as refusal:
        import_narrow(checkpoints | {"alias": hostile})
    assert str(hostile) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    if form not in ("raw4",):  # the tensor reader knows no newer pickle than torch.save writes and stops before it
        assert "mkdir besides tensors and was not loaded" in str(refusal.value)
    assert not witness.exists()
    assert list((tryon_home / "weights").iterdir()) == []
    # the file is a working trap: what an unguarded reader would have done
    if form.startswith("raw"):
        pickle.loads(hostile.read_bytes())
    else:
        torch.load(hostile, weights_only=False)
    assert witness.exists()


def truncated(path: Path, state: Any) -> None:
    torch.save(state, path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replaced_by_folder(path: Path, _: Any) -> None:
    path.unlink()
    path.mkdir()


def script_archive(path: Path, _: Any) -> None:
    torch.jit.script(nn.Linear(2, 2)).save(str(path))


NOT_CHECKPOINTS: list[tuple[str, Callable[[Path, Any], object], str]] = [
    ("missing", lambda p, s: p.unlink(), r"is not there; give the matching checkpoint \(gmm_final.pth\)"),
    ("empty", lambda p, s: p.write_bytes(b""), "is empty; download it again"),
    ("folder", replaced_by_folder, "is not there; give the matching checkpoint"),
    ("web page", lambda p, s: p.write_text("<!DOCTYPE html>" * 99), "is a web page in a checkpoint's place"),
    ("picture", lambda p, s: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "is cut off or not a PyTorch checkpoint"),
    ("cut off", truncated, "is cut off or not a PyTorch checkpoint; download it again"),
    (
        "whole network",
        lambda p, s: torch.save(nn.Linear(2, 2), p),
        r"holds torch\.nn\.modules\.linear\.Linear besides tensors and was not loaded",
    ),
    ("script", script_archive, "is cut off or not a PyTorch checkpoint"),
    ("one tensor", lambda p, s: torch.save(torch.zeros(3), p), "holds no table of tensors"),
    ("nothing in it", lambda p, s: torch.save({}, p), "holds no table of tensors"),
    ("numbers", lambda p, s: torch.save({"epoch": 3, **s}, p), "is not a plain state dict \\('epoch' is no ordinary"),
    ("sparse", lambda p, s: torch.save({"a": torch.eye(2).to_sparse()}, p), "'a' is no ordinary tensor"),
    ("no memory", lambda p, s: torch.save({"a": torch.zeros(2, device="meta")}, p), "'a' is no ordinary tensor"),
    (
        "lacks keys",
        lambda p, s: torch.save({k: v for k, v in s.items() if "linear" not in k}, p),
        r"it lacks 2 of 104 tensors \(the first is 'regression.linear.weight'\); check that this is the right file",
    ),
    (
        "wrong shapes",
        lambda p, s: torch.save(s | {k: v[:-1] for k, v in s.items() if "linear" in k}, p),
        r"has 2 of another shape \(the first is 'regression.linear.weight', 49 x 48 instead of 50 x 48\)",
    ),
    ("too many", lambda p, s: torch.save(s | {"odd": torch.ones(1)}, p), r"has 1 that do not belong .* 'odd'\)"),
    (
        "not finite",
        lambda p, s: torch.save(s | {"regression.linear.bias": torch.full((50,), float("inf"))}, p),
        r"values that are not finite numbers \(the first is 'regression.linear.bias'\)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "sentence"), [case[1:] for case in NOT_CHECKPOINTS], ids=[case[0] for case in NOT_CHECKPOINTS]
)
def test_bad_checkpoint_is_explained_and_leaves_nothing(
    spoil: Callable[[Path, Any], object],
    sentence: str,
    checkpoints: dict[str, Path],
    states: dict[str, dict[str, torch.Tensor]],
    tryon_home: Path,
) -> None:
    spoil(checkpoints["matching"], states["matching"])
    with pytest.raises(TryOnError, match=sentence) as refusal:
        import_narrow(checkpoints)
    assert "\n" not in str(refusal.value)
    assert not (tryon_home / "weights").exists() or list((tryon_home / "weights").iterdir()) == []


@pytest.mark.parametrize("counters", [True, False])
def test_swapped_checkpoints_are_recognised(counters: bool, tmp_path: Path, tryon_home: Path) -> None:
    """With the published shapes; tensors of one repeated number keep the files small."""
    paths = {kind: tmp_path / FILES[kind] for kind in KINDS}
    for kind, path in paths.items():
        shapes = expected_shapes(kind, {}).items()
        kept = {key: shape for key, shape in shapes if counters or not key.endswith("num_batches_tracked")}
        torch.save({key: torch.zeros(()).expand(shape) for key, shape in kept.items()}, path)
    with pytest.raises(
        TryOnError, match=r"gmm_final\.pth was given as the segmentation checkpoint but is the matching checkpoint"
    ) as caught:
        import_published(paths["matching"], paths["segmentation"], paths["alias"], "swapped")
    assert with_hint(caught.value).endswith("(--gmm)")
    with pytest.raises(TryOnError, match=r"alias_final\.pth was .* but is the alias checkpoint"):
        import_published(paths["alias"], paths["matching"], paths["segmentation"], "swapped")


def test_narrow_checkpoint_is_not_taken_for_a_published_one(checkpoints: dict[str, Path], tryon_home: Path) -> None:
    with pytest.raises(
        TryOnError, match=r"seg_final\.pth is not the segmentation checkpoint of VITON-HD: it has 45 of another"
    ):
        import_published(checkpoints["segmentation"], checkpoints["matching"], checkpoints["alias"])


def test_import_never_overwrites(checkpoints: dict[str, Path], tryon_home: Path) -> None:
    first = import_narrow(checkpoints)
    with pytest.raises(TryOnError, match="narrow exists already; remove it first or choose another name"):
        import_narrow(checkpoints)
    first.folder.rename(first.folder.with_name("elsewhere"))
    with pytest.raises(TryOnError, match="a weight pack called narrow exists already"):
        import_narrow(checkpoints)


def test_interrupted_import_leaves_nothing(
    checkpoints: dict[str, Path], tryon_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.weights.pack.write_manifest", interrupt)
    with pytest.raises(KeyboardInterrupt):
        import_narrow(checkpoints)
    assert list((tryon_home / "weights").iterdir()) == []
