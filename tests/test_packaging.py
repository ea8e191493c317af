"""What `make app` builds from: a spec for three systems, and the licences of all that it carries."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from resources.packaging import third_party
from tests.conftest import ROOT

FOLDER = ROOT / "resources" / "packaging"


def test_every_dependency_is_named_with_its_terms() -> None:
    text = third_party.notices()
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    listed = {canonicalize_name(line.partition(" ")[0]) for line in text.partition("=====")[0].splitlines() if line}
    assert {canonicalize_name(Requirement(need).name) for need in needs} <= listed
    assert "ray" not in listed  # an extra's
    assert "From PyTorch: Copyright (c) 2016- Facebook, Inc" in re.sub(r"\s+", " ", text)  # PyTorch's own text is there
    assert not re.search(rf"^{third_party.NAME} ", text, re.MULTILINE)


def test_the_spec_compiles_and_names_what_exists() -> None:
    """PyInstaller is not needed to run the tests, so the spec is read and not run."""
    source = (FOLDER / "tryon.spec").read_text(encoding="utf-8")
    compile(source, "tryon.spec", "exec")
    named = re.findall(r'"(resources/[^"]+)"', source)
    assert named
    assert all((ROOT / Path(name)).is_file() for name in named)
    for system in ("darwin", "linux"):
        assert f'"{system}"' in source
