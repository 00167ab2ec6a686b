"""How much work code makes, for tests that it grows no faster than its input."""

import sys
from collections.abc import Callable


def work(function: Callable[[str], object], text: str) -> int:
    """Calls of Python and C functions that ``function(text)`` makes, which do not depend on the machine."""
    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        function(text)
    finally:
        sys.setprofile(None)
    return calls
