"""Devices and precisions by name; what counts as a full GPU."""

import pytest
import torch

from engine.errors import TryOnError
from engine.system import devices


def pretend(monkeypatch: pytest.MonkeyPatch, cuda: int = 0, mps: bool = False) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(("cuda", "mps", "wanted"), [(0, False, "cpu"), (1, False, "cuda"), (0, True, "mps")])
def test_auto(monkeypatch: pytest.MonkeyPatch, cuda: int, mps: bool, wanted: str) -> None:
    pretend(monkeypatch, cuda, mps)
    assert devices.choose_device("auto").type == wanted


@pytest.mark.parametrize("name", ["cpu", "cuda", "cuda:0", "cuda:1", "mps"])
def test_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    pretend(monkeypatch, cuda=2, mps=True)
    assert devices.choose_device(name) == torch.device(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cuda", "0 CUDA GPUs"),
        ("cuda:3", "0 CUDA GPUs"),
        ("mps", "no Metal GPU"),
        ("gpu", "no kind of device"),
        ("", "no kind of device"),
        ("cuda:x", "no kind of device"),
        ("cuda:-1", "no kind of device"),
        ("meta", "not supported"),
        ("xpu", "not supported"),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, words: str) -> None:
    pretend(monkeypatch)
    with pytest.raises(TryOnError, match=words) as caught:
        devices.choose_device(name)
    assert "\n" not in str(caught.value)
    assert "cpu" in str(caught.value)


def test_second_gpu_of_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, cuda=1)
    with pytest.raises(TryOnError, match="1 CUDA"):
        devices.choose_device("cuda:1")


def test_precisions() -> None:
    known = ["fp32", "bf16", "fp16", "auto"]
    assert [devices.check_precision(name) for name in known] == known
    with pytest.raises(TryOnError, match="fp64"):
        devices.check_precision("fp64")


@pytest.mark.parametrize(("precision", "wanted"), [("fp32", torch.float32), ("bf16", torch.bfloat16)])
def test_autocast(precision: devices.Arithmetic, wanted: torch.dtype) -> None:
    with devices.autocast(torch.device("cpu"), precision):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == wanted


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"), True),
        (RuntimeError("CUDA error: out of memory"), True),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), True),
        (RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"), False),
    ],
)
def test_full_gpu(error: RuntimeError, full: bool) -> None:
    assert devices.is_out_of_memory(error) is full


def test_memory_is_released_by_kind_of_device(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: called.append("cuda"))
    monkeypatch.setattr(torch.mps, "empty_cache", lambda: called.append("mps"))
    for name in ("cpu", "cuda", "mps"):
        devices.release_memory(torch.device(name))
    assert called == ["cuda", "mps"]
