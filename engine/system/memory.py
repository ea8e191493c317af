"""Whether memory ran out, which every library says in words of its own. Imports none of them."""

_SAID = (
    "Cannot allocate memory",  # the system
    "bad_alloc",  # C++
    "can't allocate memory",  # PyTorch on the CPU, as the next one
    "not enough memory",
    "out of memory",  # CUDA and Metal, as the next one
    "STATUS_ALLOC_FAILED",
    "could not create a primitive",  # oneDNN
    "Insufficient memory",  # OpenCV
    "failed to map segment",  # libraries that are loaded late
    "can't start new thread",
)


def ran_out(error: BaseException) -> bool:
    """Whether `error`, whatever its type, says that there was not enough memory."""
    return isinstance(error, MemoryError) or any(words in str(error) for words in _SAID)
