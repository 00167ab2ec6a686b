"""Find text that another extractor took from a page among the blocks we made of it."""

from bisect import bisect_right
from collections.abc import Sequence

_ANCHOR = 16  # characters; shorter pieces are looked for between the places of longer ones only

Span = tuple[int, int]


def covered(blocks: Sequence[str], pieces: Sequence[str]) -> list[float]:
    """For each block the share of its characters, white space apart, that stands in ``pieces``.

    :param pieces: stretches of the page's text, in about the page's order
    """
    packed = ["".join(block.split()) for block in blocks]
    starts = [0]
    for block in packed:
        starts.append(starts[-1] + len(block))
    found = [0] * len(packed)
    for start, end in _merged(_places("".join(packed), ["".join(piece.split()) for piece in pieces])):
        n = bisect_right(starts, start) - 1
        while n < len(packed) and starts[n] < end:
            found[n] += max(min(end, starts[n + 1]) - max(start, starts[n]), 0)
            n += 1
    return [count / len(block) if block else 0.0 for count, block in zip(found, packed, strict=True)]


def _places(page: str, pieces: Sequence[str]) -> list[Span]:
    """Where the pieces stand in ``page``: long ones first; short ones between their neighbours."""
    places: list[list[Span]] = []
    at = 0
    for piece in pieces:
        spans = _spans(page, piece, at) or _spans(page, piece, 0)
        places.append(spans)
        at = spans[-1][1] if spans else at
    return [span for n, piece in enumerate(pieces) for span in places[n] or _short(page, piece, places, n)]


def _spans(page: str, piece: str, at: int) -> list[Span]:
    """Where ``piece`` stands from ``at`` on; of one that is not there whole, its halves, their halves, and so on."""
    if len(piece) < _ANCHOR:
        return []
    start = page.find(piece, at)
    if start >= 0:
        return [(start, start + len(piece))]
    middle = len(piece) // 2
    left = _spans(page, piece[:middle], at)
    return left + _spans(page, piece[middle:], left[-1][1] if left else at)


def _short(page: str, piece: str, places: Sequence[list[Span]], n: int) -> list[Span]:
    low = next((spans[-1][1] for spans in reversed(places[max(n - 50, 0) : n]) if spans), None)
    high = next((spans[0][0] for spans in places[n + 1 : n + 50] if spans), None)
    if not piece or (low is None and high is None):
        return []
    low = low if low is not None else max(high - 200, 0) if high else 0
    start = page.find(piece, low, high if high is not None else low + 200)
    return [(start, start + len(piece))] if start >= 0 else []


def _merged(spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
