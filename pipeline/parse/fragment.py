"""Parse HTML, fragment or whole document, in one pass: text, blocks, images and links with their place in the source.

A tokenizer in the manner of the HTML standard (tags, comments, raw-text elements, entities), without a tree: the text
is cut at block tags only, never at inline ones. Linear in the input, whatever it is.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.parse.build import BLANKS, ODD, Body, Builder
from pipeline.parse.images import absolute, image_row
from pipeline.records import BlockKind, LinkRow

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_CLOSED_BY_NEXT = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "option"))
# Their content is no text of the page.
_NO_TEXT = frozenset((
    "script", "style", "template", "title", "svg", "math", "textarea", "iframe", "object", "audio",
    "video", "canvas",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), "list"),
    "blockquote": "quote",
    "table": "table",
    "pre": "code",
    "figcaption": "caption",
    "caption": "caption",
}
_STATEFUL = frozenset((*_KINDS, "a", "figure", "noscript"))
_BREAKS = BLOCKS - _STATEFUL - {"h1", "tr", "button"}  # tags that do no more than end a line
_FLAT = _VOID | _NO_TEXT | _CLOSED_BY_NEXT

# Possessive: a tag that is begun either ends or takes all there is; then _BROKEN_TAG is used for the rest (linear).
_STEP = re.compile(r"([^<]*+)<(/?)([A-Za-z][A-Za-z0-9]*+)((?:[^<>\"'=]++|=\"[^\"<>]*+\")*+)>")  # text and a sound tag
# The commonest paragraph as a whole: its tag, plain words, its end tag. Much quicker than its parts one by one.
_WHOLE = re.compile(
    rf"[ \t\r\n]*+<(p|li|d[dt])(|[ \t\r\n](?:[^<>\"'=]++|=\"[^\"<>]*+\")*+)>[{BLANKS}]*+(?=([^<{ODD}]++))\3</\1>"
)
_TAG = re.compile(r"<(/)?([A-Za-z][^\s/>]*+)((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?|[\"'])*+)>|<[!?/][^>]*+>")
_TAG_START = re.compile("<[A-Za-z!?/]")
_BROKEN_TAG = re.compile(r"<(/)?([A-Za-z][^\s/<>]*+)([^<>]*+)(?:>|\Z)|<[!?/][^<>]*+(?:>|\Z)")
_LONGEST_ATTRIBUTES = 100_000
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_TELLING = re.compile(r"\bhidden\b|style|class|label|align", re.I)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0{1,4})?(?![.\d])"
    r"|font-size\s*:\s*[01](?:px|pt|em|rem|%)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3}"
    r"|(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3,6}(?:px|em|pt)"
    r"|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?|(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent)",
    re.I,
)
_HIDING_RULE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_CLASS = re.compile(r"\.([\w-]+)\s*(?:,|$)")
_TABLE_TAG = re.compile(r"<(/)?table\b", re.I)
_ROW = re.compile(r"<tr\b", re.I)
_CELL = re.compile(r"<t[dh]\b", re.I)
_MAY_BE_CAPTION = frozenset(("p", "div", "span", "em", "small"))
_EMBEDS = frozenset(("iframe", "embed", "video", "audio", "source"))
_CAPTION_CLASS = re.compile(
    r"(?:img|image|pic|photo|picture|media|wp)[-_]?(?:desc|caption|text|title|info|note)|\bcaption\b", re.I
)
_CREDIT = re.compile(
    r"[（(【\[△▲▼↑↓]?\s?(?:题?图(?:片)?(?:源|自|来源|via|说|注|为|片来自|/|｜|\||:|：)|供图|摄影|资料图|配图|来源[:：]|photo|image|picture|credit|source|courtesy"
    r")[^。]{0,80}[）)】\]]?$",
    re.I,
)


class _Open(NamedTuple):
    """An open element that changed the builder's state, and the state to go back to."""

    tag: str
    kind: BlockKind
    hidden: bool
    rows: bool


class _Look(NamedTuple):
    """What the attributes of a tag say of how it looks."""

    hidden: bool = False
    caption: bool = False
    centred: bool = False
    classes: frozenset[str] = frozenset()


_PLAIN = _Look()


@lru_cache(maxsize=4096)
def _look(written: str) -> _Look:
    if not _TELLING.search(written):
        return _PLAIN
    found = attributes(written)
    names = found.get("class", "")
    look = _Look(
        "hidden" in found or bool(_HIDING.search(found.get("style", ""))),
        "图片描述" in found.get("label", "") or bool(_CAPTION_CLASS.search(names)),
        "center" in found.get("align", "") + found.get("style", ""),
        frozenset(names.split()),
    )
    return _PLAIN if look == _PLAIN else look


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
        self.tags = self.level = self.deepest = 0
        self.metas: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self.headings: list[int] = []
        self.hidden_classes: set[str] = set()  # hidden by a <style> in the page

    def feed(self, start: int, end: int) -> None:
        """Parse ``source[start:end]``."""
        self.end = end
        self.unclosed.clear()
        self.tag = _TAG
        source, at, step = self.source, start, _STEP.match
        while (at := self.whole_blocks(at)) < end:
            match = step(source, at, end)
            if match is None:
                at = self.feed_odd(at)
                continue
            text_end = match.end(1)
            if at < text_end:
                self.text(at, text_end)
            name, close, written = match[3].lower(), match[2], match[4]
            if name in _BREAKS and not (self.rows or self.depth) and (close or not written or _look(written) is _PLAIN):
                self.builder.end_block()  # the commonest of all tags: nothing but a break
                self.count(name, close)
                at = match.end()
            else:
                at = self.element(name, close, written, match.end())

    def whole_blocks(self, at: int) -> int:
        """Parse the plain paragraphs from ``at`` on, as far as they follow each other; where they end."""
        builder, source, depth = self.builder, self.source, self.depth
        if self.rows or builder.kind == "code" or "a" in depth:
            return at
        while match := _WHOLE.match(source, at, self.end):
            low, high = match.span(3)
            written = match[2]
            if (written and _look(written) is not _PLAIN) or match[1] in depth or not builder.add_block(low, high):
                break
            self.tags += 2
            at = match.end()
        return at

    def count(self, name: str, close: str | None) -> None:
        self.tags += 1
        if name in _FLAT:
            return
        if close:
            self.level -= self.level > 0
        else:
            self.level += 1
            self.deepest = max(self.deepest, self.level)

    def feed_odd(self, at: int) -> int:
        """Parse from ``at`` to the end of the next tag, comment or bare ``<``, whatever state it is in."""
        search = self.source.find("<", at, self.end)
        if search < 0 or not _TAG_START.match(self.source, search, self.end):
            stop = self.end if search < 0 else search + 1  # a bare "<" is text
            self.text(at, stop)
            return stop
        if at < search:
            self.text(at, search)
        if self.source.startswith("<!--", search) and "<!--" not in self.unclosed:
            close = self.source.find("-->", search + 2, self.end)
            if close >= 0:
                return close + 3
            self.unclosed.add("<!--")
        match = self.tag.match(self.source, search, self.end)
        if match is None and self.tag is _TAG:
            self.tag = _BROKEN_TAG
            match = self.tag.match(self.source, search, self.end)
        if match is None:
            self.text(search, search + 1)
            return search + 1
        return self.element(match[2].lower(), match[1], match[3], match.end()) if match[2] else match.end()

    def element(self, name: str, close: str | None, written: str, at: int) -> int:
        """A tag that ends at ``at``; where to go on, past what is no text."""
        self.count(name, close)
        self.position = at
        if close:
            self.end_tag(name)
            return at
        self.start_tag(name, written)
        return self.skip(name, at, written) if name in _NO_TEXT else at

    def finish(self) -> Document:
        body = _with_captions(self.builder.finish(), self.centred)
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
            elif self.rows and name in _ROWS:
                self.row(name)
        elif self.rows and name in _CELLS:
            builder.open_cell(name == "th", attributes(written))
        elif name in _CELLS:
            builder.end_block()
        elif name == "img":
            self.image(attributes(written))
        elif name in ("meta", "link"):
            self.metas.append(attributes(written))
        elif name in _EMBEDS:
            self.embed(attributes(written).get("src", ""))
        look = _look(written) if written else _PLAIN
        if name in _STATEFUL or look is not _PLAIN or name in self.depth:
            self.push(name, written, look)

    def push(self, name: str, written: str, look: "_Look") -> None:
        """Open an element that changes the state, or one of the same tag as another that did."""
        builder = self.builder
        if name in _VOID:
            return
        kind = _KINDS.get(name, builder.kind)
        hidden = builder.hidden or name == "noscript" or look.hidden or not self.hidden_classes.isdisjoint(look.classes)
        if look.caption and name in _MAY_BE_CAPTION:
            kind = "caption"
        self.open.append(_Open(name, builder.kind, builder.hidden, self.rows))
        if name == "table":
            self.rows = self.is_data_table()
            kind = "table" if self.rows else builder.kind
            builder.cells.close_cell(builder.length)
            if self.rows:
                builder.cells.open_table()
        self.depth[name] = self.depth.get(name, 0) + 1
        builder.kind, builder.hidden = kind, hidden
        if name == "a":
            href = attributes(written).get("href", "").strip()
            if href and not href.startswith(("#", "javascript:")):
                builder.open_link(absolute(href, self.base))
        if look.centred:
            self.centred.add(builder.position)

    def end_tag(self, name: str) -> None:
        builder = self.builder
        if name == "a":
            builder.close_link()
        if name in BLOCKS and not (self.rows and name not in ("tr", "table", "caption")):
            builder.end_block()
        if name == "table" or (self.rows and (name in _CELLS or name == "tr")):
            builder.cells.close_cell(builder.length)
        if name in self.depth:
            while True:
                last = self.open.pop()
                self.depth[last.tag] -= 1
                if not self.depth[last.tag]:
                    del self.depth[last.tag]
                builder.kind, builder.hidden, self.rows = last.kind, last.hidden, last.rows
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
            self.hidden_classes |= hidden_classes(self.source[at:stop])
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


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, entities resolved; of a name given twice the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written[:_LONGEST_ATTRIBUTES]):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def hidden_classes(css: str) -> set[str]:
    """The classes that a style sheet hides, where a rule names a class as the last part of its selector."""
    found: set[str] = set()
    for match in _HIDING_RULE.finditer(css):
        brace = css.rfind("{", max(match.start() - 1000, 0), match.start())
        start = max(css.rfind("}", max(brace - 300, 0), brace), css.rfind("{", max(brace - 300, 0), max(brace, 0)))
        if brace >= 0:
            found.update(_CLASS.findall(css[start + 1 : brace]))
    return found


def _with_captions(body: Body, centred: set[int]) -> Body:
    """Mark as captions the short lines under an image that are centred or give a credit; captions to their images."""
    images = {image.position: n for n, image in enumerate(body.images)}
    if not images and not centred:
        return body
    blocks, rows = list(body.blocks), list(body.images)
    for n, block in enumerate(blocks):
        words = body.text[block.start : block.end]
        under = images.get(block.start)
        short = len(words) <= 100 and block.kind == "paragraph"
        if (
            short
            and (under is not None or block.start in centred)
            and (
                _CREDIT.match(words)
                or (under is not None and block.start in centred and not words.endswith(("。", ".")))
            )
        ):
            blocks[n] = block = block._replace(kind="caption")
        if block.kind == "caption" and under is not None:
            rows[under] = rows[under]._replace(caption=words)
    return body._replace(blocks=tuple(blocks), images=tuple(rows))


def parse_html(source: str, start: int = 0, end: int | None = None, base: str | None = None) -> Document:
    """Parse ``source[start:end]``.

    :param base: the page's own address, for relative ones
    :returns: all text but that of scripts, styles, comments and templates; hidden text is in blocks marked ``hidden``
    """
    parser = Parser(Builder(source), base)
    parser.feed(start, len(source) if end is None else end)
    return parser.finish()
