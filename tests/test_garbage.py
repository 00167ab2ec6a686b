"""When the collector of reference cycles rests, and what goes back to the system."""

import gc
import re
import weakref
from pathlib import Path

import pytest

from pipeline.garbage import give_back, no_garbage


class Ring:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.own = self


def test_no_cycle_is_collected_meanwhile_and_all_are_afterwards() -> None:
    with no_garbage():
        ring = weakref.ref(Ring())
        rings = [Ring() for _ in range(100_000)]  # enough to start a collection, if it were on
        assert ring() is not None
        assert not gc.isenabled()
    assert len(rings) == 100_000
    assert gc.isenabled()
    gc.collect()
    assert ring() is None


def test_nested_the_outermost_wakes_it() -> None:
    with no_garbage():
        with no_garbage():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_wakes_it_too() -> None:
    with pytest.raises(ValueError, match="oops"), no_garbage():
        raise ValueError("oops")
    assert gc.isenabled()


def test_free_memory_goes_back() -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the system does not tell")

    def held() -> int:
        return int(re.findall(r"VmRSS:\s+(\d+)", status.read_text())[0]) * 1024

    pieces = [bytes(1000) for _ in range(100_000)]  # each too large for Python's own allocator
    last, full = pieces[-1], held()
    pieces.clear()
    give_back()
    assert held() < full - 50_000_000
    assert last
