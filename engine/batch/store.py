"""Where finished pictures go: a folder, or what fsspec can reach (a bucket, another machine). Whole or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import fsspec

from engine.arrays import Array8
from engine.errors import TryOnError
from engine.imaging.saving import save_picture
from engine.system.files import synced


class Store(Protocol):
    """Takes pictures by names below it, with "/"."""

    def save(self, name: str, picture: Array8, metadata: Mapping[str, str]) -> int:
        """Write a picture uint8 (H, W, 3) in the format of its ending; its size in bytes. TryOnError where it fails."""

    def size(self, name: str) -> int | None:
        """The size of a picture in bytes; None where there is none."""

    def load(self, name: str) -> bytes:
        """The file of a picture. OSError where there is none."""


class FolderStore:
    """A folder of this machine, or one that several share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, picture: Array8, metadata: Mapping[str, str]) -> int:
        """See `Store`; the picture is on the disk when this returns."""
        path = self._folder / name
        save_picture(path, picture, metadata)
        synced(path)
        return path.stat().st_size

    def size(self, name: str) -> int | None:
        """See `Store`."""
        try:
            return (self._folder / name).stat().st_size
        except OSError:
            return None

    def load(self, name: str) -> bytes:
        """See `Store`."""
        return (self._folder / name).read_bytes()


class AddressStore:
    """An address such as s3://bucket/folder; what it needs beside fsspec is said by fsspec."""

    def __init__(self, address: str) -> None:
        """TryOnError where there is no such kind of address here."""
        self._address = address
        try:
            self._system, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            raise TryOnError("batch.address", address=address, reason=error) from error

    def save(self, name: str, picture: Array8, metadata: Mapping[str, str]) -> int:
        """See `Store`; it is put under another name first where an address can rename."""
        target = f"{self._root}/{name}"
        with tempfile.TemporaryDirectory(prefix="tryon-") as folder:
            path = Path(folder) / f"picture{Path(name).suffix}"
            save_picture(path, picture, metadata)
            try:
                self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
                self._system.put_file(str(path), f"{target}.part")
                self._system.mv(f"{target}.part", target)
            except Exception as error:  # every kind of address fails in its own ways
                reason = f"{type(error).__name__}: {error}"
                raise TryOnError("batch.address", address=f"{self._address}/{name}", reason=reason) from error
            return path.stat().st_size

    def size(self, name: str) -> int | None:
        """See `Store`."""
        try:
            return int(self._system.size(f"{self._root}/{name}"))
        except Exception:  # as above; what cannot be asked for is made again
            return None

    def load(self, name: str) -> bytes:
        """See `Store`."""
        return bytes(self._system.cat_file(f"{self._root}/{name}"))


def store_of(folder: Path, address: str = "") -> Store:
    """The store of a run: the address, or the folder where that is ""."""
    return AddressStore(address) if address else FolderStore(folder)
