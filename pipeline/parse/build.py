"""Build an article's text from stretches of its source, and keep where each character stood.

White space collapses as in a browser: a run of it is one blank; a line break between two East Asian wide characters is
nothing (CSS Text Level 3, segment break rules). Blocks are parted by a newline. Entities are resolved, soft hyphens and
control characters left out. Zero-width characters stay in a word, where they tell the spam finder what was disguised.
"""

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.parse.cells import Cells
from pipeline.records import Block, BlockKind, ImageRow, LinkRow, OffsetMap, Run, TableCellRow

_BLANKS = " \t\n\r\f\x0b\x1c-\x1f\x85\xa0\u2002-\u200a\u2028\u2029\u202f\u205f\u3000"
_EDGES = " \t\n\r\xa0\u3000"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
_SPECIAL = re.compile(
    rf"(?P<blank>[{_BLANKS}]{{2,}}|[^\S ])"
    rf"|(?P<entity>{_ENTITY})"
    r"|[\x00-\x08\x0e-\x1b\x7f\xad]|(?<!\w)\ufeff|\ufeff(?!\w)"  # a byte-order mark; in a word it is a sign of spam
)
# One class, to be quick: most text holds none of it.
_ODD = re.compile(f"[&\x00-\x1f\x7f\x85\xa0\xad{_BLANKS[1:]}\ufeff]")
_ALL_BLANK = re.compile(rf"[{_BLANKS}]+")
_LINES = re.compile(rf"(?P<end>\r?\n|\r)|(?P<entity>{_ENTITY})|[^\r\n&\x00]+|&")
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff“”‘’…—]"
)


def unseen(text: str) -> str:
    """As many soft hyphens, which are no text and part no words, between the same line ends."""
    return re.sub(r"[^\n]", "\xad", text)


class Body(NamedTuple):
    """What a parser has made of a body."""

    text: str
    origin: OffsetMap  # text -> source
    blocks: tuple[Block, ...]
    images: tuple[ImageRow, ...]
    links: tuple[LinkRow, ...]
    cells: tuple[TableCellRow, ...] = ()


class Builder:
    """Collects text, blocks, images and links; ``kind`` and ``hidden`` hold for the text that is added next."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.kind: BlockKind = "paragraph"
        self.hidden = False
        self.blocks: list[Block] = []
        self.images: list[ImageRow] = []
        self.links: list[LinkRow] = []
        self.cells = Cells()
        self.length = 0
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._start = 0  # where the open block starts
        self._state: tuple[BlockKind, bool] = ("paragraph", False)  # of the open block
        self._link_chars = 0  # in the open block
        self._blank: tuple[int, int, str] | None = None  # white space not yet written: it may end the block
        self._fresh = True  # the next text starts a line
        self._last = ""
        self._link: tuple[int, str] | None = None

    def add(self, start: int, end: int, entities: bool = True) -> None:
        """Add ``source[start:end]``, white space collapsed and entities resolved."""
        source = self.source
        if not _ODD.search(source, start, end):
            text = source[start:end]
            if text[0] != " " != text[-1] and "  " not in text:
                self._write(text, start, end - start)
                return
        if self._fresh and _ALL_BLANK.fullmatch(source, start, end):
            return
        at = start
        for match in _SPECIAL.finditer(self.source, start, end):
            low, high = match.span()
            if at < low:
                self._add_words(at, low)
            at = high
            if match.lastgroup == "blank":
                self._add_blank(low, high, match[0])
            elif match.lastgroup == "entity":
                self.add_as(low, high, html.unescape(match[0]) if entities else match[0])
        if at < end:
            self._add_words(at, end)

    def add_block(self, start: int, end: int) -> bool:
        """Add ``source[start:end]`` as a block of its own; False where another is open, or words must be changed."""
        if not self._fresh or self._link:
            return False
        text = self.source[start:end]
        if not text.isprintable():
            text = text.strip(_EDGES)
            start += self.source[start:end].find(text)
            if not text.isprintable() or not text:
                return not text
        if "&" in text or "  " in text or text[0] == " " or text[-1] == " ":
            return False
        at = self.length
        if at:
            self._pieces.append("\n")
            at += 1
        count = len(text)
        self._pieces.append(text)
        self._runs.append(Run(at, count, start, count))
        self.blocks.append(Block(at, at + count, self.kind, self.hidden))
        self.length = at + count
        return True

    def add_verbatim(self, start: int, end: int, entities: bool = True) -> None:
        """Add ``source[start:end]`` with its white space, but for line breaks where a block starts: code."""
        for match in _LINES.finditer(self.source, start, end):
            if match.lastgroup == "end":
                if not self._fresh:
                    low, _, breaks = self._blank or (match.start(), 0, "")
                    self._blank = (low, match.end(), breaks + "\n")
            else:
                text = html.unescape(match[0]) if entities and match.lastgroup == "entity" else match[0]
                if text:  # an entity that is no character stands for nothing
                    self._write(text, match.start(), len(match[0]), verbatim=True)

    def add_as(self, start: int, end: int, text: str) -> None:
        """Add ``text`` for what is written ``source[start:end]``: an escape, an entity."""
        if _ALL_BLANK.fullmatch(text):
            self._add_blank(start, end, text)
        elif text and text != "\xad":
            self._write(text, start, end - start)

    def end_block(self) -> None:
        """What comes next stands on a new line."""
        if self._fresh:
            return
        self._close()
        self._blank = None
        self._fresh = True

    def add_space(self) -> None:
        """A blank, where text comes before and after in the same block."""
        if not self._fresh and not self._blank:
            self._blank = (0, 0, " ")

    def add_line(self) -> bool:
        """A line break within the open block; False where none is open."""
        if not self._fresh:
            self._blank = (0, 0, (self._blank[2] if self._blank else "") + "\n")
        return not self._fresh

    def open_cell(self, header: bool, spans: Mapping[str, str]) -> None:
        """The next text in this block starts another cell: a tab parts them."""
        self.cells.close_cell(self.length)
        tabs = ""
        if not self._fresh:
            tabs = (self._blank[2] if self._blank and "\t" in self._blank[2] else "") + "\t"
            self._blank = (0, 0, tabs)
        self.cells.open_cell(self.position + len(tabs), header, spans)

    @property
    def position(self) -> int:
        """Where the next text will start."""
        return self.length + (1 if self._fresh and self.length else 0)

    def open_link(self, url: str) -> None:
        self.close_link()
        self._link = (-1, url)

    def close_link(self) -> None:
        if self._link and 0 <= self._link[0] < self.length:
            start, url = self._link
            self.links.append(LinkRow(start, self.length, url, ""))
        self._link = None

    def finish(self) -> Body:
        self.close_link()
        self.end_block()
        self.cells.close_cell(self.length)
        text = "".join(self._pieces)
        size = len(text)
        links = tuple(
            LinkRow(min(link.start, size), min(link.end, size), link.url, text[link.start : link.end])
            for link in self.links
        )
        images = tuple(image if image.position <= size else image._replace(position=size) for image in self.images)
        cells = tuple(cell._replace(text=text[cell.start : cell.end]) for cell in self.cells.rows)
        return Body(text, OffsetMap(self._runs), tuple(self.blocks), images, links, cells)

    def _add_words(self, start: int, end: int) -> None:
        """Add characters that need no change; single blanks at their ends may collapse."""
        source = self.source
        if source[start] == " ":
            self._add_blank(start, start + 1, " ")
            start += 1
        last = end - 1 if start < end and source[end - 1] == " " else end
        if start < last:
            self._write(source[start:last], start, last - start)
        if last < end:
            self._add_blank(last, end, " ")

    def _add_blank(self, start: int, end: int, blanks: str) -> None:
        if self._blank and not self._blank[1]:
            return
        if self._blank:
            start, blanks = self._blank[0], self._blank[2] + blanks
        self._blank = (start, end, blanks)

    def _write(self, text: str, source: int, length: int, verbatim: bool = False) -> None:
        state = (self.kind, self.hidden)
        if self._fresh:
            self._fresh = False
            if self.length:
                self._put("\n")
            self._open(state)
            self._blank = None
        else:
            if self._blank:
                self._put_blank(text[0], verbatim)
            if state != self._state:
                self._close()
                self._open(state)
        if self._link:
            if self._link[0] < 0:
                self._link = (self.length, self._link[1])
            self._link_chars += len(text)
        self._put(text, source, length)
        self._last = text[-1]

    def _put_blank(self, following: str, verbatim: bool) -> None:
        start, end, blanks = self._blank or (0, 0, "")
        self._blank = None
        if not end:
            self._put("\t" * blanks.count("\t") or ("\n" if "\n" in blanks else " "))
        elif verbatim:
            self._put(blanks, start, end - start)
        elif "\u3000" in blanks:
            self._put("\u3000", start, end - start)
        elif not ("\n" in blanks and _WIDE.match(self._last) and _WIDE.match(following)) or "\xa0" in blanks:
            self._put(" ", start, end - start)

    def _put(self, text: str, source: int = -1, length: int = 0) -> None:
        """Append ``text``; without a source it is synthetic."""
        self._pieces.append(text)
        if source >= 0:
            run = self._runs[-1] if self._runs else None
            if (
                run
                and run.length == run.source_length
                and len(text) == length
                and run.start + run.length == self.length
                and run.source + run.length == source
            ):
                self._runs[-1] = Run(run.start, run.length + length, run.source, run.length + length)
            else:
                self._runs.append(Run(self.length, len(text), source, length))
        self.length += len(text)

    def _open(self, state: tuple[BlockKind, bool]) -> None:
        self._start, self._state, self._link_chars = self.length, state, 0

    def _close(self) -> None:
        if self._start < self.length and not self._fresh:
            self.blocks.append(Block(self._start, self.length, *self._state, link_chars=self._link_chars))
