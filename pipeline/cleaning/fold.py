"""Undo disguises, with the place of every character kept: styled letters, zero-width and interleaved signs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from pipeline.text import simplify

Array = Any  # a numpy array

TABLE = 0x20000  # characters above are rare ideographs: all the same here
DROPPED, OTHER, HAN, LATIN, LETTER, DIGIT, BLANK, NEWLINE, STOP, COMMA, PARTER, CLOSER, OPENER, EMOJI = range(14)
UPPER, TRADITIONAL, DISGUISED = 1, 2, 4
_PARTERS = "|_/\\~-–—·•★☆●○■□▲△▼◆◇►▶※→»›*+=#^丨"
_CLOSERS = "”’」』）)]】》〉\"'"
_OPENERS = "“‘「『（([【《〈"
# A sign between every two characters: one and the same, at least five times.
_INTERLEAVED = re.compile(r"(?:[^\W_]|[ _])([^\w\s]|丶|_)(?:[^\W_]\1|[ _]\1){4,}")


class Folded(NamedTuple):
    """A text without its disguises."""

    codes: Array  # code points, lower case, simplified, plain
    classes: Array  # what sort of character each one is
    origin: Array  # where each one stands in the text
    marks: Array  # sums of UPPER, TRADITIONAL (a character written in traditional Chinese only) and DISGUISED


@cache
def _tables() -> tuple[Array, Array, Array]:
    """By code point: what it folds to, its class, and marks."""
    plain = np.arange(TABLE, dtype=np.uint32)
    flags = np.zeros(TABLE, dtype=np.uint8)
    for code in _composed():
        char = unicodedata.normalize("NFKC", chr(code))
        if len(char) == 1 and char != chr(code):
            plain[code] = ord(char)
            if char.isalnum() and not 0xF900 <= code < 0xFB00:
                flags[code] |= DISGUISED
    for code in np.nonzero(plain < 0x2000)[0].tolist():
        char = chr(int(plain[code]))
        if char != char.lower() and len(char.lower()) == 1:
            plain[code] = ord(char.lower())
            flags[code] |= UPPER
    block = "".join(map(chr, range(0x3400, 0xA000)))
    for code, char in zip(range(0x3400, 0xA000), simplify(block), strict=True):
        if ord(char) != code:
            plain[code] = ord(char)
            flags[code] |= TRADITIONAL
    classes = _classes()
    classes[TABLE - 1] = HAN
    return plain, classes.take(np.minimum(plain, TABLE - 1)), flags


def _composed() -> Iterator[int]:
    """Code points that may have a plainer form: blocks without any are stepped over, since looking at each is slow."""
    for low in range(0x80, TABLE, 0x40):
        block = range(low, low + 0x40)
        if 0x3400 <= low < 0xA000 or 0xAC00 <= low < 0xF900:
            continue
        if not unicodedata.is_normalized("NFKC", "".join(map(chr, block))):
            yield from block


_CATEGORIES = dict.fromkeys(("Cf", "Cc", "Mn", "Me"), DROPPED) | dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo"), LETTER)
_CATEGORIES |= {"So": EMOJI, "Zs": BLANK, "Nd": DIGIT}
_MEMBERS = (
    (_OPENERS, OPENER), (_CLOSERS, CLOSER), (_PARTERS, PARTER), ("，、；：,;:", COMMA), ("。！？!?…", STOP),
    ("\n\r\u2028\u2029", NEWLINE), ("\t", BLANK),
)  # fmt: skip


def _classes() -> Array:
    """The class of each code point, by its category but for the signs that have one of their own."""
    block = map(unicodedata.category, map(chr, range(TABLE)))
    classes = np.fromiter((_CATEGORIES.get(category, OTHER) for category in block), np.uint8, TABLE)
    latin, emoji = classes[:0x250], classes[0x1F000:]
    latin[latin == LETTER] = LATIN
    emoji[emoji != DROPPED] = EMOJI
    classes[0x3400:0xA000] = classes[0xF900:0xFB00] = HAN
    classes[ord("丶")] = LETTER
    for members, name in _MEMBERS:
        classes[list(map(ord, members))] = name
    return classes


def fold_hard(text: str) -> Folded:
    """``text`` without disguises, as arrays over its characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    plain, classes, marks = _tables()
    index = codes.astype(np.intp)
    np.minimum(index, TABLE - 1, out=index)
    kinds = classes.take(index)
    dropped = kinds == DROPPED
    if _may_interleave(codes, kinds):
        for match in _INTERLEAVED.finditer(text):
            dropped[match.start() + 1 : match.end() : 2] = True
    if not dropped.any():
        return Folded(plain.take(index), kinds, np.arange(len(codes)), marks.take(index))
    where = np.nonzero(~dropped)[0]
    index = index[where]
    flags = marks.take(index)
    beside = np.concatenate((dropped[1:] & (codes[1:] >= 0x20), [False]))[where]
    flags[beside] |= DISGUISED
    return Folded(plain.take(index), kinds[where], where, flags)


def _may_interleave(codes: Array, kinds: Array) -> bool:
    equal = codes[2:] == codes[:-2]
    thrice = equal[:-2] & equal[2:]
    if not (thrice[:-4] & thrice[4:]).any():  # five of a kind, each two places behind the last
        return False
    same = equal & (kinds[2:] != HAN) & (kinds[2:] != LATIN) & (kinds[2:] != BLANK)
    return int(np.count_nonzero(same | (codes[2:] == ord("丶")))) >= 4
