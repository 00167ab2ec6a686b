"""Read numerals: Arabic, Chinese, mixed (3.5亿, 20多万) and English words, with the bounds they state themselves.

All functions take folded text (see :func:`pipeline.text.fold`). ``ARABIC``, ``HAN`` and ``WORDS`` are fragments for the
expressions of other modules: a number in digits, a Chinese whole number, an English whole number. What stands around a
numeral (comparator, unit, whether it is a figure at all) is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.records import Comparator

from .grammar import ARABIC, HAN, LETTERS, SCALE_WORDS, SIGNS, WORDS, D, S, patterns, places
from .values import READERS, read_han, scaled

__all__ = [
    "ARABIC", "HAN", "HAN_DIGITS", "LETTERS", "SCALE_WORDS", "SIGNS", "WORDS", "Numeral", "find", "read", "read_han",
    "scaled",
]  # fmt: skip

HAN_DIGITS = D


class Numeral(NamedTuple):
    """A numeral and what it says. ``value`` is None for a range; a bound that is not stated is None."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    cmp: Comparator
    form: (
        str  # the rule that read it: arabic, tail (1.2bn), mixed, han, digits (二〇二一), scale (百 alone), words, ...
    )


def find(
    text: str, skip: Sequence[tuple[int, int]] = (), may_start: re.Pattern[str] | None = None
) -> Iterator[Numeral]:
    """All numerals of a folded text, in order, without overlap. Time is linear in the length of the text.

    :param skip: sorted spans in which none may start
    :param may_start: where one may start that is led by a digit or a Chinese character; by default at any

    >>> [(n.value, n.cmp) for n in find("20多万名, 三百二十一, 1.2bn, two dozen")]
    [(200000.0, 'gt'), (321.0, 'eq'), (1200000000.0, 'eq'), (24.0, 'eq')]
    """
    signs, words = patterns()
    next_sign, next_word = (may_start or places().sign).search, places().word.search
    none, spans = len(text), iter(skip)
    low, high = next(spans, (none, none))
    sign = _start(next_sign(text), none)
    word = 0 if places().first.match(text) else _start(next_word(text), none, 1)
    while (start := sign if sign < word else word) < none:
        while high <= start < none and high < none:
            low, high = next(spans, (none, none))
        if low <= start:
            end = high
        else:
            match = (signs if sign < word else words).match(text, start)
            end = match.end() if match else start + 1
            if match and (numeral := _numeral(match)):
                yield numeral
        if sign < end:
            sign = _start(next_sign(text, end), none)
        if word < end:
            word = _start(next_word(text, end - 1), none, 1)


def _start(hit: re.Match[str] | None, none: int, shift: int = 0) -> int:
    return hit.start() + shift if hit else none


def read(surface: str) -> float | None:
    """The value of a folded string that is one exact numeral in any supported form; else None.

    >>> read("两千零五"), read("3.5亿"), read("twenty-one thousand"), read("百分之三十"), read("3 apples")
    (2005.0, 350000000.0, 21000.0, 0.3, None)
    """
    numeral = next(find(surface), None)
    return numeral.value if numeral and numeral.end - numeral.start == len(surface) else None


def _numeral(match: re.Match[str]) -> Numeral | None:
    form = match.lastgroup or ""
    reading = READERS[form](match)
    if reading is None:
        return None
    low, high, cmp = reading
    if form == "han":
        form = _han_form(match[0])
    return Numeral(
        match.start(), match.end(), None if cmp == "range" else low, low, None if cmp == "gt" else high, cmp, form
    )


@lru_cache(4096)
def _han_form(surface: str) -> str:
    """scale: 百, 千万 alone; digits: 二〇二一; else han."""
    if not surface.strip("百千佰仟" + S):
        return "scale"
    return "digits" if len(surface) > 1 and not surface.strip(D) else "han"
