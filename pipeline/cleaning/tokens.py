"""Words and Han characters of a text as arrays of hashes, and where sentences and script switches part it."""

from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline.cleaning.fold import (
    BLANK,
    CLOSER,
    COMMA,
    DIGIT,
    DISGUISED,
    EMOJI,
    HAN,
    LATIN,
    LETTER,
    NEWLINE,
    PARTER,
    STOP,
    Array,
    Folded,
)

_PRIME = 0x9E3779B97F4A7C15
_INVERSE = pow(_PRIME, -1, 1 << 64)
_NUMBER = 0x51ED270B
_SWITCH_WORDS = 4  # so many Latin words in a row amid Han are a passage of their own
_SWITCH_HAN = 5  # so many Han characters in a row amid Latin words


_SORTS = np.zeros(16, dtype=np.int8)
_SORTS[[LATIN, LETTER, DIGIT]] = 1
_SORTS[HAN] = 2
_SIGN = 1 << 32  # weight of a sign between two tokens; a blank weighs 1
_GAPS = np.zeros(16, dtype=np.int64)
_GAPS[[PARTER, COMMA, EMOJI, STOP]] = _SIGN
_GAPS[[BLANK, NEWLINE]] = 1


class Tokens(NamedTuple):
    start: Array  # first character of each token, in the folded text
    end: Array
    hash: Array  # uint64
    han: Array  # bool: a Han character, else a word or number
    number: Array  # bool
    parted: Array  # bool: a sign stands between this token and the one before
    spaced: Array  # bool: a blank or line break stands before it


@cache
def _powers(length: int) -> tuple[Array, Array]:
    forth, back = np.full(length, _PRIME, dtype=np.uint64), np.full(length, _INVERSE, dtype=np.uint64)
    forth[0] = back[0] = 1
    return np.cumprod(forth), np.cumprod(back)


def mix(value: Array) -> Array:
    """Scramble 64-bit hashes so that their low bits can be used alone (xorshift-multiply)."""
    value = (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(32))


def tokenize(folded: Folded) -> Tokens:
    """Each Han character, each run of letters and digits."""
    kinds = folded.classes
    sort = _SORTS.take(kinds)  # 2: Han, 1: in a word, 0: else
    edge = np.concatenate(([0], sort, [0]))
    starts = np.nonzero((sort == 2) | ((sort == 1) & (edge[:-2] != 1)))[0]
    ends = np.nonzero((sort == 2) | ((sort == 1) & (edge[2:] != 1)))[0] + 1
    forth, back = _powers(1 << max(12, len(kinds).bit_length()))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum((folded.codes + np.uint64(1)) * forth[: len(kinds)])))
    hashes = mix((sums[ends] - sums[starts]) * back[starts])
    letters = np.concatenate(([0], np.cumsum((kinds == LATIN) | (kinds == LETTER))))
    is_han = sort.take(starts) == 2
    number = ~is_han & (letters[ends] == letters[starts])
    lengths = np.minimum(ends - starts, 12).astype(np.uint64)
    hashes = np.where(number, mix(lengths + np.uint64(_NUMBER)), hashes)
    between = _between(_GAPS.take(kinds), starts, ends)
    return Tokens(starts, ends, hashes, is_han, number, between >= _SIGN, between % _SIGN > 0)


def _between(weights: Array, starts: Array, ends: Array) -> Array:
    """Sum of the weights between each token and the one before it."""
    sums = np.concatenate(([0], np.cumsum(weights)))
    return sums.take(starts) - sums.take(np.concatenate(([0], ends[:-1])))


def boundaries(folded: Folded, tokens: Tokens, line_starts: Array) -> Array:
    """Tokens that open a segment: at a line's start, after a sentence's end, at a lasting switch of script."""
    kinds = folded.classes
    codes = folded.codes
    closer = kinds == CLOSER
    stop = kinds == STOP
    before = np.concatenate(([False], stop[:-1]))
    ended = stop | (closer & before) | _points(kinds, codes == ord("."), closer, folded.marks)
    opens = (_between(ended, tokens.start, tokens.end) > 0) | _switches(tokens)
    opens[np.searchsorted(tokens.start, line_starts).clip(max=max(0, len(opens) - 1))] = True
    if len(opens):
        opens[0] = True
    return opens


def _points(kinds: Array, point: Array, closer: Array, marks: Array) -> Array:
    """Full stops that end a sentence: letters or digits before them, a blank, a quote or a Han character behind."""
    size = len(kinds)
    word = (kinds == LATIN) | (kinds == LETTER) | (kinds == DIGIT) | closer
    padded = np.concatenate((np.zeros(3, bool), word))
    solid = padded[2 : 2 + size] & padded[1 : 1 + size] & padded[:size]
    solid |= np.concatenate(([False], closer[:-1]))
    behind = np.concatenate((kinds[1:], [BLANK]))
    styled = np.concatenate(((marks[1:] & DISGUISED) > 0, [False]))
    return point & solid & ((behind == BLANK) | (behind == CLOSER) | (behind == HAN) | (behind == NEWLINE) | styled)


def _switches(tokens: Tokens) -> Array:
    script = tokens.han
    opens = np.zeros(len(script), dtype=bool)
    if not len(script):
        return opens
    words = ~tokens.number
    change = np.nonzero(np.concatenate(([True], script[1:] != script[:-1])))[0]
    lengths = np.add.reduceat(words.astype(np.int32), change)
    long = lengths >= np.where(script[change], _SWITCH_HAN, _SWITCH_WORDS)
    both = long & np.concatenate(([True], long[:-1]))
    opens[change[both]] = True
    return opens
