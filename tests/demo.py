"""`make run`: the window with a finished try-on; without a display the same window drawn into out/window.png.

Shipped samples and the default weights are used where they are there; else a drawn pair and untrained networks stand
in, which is said.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.commands.reporting import report
from engine.errors import TryOnError
from engine.weights import find_pack
from tryon_app.model.samples import find_samples

OUT = Path("out")
UNTRAINED = (
    "There are no trained weights here yet, so narrow untrained networks stand in: the stages show where data goes, "
    "the picture is no try-on.\n"
    "Import weights with `tryon weights import --name default`, and run this again."
)
_PERSON, _GARMENT = 6, 11


def main() -> None:
    """Open the window, or draw it, and exit as it does."""
    seen = has_display(os.environ, sys.platform)
    arguments = [*photos(OUT / "demo"), *weights(OUT / "demo"), *(["--run"] if seen else ["--offscreen", str(OUT)])]
    environment = dict(os.environ)
    if not seen:  # pictures nobody asked for do not belong into the user's history
        environment["TRYON_HOME"] = str((OUT / "demo" / "home").absolute())
    sys.exit(subprocess.run([sys.executable, "-m", "tryon_app", *arguments], env=environment, check=False).returncode)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be seen."""
    if environment.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return platform in ("darwin", "win32") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def photos(folder: Path) -> list[str]:
    """The samples, else a drawn person and garment written to `folder`, as arguments of `tryon-app`."""
    if {sample.kind for sample in find_samples()} >= {"person", "garment"}:
        return ["--samples"]
    from tests.rendered import rendered_pair, write_rendered_pair

    base = folder / "train"
    for name in ("image", "cloth", "cloth-mask", "image-parse", "openpose-json"):
        (base / name).mkdir(parents=True, exist_ok=True)
    person, garment = (rendered_pair(seed, (1024, 768)) for seed in (_PERSON, _GARMENT))
    for pair in (person, garment):
        write_rendered_pair(base, pair)
    return [
        *("--person", str(base / "image" / f"{person.name}.jpg")),
        *("--garment", str(base / "cloth" / f"{garment.name}.jpg")),
    ]


def weights(folder: Path) -> list[str]:
    """The default pack where there is one, else an untrained one, and says so."""
    try:
        pack = find_pack("default")
    except TryOnError:
        from tests.packs import narrow_pack

        report(UNTRAINED)
        target = folder / "untrained"
        if not (target / "pack.json").is_file():
            narrow_pack(target, "untrained")
        return ["--weights", str(target)]
    report(f"weights: {pack.name} {pack.version} ({pack.licence})")
    return ["--weights", str(pack.folder)]


if __name__ == "__main__":
    main()
