"""Packs put together of others, and packs taken in from wherever they lie."""

import json
import shutil
from pathlib import Path

import pytest
import torch

from engine import networks
from engine.errors import TryOnError
from engine.weights import find_pack, read_pack, write_pack
from engine.weights.combine import combine
from engine.weights.install import take_in
from engine.weights.strict import unfilled
from tests.packs import KINDS, filled, filled_state, narrow_pack


def test_one_network_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    base = narrow_pack(tmp_path / "base", "base")
    other = write_pack(
        tmp_path / "other",
        "other",
        {"matching": filled("matching", {"width": 6}, 3)},
        "2",
        "mine alone",
        [(256, 192)],
        {"matching": {"steps": 7}},
    )
    made = combine(base, {"matching": other}, tmp_path / "new", "new")
    made.verify()
    assert list(made.files) == list(base.files)
    assert made.configs["matching"] == {"width": 6}
    assert made.files["matching"].sha256 == other.files["matching"].sha256
    assert made.files["alias"].sha256 == base.files["alias"].sha256
    assert made.sizes == base.sizes
    assert made.licence == "none; mine alone"
    assert not isinstance(made.provenance, str)
    assert made.provenance["matching"] == {"from_pack": "other 2", "steps": 7}
    assert made.provenance["alias"]["from_pack"] == "base 1"


def test_damaged_or_missing_networks_are_not_passed_on(tmp_path: Path) -> None:
    base = narrow_pack(tmp_path / "base", "base")
    with pytest.raises(TryOnError, match="has no parser network"):
        combine(base, {"parser": base}, tmp_path / "new", "new")
    file = base.folder / base.files["alias"].name
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(TryOnError, match="was changed or damaged"):
        combine(base, {}, tmp_path / "new", "new")
    file.unlink()
    with pytest.raises(TryOnError, match="is missing"):
        combine(base, {}, tmp_path / "new", "new")
    with pytest.raises(TryOnError, match="no network was named"):
        combine(None, {}, tmp_path / "new", "new")
    assert not (tmp_path / "new").exists()


def test_pack_is_taken_in_once(tryon_home: Path, tmp_path: Path) -> None:
    narrow_pack(tmp_path / "elsewhere", "mine")
    pack = take_in([tmp_path / "elsewhere"])
    assert pack.folder == tryon_home / "weights" / "mine"
    assert find_pack("mine").files == pack.files
    with pytest.raises(TryOnError, match="exists already"):
        take_in([tmp_path / "elsewhere"])
    assert take_in([tmp_path / "elsewhere"], "other").name == "other"


def test_damaged_pack_is_not_taken_in(tryon_home: Path, tmp_path: Path) -> None:
    folder = narrow_pack(tmp_path / "elsewhere", "mine").folder
    manifest = json.loads((folder / "pack.json").read_text())
    manifest["files"]["alias"]["sha256"] = "0" * 64
    (folder / "pack.json").write_text(json.dumps(manifest))
    with pytest.raises(TryOnError, match="SHA-256 differs"):
        take_in([folder])
    assert not (tryon_home / "weights").exists()


def write_checkpoints(folder: Path) -> dict[str, Path]:
    folder.mkdir()
    paths = {kind: folder / f"{number}.pth" for number, kind in enumerate(KINDS)}
    for kind, path in paths.items():
        torch.save(filled_state(kind, networks.config_of(unfilled(kind, {"width": 4}))), path)
    return paths


def test_checkpoints_of_any_name_are_told_apart(tryon_home: Path, tmp_path: Path) -> None:
    paths = write_checkpoints(tmp_path / "files")
    assert take_in([paths["alias"], paths["matching"], paths["segmentation"]], "a", width=4).name == "a"
    assert take_in([tmp_path / "files"], "b", width=4).files.keys() == set(KINDS)
    with pytest.raises(TryOnError, match=r"gmm_final\.pth and alias_final\.pth are missing"):
        take_in([paths["segmentation"]], "c", width=4)
    shutil.copyfile(paths["alias"], tmp_path / "again.pth")
    with pytest.raises(TryOnError, match="are both alias checkpoints"):
        take_in([paths["alias"], tmp_path / "again.pth"], "c", width=4)
    torch.save({"weight": torch.zeros(3)}, tmp_path / "strange.pth")
    with pytest.raises(TryOnError, match="none of the three"):
        take_in([tmp_path / "strange.pth"], "c", width=4)
    assert [folder.name for folder in sorted((tryon_home / "weights").iterdir())] == ["a", "b"]


def test_folder_among_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="is a folder among files"):
        take_in([tmp_path, tmp_path / "a.pth"])


def test_copy_reads_back(tmp_path: Path) -> None:
    base = narrow_pack(tmp_path / "base", "base")
    made = combine(base, {}, tmp_path / "copy", "copy")
    assert read_pack(tmp_path / "copy").files == made.files == base.files
