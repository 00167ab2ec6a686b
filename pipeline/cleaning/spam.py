"""Injected spam: stretches that do not read like the prose of this article."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from pipeline.cleaning import features, trees
from pipeline.cleaning.fold import BLANK, OPENER, Array
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.view import Line
from pipeline.records import Cut

Strictness = Literal["strict", "balanced", "gentle"]

# Log odds: a run of segments is cut if its surest one reaches the first and each one the second.
THRESHOLDS: dict[Strictness, tuple[float, float]] = {
    "strict": (0.0, -1.0),
    "balanced": (1.0, -0.5),
    "gentle": (3.0, 1.0),
}


def find(text: str, lines: Sequence[Line], strictness: Strictness = "balanced") -> list[Cut]:
    """The stretches of ``text`` that are spam."""
    segmented = segment(text, lines)
    if segmented is None:
        return []
    odds = trees.log_odds(features.measure(segmented, lines))
    return list(_runs(text, segmented, lines, odds, *THRESHOLDS[strictness]))


def _runs(
    text: str, segmented: Segmented, lines: Sequence[Line], odds: Array, high: float, low: float
) -> Iterator[Cut]:
    size = len(odds)
    at = 0
    while at < size:
        if odds[at] < low:
            at += 1
            continue
        end = at + 1
        while end < size and odds[end] >= low:
            end += 1
        best = float(np.max(odds[at:end]))
        if best >= high:
            score = round(1.0 / (1.0 + float(np.exp(-best))), 4)
            yield Cut(_start(text, segmented, lines, at), _end(segmented, lines, end), "spam", "unlike-article", score)
        at = end


def _start(text: str, segmented: Segmented, lines: Sequence[Line], number: int) -> int:
    """Where a segment begins: with its line, or behind the punctuation of the segment before it."""
    line = lines[segmented.line[number]]
    if number == 0 or segmented.line[number - 1] != segmented.line[number]:
        return int(line.start)
    index = segmented.folded.origin
    token = int(segmented.first[number])
    start = int(index[segmented.tokens.end[token - 1] - 1]) + 1
    end = int(index[segmented.tokens.start[token]])
    while start < end and text[start] in "。！？!?….,，、；;：:”’\"'」』）)】》〉]":
        start += 1
    return start


def _end(segmented: Segmented, lines: Sequence[Line], number: int) -> int:
    """Where the segment before ``number`` ends: with its line, or before the next one and the brackets that open it."""
    line = lines[segmented.line[number - 1]]
    if number == len(segmented.first) or segmented.line[number] != segmented.line[number - 1]:
        return int(line.end)
    folded = segmented.folded
    at = int(segmented.tokens.start[segmented.first[number]])
    while at and folded.classes[at - 1] in (OPENER, BLANK):
        at -= 1
    return int(folded.origin[at - 1]) + 1
