"""Files of strangers that should be checkpoints: read as tensors only, never executed, and named where they are not.

What training programs do to a state dict is undone: prefixes of its keys (DataParallel, torch.compile, the name of the
network), tables around it ("state_dict", "generator"), half precision. Archives hand over the checkpoints in them.
"""

import re
import shutil
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

from engine.errors import TryOnError

if TYPE_CHECKING:
    from torch import Tensor

SUFFIXES = (".pth", ".pt", ".ckpt", ".bin", ".safetensors")
# the order in which tables inside a checkpoint are opened: the network in use before one that is only learnt along
_WRAPPERS = (
    *("state_dict", "model_state_dict", "ema_state_dict", "params_ema", "g_ema", "generator", "netG", "G"),
    *("model", "net", "network", "params", "weights", "module"),
)
_DEEPEST = 3  # tables in tables
_PREFIXES = ("module.", "_orig_mod.", "model.", "net.", "network.", "generator.", "netG.", "G.")
_UNSAFE = re.compile(r"(?:GLOBAL|class) ([\w.]+)")
_ZIP = b"PK\x03\x04"
_HEAD = 512  # bytes
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_BROKEN_ZIP = (OSError, RuntimeError, ValueError, zipfile.BadZipFile, struct.error)  # cut off, or with a password
_MOST_DEEP = 3  # folders below the one that is given
_LARGEST = 20 * 2**30  # bytes that an archive may unpack to


def read_checkpoint(path: Path) -> "dict[str, Tensor]":
    """The tensors of a state dict saved by torch.save or as safetensors, without wrappers and prefixes, in float32.

    Counters stay whole numbers. TryOnError when the file is empty, cut off, no checkpoint, or holds anything but
    tensors; where it is known what it is instead, that is said.
    """
    content = _unwrapped(_load(path))
    if not isinstance(content, Mapping) or not content:
        raise TryOnError("import.no_tensors", path=path)
    odd = [key for key, value in content.items() if not (isinstance(key, str) and _is_plain(value))]
    if odd:
        raise TryOnError("import.odd_tensor", path=path, first=repr(odd[0]))
    return {key: _whole(value) for key, value in _without_prefixes(content).items()}


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive of files, which a checkpoint is not, though it is one of tensors."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(name.endswith("/data.pkl") or name == "data.pkl" for name in archive.namelist())
    except _BROKEN_ZIP:
        return False


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The checkpoints in a ZIP archive, in a folder that is gone afterwards. TryOnError where it cannot be unpacked."""
    folder = Path(tempfile.mkdtemp(prefix="tryon-checkpoints-"))
    try:
        yield _extracted(path, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def checkpoints_in(folder: Path) -> list[Path]:
    """The checkpoints in a folder and in those below it, without hidden ones and what macOS puts beside them."""
    found = [path for path in folder.rglob("*") if _is_wanted(path.relative_to(folder).parts) and path.is_file()]
    return sorted(found)


def _is_wanted(parts: Sequence[str]) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return len(parts) <= _MOST_DEEP and not hidden and parts[-1].lower().endswith(SUFFIXES)


def _extracted(path: Path, folder: Path) -> list[Path]:
    """Names are made anew, so that no archive chooses where its files land."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [one for one in archive.infolist() if _is_wanted(one.filename.split("/"))]
            if sum(one.file_size for one in wanted) > _LARGEST:
                raise TryOnError("import.archive", path=path, kind="ZIP")
            for number, one in enumerate(wanted):
                target = folder / str(number) / Path(one.filename).name
                target.parent.mkdir()
                with archive.open(one) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except (*_BROKEN_ZIP, zlib.error, EOFError) as error:
        raise TryOnError("import.archive", path=path, kind="ZIP") from error
    return checkpoints_in(folder)


def _load(path: Path) -> Any:
    """torch.load for tensors only; everything it may raise about the content becomes one sentence."""
    head = _head(path)
    import torch  # late: what can be told without it takes no seconds

    try:
        if _is_safetensors(head):
            return _safetensors(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # files older than PyTorch 1.6 cannot be mapped into memory
            return torch.load(path, map_location="cpu", weights_only=True, mmap=head.startswith(_ZIP))
    except TryOnError:
        raise
    except UnpicklingError as error:
        raise _refusal(path, str(error)) from error
    except Exception as error:  # whatever a damaged file makes the reader stumble over
        raise TryOnError("import.cut_off", path=path) from error


def _head(path: Path) -> bytes:
    """How a file begins; TryOnError where that says that it is no checkpoint."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        _refuse_others(path, head)
    except PermissionError as error:
        raise TryOnError("import.unreadable", path=path) from error
    except OSError as error:
        raise TryOnError("import.cut_off", path=path) from error
    if not head:
        raise TryOnError("import.cut_off", path=path)
    return head


def _refuse_others(path: Path, head: bytes) -> None:
    """TryOnError that says what a file is that came in a checkpoint's place."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        raise TryOnError("import.web_page", path=path)
    if text.startswith(b"version https://git-lfs"):
        raise TryOnError("import.lfs_pointer", path=path)
    kind = next((name for mark, name in _ARCHIVES.items() if head.startswith(mark)), "ZIP" if is_archive(path) else "")
    if kind:
        raise TryOnError("import.archive", path=path, kind=kind)


def _is_safetensors(head: bytes) -> bool:
    """A length of eight bytes, then JSON."""
    return len(head) > 8 and head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 2**28


def _safetensors(path: Path) -> Any:
    from safetensors.torch import load_file

    return load_file(path)


def _refusal(path: Path, message: str) -> TryOnError:
    unsafe = _UNSAFE.search(message)
    if unsafe is None:
        return TryOnError("import.cut_off", path=path)
    return TryOnError("import.unsafe", path=path, what=unsafe[1])


def _unwrapped(content: Any) -> Any:
    for _ in range(_DEEPEST):
        if not isinstance(content, Mapping):
            break
        inner = next((content[name] for name in _WRAPPERS if isinstance(content.get(name), Mapping)), None)
        if inner is None:
            break
        content = inner
    return content


def _without_prefixes(content: "Mapping[str, Tensor]") -> "dict[str, Tensor]":
    """Without what stands before every key, however often."""
    state = dict(content)
    while prefix := next((one for one in _PREFIXES if all(key.startswith(one) for key in state)), ""):
        state = {key.removeprefix(prefix): value for key, value in state.items()}
    return state


def _is_plain(value: Any) -> bool:
    import torch

    dense = isinstance(value, torch.Tensor) and value.layout is torch.strided and value.device.type == "cpu"
    return dense and not value.is_quantized


def _whole(value: "Tensor") -> "Tensor":
    return value.float() if value.is_floating_point() else value
