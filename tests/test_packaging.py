"""What `make app` builds from: a spec for three systems, and the licences of all that it carries."""

import ast
import os
import re
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

from engine.paths import NAME
from resources.packaging import appdir, archive, icon, program, system_libraries, third_party
from tests.conftest import ROOT

FOLDER = ROOT / "resources" / "packaging"


def test_every_dependency_is_named_with_its_terms() -> None:
    text = third_party.notices()
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    listed = {canonicalize_name(line.partition(" ")[0]) for line in text.partition("=====")[0].splitlines() if line}
    assert {canonicalize_name(Requirement(need).name) for need in needs} <= listed
    assert "ray" not in listed  # an extra's
    assert "From PyTorch: Copyright (c) 2016- Facebook, Inc" in re.sub(r"\s+", " ", text)  # PyTorch's own text is there
    assert not re.search(rf"^{NAME} ", text, re.MULTILINE)


DEP5 = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
License: Zlib

Files: debian/*
License: GPL-2+
 On Debian systems the text is in /usr/share/common-licenses/GPL-2.
"""


def test_system_libraries_are_listed_by_package_with_their_terms(tmp_path: Path) -> None:
    docs, common, python = tmp_path / "doc", tmp_path / "common", tmp_path / "python"
    for name, text in (("libz1", DEP5), ("libfont1", "Do as you like.")):
        (docs / name).mkdir(parents=True)
        (docs / name / "copyright").write_text(text)
    common.mkdir()
    (common / "GPL-2").write_text("its whole text")
    libraries = [tmp_path / name for name in ("libz.so.1", "libz-more.so.1", "libfont.so", "libstray.so")]
    (tmp_path / "libfont.so.1.2").touch()
    libraries[2].symlink_to(tmp_path / "libfont.so.1.2")

    def ask(words: Sequence[str]) -> str:
        """As Debian's `dpkg-query` says it, which knows what a link leads to."""
        if words[0] == "--show":
            return "1.0-2"
        assert str(libraries[0]) in words
        of_z = "libz1:amd64, libz1:i386: /lib/libz.so.1\nlibz1:amd64: /lib/libz-more.so.1\n"
        return f"{of_z}libfont1: {tmp_path}/libfont.so.1.2\n"

    found = system_libraries.terms([*libraries, python / "libpython3.so"], python, ask, docs, common)
    assert found == [
        ("libfont1 1.0-2 (libfont.so): see its text", "Do as you like."),
        ("libz1 1.0-2 (libz-more.so.1, libz.so.1): Zlib, GPL-2+", DEP5.strip()),
        ("libstray.so: not known", "(not of a package; see where this system has it from)"),
        ("GPL-2, named above", "its whole text"),
    ]


def test_without_dpkg_libraries_are_named_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (told,) = system_libraries.terms([tmp_path / "libstray.so"], tmp_path / "python")
    assert told[0] == "libstray.so: not known"
    text = third_party.notices([tmp_path / "libstray.so"])
    assert "\nlibstray.so: not known\n" in text.partition("=====")[0]


def test_an_archive_is_the_same_whenever_and_by_whomever_it_was_made(tmp_path: Path) -> None:
    made = []
    for number, names in enumerate((("a", "b", "c"), ("c", "b", "a"))):
        bundle = tmp_path / str(number) / "bundle"
        bundle.mkdir(parents=True)
        for name in names:
            (bundle / name).write_text(f"content of {name}")
            os.utime(bundle / name, (number, number))
        (bundle / "a").chmod((0o755, 0o700)[number])
        (bundle / "tryon").hardlink_to(bundle / "a")
        archive.pack(bundle, tmp_path / f"{number}.tar.gz", 1_700_000_000)
        made.append((tmp_path / f"{number}.tar.gz").read_bytes())
    assert made[0] == made[1]
    with tarfile.open(tmp_path / "0.tar.gz") as packed:
        packed.extractall(tmp_path / "out", filter="data")
    assert os.access(tmp_path / "out" / "bundle" / "tryon", os.X_OK)
    assert not os.access(tmp_path / "out" / "bundle" / "b", os.X_OK)
    assert (tmp_path / "out" / "bundle" / "tryon").read_text() == "content of a"


def test_the_spec_compiles_and_names_what_exists() -> None:
    """PyInstaller is not needed to run the tests, so the spec is read and not run."""
    source = (FOLDER / "tryon.spec").read_text(encoding="utf-8")
    compile(source, "tryon.spec", "exec")
    named = re.findall(r'"(resources/[^"]+)"', source)
    assert named
    assert all((ROOT / Path(name)).is_file() for name in named)
    for system in ("darwin", "linux"):
        assert f'"{system}"' in source


class Builder:
    """What of PyInstaller the spec calls: notes each call, and finds two libraries of the system and one of ours."""

    def __init__(self, python: Path) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.datas: list[tuple[str, str, str]] = [
            ("torch/include/a.h", "/a.h", "DATA"),
            ("kept.txt", "/kept.txt", "DATA"),
        ]
        self.binaries = [
            ("libz.so.1", "/lib/libz.so.1", "BINARY"),
            ("libmvec.so.1", "/lib/libmvec.so.1", "BINARY"),
            ("torch/libtorch.so", str(python / "torch" / "libtorch.so"), "BINARY"),
            ("libz.so", "libz.so.1", "SYMLINK"),
        ]
        self.pure: list[str] = []
        self.scripts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*words: Any, **options: Any) -> Any:
            self.calls.append((name, options))
            return self if name == "Analysis" else [] if name.startswith("co") else name

        return call

    def of(self, name: str) -> list[dict[str, Any]]:
        return [options for called, options in self.calls if called == name]


@pytest.mark.parametrize(
    ("system", "consoles", "icon"),
    [("linux", [True, True], False), ("darwin", [False, True], True), ("win32", [False, True], True)],
)
def test_the_spec_asks_for_what_each_system_needs(
    system: str, consoles: list[bool], icon: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyInstaller is not needed to run the tests, and can build for no other system than the one it is on."""
    (tmp_path / "build").mkdir()
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    builder = Builder(Path(sys.prefix))
    for module in ("api", "build_main", "osx"):
        monkeypatch.setitem(sys.modules, f"PyInstaller.building.{module}", builder)
    for package in ("PyInstaller", "PyInstaller.building", "PyInstaller.utils", "PyInstaller.utils.hooks"):
        monkeypatch.setitem(sys.modules, package, builder)
    monkeypatch.setattr(third_party, "notices", lambda libraries: " ".join(map(str, libraries)))
    monkeypatch.setattr("torch.version.cuda", None)
    monkeypatch.setattr("sys.path", list(sys.path))
    monkeypatch.setattr("sys.platform", system)
    source = (FOLDER / "tryon.spec").read_text(encoding="utf-8")
    exec(compile(source, "tryon.spec", "exec"), {"SPECPATH": str(tmp_path / "resources" / "packaging")})
    programs = builder.of("EXE")
    assert [one["name"] for one in programs] == ["tryon-app", "tryon"]
    assert [one["console"] for one in programs] == consoles
    assert [bool(one["icon"]) for one in programs] == [icon] * 2
    assert (tmp_path / "build" / "app.png").is_file() is icon
    assert [one["name"] for one in builder.of("BUNDLE")] == (["Tryon Atelier.app"] if system == "darwin" else [])
    assert [name for name, *_ in builder.datas] == ["kept.txt", "LICENSE", "NOTICE", "THIRD_PARTY.txt"]
    carried = (tmp_path / "build" / "THIRD_PARTY.txt").read_text()
    assert carried == str(Path("/lib/libz.so.1")), "neither what pip brought nor what is left out"
    (svg,) = [path for path, _ in builder.of("Analysis")[0]["datas"] if path.endswith("app.svg")]
    assert Path(svg).is_relative_to(tmp_path)


def lists_of_the_spec() -> dict[str, Any]:
    """Its assignments that need nothing of PyInstaller."""
    tree = ast.parse((FOLDER / "tryon.spec").read_text(encoding="utf-8"))
    wanted = {"EXCLUDED", "LEFT_OUT", "NO_RESOURCES"}
    lists = [node for node in tree.body if isinstance(node, ast.Assign | ast.AugAssign) and names(node) <= wanted]
    found: dict[str, Any] = {"re": re}
    exec(compile(ast.Module(lists, []), "tryon.spec", "exec"), found)
    return found


def names(node: ast.Assign | ast.AugAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)} or {""}


def test_nothing_that_the_program_imports_is_excluded() -> None:
    excluded = tuple(lists_of_the_spec()["EXCLUDED"])
    for package in ("engine", "tryon_app"):
        for path in (ROOT / package).rglob("*.py"):
            found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            imported = [alias.name for node in found if isinstance(node, ast.Import) for alias in node.names]
            assert not [name for name in imported if f"{name}.".startswith(tuple(f"{one}." for one in excluded))], path


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("torch/bin/torch_shm_manager", True),  # `import torch` asks for it
        ("torch/bin/protoc", False),
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/include/ATen/ATen.h", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("libpango-1.0.so.0", False),
        ("libmvec.so.1", False),  # goes with the C library of the machine
        ("resources/samples/person/image/sample_01.jpg", True),
        ("tryon_atelier-0.1.0.dist-info/METADATA", True),
        ("tryon_atelier-0.1.0.dist-info/direct_url.json", False),  # names the folder it was built in
    ],
)
def test_what_stays_in_the_bundle(path: str, stays: bool) -> None:
    assert (lists_of_the_spec()["LEFT_OUT"].search(path) is None) is stays


def test_an_appdir_begins_with_the_program(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "tryon-app").write_text("the program")
    (bundle / "_internal" / "data").write_text("its data")
    for _ in range(2):  # again over an old one
        appdir.lay_out(bundle, tmp_path / "AppDir")
    laid = tmp_path / "AppDir"
    assert (laid / "AppRun").read_text() == "the program"
    assert ((laid / "AppRun").resolve().parent / "_internal" / "data").read_text() == "its data"
    (entry,) = laid.glob("*.desktop")
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert "Exec=tryon-app %F" in lines
    (icon,) = laid.glob("*.svg")
    assert f"Icon={icon.stem}" in lines
    assert all(path.resolve().is_relative_to(laid) for path in laid.rglob("*"))
    assert (laid / ".DirIcon").read_bytes() == icon.read_bytes()


def test_the_icon_is_drawn_for_other_systems(tmp_path: Path) -> None:
    with Image.open(icon.draw(tmp_path / "new" / "app.png", 64)) as picture:
        assert (picture.size, picture.mode) == ((64, 64), "RGBA")
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)  # rounded corners
        assert picture.getchannel("A").getpixel((32, 40)) == 255


def test_a_program_without_a_console_has_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    program._give_streams()
    sys.stdout.write("nobody hears")
    sys.stdout.close()


@pytest.mark.parametrize("words", [["train", "flow"], ["/bundle/tryon", "train", "flow"]])
def test_processes_of_one_training_read_the_same_words(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bundle/tryon")
    monkeypatch.setattr("sys.argv", ["/bundle/tryon", *words])
    program._read_words()
    assert sys.argv == ["/bundle/tryon", "train", "flow"]
