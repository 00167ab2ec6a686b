"""Parse plain text: a page's lines with its headline found among them, or a body taken as it is."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.parse import zones
from pipeline.parse.build import Body, unseen
from pipeline.parse.wrapped import EDGE, Line, columns, unwrapped
from pipeline.records import Block, OffsetMap, Run

_BLANKS_BEFORE = re.compile(rf"(?:[{EDGE}]|&nbsp;)*+")
_BLANKS_BEHIND = re.compile(rf"(?:[{EDGE}]|;psbn&)*+")  # backwards
# Text browsers (lynx, w3m) number the links of a page they print, and list them below it.
_LINK_LIST = re.compile(r"^\s{0,9}References:?\s{1,9}(?:Visible links:?\s{1,9})?(?:\[1\]|1\.)\s{1,4}\S{2,9}:/", re.M)
_LINK_MARK = re.compile(r"\[\d{1,4}\](?=[^\s])")


class Page(NamedTuple):
    """A parsed plain-text page: its body, the headline lifted out of it, the lines where its day may stand, and what
    labels above or below it tell, by keys of front matter."""

    body: Body
    title: str
    near: tuple[str, ...] = ()
    told: Mapping[str, str] = {}


def source_lines(source: str, start: int) -> list[Line]:
    """The lines of ``source[start:]`` that are not blank."""
    found = []
    at, apart = start, False
    for written in source[start:].splitlines(keepends=True):
        low = _BLANKS_BEFORE.match(written).end()  # type: ignore[union-attr]
        high = len(written) - _BLANKS_BEHIND.match(written[::-1]).end()  # type: ignore[union-attr]
        if low < high:
            found.append(Line(at + low, at + high, written[low:high], columns(written[:low].expandtabs()), apart))
        apart = low >= high
        at += len(written)
    return found


def parse_body(source: str, start: int = 0) -> Body:
    """Body text as it stands, with its lines as blocks: nothing is changed or lifted."""
    blocks = tuple(Block(line.start - start, line.end - start, "line") for line in source_lines(source, start))
    text = source[start:]
    return Body(text, OffsetMap.identity(len(text), start), blocks, (), ())


def parse_lines(source: str, start: int = 0, lift_title: bool = True) -> Page:
    """The lines of a page, blank ones left out; the headline is lifted into ``title``, matter around it is aside."""
    links = _LINK_LIST.search(source, start)
    if links:
        source = (
            source[:start]
            + _LINK_MARK.sub(lambda mark: unseen(mark[0]), source[start : links.start()])
            + source[links.start() :]
        )
    found = unwrapped(source_lines(source, start))
    page = zones.read([line for line in found if not links or line.start < links.start()], lift_title)
    headline = page.headline
    blocks: list[Block] = []
    runs: list[Run] = []
    pieces: list[str] = []
    at = 0
    for n, line in enumerate(found):
        if n == headline:
            continue
        begin = at
        for low, high, written in line.pieces or ((line.start, line.end, line.text),):
            for text, place, length in _resolved(written, low, high):
                runs.append(Run(at, len(text), place, length))
                pieces.append(text)
                at += len(text)
        pieces.append("\n")
        below = links is not None and line.start >= links.start()
        blocks.append(Block(begin, at, "line", aside=below or n in page.asides))
        at += 1
    body = Body("".join(pieces[:-1]), OffsetMap(runs), tuple(blocks), (), ())
    return Page(body, page.title, page.near, page.told)


# What pages that were copied without their markup leave of it.
_ENTITY = re.compile("&(?:nbsp|amp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|middot|bull|copy|#[0-9]{1,6});|\xad+")


def _resolved(written: str, low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """What stands in the source from ``low`` to ``high``, in pieces, each with its place and length there: words as
    they stand, entities as what they mean, but no soft hyphens.
    """
    if written.isspace():  # for the break of a line
        yield written, low, high - low
        return
    at = 0
    for match in _ENTITY.finditer(written):
        if at < match.start():
            yield written[at : match.start()], low + at, match.start() - at
        at = match.end()
        if match[0][0] == "&":
            yield html.unescape(match[0]).replace("\xa0", " "), low + match.start(), len(match[0])
    if at < len(written):
        yield written[at:], low + at, len(written) - at
