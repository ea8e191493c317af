"""What is made ahead while nobody waits, and what is not tried again."""

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QObject, Signal

from tryon_app.model.ahead import Ahead


class _Jobs(QObject):
    changed = Signal(object)


def ahead_of(states: dict[str, str]) -> tuple[Ahead, list[str], _Jobs]:
    """An `Ahead` over a rail of read garments in these states, and the garments it makes pictures of."""
    made: list[str] = []

    def make(photo: str) -> Any:
        made.append(photo)
        return SimpleNamespace(state="queued", fault=None)

    rail: Any = SimpleNamespace(
        next_keys=lambda count: list(states)[:count],
        photo=lambda key: key,
        cards=[SimpleNamespace(key=key, state=state) for key, state in states.items()],
        mark=lambda key, state, fault: None,
    )
    document: Any = SimpleNamespace(result={})
    tryons: Any = SimpleNamespace(follows=True, ahead=make)
    jobs = _Jobs()
    nothing: Any = dict
    nobody: Any = SimpleNamespace(next_keys=lambda count: [])
    return Ahead(jobs, document, tryons, (nobody, rail), nothing, nothing, jobs), made, jobs  # type: ignore[arg-type]


def test_the_next_garment_is_made() -> None:
    ahead, made, _jobs = ahead_of({"a": "", "b": ""})
    ahead.go_on()
    assert made == ["a"]


def test_a_garment_whose_picture_has_failed_is_not_tried_again() -> None:
    ahead, made, _jobs = ahead_of({"a": "failed", "b": ""})
    ahead.go_on()
    assert made == ["b"]
