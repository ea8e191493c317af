"""A folder as tar.gz, whose bytes depend on the files' names, contents and executability alone."""

import gzip
import os
import sys
import tarfile
from pathlib import Path


def pack(folder: Path, target: Path, when: int) -> None:
    """Write `folder`, under its own name, to `target`; all files get the time `when`, seconds since 1970."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = when
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=when) as packed,
        tarfile.open(fileobj=packed, mode="w") as made,
    ):
        made.add(folder, folder.name, filter=plain)  # sorted by name


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]), int(os.environ["SOURCE_DATE_EPOCH"]))
