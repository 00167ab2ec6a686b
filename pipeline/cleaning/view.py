"""The lines of an article as cleaning sees them."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Block

_NONE = Block(0, 0, "line")
_line = tuple.__new__  # twice as fast as by name


class Line(NamedTuple):
    """A line of text, without the blanks around it; the rest is taken from the block it stands in."""

    start: int
    end: int
    text: str
    kind: str
    hidden: bool
    links: float  # share of its block's characters that are links
    furniture: int = 0  # log odds that its block's markup gives for matter around the article


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
        start, end = block.start, block.end
        if at < start and not text[at:start].isspace():
            _split(found, text, at, start, _NONE)
        _split(found, text, max(at, start), end, block)
        at = max(at, end)
    _split(found, text, at, len(text), _NONE)
    return found


def _split(found: list[Line], text: str, start: int, end: int, block: Block) -> None:
    """Add the lines of one block."""
    links = block.link_chars / max(1, block.end - block.start) if block.link_chars else 0.0
    for piece in text[start:end].split("\n"):
        stripped = piece.strip()
        if stripped:
            left = start if piece[0] == stripped[0] else start + len(piece) - len(piece.lstrip())
            line = (left, left + len(stripped), stripped, block.kind, block.hidden, links, block.furniture)
            found.append(_line(Line, line))
        start += len(piece) + 1
