"""What pictures took goes back to the system with them."""

import ctypes
import sys

_LARGE = 1 << 18  # bytes
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h


def give_pictures_back() -> bool:
    """Give every block as large as a picture pages of its own; whether this system needs that and can do it.

    GNU's malloc begins so, but each block that is freed raises what it takes for large, up to 32 MB. From then on
    pictures lie between small things, and the room that they leave is neither filled nor given back.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE))
    except (OSError, AttributeError):  # another C library
        return False
