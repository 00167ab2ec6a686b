"""Parse HTML, fragment or whole document, in one pass: text, blocks, images and links with their place in the source.

A tokenizer in the manner of the HTML standard (tags, comments, raw-text elements, entities), without a tree: the text
is cut at block tags only, never at inline ones. Linear in the input, whatever it is.
"""

import html
import re
from typing import NamedTuple

from pipeline.parse import furniture
from pipeline.parse.build import Body, Builder
from pipeline.parse.captions import with_captions
from pipeline.parse.hiding import hidden_by_script, hidden_by_sheet
from pipeline.parse.images import absolute, image_row
from pipeline.parse.tags import (
    BLOCKS,
    CELLS,
    CONTAINERS,
    KINDS,
    LONGEST_PLAIN,
    NO_TEXT,
    NOT_PLAIN,
    ROWS,
    STATEFUL,
    STEP,
    VOID,
    Look,
    attributes,
    level_of,
    look_of,
    plain,
)
from pipeline.records import BlockKind, LinkRow

_MAY_BE_CAPTION = frozenset(("p", "div", "span", "em", "small"))
# Possessive: a tag that is begun either ends or takes all there is; then _BROKEN_TAG is used for the rest (linear).
_TAG = re.compile(r"<(/)?([A-Za-z][^\s/>]*+)((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?|[\"'])*+)>|<[!?/][^>]*+>")
_TAG_START = re.compile("<[A-Za-z!?/]")
_BROKEN_TAG = re.compile(r"<(/)?([A-Za-z][^\s/<>]*+)([^<>]*+)(?:>|\Z)|<[!?/][^<>]*+(?:>|\Z)")
_TABLE_TAG = re.compile(r"<(/)?table\b", re.I)
_ROW = re.compile(r"<tr\b", re.I)
_CELL = re.compile(r"<t[dh]\b", re.I)
_EMBEDS = frozenset(("iframe", "embed", "video", "audio", "source"))


class _Open(NamedTuple):
    """An open element that changed the builder's state, and the state to go back to."""

    tag: str
    kind: BlockKind
    hidden: bool
    rows: bool
    start: int  # of its text
    centred: bool
    furniture: str  # the word by which its markup says that it is the site's


class Document(NamedTuple):
    """A parsed HTML source: its body, and what its head holds."""

    body: Body
    title: str  # of its <title>
    metas: tuple[dict[str, str], ...]  # the attributes of its <meta> and <link> elements
    scripts: tuple[str, ...]  # its JSON-LD
    headings: tuple[int, ...]  # where in the text its <h1> elements start
    tags: int  # how many there are
    depth: int  # how deep they are nested, at most


class Parser:
    """Feeds stretches of HTML to a :class:`~pipeline.parse.build.Builder`; elements may span them."""

    def __init__(self, builder: Builder, base: str | None = None) -> None:
        self.source, self.builder, self.base = builder.source, builder, base
        self.end = self.position = 0  # of the stretch, and in it
        self.title = ""
        self.rows = False  # in a table of data: its cells are parted by tabs, its rows by line breaks
        self.open: list[_Open] = []
        self.depth: dict[str, int] = {}  # how many of a tag are in ``open``
        self.unclosed: set[str] = set()  # what has no end any more in the stretch
        self.centred: set[int] = set()  # starts of centred blocks
        self.furniture: list[furniture.Mark] = []
        self.tags = self.level = self.deepest = 0
        self.metas: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self.headings: list[int] = []
        self.hidden = hidden_by_script(self.source)  # classes and ids; those that a <style> hides are added

    def feed(self, start: int, end: int) -> None:
        """Parse ``source[start:end]``."""
        self.end = end
        self.unclosed.clear()
        self.tag = _TAG
        source, at, step = self.source, start, STEP.match
        while (at := self.plain_blocks(at)) < end:
            match = step(source, at, end)
            if match is None:
                at = self.feed_odd(at)
                continue
            if at < match.end(1):
                self.text(at, match.end(1))
            at = self.element(match[3].lower(), match[2], match[4], match.end())

    def plain_blocks(self, at: int) -> int:
        """Parse words and tags that do no more than end a line, the most of any article; where they end."""
        builder, source, depth, end = self.builder, self.source, self.depth, self.end
        if self.rows or builder.kind == "code" or "p" in depth or self.hidden:
            return at
        while (low := source.find("<", at, end)) >= 0 and (high := source.find(">", low, end) + 1):
            name, breaks, level = plain(source[low:high]) if high - low < LONGEST_PLAIN else NOT_PLAIN
            if not name or name in depth:
                break
            if at < low and not (breaks and builder.add_block(at, low)):
                builder.add(at, low)
            if breaks:
                builder.end_block()
            if level:
                self.count(level)
            else:
                self.tags += 1
            at = high
        return at

    def count(self, level: int) -> None:
        """Count a tag, and by how many levels it goes down."""
        self.tags += 1
        if level > 0:
            self.level += 1
            self.deepest = max(self.deepest, self.level)
        elif level and self.level:
            self.level -= 1

    def feed_odd(self, at: int) -> int:
        """Parse from ``at`` to the end of the next tag, comment or bare ``<``, whatever state it is in."""
        search = self.source.find("<", at, self.end)
        if search < 0 or not _TAG_START.match(self.source, search, self.end):
            stop = self.end if search < 0 else search + 1  # a bare "<" is text
            self.text(at, stop)
            return stop
        if at < search:
            self.text(at, search)
        comment = self.source.startswith("<!--", search)
        if comment and "<!--" not in self.unclosed:
            close = self.source.find("-->", search + 2, self.end)
            if close >= 0:
                return close + 3
            self.unclosed.add("<!--")
        match = self.tag.match(self.source, search, self.end)
        if match is None and self.tag is _TAG:
            self.tag = _BROKEN_TAG
            match = self.tag.match(self.source, search, self.end)
        if match is None:
            if not comment:
                self.text(search, search + 1)
            return search + (4 if comment else 1)
        return self.element(match[2].lower(), match[1], match[3], match.end()) if match[2] else match.end()

    def element(self, name: str, close: str | None, written: str, at: int) -> int:
        """A tag that ends at ``at``; where to go on, past what is no text."""
        self.count(level_of(name, close))
        self.position = at
        if close:
            self.end_tag(name)
            return at
        self.start_tag(name, written)
        return self.skip(name, at, written) if name in NO_TEXT else at

    def finish(self) -> Document:
        body = with_captions(self.builder.finish(), self.centred)
        if self.furniture:
            body = body._replace(blocks=furniture.marked(body.text, body.blocks, self.furniture))
        return Document(
            body, self.title, tuple(self.metas), tuple(self.scripts), tuple(self.headings), self.tags, self.deepest
        )

    def text(self, start: int, end: int) -> None:
        if self.builder.kind == "code":
            self.builder.add_verbatim(start, end)
        else:
            self.builder.add(start, end)

    def start_tag(self, name: str, written: str) -> None:
        builder = self.builder
        if name in BLOCKS:
            if "p" in self.depth and name != "br" and name != "button":
                self.end_tag("p")
            if self.rows and name not in ("tr", "table", "caption"):
                builder.add_space()
            elif not (name == "br" and builder.kind == "code" and builder.add_line()):
                builder.end_block()
            if name == "h1":
                self.headings.append(builder.position)
            elif self.rows and name in ROWS:
                self.row(name)
        elif self.rows and name in CELLS:
            builder.open_cell(name == "th", attributes(written))
        elif name in CELLS:
            builder.end_block()
        elif name == "img":
            self.image(attributes(written))
        elif name == "a":
            href = attributes(written).get("href", "").strip()
            if href and not href.startswith(("#", "javascript:")):
                builder.open_link(absolute(href, self.base))
        elif name in ("meta", "link"):
            self.metas.append(attributes(written))
        elif name in _EMBEDS:
            self.embed(attributes(written).get("src", ""))
        if name in VOID:
            return
        look = look_of(written)
        # The end of a container that has a class ends lists in it that have no end of their own.
        ending = bool(look.classes) and name in CONTAINERS
        if name in STATEFUL or look.tells or name in self.depth or ending or self.hides(look):
            self.push(name, written, look)

    def hides(self, look: Look) -> bool:
        """Whether a sheet or a script hides an element by its class or id."""
        return bool(self.hidden) and (f"#{look.id}" in self.hidden or not self.hidden.isdisjoint(look.classes))

    def push(self, name: str, written: str, look: Look) -> None:
        """Open an element that changes the state, or one of the same tag as another that did."""
        builder = self.builder
        kind = KINDS.get(name, builder.kind)
        hidden = builder.hidden or name == "noscript" or look.hidden or self.hides(look)
        if look.caption and name in _MAY_BE_CAPTION:
            kind = "caption"
        said = furniture.surer(look.furniture, furniture.TAGS.get(name, ""))
        self.open.append(_Open(name, builder.kind, builder.hidden, self.rows, builder.position, look.centred, said))
        if name == "table":
            self.rows = self.is_data_table()
            kind = "table" if self.rows else builder.kind
            builder.cells.close_cell(builder.length)
            if self.rows:
                builder.cells.open_table()
        self.depth[name] = self.depth.get(name, 0) + 1
        builder.kind, builder.hidden = kind, hidden
        if look.centred:
            self.centred.add(builder.position)

    def end_tag(self, name: str) -> None:
        builder = self.builder
        if name == "a":
            builder.close_link()
        if name in BLOCKS and not (self.rows and name not in ("tr", "table", "caption")):
            builder.end_block()
        if name == "table" or (self.rows and (name in CELLS or name == "tr")):
            builder.cells.close_cell(builder.length)
        if name in self.depth:
            while True:
                last = self.open.pop()
                self.depth[last.tag] -= 1
                if not self.depth[last.tag]:
                    del self.depth[last.tag]
                builder.kind, builder.hidden, self.rows = last.kind, last.hidden, last.rows
                if last.centred and last.start == builder.position:
                    self.centred.discard(last.start)  # it held an image, say, but no words
                if last.furniture:
                    self.furniture.append((last.furniture, last.start, builder.length))
                if last.tag == name:
                    break

    def skip(self, name: str, at: int, written: str) -> int:
        """Past the end tag of an element whose content is no text; ``at`` where it has none."""
        if name in self.unclosed:
            return at
        stop = self.find_end(name, at)
        if stop < 0:
            self.unclosed.add(name)
            return at
        if name == "title" and not self.title:
            self.title = " ".join(html.unescape(self.source[at:stop]).split())
        elif name == "script" and "ld+json" in written:
            self.scripts.append(self.source[at:stop])
        elif name == "style":
            self.hidden |= hidden_by_sheet(self.source[at:stop])
        return self.source.find(">", stop, self.end) + 1 or self.end

    def find_end(self, name: str, at: int) -> int:
        """Where the end tag of ``name`` stands, in lower or upper case; -1: nowhere."""
        found = [
            self.source.find(f"</{written}", at, self.end)
            for written in (name, name.upper())
            if written not in self.unclosed
        ]
        if name.upper() not in self.unclosed and found[-1] < 0:
            self.unclosed.add(name.upper())
        return min((place for place in found if place >= 0), default=-1)

    def image(self, found: dict[str, str]) -> None:
        row = image_row(found, self.builder.position, self.base)
        if row and "noscript" not in self.depth:
            self.builder.images.append(row)

    def row(self, name: str) -> None:
        """The start of a row, of a table's head or of its body."""
        cells = self.builder.cells
        cells.close_cell(self.builder.length)
        if name == "tr":
            cells.open_row()
        else:
            cells.head = name == "thead"

    def embed(self, address: str) -> None:
        if address and "noscript" not in self.depth and not address.startswith(("about:", "javascript:", "data:")):
            at = self.builder.position
            self.builder.links.append(LinkRow(at, at, absolute(address.strip(), self.base), ""))

    def is_data_table(self) -> bool:
        """A table of data, not one that lays out a page: no table in it, two cells a row or more, cells short."""
        at = self.position
        match = _TABLE_TAG.search(self.source, at, self.end)
        stop = match.start() if match else self.end
        if match and not match[1]:
            return False
        rows = len(_ROW.findall(self.source, at, stop))
        cells = len(_CELL.findall(self.source, at, stop))
        return cells >= 2 * max(rows, 1) and (stop - at) < 600 * cells


def parse_html(source: str, start: int = 0, end: int | None = None, base: str | None = None) -> Document:
    """Parse ``source[start:end]``.

    :param base: the page's own address, for relative ones
    :returns: all text but that of scripts, styles, comments and templates; hidden text is in blocks marked ``hidden``
    """
    parser = Parser(Builder(source), base)
    parser.feed(start, len(source) if end is None else end)
    return parser.finish()
