"""Whether an installation works where nothing is: `python -m tests.bundle_check dist/NAME` is a step of `make app`.

No PATH, no fonts, a home with a space and Korean letters: the self-test, a batch of four, a training on two processes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.rendered import write_rendered_dataset

_KEPT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")  # without which Windows starts nothing


def main(programs: Path, samples: Path) -> None:
    """Print the seconds of each part; ends with what the first that fails has said."""
    with tempfile.TemporaryDirectory(prefix="집 하나 ") as folder:
        home = Path(folder)
        write_rendered_dataset(home / "자료", 16, (512, 384))
        photos: list[str | Path] = []
        for kind in ("people", "garments"):
            (home / kind).mkdir()
            for path in sorted((samples / kind).glob("*.jpg"))[:2]:
                shutil.copy(path, home / kind)
            photos += [f"--{kind}", home / kind]
        train = ["train", "matching", "--preset", "smoke", "--steps", "2", "--tensorboard", "--data", home / "자료"]
        _run(home, programs / "tryon-app", "--self-test")
        _run(home, programs / "tryon", "batch", *photos, "--workers", "2", "-o", home / "결과")
        _run(home, programs / "tryon", *train, "--device", "cpu", "--devices", "2", "-o", home / "런")


def _run(home: Path, program: Path, *words: str | Path) -> None:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {
        "HOME": str(home),
        "TRYON_HOME": str(home / "data"),
        "PATH": "",
        "FONTCONFIG_FILE": str(home / "no"),
    }
    begin = time.monotonic()
    command = [str(program.absolute()), *map(str, words)]
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(
            f"{program.name} {words[0]} ended with {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        )
    sys.stdout.write(f"{program.name} {words[0]}: {time.monotonic() - begin:.1f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[1]) / "_internal" / "resources" / "samples")
