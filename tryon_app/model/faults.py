"""What the engine says, as the window passes it on: by code, to be put into words where it is shown."""

from typing import Any

from engine.messages import SENTENCES, Fault, fault, fault_from, said

__all__ = ["SENTENCES", "Fault", "doubts_from", "fault", "fault_from", "said"]


def doubts_from(found: Any) -> tuple[str, ...]:
    """Codes of doubts as they come out of JSON; what this program has no words for is left out."""
    listed = found if isinstance(found, list) else ()
    return tuple(one for one in listed if isinstance(one, str) and f"doubt.{one}" in SENTENCES)
