"""Aside: a process forked from this one works something out while this one goes on. Light to import."""

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Generic, TypeVar

T = TypeVar("T")
_ALERT, _DONE = b"!", b"."


class Died(Exception):
    """The process ended before it was done."""


class Aside(Generic[T]):
    """What the process says: at most one alert, then the result."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe, self._sign = pipe, b""

    def alerted(self) -> bool:
        """Wait until the process gives the alert, or is done without."""
        self._sign = self._pipe.read(1)
        return self._sign == _ALERT

    def result(self) -> T:
        """Wait for what the work gives.

        :raises Exception: whatever the work raised
        :raises Died: the process was killed
        """
        while self._sign == _ALERT or not self._sign:
            self._sign = self._pipe.read(1)
            if not self._sign:
                raise Died
        try:
            fault, value = pickle.load(self._pipe)
        except (EOFError, pickle.UnpicklingError):
            raise Died from None
        if fault:
            raise fault
        return value  # type: ignore[no-any-return]


@contextmanager
def started(work: "Callable[[Callable[[], None]], T]") -> Iterator[Aside[T]]:
    """Start ``work`` in a process of its own; it is given a function that gives the alert.

    It sees what this process held, and changes nothing of it; it ends with the block.
    """
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        _run(work, there)
    os.close(there)
    try:
        with open(here, "rb") as pipe:
            yield Aside(pipe)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _run(work: "Callable[[Callable[[], None]], Any]", there: int) -> None:
    """In the child."""
    said: tuple[Exception | None, Any]
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            said = None, work(lambda: _alert(there))
        except Exception as error:
            said = error, None
        with open(there, "wb") as pipe:
            pipe.write(_DONE)
            pickle.dump(said, pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _alert(there: int) -> None:
    os.write(there, _ALERT)
