"""What the engine says, as the window passes it on: by code, to be put into words where it is shown."""

from engine.messages import SENTENCES, Fault, fault, fault_from, said

__all__ = ["SENTENCES", "Fault", "fault", "fault_from", "said"]
