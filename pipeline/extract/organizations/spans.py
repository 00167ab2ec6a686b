"""What the rules hand on: a span that may be an organization's name."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon


class Span(NamedTuple):
    """A candidate. Where two overlap, the longer wins, then the surer."""

    start: int
    end: int
    evidence: str
    score: float


class Words(NamedTuple):
    """The words of a Chinese text: their parts of speech, where each begins and ends, hashes of both."""

    forms: Sequence[str]
    tags: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    hashes: Sequence[bytes]
    heads: Sequence[tuple[int, int]]  # where last words of names stand in the text


def longest(spans: Iterable[Span]) -> list[Span]:
    """The spans that are left, in order, when of overlapping ones the longest is taken."""
    ordered = sorted(spans)
    taken: list[Span] = []
    first = 0
    while first < len(ordered):
        end, after = ordered[first][1], first + 1
        while after < len(ordered) and ordered[after][0] < end:
            end = max(end, ordered[after][1])
            after += 1
        taken += ordered[first:after] if after == first + 1 else _untangled(ordered[first:after])
        first = after
    return taken


def _untangled(spans: list[Span]) -> list[Span]:
    """The same for spans of which each overlaps with one before."""
    spans.sort(key=lambda span: (span.start - span.end, -span.score, span.start))
    taken = spans[:1]
    for span in spans[1:] if len(spans) > 2 else ():
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    return sorted(taken)


_LISTS = ("organization_words.csv", "organization_persons_places.csv")


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the word lists the rules and the scorer look at."""
    rows = (row for file in _LISTS for row in lexicon.rows(file))
    return next(tuple(row["words"].split()) for row in rows if row["list"] == name)


@cache
def members(name: str) -> frozenset[str]:
    """The same as a set, to look words up in."""
    return frozenset(words(name))
