"""Checkpoints as they come: saved by other programs, packed, renamed, or something else in their place."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from engine.errors import TryOnError
from engine.weights.checkpoint_files import read_checkpoint
from engine.weights.install import take_in
from engine.weights.strict import load_network
from tests.engine.weights.test_install import FILES, KINDS, WIDTH, checkpoints, import_narrow, states

__all__ = ["checkpoints", "states"]
State = dict[str, torch.Tensor]


def prefixed(*prefixes: str) -> Callable[[State], Any]:
    return lambda state: {"".join(prefixes) + key: value for key, value in state.items()}


SAVED: dict[str, Callable[[State], Any]] = {
    "DataParallel": prefixed("module."),
    "compiled": prefixed("_orig_mod."),
    "compiled DataParallel": prefixed("module.", "_orig_mod."),
    "DataParallel compiled": prefixed("_orig_mod.", "module."),
    "named": prefixed("generator."),
    "state_dict": lambda state: {"state_dict": state, "epoch": 3},
    "generator": lambda state: {"generator": state, "discriminator": {"a": torch.ones(2)}, "step": 7},
    "table in a table": lambda state: {"model": {"state_dict": prefixed("module.")(state)}, "args": {"lr": 0.1}},
    "moving average first": lambda state: {
        "params": {key: torch.zeros_like(value) for key, value in state.items()},
        "params_ema": state,
    },
}


@pytest.mark.parametrize("form", SAVED)
def test_what_training_programs_do_to_a_state_dict_is_undone(form: str, states: Any, tmp_path: Path) -> None:
    path = tmp_path / "network.pth"
    torch.save(SAVED[form](states["matching"]), path)
    found = read_checkpoint(path)
    assert found.keys() == states["matching"].keys()
    assert all(torch.equal(found[key], value) for key, value in states["matching"].items())


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_half_precision_becomes_whole(kind: torch.dtype, states: Any, tmp_path: Path, tryon_home: Path) -> None:
    paths = {one: tmp_path / FILES[one] for one in KINDS}
    halves = {
        one: {key: value.to(kind) if value.is_floating_point() else value for key, value in states[one].items()}
        for one in KINDS
    }
    for one, path in paths.items():
        torch.save(halves[one], path)
    pack = import_narrow(paths)
    for one in KINDS:
        network = load_network(pack.folder / f"{one}.safetensors", one, {"width": WIDTH})
        for key, value in network.state_dict().items():
            assert torch.equal(value, halves[one][key].to(value.dtype).reshape(value.shape)), key


def test_safetensors_are_read(states: Any, tmp_path: Path) -> None:
    save_file({key: value.contiguous() for key, value in states["matching"].items()}, tmp_path / "gmm.safetensors")
    assert read_checkpoint(tmp_path / "gmm.safetensors").keys() == states["matching"].keys()


@pytest.mark.parametrize(
    "how", ["folder", "nested folder", "archive", "nested archive", "with others", "swapped names"]
)
def test_wherever_the_three_lie(how: str, checkpoints: dict[str, Path], tmp_path: Path, tryon_home: Path) -> None:
    given = tmp_path / "given"
    inner = given / "checkpoints" / "final" if "nested" in how else given
    inner.mkdir(parents=True)
    swapped = dict(zip(KINDS, (*KINDS[1:], KINDS[0]), strict=True))
    for kind, path in checkpoints.items():
        path.rename(inner / FILES[swapped[kind] if how == "swapped names" else kind])
    if how == "with others":
        torch.save({"a": torch.ones(2)}, given / "vgg.pth")
        (given / "._seg_final.pth").write_bytes(b"\0\5\x16\7")
    if "archive" in how:
        with zipfile.ZipFile(tmp_path / "given.zip", "w") as archive:
            for path in given.rglob("*.pth"):
                archive.write(path, path.relative_to(given))
            archive.writestr("__MACOSX/._seg_final.pth", b"\0\5\x16\7")
            archive.writestr("../outside.txt", "no")
        given = tmp_path / "given.zip"
    assert take_in([given], "mine", width=WIDTH).files.keys() == set(KINDS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><title>Google Drive - Virus scan warning</title>", "is a web page"),
        (b"\xef\xbb\xbf\n <html lang=en>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", "is a pointer of Git LFS"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), r"is an archive \(RAR\)"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), r"is an archive \(7z\)"),
        (b"\x1f\x8b\x08" + bytes(99), r"is an archive \(gzip\)"),
        (b"\x10\0\0\0\0\0\0\0{broken", "is cut off or not a PyTorch checkpoint"),
    ],
)
def test_what_lies_in_a_checkpoints_place_is_named(content: bytes, said: str, tmp_path: Path, tryon_home: Path) -> None:
    path = tmp_path / "alias_final.pth"
    path.write_bytes(content)
    with pytest.raises(TryOnError, match=rf"alias_final\.pth {said}"):
        read_checkpoint(path)


def test_an_archive_given_as_a_checkpoint_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "seg_final.pth", "w") as archive:
        archive.writestr("seg_final.pth", b"x")
    with pytest.raises(TryOnError, match=r"is an archive \(ZIP\)"):
        read_checkpoint(tmp_path / "seg_final.pth")


@pytest.mark.parametrize("spoil", ["cut off", "empty of checkpoints"])
def test_an_archive_that_is_no_use(spoil: str, tmp_path: Path, tryon_home: Path) -> None:
    path = tmp_path / "given.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt" if "empty" in spoil else "seg_final.pth", bytes(5000))
    if spoil == "cut off":
        data = bytearray(path.read_bytes())
        data[60:80] = b"\xff" * 20
        path.write_bytes(bytes(data))
    with pytest.raises(TryOnError, match=r"given\.zip|seg_final\.pth"):
        take_in([path], "mine", width=WIDTH)
    assert not (tryon_home / "weights" / "mine").exists()


def test_another_models_checkpoint_is_named(tmp_path: Path, tryon_home: Path) -> None:
    torch.save({"ClothEncoder.0.a": torch.ones(2), "PoseEncoder.0.a": torch.ones(2)}, tmp_path / "mtviton.pth")
    with pytest.raises(TryOnError, match="is a checkpoint of HR-VITON"):
        take_in([tmp_path / "mtviton.pth"], "mine")
