"""Pictures that are gone take no memory, whatever small things were made beside them."""

import platform
import subprocess
import sys

PICTURES, EACH = 100, 1 << 20
PROGRAM = f"""
import sys
import numpy as np, psutil
from tryon_app.model.memory import give_pictures_back
given = sys.argv[1] == "given" and give_pictures_back()
np.ones(16 << 20, np.uint8)  # a large block that was freed
rss = psutil.Process().memory_info().rss
pictures, small = [], []
for _ in range({PICTURES}):
    pictures.append(np.ones({EACH}, np.uint8))
    small.extend(bytes(3000) for _ in range(20))
pictures.clear()
print(given, psutil.Process().memory_info().rss - rss)
"""


def left(how: str) -> tuple[bool, int]:
    """Whether anything was changed, and how many bytes the process kept."""
    said = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True).stdout
    given, kept = said.split()
    return given == "True", int(kept)


def test_pictures_between_small_things_are_given_back() -> None:
    given, kept = left("given")
    assert given == (platform.libc_ver()[0] == "glibc")
    if given:
        assert kept < PICTURES * EACH / 10
        assert left("as it was")[1] > PICTURES * EACH / 2, "else there is nothing to do"
