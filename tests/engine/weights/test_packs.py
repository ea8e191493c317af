"""Weight packs: written and read back exactly, found, removed, and damage named in one sentence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from engine import networks
from engine.category import UPPER
from engine.commands.hints import with_hint
from engine.errors import TryOnError
from engine.weights import (
    Pack,
    find_broken,
    find_pack,
    find_packs,
    is_shipped,
    read_pack,
    remove_pack,
    store,
    weights_folder,
    write_pack,
)

WIDTH = 4
KINDS = ("segmentation", "matching", "alias")
Change = Callable[[Any], object]


def narrow_network(kind: str) -> nn.Module:
    return networks.build(kind, {"width": WIDTH})


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A written pack of one small network, the quickest that can be damaged."""
    network = narrow_network("matching")
    return write_pack(tmp_path / "packs" / "small", "small", {"matching": network}, "1", "free", [(256, 192)], "a test")


def edit_manifest(pack: Pack, change: Change) -> None:
    path = pack.folder / "pack.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


# --- writing and reading ------------------------------------------------------------------------------------------


def test_a_pack_says_which_garments_it_puts_on(pack: Pack) -> None:
    assert json.loads((pack.folder / "pack.json").read_text(encoding="utf-8"))["category"] == "upper"
    edit_manifest(pack, lambda data: data.pop("category"))  # as before there were kinds
    assert read_pack(pack.folder).category == UPPER
    edit_manifest(pack, lambda data: data.update(category="hat"))
    with pytest.raises(TryOnError, match=r"pack\.json is damaged: category 'hat' is not one this version knows"):
        read_pack(pack.folder)


@pytest.mark.parametrize("half", [True, False])
def test_pack_gives_back_the_networks(tmp_path: Path, half: bool) -> None:
    made = {kind: narrow_network(kind) for kind in KINDS}
    written = write_pack(tmp_path / "p", "p", made, "1.2", "free", [(512, 384)], {"steps": 7}, half=half)
    read = read_pack(tmp_path / "p")
    assert read == written
    assert (read.name, read.version, read.licence, read.sizes) == ("p", "1.2", "free", ((512, 384),))
    assert read.provenance == {"steps": 7}
    read.verify()
    for kind, network in made.items():
        loaded = read.load(kind)
        assert not loaded.training
        assert networks.config_of(loaded) == networks.config_of(network)
        assert {value.dtype for value in loaded.state_dict().values()} <= {torch.float32, torch.int64}
        for key, value in network.state_dict().items():
            tolerance = 1e-3 if half and value.ndim > 1 else 0.0  # half precision keeps 11 bits
            torch.testing.assert_close(loaded.state_dict()[key], value, rtol=tolerance, atol=tolerance * 1e-3)


def test_half_pack_is_half_as_large_and_keeps_vectors_exact(tmp_path: Path) -> None:
    network = narrow_network("segmentation")
    full = write_pack(tmp_path / "full", "full", {"segmentation": network}, "1", "", [], "", half=False)
    half = write_pack(tmp_path / "half", "half", {"segmentation": network}, "1", "", [], "", half=True)
    assert half.bytes < 0.6 * full.bytes
    stored = load_file(half.folder / "segmentation.safetensors")
    assert {value.dtype for value in stored.values() if value.ndim > 1} == {torch.float16}
    assert {value.dtype for value in stored.values() if value.ndim == 1} == {torch.float32}


def test_value_beyond_half_precision_is_kept(tmp_path: Path) -> None:
    network = narrow_network("matching")
    with torch.no_grad():
        network.state_dict()["regression.linear.weight"][0, 0] = 1e6
    written = write_pack(tmp_path / "p", "p", {"matching": network}, "1", "", [], "", half=True)
    assert written.load("matching").state_dict()["regression.linear.weight"][0, 0] == 1e6


def test_loaded_network_computes_and_trains(pack: Pack) -> None:
    network = pack.load("matching")
    theta, grid = network(torch.zeros(1, 7, 256, 192), torch.zeros(1, 3, 256, 192), size=(64, 48))
    assert theta.shape == (1, 50)
    assert grid.shape == (1, 64, 48, 2)
    assert all(parameter.requires_grad for parameter in network.parameters())


def test_loaded_tensors_are_not_tied_to_the_file(pack: Pack) -> None:
    """A pack may be replaced or removed while its network is in use."""
    network = pack.load("matching")
    before = {key: value.clone() for key, value in network.state_dict().items()}
    path = pack.folder / "matching.safetensors"
    path.write_bytes(bytes(path.stat().st_size))
    assert all(torch.equal(value, before[key]) for key, value in network.state_dict().items())


def test_network_with_state_outside_its_state_dict_loads(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_table(kind: str, config: dict[str, Any]) -> nn.Module:
        network = build(kind, config)
        network.register_buffer("table", torch.arange(3.0), persistent=False)
        return network

    build = networks.build
    monkeypatch.setattr(networks, "build", with_table)
    assert torch.equal(pack.load("matching").get_buffer("table"), torch.arange(3.0))


def test_writing_refuses_a_folder_in_use(pack: Pack) -> None:
    with pytest.raises(TryOnError, match="exists already; remove it first"):
        write_pack(pack.folder, "small", {"matching": narrow_network("matching")}, "1", "", [], "")
    pack.verify()


def test_writing_refuses_values_that_are_not_finite(tmp_path: Path) -> None:
    network = narrow_network("matching")
    with torch.no_grad():
        network.state_dict()["regression.linear.bias"][3] = float("nan")
    with pytest.raises(TryOnError, match=r"1 tensors with values .* 'regression.linear.bias'"):
        write_pack(tmp_path / "p", "p", {"matching": network}, "1", "", [], "")
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(tensors: object, path: Path) -> None:
        path.write_bytes(b"half a file")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetensors.torch.save_file", full)
    with pytest.raises(TryOnError, match=r"p could not be written \(No space left on device\); free some space"):
        write_pack(tmp_path / "p", "p", {"matching": narrow_network("matching")}, "1", "", [], "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", "/tmp/x", ".hidden", "a\0b", "CON", "x" * 65, "x."]
)
def test_unsafe_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(TryOnError, match="cannot name a weight pack"):
        write_pack(tmp_path / "p", name, {"matching": narrow_network("matching")}, "1", "", [], "")
    assert list(tmp_path.iterdir()) == []


# --- damage -------------------------------------------------------------------------------------------------------


def test_missing_file(pack: Pack) -> None:
    (pack.folder / "matching.safetensors").unlink()
    for act in (pack.verify, lambda: pack.load("matching")):
        with pytest.raises(TryOnError, match=r"matching\.safetensors is missing; remove the pack \(small\) and import"):
            act()


def test_cut_off_file(pack: Pack) -> None:
    path = pack.folder / "matching.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(TryOnError, match=rf"has {pack.bytes - 1} bytes instead of {pack.bytes}; "):
        pack.load("matching")


def test_changed_byte_is_found_by_verify(pack: Pack) -> None:
    path = pack.folder / "matching.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(TryOnError, match=r"matching\.safetensors was changed or damaged \(its SHA-256 differs\)"):
        pack.verify()


def test_file_that_is_not_safetensors(pack: Pack) -> None:
    path = pack.folder / "matching.safetensors"
    path.write_bytes(bytes(pack.bytes))
    with pytest.raises(TryOnError, match=r"matching\.safetensors is damaged and cannot be read"):
        pack.load("matching")


def replace_tensors(pack: Pack, change: Change) -> Pack:
    """The pack with changed tensors and a pack.json that agrees with them."""
    path = pack.folder / "matching.safetensors"
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    edit_manifest(pack, lambda data: data["files"]["matching"].update(bytes=path.stat().st_size))
    return read_pack(pack.folder)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda t: t.pop("regression.linear.bias"),
            r"lacks 1 of 104 tensors \(the first is 'regression.linear.bias'\)",
        ),
        (lambda t: t.update(odd=torch.zeros(1)), r"has 1 that do not belong \(the first is 'odd'\)"),
        (
            lambda t: t.update({"regression.linear.bias": torch.zeros(51)}),
            r"has 1 of another shape \(the first is 'regression.linear.bias', 51 instead of 50\)",
        ),
    ],
)
def test_wrong_tensors_are_named(pack: Pack, change: Change, sentence: str) -> None:
    damaged = replace_tensors(pack, change)
    with pytest.raises(TryOnError, match=rf"matching\.safetensors {sentence}; import or download the pack again"):
        damaged.load("matching")


def test_unknown_kind_names_those_there(pack: Pack) -> None:
    with pytest.raises(TryOnError, match=r"pack small has no alias network \(it has matching\)"):
        pack.load("alias")


MANIFESTS: list[tuple[str, Change, str]] = [
    ("newer format", lambda d: d.update(format=2), "its format is 2 and this program reads 1"),
    ("no format", lambda d: d.pop("format"), "it has no entry 'format'"),
    ("no licence", lambda d: d.pop("licence"), "it has no entry 'licence'"),
    ("terminal codes", lambda d: d.update(licence="\x1b[2J"), "'licence' has control characters"),
    ("name is a number", lambda d: d.update(name=3), "'name' is not text"),
    ("name leaves the folder", lambda d: d.update(name="../x"), "'../x' cannot name a weight pack"),
    (
        "file leaves the folder",
        lambda d: d["files"]["matching"].update(name="../m.safetensors"),
        "not a plain file name",
    ),
    ("absolute file", lambda d: d["files"]["matching"].update(name="/m.safetensors"), "not a plain file name"),
    ("pickle", lambda d: d["files"]["matching"].update(name="m.pth"), "not a plain file name ending in .safetensors"),
    (
        "no checksum",
        lambda d: d["files"]["matching"].update(sha256="abc"),
        "checksum or length of matching.safetensors",
    ),
    ("length is true", lambda d: d["files"]["matching"].update(bytes=True), "'bytes' of 'matching' is not a whole"),
    ("sizes", lambda d: d.update(sizes=[[256]]), r"\[256\] is not a picture size"),
    ("configs of others", lambda d: d.update(configs={"alias": {}}), "do not list the same networks"),
    ("no files", lambda d: d.update(files={}, configs={}), "do not list the same networks"),
    ("config is a list", lambda d: d.update(configs={"matching": []}), "config 'matching' is not a table"),
]


@pytest.mark.parametrize(("change", "sentence"), [case[1:] for case in MANIFESTS], ids=[case[0] for case in MANIFESTS])
def test_bad_manifest_is_explained(pack: Pack, change: Change, sentence: str) -> None:
    edit_manifest(pack, change)
    with pytest.raises(TryOnError, match=rf"pack\.json is damaged: .*{sentence}.*; take the pack again"):
        read_pack(pack.folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 2_000_000])
def test_manifest_that_is_not_json_is_explained(pack: Pack, content: bytes) -> None:
    (pack.folder / "pack.json").write_bytes(content)
    with pytest.raises(TryOnError, match=r"pack\.json is damaged: .*; take the pack again"):
        read_pack(pack.folder)


@pytest.mark.parametrize("config", [{"width": 10**12}, {"width": "4"}, {"width": -4}, {"depth": 3}])
def test_impossible_configuration_is_explained(pack: Pack, config: dict[str, Any]) -> None:
    edit_manifest(pack, lambda data: data["configs"].update(matching=config))
    with pytest.raises(TryOnError, match="no matching network can be made from"):
        read_pack(pack.folder).load("matching")


# --- the store ----------------------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of resources/weights."""
    folder = tmp_path / "resources" / "weights"
    folder.mkdir(parents=True)
    monkeypatch.setattr(store, "shipped_folder", lambda: folder)
    return folder


def install(pack: Pack, parent: Path, folder: str = "small") -> Path:
    return Path(shutil.copytree(pack.folder, parent / folder))


def test_packs_are_found_by_name_and_by_folder(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    assert find_packs() == []
    install(pack, shipped)
    assert is_shipped(find_pack("small"))
    own = find_pack(install(pack, weights_folder(), "renamed"))
    assert not is_shipped(own)
    assert [found.folder.parent for found in find_packs()] == [shipped, tryon_home / "weights"]
    with pytest.raises(TryOnError, match=r"two weight packs are called small \(.* and .*\); give the folder"):
        find_pack("small")


def test_unknown_pack_says_what_there_is(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    with pytest.raises(TryOnError, match=r"no weight pack 'other' \(installed: none\).*import") as caught:
        find_pack("other")
    assert "tryon weights import" in with_hint(caught.value)
    install(pack, weights_folder())
    with pytest.raises(TryOnError, match=r"no weight pack 'other' \(installed: small\)"):
        find_pack("other")
    with pytest.raises(TryOnError, match=r"is not a weight pack: it has no pack\.json"):
        find_pack(tryon_home)


def test_broken_and_unfinished_packs_do_not_hide_good_ones(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    install(pack, weights_folder())
    for name in ("broken", ".unfinished"):
        (weights_folder() / name).mkdir()
    (weights_folder() / "a file").write_text("x")
    assert [found.name for found in find_packs()] == ["small"]
    assert list(find_broken()) == [weights_folder() / "broken"]
    with pytest.raises(TryOnError, match=r"broken is not a weight pack: it has no pack\.json"):
        find_pack("broken")


def test_remove(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    folder = install(pack, weights_folder(), "renamed")
    (weights_folder() / "broken").mkdir()
    assert remove_pack("small") == folder
    assert remove_pack("broken") == weights_folder() / "broken"
    assert list(weights_folder().iterdir()) == []
    with pytest.raises(TryOnError, match="there is no weight pack 'small'"):
        remove_pack("small")


def test_remove_refuses_shipped_packs_and_paths(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    kept = install(pack, shipped)
    with pytest.raises(TryOnError, match="came with the program and stays"):
        remove_pack("small")
    for path in (str(pack.folder), "../resources/weights/small"):
        with pytest.raises(TryOnError):
            remove_pack(path)
    assert kept.is_dir()
    assert pack.folder.is_dir()


def test_remove_of_a_linked_pack_leaves_what_it_points_to(pack: Pack, shipped: Path, tryon_home: Path) -> None:
    weights_folder().mkdir(parents=True)
    (weights_folder() / "small").symlink_to(pack.folder)
    remove_pack("small")
    assert list(weights_folder().iterdir()) == []
    pack.verify()
