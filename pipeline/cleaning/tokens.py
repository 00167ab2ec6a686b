"""Words and Han characters of a text as arrays of hashes, and where sentences and script switches part it."""

from functools import cache, lru_cache
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
    OPENER,
    OTHER,
    PARTER,
    STOP,
    UPPER,
    Array,
    Folded,
    fold_hard,
)

_PRIME = 0x9E3779B97F4A7C15
_INVERSE = pow(_PRIME, -1, 1 << 64)
_NUMBER = 0x51ED270B
_SWITCH_WORDS = 4  # so many Latin words in a row amid Han are a passage of their own
_SWITCH_HAN = 5  # so many Han characters in a row amid Latin words
_SWITCH_LETTERS = 12  # so many letters of any third script
_THIRD = 0x370  # the first of these


_SORTS = np.zeros(16, dtype=np.int8)
_SORTS[[LATIN, LETTER, DIGIT]] = 1
_SORTS[HAN] = 2
_SIGN, _WORD = 1 << 20, 1 << 40  # weights of a sign between two tokens and of a letter; a blank weighs 1
_WEIGHTS = np.zeros(16, dtype=np.int64)
_WEIGHTS[[PARTER, COMMA, EMOJI, STOP]] = _SIGN
_WEIGHTS[[BLANK, NEWLINE]] = 1
_WEIGHTS[[LATIN, LETTER]] = _WORD
_WORDY = np.zeros(16, dtype=bool)  # what stands before a full stop
_WORDY[[LATIN, LETTER, DIGIT, CLOSER]] = True
_BEHIND = np.zeros(16, dtype=bool)  # and behind it
_BEHIND[[BLANK, CLOSER, OPENER, HAN, NEWLINE]] = True


_SITE = np.zeros(16, dtype=bool)  # what the address of a site is written with
_SITE[[LATIN, LETTER, DIGIT, COMMA, PARTER, OTHER, STOP]] = True
_OF_SITES, _LONGEST_SITE = ("/", "www.", "@", "_"), 60


class Tokens(NamedTuple):
    start: Array  # first character of each token, in the folded text
    end: Array
    hash: Array  # uint64
    han: Array  # bool: a Han character, else a word or number
    number: Array  # bool
    parted: Array  # bool: a sign stands between this token and the one before
    spaced: Array  # bool: a blank or line break stands before it


@lru_cache(2)  # of the usual length, and of that of a long article
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
    sort: Array = _SORTS.take(kinds)  # 2: Han, 1: in a word, 0: else
    word = sort == 1
    inner = word[1:] & word[:-1]
    opens = sort > 0
    closes = opens.copy()
    opens[1:] ^= inner
    closes[:-1] ^= inner
    starts, ends = opens.nonzero()[0], closes.nonzero()[0] + 1
    is_han = sort.take(starts) == 2
    before = sums(_WEIGHTS.take(kinds))
    at_start, at_end = before.take(starts), before.take(ends)
    number = (at_end == at_start) & ~is_han
    hashes = _hashes(folded.codes, starts, ends)
    if number.any():
        lengths = np.minimum(ends - starts, 12).astype(np.uint64)
        hashes = np.where(number, mix(lengths + np.uint64(_NUMBER)), hashes)
    between = at_start
    between[1:] -= at_end[:-1]
    return Tokens(starts, ends, hashes, is_han, number, between >= _SIGN, between & (_SIGN - 1) > 0)


def sums(values: Array) -> Array:
    """What the values before each place, and before the end, add up to; flags are counted."""
    found = np.empty(len(values) + 1, dtype=np.int64 if values.dtype == bool else values.dtype)
    found[0] = 0
    values.cumsum(out=found[1:])
    return found


def run_starts(values: Array) -> Array:
    """Where each run of equal neighbours begins, of one value at least."""
    return np.append(0, (values[1:] != values[:-1]).nonzero()[0] + 1)


class Groups(NamedTuple):
    """Neighbours that belong together: the segments of each line, or of each page."""

    first: Array  # of each group
    last: Array
    of: Array  # per member: the number of its group

    @classmethod
    def by(cls, name: Array) -> "Groups":
        """:param name: per member: that of its group"""
        first = run_starts(name)
        last = np.append(first[1:], len(name)) - 1
        return cls(first, last, np.repeat(np.arange(len(first)), last - first + 1))

    def total(self, values: Array) -> Array:
        """Per member: what its group's values add up to."""
        found: Array = np.add.reduceat(values, self.first).take(self.of)
        return found


def _hashes(codes: Array, starts: Array, ends: Array) -> Array:
    """Of the characters of each token, wherever it stands."""
    forth, back = _powers(1 << max(12, len(codes).bit_length()))
    before = sums((codes + np.uint64(1)) * forth[: len(codes)])
    return mix((before.take(ends) - before.take(starts)) * back.take(starts))


def boundaries(folded: Folded, tokens: Tokens, line_starts: Array, heads: Array) -> Array:
    """Tokens that open a segment: at a line's start, after a sentence's end, at a lasting switch of script.

    :param heads: the first token of each page
    """
    if not len(tokens.start):
        return np.zeros(0, dtype=bool)
    opens = _switches(folded, tokens, heads)
    kinds = folded.classes
    stops = (kinds == STOP).nonzero()[0] + 1
    closed = stops[kinds.take(stops, mode="clip") == CLOSER] + 1
    behind = np.concatenate((stops, closed, _points(folded)))
    after = tokens.start.searchsorted(behind)
    opens[after[after < len(opens)]] = True
    after = tokens.start.searchsorted(line_starts)
    opens[after[after < len(opens)]] = True
    return opens


def _points(folded: Folded) -> Array:
    """Places behind full stops that end a sentence: letters or digits before them, a blank, a quote or a Han character
    behind."""
    kinds, last = folded.classes, len(folded.classes) - 1
    at = (folded.codes == ord(".")).nonzero()[0]
    before = kinds.take(at - 1, mode="clip")
    solid = (at > 2) & _WORDY.take(before) & _WORDY.take(kinds.take(at - 2, mode="clip"))
    solid &= _WORDY.take(kinds.take(at - 3, mode="clip"))
    solid |= (at > 0) & ((before == CLOSER) | (folded.codes.take(at - 1, mode="clip") == ord("%")))
    after = np.minimum(at + 1, last)
    parted = (at == last) | _BEHIND.take(kinds.take(after)) | ((folded.marks.take(after) & DISGUISED) > 0)
    glued = (solid & ~parted).nonzero()[0]
    parted[glued] = _glued(folded, at.take(glued), after.take(glued))
    return at[solid & parted] + 1


def _glued(folded: Folded, at: Array, after: Array) -> Array:
    """Whether a word follows a full stop without a blank, as where something was put behind a sentence; the name of a
    site or a file is no such word."""
    kinds, codes, last = folded.classes, folded.codes, len(folded.classes) - 1
    letters = np.stack([np.minimum(after + step, last) for step in range(5)])
    latin = kinds.take(letters) == LATIN
    word = latin.all(axis=0) | (latin[:2].all(axis=0) & ((folded.marks.take(letters[0]) & UPPER) > 0))
    word &= (kinds.take(np.maximum(at - 1, 0)) == LATIN) & (codes.take(np.minimum(at + 1, last)) != ord("."))
    for number in word.nonzero()[0].tolist():
        low, high = int(at[number]), int(at[number]) + 1
        while low and _SITE.take(kinds[low - 1]) and int(at[number]) - low < _LONGEST_SITE:
            low -= 1
        while high <= last and _SITE.take(kinds[high]) and high - int(at[number]) < _LONGEST_SITE:
            high += 1
        found = "".join(map(chr, codes[low:high].tolist()))
        word[number] = not any(sign in found for sign in _OF_SITES)
    return word


@cache
def _of_links() -> Array:
    words = [fold_hard(word) for word in ("http", "https", "www", "m", "url")]
    return np.array([_hashes(word.codes, np.array([0]), np.array([len(word.codes)]))[0] for word in words])


def _switches(folded: Folded, tokens: Tokens, heads: Array) -> Array:
    """Where the script changes for a while, and where pages begin."""
    script = tokens.han.astype(np.int8)
    if (folded.classes == LETTER).any():
        third = (folded.classes.take(tokens.start) == LETTER) & (folded.codes.take(tokens.start) >= _THIRD)
        script[third] = 2
    opens = np.zeros(len(script), dtype=bool)
    opens[1:] = script[1:] != script[:-1]
    opens[heads] = True
    change = opens.nonzero()[0]
    words = np.add.reduceat(~tokens.number, change, dtype=np.int32)
    letters = np.add.reduceat(tokens.end - tokens.start, change)
    of = script.take(change)
    long = np.where(of == 2, letters >= _SWITCH_LETTERS, words >= np.where(of == 1, _SWITCH_HAN, _SWITCH_WORDS))
    # an address goes with what it follows
    linked = np.isin(tokens.hash.take(change), _of_links()) & (of == 0)
    opens[change[1:][~(long[1:] & long[:-1]) | linked[1:]]] = False
    opens[heads] = True
    return opens
