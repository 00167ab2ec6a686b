"""One article in the terminal: what was found in it and what was cut, each where it stands."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.marks import FOUND, Piece, pieces, value
from pipeline.records import ArticleRow, CutRow, Document


class Kind(NamedTuple):
    """How one kind of mention is marked: a letter without colour, a style with it."""

    letter: str
    style: str


KINDS = {
    "date": Kind("D", "bold cyan"),
    "figure": Kind("F", "bold green"),
    "organization": Kind("O", "bold magenta"),
}
_ABOUT = ("path", "record", "format", "encoding", "lang", "published_at", "published_from", "author", "editor", "site",
          "source")  # fmt: skip
# What stays on one line: blanks, a word, or one wide character; with the signs that open it and those that close it.
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_UNIT = re.compile(
    rf"[^\S\n]+|(?:\[(?:[DFO]:|-\w{{1,20}}: )|[“‘《〈「『（【])*(?:[{_WIDE}]|[^\s{_WIDE}“‘《「（【]+)"
    r"[，。、；：？！”’》〉」』）】％…\]]*|."
)


def show(document: Document, console: Console) -> None:
    """Print ``document`` to ``console``: metadata, text with mentions and cuts marked, values."""
    for problem in document.problems:
        console.print(Text(f"problem in {problem.step}: {problem.error}: {problem.message}", style="red"))
    if document.article is None:
        return
    console.print(_about(document.article))
    console.print()
    for field in ("title", "text"):
        marked = Text().join(_styled(piece, bool(console.color_system)) for piece in pieces(document, field))
        for line in marked.split("\n", allow_blank=False):
            console.print(Text("\n").join(folded(line, console.width)), no_wrap=True, overflow="ignore", crop=False)
        console.print()
    console.print(_values(document))
    for cut in document.cuts:
        console.print(_explained(cut, console.width))


def _about(article: ArticleRow) -> Table:
    table = Table.grid(padding=(0, 2))
    for name in _ABOUT:
        if getattr(article, name) is not None:
            table.add_row(Text(name, style="dim"), Text(str(getattr(article, name)), overflow="fold"))
    return table


def _styled(piece: Piece, colour: bool) -> Text:
    """A piece as it is shown; blank ends of a cut stay outside its marks."""
    if piece.kind == "":
        return Text(piece.text)
    if piece.kind != "cut":
        letter, style = KINDS[piece.kind]
        return Text(piece.text, style=style) if colour else Text(f"[{letter}:{piece.text}]")
    words = piece.text.strip()
    shown = Text(words, style="strike dim red") if colour else Text(f"[-{piece.what.partition(':')[0]}: {words}-]")
    return shown.append("\n" * piece.text.endswith("\n"))


def folded(line: Text, width: int) -> list[Text]:
    """One line as lines of at most ``width`` cells. Wide characters may part anywhere, but no line begins with a
    closing sign or ends with an opening one.
    """
    if cell_len(line.plain) <= width:
        return [line]
    lines = line.divide(list(_breaks(line.plain, width)))
    for one in lines:
        one.rstrip()
    return list(lines)


def _breaks(text: str, width: int) -> Iterator[int]:
    room = width
    for unit in _UNIT.finditer(text):
        need = cell_len(unit[0])
        if need > room and not unit[0].isspace():
            if unit.start():
                yield unit.start()
            at, room, parts = unit.start(), width, chop_cells(unit[0], width)
            for part in parts[:-1]:
                yield (at := at + len(part))
            need = cell_len(parts[-1]) if parts else 0
        room -= need


def _values(document: Document) -> Table:
    """What was read: each mention once, with its value and how often it stands there."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(max_width=36, overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for kind, name in FOUND.items():
        letter, style = KINDS[kind]
        found = Counter((row.surface, value(kind, row)) for row in getattr(document, name))
        for (surface, meaning), count in found.items():
            times = f"x{count}" if count > 1 else ""
            table.add_row(Text(letter, style), Text(" ".join(surface.split()), style), Text(meaning), Text(times))
    return table


def _explained(cut: CutRow, width: int) -> Text:
    place = "" if cut.raw_start is None else f" at {cut.raw_start}-{cut.raw_end}"
    line = Text(f"cut {cut.kind} ({cut.reason}, {cut.score:.2f}){place}: {' '.join(cut.text.split())}", style="red")
    line.truncate(width, overflow="ellipsis")
    return line


def dictionary(rows: Iterable[tuple[str, ...]]) -> Table:
    """Rows of words as a table that fits the terminal: the last column takes what is left."""
    table = Table.grid(padding=(0, 2))
    for first, *others in rows:
        table.add_row(Text(first, style="bold"), *map(Text, others))
    return table
