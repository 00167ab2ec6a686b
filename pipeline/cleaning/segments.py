"""Cut a text into segments: sentences, lines, passages in another script, and heads of sentences unlike the rest."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.cleaning import language
from pipeline.cleaning.fold import Array, Folded, fold_hard
from pipeline.cleaning.language import Surprise
from pipeline.cleaning.tokens import Tokens, boundaries, tokenize
from pipeline.cleaning.view import Line

_USUAL = 6.6  # nats a token above which the head of a sentence gains by being parted
_GAIN = 9.0  # least gain that parts it
_FUNCTION_BONUS = 2.5


class Segmented(NamedTuple):
    """A text's tokens in segments. Arrays end in -s of tokens, or are per segment."""

    folded: Folded
    tokens: Tokens
    surprise: Surprise
    first: Array  # per segment: its first token
    line: Array  # per segment: the line it stands in


def segment(text: str, lines: Sequence[Line]) -> Segmented | None:
    """The segments of ``text``; None where it has no words."""
    folded = fold_hard(text)
    tokens = tokenize(folded)
    if not len(tokens.start):
        return None
    starts = np.searchsorted(folded.origin, [line.start for line in lines])
    opens = boundaries(folded, tokens, starts)
    surprise = language.surprise(tokens, opens)
    opens = opens | _odd_heads(tokens, surprise, opens)
    first = np.nonzero(opens)[0]
    line = np.searchsorted(starts, tokens.start[first], side="right") - 1
    return Segmented(folded, tokens, surprise, first, line.clip(min=0))


def _odd_heads(tokens: Tokens, surprise: Surprise, opens: Array) -> Array:
    """Where a sentence that begins unlike news goes on like news: a phrase glued to its front ends there."""
    first = np.nonzero(opens)[0]
    cost = surprise.pair - _USUAL + surprise.new_pair * 1.0 + surprise.new_triple * 0.5
    cost = cost - surprise.function * _FUNCTION_BONUS
    sums = np.cumsum(cost)
    base = np.where(first > 0, sums[first - 1], 0.0)
    best = np.maximum.reduceat(sums, first) - base
    last = np.concatenate((first[1:], [len(cost)])) - 1
    rest = sums[last] - base - best  # what follows the best place to part
    result = np.zeros(len(cost), dtype=bool)
    for number in np.nonzero((best > _GAIN) & (rest < -_GAIN))[0].tolist():
        low, high = int(first[number]), int(last[number])
        at = low + int(np.argmax(sums[low : high + 1])) + 1
        if at <= high:
            result[at] = True
    return result
