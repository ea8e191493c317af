"""`tryon doctor`: complete, private, and unbreakable."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import torch

from engine import __version__, networks
from engine.commands import doctor_report
from engine.weights import store, write_pack


@pytest.fixture(autouse=True)
def nothing_shipped(tmp_path: Path, tryon_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "shipped_folder", lambda: tmp_path / "shipped")


def section(title: str) -> list[str]:
    """Lines of one section of the report."""
    blocks = {block.split("\n")[0]: block.split("\n")[1:] for block in doctor_report.report().split("\n\n")}
    return [line.strip() for line in blocks[title]]


def test_versions() -> None:
    assert section("program")[0].startswith(f"tryon-atelier {__version__} ")
    assert f"torch {torch.__version__}".startswith(section("packages")[0]), (
        "which may name its build, as +cu130, or not"
    )
    assert not [line for line in section("packages") if line.endswith(" no")]


def test_processor_and_devices() -> None:
    total = psutil.virtual_memory().total / 1024**3
    assert f"memory {total:.1f} GiB" in section("processor")[1]
    assert f"{torch.get_num_threads()} threads" in section("devices")[0]
    assert "cpu" in section("devices")


def test_graphics_cards_are_listed_with_their_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (3 * 1024**3, 8 * 1024**3))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "Card")
    assert "cuda:0 Card, 8.0 GiB, 3.0 GiB free" in section("devices")


def test_packs_are_verified(tryon_home: Path) -> None:
    assert section("weight packs") == ["none; `tryon weights import` makes one of the published checkpoints"]
    network = networks.build("matching", {"width": 4})
    pack = write_pack(tryon_home / "weights" / "mine", "mine", {"matching": network}, "3", "", [], "")
    assert section("weight packs")[0].endswith(": verified")
    (pack.folder / "matching.safetensors").unlink()
    assert "matching.safetensors is missing" in section("weight packs")[0]
    (pack.folder / "pack.json").unlink()
    assert section("weight packs")[0].startswith("NOT USABLE: ")


def test_user_data_folder(tryon_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert section("user data") == [f"{tryon_home}: not there yet, can be made"]
    tryon_home.mkdir()
    assert section("user data") == [f"{tryon_home}: writable"]
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("TRYON_HOME", str(in_the_way / "home"))
    assert "NOT WRITABLE" in section("user data")[0]


def test_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert {"DISPLAY=:7", "WAYLAND_DISPLAY=", "QT_QPA_PLATFORM=offscreen"} <= set(section("display"))


def test_the_users_name_stays_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "someone")
    monkeypatch.setenv("TRYON_HOME", str(tmp_path / "someone" / "data"))
    assert "someone" not in doctor_report.report()
    assert section("user data")[0].startswith("~/data: ")


def broken() -> Iterator[str]:
    yield "a line before"
    raise RuntimeError("driver gone")


@pytest.mark.parametrize("title", list(doctor_report._SECTIONS))
def test_a_broken_part_does_not_break_the_report(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sections: dict[str, Callable[[], Iterator[str]]] = {**doctor_report._SECTIONS, title: broken}
    monkeypatch.setattr(doctor_report, "_SECTIONS", sections)
    assert "could not be found out: RuntimeError: driver gone" in section(title)
    assert doctor_report.report().count("could not be found out") == 1


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_report, "PACKAGES", ("torch", "no-such-package"))
    assert "no-such-package no" in section("packages")
