"""What the markup around words says of them: that a site puts them around any article (``data/furniture.csv``).

It is no more than evidence, since writers of pages name elements as they like: what holds paragraphs or most of the
text, or is named so again and again in all of it, says nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.parse.titles import size
from pipeline.records import Block

Mark = tuple[str, int, int]  # the word that says it, and the stretch of text

_MOST = 0.5  # of a text
_PARAGRAPH = 40  # words of a block that is one
_PARAGRAPHS = 2  # so many are an article's
_LONGEST = 300  # characters of the names of an element
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_TAG = "<"  # what stands before a tag's name in the lexicon


@cache
def _odds() -> dict[str, int]:
    return {row["word"]: int(row["odds"]) for row in lexicon.rows("furniture.csv")}


TAGS = {word[1:]: word for word in _odds() if word[0] == _TAG}  # by name, their words


def word_of(names: str) -> str:
    """The surest word in an element's class, id and role; ``""``: none is known.

    >>> word_of("post-shareTools"), word_of("shareholders")
    ('share', '')
    """
    words = [word.casefold() for word in _WORD.findall(names[:_LONGEST])]
    return max((word for word in words if word in _odds()), key=_odds().__getitem__, default="")


def surer(one: str, other: str) -> str:
    """The surer of two words."""
    return max(one, other, key=lambda word: _odds().get(word, 0))


def marked(text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """The blocks that lie in what is marked, with the odds of the surest mark around them."""
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    long = [block for block in blocks if block.end - block.start >= _PARAGRAPH]
    paragraphs = [block.start for block in long if size(text[block.start : block.end]) >= _PARAGRAPH]
    most = _MOST * len(text)
    by_word: dict[str, list[tuple[int, int]]] = {}
    for word, start, end in marks:
        if start < end <= start + most and bisect_left(paragraphs, end) - bisect_left(paragraphs, start) < _PARAGRAPHS:
            by_word.setdefault(word, []).append((start, end))
    odds = [0] * len(blocks)
    for word in sorted(by_word, key=_odds().__getitem__):
        spans = _outermost(by_word[word])
        if sum(end - start for start, end in spans) <= most:
            for start, end in spans:
                first, last = bisect_left(starts, start), bisect_right(ends, end)
                odds[first:last] = [_odds()[word]] * max(last - first, 0)
    return tuple(block._replace(furniture=n) if n else block for block, n in zip(blocks, odds, strict=True))


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that lie in no other."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found
