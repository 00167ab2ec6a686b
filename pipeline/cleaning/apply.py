"""Apply cuts: the text without them, and rows that can put them back."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.records import Article, Cut, CutRow, ImageRow, LinkRow, OffsetMap, TableCellRow


class Cleaned(NamedTuple):
    """An article's text without its cuts. Inserting each cut's text at its position, last first, gives it back."""

    text: str
    origin: OffsetMap  # text -> Raw.text
    cuts: list[CutRow]
    images: list[ImageRow]
    links: list[LinkRow]
    cells: list[TableCellRow]


def apply_cuts(article: Article, cuts: Iterable[Cut]) -> Cleaned:
    """Remove ``cuts`` from the article's text; images and links move with it, links and table cells
    inside a cut go (an embed is a link without words: it stays)."""
    disjoint = _disjoint(cuts, len(article.text))
    slices = kept(disjoint, len(article.text))
    text = "".join(article.text[low:high] for low, high in slices)
    lows = [low for low, _ in slices]
    shifts = []
    total = 0
    for low, high in slices:
        shifts.append(total)
        total += high - low

    def moved(position: int) -> int:
        index = bisect_right(lows, position) - 1
        if index < 0:
            return 0
        return shifts[index] + min(position, slices[index][1]) - lows[index]

    rows = []
    for cut in disjoint:
        span = article.origin.locate(cut.start, cut.end) or (None, None)
        rows.append(CutRow(cut.kind, cut.reason, cut.score, article.text[cut.start : cut.end], moved(cut.start), *span))
    links = [link._replace(start=moved(link.start), end=moved(link.end)) for link in article.links]
    cells = [cell._replace(start=moved(cell.start), end=moved(cell.end)) for cell in article.cells]
    return Cleaned(
        text,
        article.origin.keep(slices),
        rows,
        [image._replace(position=moved(image.position)) for image in article.images],
        [link._replace(text=text[link.start : link.end]) for link in links if link.start < link.end or not link.text],
        [cell._replace(text=text[cell.start : cell.end]) for cell in cells if cell.start < cell.end],
    )


def restore(text: str, cuts: Iterable[CutRow]) -> str:
    """The parsed text, from the cleaned text and its cuts.

    >>> restore("ad", [CutRow("spam", "x", 1.0, "bc", 1, None, None), CutRow("spam", "x", 1.0, "e", 2, None, None)])
    'abcde'
    """
    pieces = []
    at = 0
    for cut in cuts:
        pieces += [text[at : cut.position], cut.text]
        at = cut.position
    return "".join([*pieces, text[at:]])


def _disjoint(cuts: Iterable[Cut], length: int) -> list[Cut]:
    """In order, without empty ones; of two that overlap, the later one gives way."""
    result: list[Cut] = []
    at = 0
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        start, end = max(cut.start, at), min(cut.end, length)
        if start < end:
            result.append(cut._replace(start=start, end=end))
            at = end
    return result


def kept(cuts: Sequence[Cut], length: int) -> list[tuple[int, int]]:
    slices = []
    at = 0
    for cut in cuts:
        if at < cut.start:
            slices.append((at, cut.start))
        at = cut.end
    if at < length:
        slices.append((at, length))
    return slices
