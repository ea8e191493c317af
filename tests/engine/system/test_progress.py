"""Progress goes from begin to end and never back; abort is honoured at the next step."""

import threading

import pytest
import torch
from torch import nn

from engine.errors import Aborted
from engine.messages import said
from engine.networks.spectral import SpectralConv2d
from engine.networks.ticking import count_layers, ticking
from engine.system.progress import ProgressTracker


def test_share_lies_within_the_stage_and_never_goes_back() -> None:
    seen: list[tuple[str, float]] = []
    tracker = ProgressTracker(lambda stage, share: seen.append((stage, round(share, 6))))
    tracker.begin("one", (0.0, 0.5), ticks=2)
    tracker.tick()
    tracker.tick()
    tracker.reach(1.0)
    tracker.begin("one again", (0.0, 0.5), ticks=2)
    tracker.tick()
    tracker.begin("two", (0.5, 1.0))
    tracker.reach(0.5)
    tracker.reach(1.5)
    shares = [share for _, share in seen]
    assert shares == [0.0, 0.0, 0.25, 0.5, 0.5, 0.5, 0.5, 0.75, 1.0]
    assert [stage for stage, _ in seen] == ["one"] * 4 + ["one again"] * 2 + ["two"] * 3


def test_more_ticks_than_announced_stay_in_the_stage() -> None:
    seen: list[float] = []
    tracker = ProgressTracker(lambda _, share: seen.append(share))
    tracker.begin("one", (0.0, 0.5), ticks=1)
    for _ in range(5):
        tracker.tick()
    assert max(seen) == 0.5


def test_abort_is_asked_at_every_step_and_named() -> None:
    answers = iter([False, False, True])
    seen: list[float] = []
    tracker = ProgressTracker(lambda _, share: seen.append(share), lambda: next(answers))
    tracker.begin("one", (0.0, 1.0), ticks=4)
    tracker.tick()
    with pytest.raises(Aborted, match="one"):
        tracker.tick()
    assert len(seen) == 2


def test_pieces_share_the_stage_s_way() -> None:
    shares: list[float] = []
    tracker = ProgressTracker(progress=lambda _, share: shares.append(share))
    for number in range(2):
        with tracker.piece(number, 2):
            tracker.begin("a", (0.5, 1.0), ticks=2)
            tracker.tick()
            tracker.tick()
            tracker.reach(1.0)
    assert shares == [0.5, 0.5, 0.625, 0.75, 0.75, 0.75, 0.875, 1.0]
    tracker.begin("b", (0.0, 1.0))
    tracker.reach(0.5)
    assert tracker._piece == 0


def test_check_before_any_stage() -> None:
    ProgressTracker().check()
    with pytest.raises(Aborted, match="before"):
        ProgressTracker(abort=lambda: True).check()


def test_silent_watch() -> None:
    tracker = ProgressTracker()
    tracker.begin("one", (0.0, 1.0), ticks=0)
    tracker.tick()
    tracker.reach(1.0)
    assert tracker.notes == []


def test_note_is_kept_once() -> None:
    tracker = ProgressTracker()
    for sentence in ("a", "b", "a"):
        tracker.note("text", text=sentence)
    assert tracker.notes == [said("a"), said("b")]


def test_ticking_before_each_convolution_and_only_inside() -> None:
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Sequential(SpectralConv2d(2, 3, 3), nn.Conv2d(3, 1, 1)))
    ticks: list[int] = []
    assert count_layers(network) == 3
    with ticking(network, lambda: ticks.append(1)):
        network(torch.zeros(1, 1, 8, 8))
    assert len(ticks) == 3
    network(torch.zeros(1, 1, 8, 8))
    assert len(ticks) == 3


def test_ticking_of_the_own_thread_only() -> None:
    network, ticks = nn.Sequential(nn.Conv2d(1, 2, 3)), list[int]()
    with ticking(network, lambda: ticks.append(1)):
        other = threading.Thread(target=network, args=(torch.zeros(1, 1, 8, 8),))
        other.start()
        other.join()
    assert ticks == []


def test_hooks_are_gone_after_an_abort() -> None:
    network = nn.Sequential(nn.Conv2d(1, 1, 1))

    def stop() -> None:
        raise Aborted

    with pytest.raises(Aborted), ticking(network, stop):
        network(torch.zeros(1, 1, 2, 2))
    network(torch.zeros(1, 1, 2, 2))
