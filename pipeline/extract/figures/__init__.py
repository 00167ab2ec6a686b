"""Find figures: money, percentages, counts, measured quantities and ordinals, with bounds, unit and direction.

A figure starts from a numeral (:mod:`pipeline.numerals`) that is no part of a date or duration
(:mod:`pipeline.temporal`). Rules look right and left of it, join it with its neighbour to a range, and judge whether it
is a figure at all. Conventions: docs/figures.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline import numerals, temporal
from pipeline.records import FigureRow, Passage
from pipeline.text import simplify

from .agreed import agree
from .direction import set_direction
from .figure import Figure, from_numeral
from .join import join
from .judge import is_figure
from .left import compare_left, look_left
from .lexica import may_start
from .noise import addresses, code_end
from .ordinals import find_ordinals, is_ordinal
from .right import is_measured_year, look_right


def extract(passages: Sequence[Passage]) -> list[FigureRow]:
    """The figures that an article names, in order."""
    return [row for passage in passages for row in _passage(passage)]


def _passage(passage: Passage) -> list[FigureRow]:
    text = _prepared(passage)
    spans = ((start, end) for start, end, _ in temporal.spans(passage.folded, passage.lang))
    taken = [span for span in spans if not is_measured_year(text, *span)] + addresses(text)
    taken.sort()
    candidates = join(_candidates(numerals.find(text, taken, may_start()), text), text)
    for figure in candidates:
        compare_left(figure, text)
    figures = [figure for figure in candidates if is_figure(figure, text)]
    set_direction(figures, text)
    agree(figures, text, passage.lang)
    if passage.lang != "zh-Hans":
        figures += find_ordinals(text, taken)
    return [_row(passage, figure) for figure in sorted(_disjoint(figures), key=lambda figure: figure.start)]


_FULL_DIGIT = re.compile("[０-９]")
_FULL_GROUPS = re.compile("(?<=[０-９])，(?=[０-９]{3})")


def _prepared(passage: Passage) -> str:
    """The folded text in simplified characters, with a full-width comma between full-width digits made plain."""
    if passage.lang == "en":
        return passage.folded
    text = simplify(passage.folded)
    if not _FULL_DIGIT.search(passage.text):
        return text
    for match in _FULL_GROUPS.finditer(passage.text):
        text = text[: match.start()] + "," + text[match.end() :]
    return text


def _candidates(found: Iterable[numerals.Numeral], text: str) -> Iterator[Figure]:
    """A figure for each numeral that is no part of the figure before: 五块七毛八 is one."""
    end = 0
    for numeral in found:
        if numeral.start < end:
            continue
        if code := code_end(numeral, text):
            end = code
            continue
        figure = from_numeral(numeral)
        if text[numeral.start - 1 : numeral.start] not in "第 " or not is_ordinal(figure, text):
            look_left(figure, text)
            look_right(figure, text)
        end = figure.end
        yield figure


def _disjoint(figures: list[Figure]) -> Iterable[Figure]:
    end = 0
    for figure in sorted(figures, key=lambda figure: (figure.start, -figure.end)):
        if figure.start >= end:
            end = figure.end
            yield figure


def _row(passage: Passage, figure: Figure) -> FigureRow:
    f = figure
    return FigureRow(
        passage.field, f.start, f.end, f.core_start, f.core_end, passage.text[f.start : f.end], passage.lang, f.kind,
        f.value, f.low, f.high, f.cmp, f.unit, f.unit_text, f.classifier, f.currency, f.explicit,
        f.direction, f.basis, f.rule,
    )  # fmt: skip
