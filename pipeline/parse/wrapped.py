"""Lines that were broken at a width, as terminals, mail programs and printed pages break them, made paragraphs again.

A line was broken there if the first word of the next one had no room on it. So the width shows in the lines themselves:
it is the one at which most lines could not take in one word more.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

EDGE = " \t\r\n\f\x0b\xa0\xad\u3000\ufeff"  # what may stand around a line
_NARROWEST, _WIDEST = 30, 120  # columns
_LOOKED_AT = 400  # lines
_LEAST_FULL = 4  # lines that must be full
_SHARE_FULL = 0.6  # of the lines that are nearly as wide as the width
_SHARE_OVER = 0.2  # lines beyond the width, for each line within it
_SHARE_UNFINISHED = 0.6  # of the full lines: they end without a sign, which lines of a poem need not
_NEAR = 0.6  # of the width: what is shorter may be a heading, or anything
_HANGING = 8  # columns by which the lines of an item stand further right than its sign

_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
)
_WIDE_QUOTES = re.compile("[“”‘’…—·]")  # in Chinese
_FIRST = re.compile(r"[^\s\u1100-\u11ff\u2e80-\uffef]+[，。、；：？！,.;:?!”’」』）)》]*|\S[，。、；：？！”’」』）》]*")
_ENDS = re.compile(r"[。！？!?.…:：][”’\"'」』）)\]》]*$")
_PAUSES = re.compile(r"[，、；,;—][”’\"'」』）)\]》]*$")
_ITEM = re.compile(
    r"[-*•●·◦▪+]\s|\d{1,3}[.)]\s|[（(]?[一二三四五六七八九十]{1,3}[、）)]|[①-⑳]|Q[：:]|A[：:]|[问問答][：:]"
)
_LABEL = re.compile(
    r"[A-Z][\w-]{1,24}:\s|【[^【】]{1,12}】|[\u4e00-\u9fff]{2,6}[:：](?=\S{1,40}$)"
)  # opens a line of its own
_DRAWN = re.compile(r"[\u2500-\u257f]|\t|\S\s{3,}\S|\|.*\|")  # columns of a table
_ADDRESS = re.compile(r"(?<!\S)[^\s:]+://\S+$")  # too long for any line, as it has no blanks
_RULE = re.compile(r"[-=_*~#.—─\s]{4,}$|--$")  # the last stands above a signature
_QUOTED = re.compile(r"(?:>\s?)+")


class Line(NamedTuple):
    """A line of the source without its surrounding blanks; or several that one paragraph was broken into."""

    start: int
    end: int
    text: str
    indent: int = 0  # columns
    apart: bool = False  # blank lines stand above it
    pieces: tuple[tuple[int, int, str], ...] = ()  # of several: where in the source each stands, and what it is read as


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of one paragraph put together, if they were broken at a width.

    Beside Han nothing is put between them, a hyphen stays as it is, elsewhere a blank is put.
    """
    width = _width(lines[:_LOOKED_AT])
    return list(_joined(lines, width)) if width else list(lines)


def columns(text: str, chinese: bool = False) -> int:
    """How wide ``text`` is on a terminal.

    >>> columns("abc"), columns("渡口")
    (3, 4)
    """
    return len(text) + len(_WIDE.findall(text)) + (len(_WIDE_QUOTES.findall(text)) if chinese else 0)


def _is_chinese(lines: Sequence[Line]) -> bool:
    sample = "".join(line.text for line in lines)
    return 3 * len(_WIDE.findall(sample)) > len(sample)


class _Edge(NamedTuple):
    """Where a line ends, and what the first word of the next one, which stands right below, would have taken."""

    right: int
    more: int
    unfinished: bool


def _edges(lines: Sequence[Line], chinese: bool) -> list[_Edge]:
    found = []
    for line, after in pairwise(lines):
        if after.apart or _DRAWN.search(line.text) or _ADDRESS.search(line.text) or _LABEL.match(after.text):
            continue
        unfinished = not (_ENDS.search(line.text) or _PAUSES.search(line.text))
        right = line.indent + columns(line.text, chinese)
        found.append(_Edge(right, _more(line, after, chinese), unfinished))
    return found


def _more(line: Line, after: Line, chinese: bool) -> int:
    """Columns that the first word of the next line takes."""
    quoted = _QUOTED.match(after.text)
    first = _FIRST.match(after.text, quoted.end() if quoted else 0)
    word = first[0] if first else after.text[:1]
    blank = not (_WIDE.match(line.text[-1]) and _WIDE.match(word))
    return columns(word, chinese) + blank


def _slack(width: int, chinese: bool) -> int:
    """Columns by which a line may fall short: signs that may not begin a line; letters of different widths."""
    return 2 if chinese else width // 16


def _width(lines: Sequence[Line]) -> int:
    """The width at which the lines were broken; 0: they were not."""
    if len(lines) <= _LEAST_FULL or sum(len(line.text) > _WIDEST for line in lines) * 4 > len(lines):
        return 0
    chinese = _is_chinese(lines)
    edges = _edges(lines, chinese)
    best, width = 0, 0
    for wide in sorted({edge.right for edge in edges if _NARROWEST <= edge.right <= _WIDEST}):
        full = _full(edges, wide, chinese)
        over = sum(edge.right > wide + 2 for edge in edges)
        if full - 2 * over >= best:
            best, width = full - 2 * over, wide
    if best < _LEAST_FULL:
        return 0
    near = sum(_NEAR * width < edge.right <= width + 2 for edge in edges)
    over = sum(edge.right > width + 2 for edge in edges)
    full = _full(edges, width, chinese)
    unfinished = sum(edge.unfinished and _is_full(edge, width, chinese) for edge in edges)
    whole = full >= _SHARE_FULL * near and over <= _SHARE_OVER * near and unfinished >= _SHARE_UNFINISHED * full
    return width if whole else 0


def _full(edges: Sequence[_Edge], width: int, chinese: bool) -> int:
    return sum(_is_full(edge, width, chinese) for edge in edges)


def _is_full(edge: _Edge, width: int, chinese: bool) -> bool:
    return (
        edge.right <= width + 2
        and edge.right > _NEAR * width
        and (edge.right + edge.more + _slack(width, chinese) > width)
    )


def _joined(lines: Sequence[Line], width: int) -> Iterator[Line]:
    chinese = _is_chinese(lines)
    open_lines: list[Line] = []
    for line in lines:
        if open_lines and not _goes_on(open_lines, line, width, chinese):
            yield _paragraph(open_lines)
            open_lines = []
        open_lines.append(line)
    if open_lines:
        yield _paragraph(open_lines)


def _goes_on(above: Sequence[Line], line: Line, width: int, chinese: bool) -> bool:
    """Whether a line goes on with the paragraph that the lines above it are of."""
    last = above[-1]
    if line.apart or _LABEL.match(line.text):
        return False
    if any(_DRAWN.search(text) or _RULE.match(text) for text in (last.text, line.text)):
        return False
    if bool(_QUOTED.match(last.text)) != bool(_QUOTED.match(line.text)):
        return False
    if not _indented_alike(above, line) or _opens_item(last, line):
        return False
    edge = _Edge(last.indent + columns(last.text, chinese), _more(last, line, chinese), True)
    return edge.right > width + 2 or _is_full(edge, width, chinese)


def _indented_alike(above: Sequence[Line], line: Line) -> bool:
    """Lines of a paragraph stand below each other; only its first one may stand further right, or be an item's."""
    if len(above) > 1:
        return abs(line.indent - above[-1].indent) <= 1
    step = line.indent - above[0].indent
    return -_HANGING <= step <= (_HANGING if _ITEM.match(above[0].text) else 1)


def _opens_item(last: Line, line: Line) -> bool:
    item = _ITEM.match(line.text)
    if not item:
        return False
    return not item[0][0].isdigit() or bool(_ENDS.search(last.text)) or bool(_ITEM.match(last.text))


def _paragraph(lines: Sequence[Line]) -> Line:
    """The lines as one."""
    if len(lines) == 1:
        return lines[0]
    first = lines[0]
    pieces = [(first.start, first.end, first.text)]
    for before, line in pairwise(lines):
        quoted = _QUOTED.match(line.text)
        start, text = (line.start + quoted.end(), line.text[quoted.end() :]) if quoted else (line.start, line.text)
        if blank := _between(before.text, text):
            pieces.append((before.end, start, blank))
        pieces.append((start, line.end, text))
    whole = "".join(text for _, _, text in pieces)
    return Line(first.start, lines[-1].end, whole, first.indent, first.apart, tuple(pieces))


def _between(before: str, after: str) -> str:
    """What stands for the break between two lines."""
    if not after:
        return ""
    if before[-1] in "-\u2010" and before[-2:-1].isalpha() and after[0].islower():
        return ""
    return "" if _is_wide(before[-1]) or _is_wide(after[0]) else " "


def _is_wide(char: str) -> bool:
    return bool(_WIDE.match(char) or _WIDE_QUOTES.match(char))
