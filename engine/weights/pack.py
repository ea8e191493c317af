"""A weight pack: a folder with pack.json and one safetensors file for each network."""

import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.category import UPPER, Category
from engine.errors import TryOnError
from engine.weights.manifest import File, Manifest, check_name, read_manifest, write_manifest
from engine.weights.refinements import Refinements

if TYPE_CHECKING:
    from torch import Tensor, nn

_HALF_LARGEST = 65504.0  # beyond this half precision holds only infinity


@dataclass(frozen=True)
class Pack(Manifest):
    """A pack on disk whose pack.json was read and made sense; the tensors were not looked at yet."""

    folder: Path

    @property
    def bytes(self) -> int:
        """Size of all networks together."""
        return sum(file.bytes for file in self.files.values())

    def load(self, kind: str) -> "nn.Module":
        """The network of `kind`, float32 on the CPU, in evaluation mode.

        Loads strictly. The file's length is compared, its checksum is not: hashing the published networks takes longer
        than loading them, and import and `verify` have done it. TryOnError names the file and its first wrong key.
        """
        from engine.weights import strict  # torch takes seconds to import; listing packs does not need it

        path = self._present(kind)
        return strict.load_network(path, kind, self.configs[kind])

    def verify(self) -> None:
        """Compare every file with pack.json and its network: length, SHA-256, keys, shapes, finite values.

        Raises TryOnError about the first thing wrong.
        """
        for kind, file in self.files.items():
            if sha256_of(path := self._present(kind)) != file.sha256:
                raise TryOnError("pack.file_changed", path=path, name=self.name)
        from engine.weights import strict  # which imports torch: damage is told without it

        for kind in self.files:
            path = self._present(kind)
            strict.check_shapes(path, strict.expected_shapes(kind, self.configs[kind]))
            strict.check_finite(path, strict.read_tensors(path))

    def require(self, kind: str) -> None:
        """TryOnError where there is no network of this kind."""
        if kind not in self.files:
            has = ", ".join(self.files)
            raise TryOnError("pack.no_network", name=self.name, kind=kind, has=has)

    def _present(self, kind: str) -> Path:
        """Path of the file of `kind` after the checks that cost nothing."""
        self.require(kind)
        file = self.files[kind]
        path = self.folder / file.name
        if not path.is_file():
            raise TryOnError("pack.file_missing", path=path, name=self.name)
        length = path.stat().st_size
        if length != file.bytes:
            raise TryOnError("pack.file_length", path=path, found=length, wanted=file.bytes, name=self.name)
        return path


def read_pack(folder: str | Path) -> Pack:
    """The pack in `folder`. TryOnError says what is wrong with its pack.json."""
    path = Path(folder).expanduser().absolute()
    return Pack(**vars(read_manifest(path)), folder=path)


def write_pack(
    folder: str | Path,
    name: str,
    networks: Mapping[str, "nn.Module"],
    version: str,
    licence: str,
    sizes: Iterable[tuple[int, int]],
    provenance: str | Mapping[str, Any],
    half: bool = True,
    refinements: Refinements = Refinements(),
    category: Category = UPPER,
) -> Pack:
    """Write a pack from networks made by `engine.networks.build` and return it.

    folder: the pack's own folder, new or empty; it appears whole or not at all. sizes: (height, width) of the pictures
    the networks were made for. half: store matrices in half precision (vectors, a thousandth of the bytes, stay
    float32, since running variances span more than half precision holds). TryOnError when the folder is in use, a
    value is not finite, or the disk is full.
    """
    from engine.networks import config_of

    configs = {kind: config_of(network) for kind, network in networks.items()}
    pairs = tuple((int(height), int(width)) for height, width in sizes)
    states = ((kind, network.state_dict()) for kind, network in networks.items())
    manifest = Manifest(
        name, version, licence, pairs, configs, provenance, {}, refinements=refinements, category=category
    )
    return write_states(folder, manifest, states, half)


def write_states(
    folder: str | Path, manifest: Manifest, states: Iterable[tuple[str, Mapping[str, "Tensor"]]], half: bool
) -> Pack:
    """As `write_pack`, from (kind, state dict) pairs that may be made one at a time; `manifest.files` is filled in."""
    target = Path(folder).expanduser().absolute()
    check_name(manifest.name)
    with whole_or_nothing(target) as temporary:
        files = {kind: _write_network(temporary, kind, state, half) for kind, state in states}
        write_manifest(temporary, replace(manifest, files=files))
        read_manifest(temporary)  # what cannot be read again must not be left behind
    return read_pack(target)


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[Path]:
    """A temporary folder beside `target` that becomes it when the block ends well and vanishes when it does not."""
    refuse_existing(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
        temporary.mkdir()
        try:
            yield temporary
            refuse_existing(target)
            if target.exists():
                target.rmdir()  # empty; Windows does not rename over it
            temporary.rename(target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise TryOnError("pack.unwritable", path=target, reason=reason) from error


def refuse_existing(folder: Path) -> None:
    """TryOnError when something other than an empty folder is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TryOnError("pack.folder_taken", path=folder)


def _write_network(folder: Path, kind: str, state: Mapping[str, "Tensor"], half: bool) -> File:
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    from engine.weights import strict

    path = folder / f"{check_name(kind)}.safetensors"
    tensors = {key: _stored(value, half) for key, value in state.items()}
    strict.check_finite(path, tensors)
    try:
        save_file(tensors, path)
    except SafetensorError as error:
        raise OSError(str(error)) from error  # a full disk comes as one of these
    return File(path.name, sha256_of(path), path.stat().st_size)


def _stored(value: "Tensor", half: bool) -> "Tensor":
    """A copy of its own, because safetensors refuses tensors that share memory."""
    import torch

    value = value.detach().cpu()
    if not value.is_floating_point():
        return value.clone().contiguous()
    fits = half and value.ndim > 1 and value.numel() > 0 and float(value.abs().max()) <= _HALF_LARGEST
    return value.to(torch.float16 if fits else torch.float32, copy=True).contiguous()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
