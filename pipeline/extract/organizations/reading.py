"""What lexicon, rules and scorer see in one stretch of text, before the article as a whole is looked at."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Literal, NamedTuple

from pipeline.extract.organizations import chinese, chinese_grid, english, english_grid, features, gazetteer, scorer
from pipeline.extract.organizations.spans import Span, Words
from pipeline.records import Passage
from pipeline.text import HAN, simplify

Language = Literal["zh", "en"]


class Reading(NamedTuple):
    """What the scorer makes of a text."""

    model: scorer.Model
    grid: features.Grid
    scores: scorer.Scores  # of the positions that were looked at
    rank: dict[int, int]  # a position's place among them
    found: list[tuple[int, int]]  # spans in the text

    def margin(self, start: int, end: int, unseen: bool = True) -> float:
        """Log odds of a name there; very low where the scorer's units do not meet the span.

        :param unseen: look also where the first look saw nothing
        """
        place = self.grid.positions(start, end)
        if place is None:
            return -20.0
        first, last = place[0], place[1] - 1
        at = self.rank.get(first, -1)
        if at >= 0 and self.rank.get(last, -1) - at == last - first:
            return self.scores.margin(self.model, at, at + last - first)
        if not unseen:
            return -20.0
        return scorer.score(self.model, self.grid, first, last + 1).margin(self.model, 0, last - first)


class Piece(NamedTuple):
    """A part of a passage, all in one language."""

    article: int
    number: int  # of the passage in the article
    passage: Passage
    start: int
    end: int

    def text(self) -> str:
        return simplify(self.passage.folded[self.start : self.end])


class View(NamedTuple):
    """All that some articles have in one language, read as one text; offsets count in that."""

    pieces: list[Piece]
    starts: list[int]  # of the pieces in the text
    text: str  # folded, simplified
    hits: list[gazetteer.Hit]
    rules: list[Span]
    reading: Reading | None
    words: Words | None  # of a Chinese text

    def surface(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def piece(self, start: int) -> tuple[Piece, int]:
        """The piece that holds a place, and how much further on the place stands in the passage."""
        number = bisect_right(self.starts, start) - 1
        return self.pieces[number], self.pieces[number].start - self.starts[number]

    def article(self, start: int) -> int:
        """The number of the article that holds a place."""
        return self.pieces[bisect_right(self.starts, start) - 1].article

    def articles(self) -> Iterator[tuple[int, int, int]]:
        """The number of each article in the view, and where it begins and ends."""
        for article, found in groupby(range(len(self.pieces)), lambda number: self.pieces[number].article):
            numbers = list(found)
            last = self.pieces[numbers[-1]]
            yield article, self.starts[numbers[0]], self.starts[numbers[-1]] + last.end - last.start


_AT_ONCE = 20_000  # positions that are scored together, which bounds the memory


def _read(lang: Language, grid: features.Grid) -> Reading | None:
    import numpy as np

    model = scorer.load(lang)
    if model is None or not grid.size:
        return None
    live = scorer.live(model, grid)
    parts = (live[low : low + _AT_ONCE] for low in range(0, max(len(live), 1), _AT_ONCE))
    steps = np.concatenate([scorer.emissions(model, grid.at(part)) for part in parts])
    found = [grid.place(first, end) for first, end in scorer.decode(model, steps, live, grid.breaks[live])]
    rank = dict(zip(live.tolist(), range(len(live)), strict=True))
    return Reading(model, grid, scorer.Scores.of(steps), rank, found)


_HAN = re.compile(f"[{HAN}]")
_PROSE = re.compile(r"(?:[A-Za-z'’,-]{1,30} ){4}")  # English words in a row
_LINES = re.compile(r"[^\n]*\n?")


def stretches(passage: Passage) -> Iterator[tuple[int, int, Language]]:
    """The parts of a passage by the language of their lines: an English text may carry Chinese lines, and so on.

    A line that tells nothing, such as a number or a single English word, goes with the line before.
    """
    text = passage.folded
    own: Language = "en" if passage.lang == "en" else "zh"
    if not (_HAN.search(text) if own == "en" else text.count(" ") > 3 and _PROSE.search(text)):
        yield 0, len(text), own
        return
    start, lang = 0, own
    for line in _LINES.finditer(text):
        this = _language(line[0], lang)
        if this != lang:
            if line.start() > start:
                yield start, line.start(), lang
            start, lang = line.start(), this
    yield start, len(text), lang


def _language(line: str, before: Language) -> Language:
    han = len(_HAN.findall(line))
    if han and han * 8 >= len(line):
        return "zh"
    return "en" if _PROSE.search(line) else before


# Between pieces, before the first and behind the last: wider than anything looks, so that an article's names do not
# depend on what else is read with it.
_GAP = "\n" * 4


def look(articles: Sequence[Sequence[Passage]]) -> list[View]:
    """What lexicon, rules and scorer see in articles, by language; many at once are quicker than each by itself."""
    pieces: dict[Language, list[Piece]] = {"zh": [], "en": []}
    for article, passages in enumerate(articles):
        for number, passage in enumerate(passages):
            for start, end, lang in stretches(passage):
                pieces[lang].append(Piece(article, number, passage, start, end))
    return [_view(lang, parts) for lang, parts in pieces.items() if parts]


def _view(lang: Language, pieces: list[Piece]) -> View:
    text = _GAP.join(["", *(piece.text() for piece in pieces), ""])
    sizes = (piece.end - piece.start + len(_GAP) for piece in pieces[:-1])
    starts = list(accumulate(sizes, initial=len(_GAP)))
    hits = gazetteer.find(text)
    words: Words | None = None
    if lang == "en":
        rules = english.find(text)
        firsts = [start for start, piece, before in zip(starts, pieces, [None, *pieces], strict=False)
                  if before is None or before.article != piece.article]  # fmt: skip
        grid = english_grid.grid(text, hits, rules, firsts)
    else:
        words = chinese.tag(text)
        hits = chinese.whole(text, hits, words)
        rules = chinese.find(text, words)
        grid = chinese_grid.grid(text, words, hits, rules)
    return View(pieces, starts, text, hits, rules, _read(lang, grid), words)
