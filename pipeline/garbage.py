"""Garbage: when Python's collector of reference cycles rests. Light to import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
