"""What lexicon, rules and scorer see in one stretch of text, before the article as a whole is looked at."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.extract.organizations import chinese, english, features, gazetteer, scorer
from pipeline.extract.organizations.spans import Span
from pipeline.records import Passage
from pipeline.text import HAN, simplify


class Reading(NamedTuple):
    """What the scorer makes of a text."""

    model: scorer.Model
    scores: "scorer.Floats"
    found: list[tuple[int, int]]  # spans in the text
    starts: dict[int, int] | None  # position of the unit that starts, or ends, at an offset; None: the offset itself
    ends: dict[int, int] | None

    def margin(self, start: int, end: int) -> float:
        """Log odds of a name there; very low where the scorer's units do not meet the span."""
        if self.starts is None or self.ends is None:
            return scorer.margin(self.model, self.scores, start, end)
        first, last = self.starts.get(start), self.ends.get(end)
        if first is None or last is None or first > last:
            return -20.0
        return scorer.margin(self.model, self.scores, first, last + 1)


class View(NamedTuple):
    """A stretch of a passage in one language, and what was found in it; offsets count in the stretch."""

    passage: Passage
    at: int  # where the stretch starts in the passage
    text: str  # folded, simplified: same length
    hits: list[gazetteer.Hit]
    rules: list[Span]
    reading: Reading | None

    def surface(self, span: Span) -> str:
        return self.text[span.start : span.end]


def _read(lang: str, grid: features.Grid) -> Reading | None:
    model = scorer.load(lang)
    if model is None or not len(grid.features):
        return None
    scores = scorer.emissions(model, grid.features)
    found = [grid.place(first, end) for first, end in scorer.decode(model, scores, grid.breaks)]
    if grid.offsets is None:
        return Reading(model, scores, found, None, None)
    starts, ends = zip(*grid.offsets, strict=True)
    index = range(len(starts))
    return Reading(model, scores, found, dict(zip(starts, index, strict=True)), dict(zip(ends, index, strict=True)))


_HAN = re.compile(f"[{HAN}]")
_PROSE = re.compile(r"(?:[A-Za-z'’,-]{1,30} ){4}")  # English words in a row
_LINES = re.compile(r"[^\n]*\n?")


def stretches(passage: Passage) -> Iterator[tuple[int, int, Literal["zh", "en"]]]:
    """The parts of a passage by the language of their lines: an English text may carry Chinese lines, and so on."""
    text = passage.folded
    own: Literal["zh", "en"] = "en" if passage.lang == "en" else "zh"
    if not (_HAN.search(text) if own == "en" else _PROSE.search(text)):
        yield 0, len(text), own
        return
    start, lang = 0, own
    for line in _LINES.finditer(text):
        this: Literal["zh", "en"] = "en" if len(_HAN.findall(line[0])) * 8 < len(line[0]) else "zh"
        if this != lang and line[0].strip():
            if line.start() > start:
                yield start, line.start(), lang
            start, lang = line.start(), this
    yield start, len(text), lang


def look(passage: Passage) -> Iterator[View]:
    """What lexicon, rules and scorer see in a passage."""
    for start, end, lang in stretches(passage):
        text = simplify(passage.folded[start:end])
        hits = gazetteer.find(text)
        if lang == "en":
            rules = english.find(text)
            yield View(passage, start, text, hits, rules, _read("en", features.of_english(text, hits)))
        else:
            tagged = chinese.tag(text)
            hits = chinese.whole(hits, tagged)
            rules = chinese.find(text, tagged)
            yield View(passage, start, text, hits, rules, _read("zh", features.of_chinese(text, tagged, hits, rules)))
