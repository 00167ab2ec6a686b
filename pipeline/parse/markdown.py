"""Parse Markdown: markdown-it-py says what is what; its words are looked up in the source, so that they keep their
place.

HTML within it goes to the HTML parser.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.parse.build import Body, Builder
from pipeline.parse.fragment import Parser
from pipeline.parse.images import absolute, image_row
from pipeline.parse.wiki import without_wiki_signs
from pipeline.parse.zones import is_prose
from pipeline.records import BlockKind

_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:", re.M)
_NOTE_MARK = re.compile(_NOTE.pattern + r"|\[\^([^\]\s]{1,40})\]", re.M)
_STRONG_SIGN = re.compile(
    r"^(?:#{1,6} {0,3}\S|```|~~~|={4,}[ \t]*$|> ?\S|!?\[[^\]\n]{0,300}\]\([^)\s]{1,2000})"
    r"|\]\((?:https?://|/)[^)\s]{1,2000}|\*\*[^*\n]{1,200}\*\*|\{\{[<%]",
    re.M,
)
_MENU = 400  # tokens among which a page's headline is looked for
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "blockquote_open": "quote",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
}
_BOLD = re.compile(r"(?<![*\\])\*\*(?![\s*])([^*\n]{1,300})(?<!\s)\*\*(?!\*)")
# A line of who, when and from where, not of what somebody says: what comes next is another one.
_LABEL_LINE = re.compile(r"[> \t]{0,9}[\u4e00-\u9fff]{2,6}(?<![说說道称稱问問答示出到是为為]) {0,2}[：:]")
_SENTENCE_END = tuple("。！？；：”」』…")


class Markdown(NamedTuple):
    """A parsed Markdown body, and its first-level heading if it starts with one."""

    body: Body
    title: str


@cache
def _parser() -> MarkdownIt:
    # Without text_join, escapes and entities stay apart from the words that stand in the source as they are.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")


def signs(text: str, most: int = 3) -> int:
    """How many signs of Markdown there are, up to ``most``."""
    return sum(1 for _ in zip(range(most), _STRONG_SIGN.finditer(text), strict=False))


def parse_markdown(source: str, start: int = 0, base: str | None = None, lift_title: bool = False) -> Markdown:
    """Parse ``source[start:]``.

    :param lift_title: take a first-level heading at the top for the title, out of the text
    """
    body = without_wiki_signs(_without_stars(_without_notes(source[start:])))
    tokens = _parser().parse(body)
    title = ""
    headline = _headline(tokens) if lift_title else None
    if headline is not None:
        title = _words(tokens[headline + 1])
    walker = _Walker(source[:start] + body, start, base)
    walker.walk(tokens[:headline] if headline else ())
    walker.builder.end_block()
    above = walker.builder.position
    walker.walk(tokens if headline is None else tokens[headline + 3 :])
    found = walker.html.finish().body
    if above:
        blocks = (block._replace(aside=block.aside or block.end <= above) for block in found.blocks)
        found = found._replace(blocks=tuple(blocks))
    return Markdown(found, " ".join(title.replace("\xad", "").split()))


def _headline(tokens: Sequence[Token]) -> int | None:
    """Where the first heading of the first level begins, if nothing but the menu of a page stands above it; one that is
    a link as a whole names the site.
    """
    for n, token in enumerate(tokens[:_MENU]):
        if token.tag == "h1" and token.nesting > 0:
            children = tokens[n + 1].children or []
            if not (children and children[0].type == "link_open" and children[-1].type == "link_close"):
                return n
        if token.type in ("fence", "code_block", "html_block") or (token.type == "inline" and is_prose(token.content)):
            return None
    return None


def _without_notes(body: str) -> str:
    """``body`` with the marks of the footnotes that it defines overwritten: by soft hyphens, which are no text; a note
    starts a paragraph.
    """
    defined = set(_NOTE.findall(body)) if "[^" in body else ()

    def blank(match: re.Match[str]) -> str:
        if (match[1] or match[2]) not in defined:
            return match[0]
        return "\xad" * len(match[0]) if match[2] else "\n" + "\xad" * (len(match[0]) - 1)

    return _NOTE_MARK.sub(blank, body) if defined else body


def _words(heading: Token) -> str:
    """The words of a heading; of one that is a picture alone, what the picture is called."""
    children = heading.children or []
    words = "".join(_spoken(child) for child in children if child.type != "image").strip()
    return words or " ".join(child.content for child in children)


def _spoken(child: Token) -> str:
    return " " if child.type in ("softbreak", "hardbreak") else "" if child.type == "html_inline" else child.content


def _without_stars(body: str) -> str:
    """``body`` with stars that CommonMark does not take for bold overwritten by soft hyphens.

    Beside Chinese punctuation (**“渡口”**今天开航) there is no blank to show where a word ends.
    """

    def blank(match: re.Match[str]) -> str:
        inner, (start, end) = match[1], match.span()
        opens = body[max(start - 1, 0) : start].isalnum() and not inner[0].isalnum()
        closes = body[end : end + 1].isalnum() and not inner[-1].isalnum()
        return f"\xad\xad{inner}\xad\xad" if (opens or closes) and not inner.isascii() else match[0]

    return _BOLD.sub(blank, body) if "**" in body else body


class _Walker:
    def __init__(self, source: str, start: int, base: str | None) -> None:
        self.source, self.base = source, base
        self.builder = Builder(source)
        self.html = Parser(self.builder, base)
        lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source[start:])
        self.starts = [*accumulate(map(len, lines), initial=start), len(source)]
        self.kinds: list[BlockKind] = []
        self.cells = False
        self.at = start  # words up to here have been found

    def walk(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in _KINDS:
                self.kinds.append(self.builder.kind)
                self.builder.kind = _KINDS[token.type]
            if token.type == "table_open":
                self.builder.cells.open_table()
            elif token.type == "tr_open":
                self.builder.cells.open_row()
            if token.type in ("th_open", "td_open"):
                self.builder.open_cell(token.type == "th_open", {})
                self.cells = True
            elif token.type in ("th_close", "td_close"):
                self.builder.cells.close_cell(self.builder.length)
                self.cells = False
            elif token.block and not self.cells:
                self.builder.end_block()
            if token.map:
                self.at = max(self.at, self.starts[token.map[0]])
            self.block(token)
            if token.type.replace("_close", "_open") in _KINDS and token.nesting < 0 and self.kinds:
                self.builder.kind = self.kinds.pop()

    def block(self, token: Token) -> None:
        if token.type == "inline":
            end = self.starts[token.map[1]] if token.map else len(self.source)
            for child in token.children or []:
                self.inline(child, end)
        elif token.map and token.type == "html_block":
            self.html.feed(self.starts[token.map[0]], self.starts[token.map[1]])
        elif token.map and token.type in ("fence", "code_block"):
            self.code(token, self.starts[token.map[0] + (token.type == "fence")], self.starts[token.map[1]])

    def code(self, token: Token, start: int, end: int) -> None:
        """Add a code block line by line: in a list or a quote its lines are indented or marked in the source."""
        before, self.builder.kind, self.at = self.builder.kind, "code", start
        for line in token.content.split("\n"):
            if (place := self.find(line.strip(), end)) is not None:
                indent = len(line) - len(line.lstrip())
                self.builder.add_verbatim(place[0] - indent, place[1], entities=False)
            self.builder.add_line()
        self.builder.end_block()
        self.builder.kind = before

    def inline(self, token: Token, end: int) -> None:
        """Add one inline token; ``end`` is where its block ends in the source."""
        builder = self.builder
        if token.type in ("text", "code_inline"):
            for words in token.content.split("\n"):
                self.words(words, end)
        elif token.type == "text_special":
            if (place := self.find(token.markup, end)) is not None:
                builder.add_as(*place, token.content)
        elif token.type == "softbreak":
            self.line_break(end)
        elif token.type == "hardbreak":
            builder.end_block()
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if address and not address.startswith("#"):
                builder.open_link(absolute(address, self.base))
        elif token.type == "link_close":
            builder.close_link()
        elif token.type == "image":
            row = image_row({"src": str(token.attrs.get("src", "")), "alt": token.content}, builder.position, self.base)
            if row:
                builder.images.append(row)
        elif token.type == "html_inline" and (place := self.find(token.content, end)) is not None:
            self.html.feed(*place)

    def find(self, written: str, end: int) -> tuple[int, int] | None:
        at = self.source.find(written, self.at, end)
        if at < 0 or not written:
            return None
        self.at = at + len(written)
        return at, self.at

    def words(self, words: str, end: int) -> None:
        stripped = words.strip()
        if not stripped:  # not looked for: the next blank may stand behind words to come
            self.builder.add_space()
            return
        place = self.find(words, end)
        if place is None:
            place = self.find(stripped, end)
        if place is None:
            self.apart(stripped.split(" "), end)
        else:
            self.builder.add(*place, entities=False)

    def apart(self, words: Sequence[str], end: int) -> None:
        """Add words that do not stand in the source as they are written: code over several lines is one line."""
        for n, word in enumerate(words if len(words) > 1 else ()):
            if n:
                self.builder.add_space()
            self.words(word, end)

    def line_break(self, end: int) -> None:
        """A line that ends a Chinese sentence, or says who or when, ends a paragraph; another one goes on."""
        at = self.source.find("\n", self.at, end)
        if at < 0:
            return
        line = self.source[max(self.source.rfind("\n", 0, at) + 1, at - 60) : at]
        if line.rstrip().endswith(_SENTENCE_END) or _LABEL_LINE.match(line):
            self.builder.end_block()
        else:
            self.builder.add(at, at + 1)
