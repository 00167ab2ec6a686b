"""Garbage: when Python's collector of reference cycles rests, and when memory goes back. Light to import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def no_garbage() -> Iterator[None]:
    """The garbage collector rests: what is made meanwhile is kept, or goes with its last reference."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def give_back() -> None:
    """Give free memory back to the system: the allocators keep it in pieces, a few more from shard to shard."""
    import ctypes

    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    with suppress(AttributeError):  # a C library without it
        ctypes.CDLL(None).malloc_trim(0)
