"""Bands are shared out to threads: each is worked on once, errors and aborts end the work."""

import threading
from collections.abc import Iterator

import pytest
import torch

from engine.networks.threads import in_bands

BANDS = [(top, top + 4) for top in range(0, 80, 4)]


@pytest.fixture(autouse=True, params=[1, 2])
def threads(request: pytest.FixtureRequest) -> Iterator[int]:
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    assert torch.get_num_threads() == request.param
    torch.set_num_threads(before)


def test_every_band_is_worked_on_once(threads: int) -> None:
    done, hands, used = list[tuple[int, int]](), set[int](), set[int]()

    def work(top: int, bottom: int, hand: int) -> None:
        done.append((top, bottom))
        hands.add(hand)
        used.add(torch.get_num_threads())

    in_bands(BANDS, work)
    assert sorted(done) == BANDS
    assert hands <= set(range(threads))
    assert used == {1}  # the operations of a band are not split further


def test_hands_stay_alone_with_their_bands(threads: int) -> None:
    """Also once PyTorch has worked in them."""
    used = set[int]()

    def work(top: int, bottom: int, hand: int) -> None:
        (torch.ones(200, 200) @ torch.ones(200, 200)).sum()
        used.add(torch.get_num_threads())

    for _ in range(3):
        in_bands(BANDS, work)
    assert used == {1}


def test_a_thread_that_begins_meanwhile_has_its_usual_number(threads: int) -> None:
    used = list[int]()

    def beginning() -> None:
        torch.ones(10).sum()
        used.append(torch.get_num_threads())

    def work(top: int, bottom: int, hand: int) -> None:
        thread = threading.Thread(target=beginning)
        thread.start()
        thread.join()

    in_bands(BANDS, work)
    assert used == [threads] * len(BANDS)


def test_two_callers_at_once_do_not_meet(threads: int) -> None:
    sums = {name: torch.zeros(80) for name in "ab"}

    def call(name: str) -> None:
        torch.set_num_threads(threads)
        for _ in range(20):
            in_bands(BANDS, lambda top, bottom, hand: sums[name][top:bottom].add_(1))

    callers = [threading.Thread(target=call, args=(name,)) for name in sums]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert all(bool((one == 20).all()) for one in sums.values())


def test_a_single_band_is_left_to_pytorch_s_threads(threads: int) -> None:
    used = list[int]()
    in_bands(BANDS[:1], lambda top, bottom, hand: used.append(torch.get_num_threads()))
    assert used == [threads]


@pytest.mark.parametrize("mode", [torch.inference_mode, torch.no_grad])
def test_threads_work_in_the_callers_mode(mode: type) -> None:
    with mode():
        x = torch.ones(80)
        modes = list[tuple[bool, bool]]()

        def work(top: int, bottom: int, hand: int) -> None:
            x[top:bottom] += 1
            modes.append((torch.is_inference_mode_enabled(), torch.is_grad_enabled()))

        in_bands(BANDS, work)
        assert set(modes) == {(mode is torch.inference_mode, False)}
    assert bool((x == 2).all())


def test_the_calling_thread_reports(threads: int) -> None:
    told, barrier = list[tuple[float, int]](), threading.get_ident()
    in_bands(BANDS, lambda *_: None, lambda share: told.append((share, threading.get_ident())))
    assert {ident for _, ident in told} <= {barrier}
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert all(0 <= share < 1 for share in shares)


def test_what_the_report_raises_ends_the_work() -> None:
    done = list[int]()

    def report(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        in_bands(BANDS, lambda top, bottom, hand: done.append(top), report)
    assert len(done) < len(BANDS)


def test_an_error_in_any_thread_is_raised() -> None:
    def work(top: int, bottom: int, hand: int) -> None:
        if top == 76:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_bands(BANDS, work)
    done = list[int]()
    in_bands(BANDS, lambda top, bottom, hand: done.append(top))
    assert len(done) == len(BANDS)  # the next one finds all hands again
