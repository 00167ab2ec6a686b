"""The lines of an article as cleaning sees them."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Block

_NONE = Block(0, 0, "line")


class Line(NamedTuple):
    """A line of text, without the blanks around it; the rest is taken from the block it stands in."""

    start: int
    end: int
    text: str
    kind: str
    hidden: bool
    links: float  # share of its block's characters that are links


class Page(NamedTuple):
    """A text that spam is looked for in."""

    text: str
    lines: Sequence[Line]
    links: Sequence[tuple[int, int]] = ()  # the stretches inside links


def lines(text: str, blocks: Sequence[Block]) -> list[Line]:
    """The lines of ``text`` that are not blank, in order; a block's end ends a line too."""
    found: list[Line] = []
    at = 0
    for block in blocks:
        if at < block.start:
            _split(found, text, at, block.start, _NONE)
        _split(found, text, max(at, block.start), block.end, block)
        at = max(at, block.end)
    _split(found, text, at, len(text), _NONE)
    return found


def _split(found: list[Line], text: str, start: int, end: int, block: Block) -> None:
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        if start < stop:
            _append(found, text, start, stop, block)
        start = stop + 1


def _append(found: list[Line], text: str, start: int, end: int, block: Block) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        links = block.link_chars / max(1, block.end - block.start)
        found.append(Line(start, start + len(stripped), stripped, block.kind, block.hidden, links))
