"""The lines of an article as cleaning sees them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Block

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_NONE = Block(0, 0, "line")


class Line(NamedTuple):
    """A line of text, without the blanks around it; the rest is taken from the block it stands in."""

    start: int
    end: int
    text: str
    kind: str
    hidden: bool
    links: float  # share of its block's characters that are links


def lines(text: str, spans: Sequence[Block]) -> list[Line]:
    """The lines of ``text`` that are not blank, in order; a block's end ends a line too."""
    blocks = [block for block in spans if block.start < block.end]
    found: list[Line] = []
    at = 0
    for match in _LINE.finditer(text):
        start = match.start()
        while start < match.end():
            while at < len(blocks) and blocks[at].end <= start:
                at += 1
            block = blocks[at] if at < len(blocks) else _NONE
            inside = block.start <= start < block.end
            end = min(match.end(), (block.end if inside else block.start) if block is not _NONE else match.end())
            _append(found, text, start, end, block if inside else _NONE)
            start = end
    return found


def _append(found: list[Line], text: str, start: int, end: int, block: Block) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        links = block.link_chars / max(1, block.end - block.start)
        found.append(Line(start, start + len(stripped), stripped, block.kind, block.hidden, links))
