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
UPPER, TRADITIONAL, DISGUISED, SMUGGLED = 1, 2, 4, 8
_PARTERS = "|_/\\~-–—·•★☆●○■□▲△▼◆◇►▶※→»›*+=#^丨"
_CLOSERS = "”’」』）)]】》〉\"'"
_OPENERS = "“‘「『（([【《〈"
# One and the same sign between every two characters, or a blank; words may be parted by a blank, or by more of them.
_INTERLEAVED = re.compile(
    r"[^\W_丶]([^\w\s]|丶|_)[^\W_丶]"
    r"(?:(?:\1(?:[ _]\1)?|[ \u3000]|[ ]?[,;，；、。！？!?][ ]?)[^\W_丶](?![^\W_丶])){2,400}"
    r"|(?<![^\W_丶])[A-Za-z0-9](?: {1,3}[A-Za-z0-9](?![^\W_丶])|[ ]?[,;|/.][ ]?[A-Za-z0-9](?![^\W_丶])){5,400}"
    r"|[\u4e00-\u9fff](?: [\u4e00-\u9fff](?![\u4e00-\u9fff])){5,400}"
)
# Cyrillic and Greek letters, in lower case, and the Latin ones that they look like.
_LIKE = dict(zip(map(ord, "аеорсухіјѕԁһқԛԝᴠοανρτυικωϲ"), map(ord, "aeopcyxijsdhkqwvoavptuikwc"), strict=True))
_LIKE_ROUNDS = 6  # how far from the nearest Latin letter, with such letters between
_LEAST_SIGNS = 4  # of an interleaved stretch
_BRACKETS = np.array(list(map(ord, "(（[［【")), dtype=np.uint32)
_COUNTED = np.array(list(map(ord, "一二三四五六七八九十甲乙丙丁上中下男女日月火水木金土左右")), dtype=np.uint32)
_NEAR_BRACKETS = 30  # characters that three of them share
_NEAR, _SAME = 16, 3  # so many equal signs two places apart, among so many characters, make it worth a look


class Folded(NamedTuple):
    """A text without its disguises."""

    codes: Array  # code points, lower case, simplified, plain
    classes: Array  # what sort of character each one is
    origin: Array  # where each one stands in the text
    marks: Array  # sums of UPPER, TRADITIONAL (a character written in traditional Chinese only),
    # DISGUISED and, of these, SMUGGLED: with a sign between it and the next, or of another script than its word


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


_SIGNS_APART = np.ones(16, dtype=bool)
_SIGNS_APART[[HAN, LATIN, LETTER, DIGIT, NEWLINE, DROPPED]] = False

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
            between = _between(match)
            if len(between) >= _LEAST_SIGNS:
                dropped[between] = True
    dropped[_around_single(codes, kinds)] = True
    where = np.arange(len(codes))
    if dropped.any():
        where = (~dropped).nonzero()[0]
        index = index[where]
    kinds = kinds.take(where)
    folded = Folded(plain.take(index), kinds, where, marks.take(index))
    if len(where) < len(codes):
        beside = np.concatenate((dropped[1:] & (codes[1:] >= 0x20), [False]))[where]
        folded.marks[beside] |= DISGUISED | SMUGGLED
    if (kinds == LETTER).any():
        _undo_likenesses(folded)
    return folded


def _undo_likenesses(folded: Folded) -> None:
    """Letters of other scripts that look Latin, in a word with Latin ones."""
    codes, kinds = folded.codes, folded.classes
    at = (kinds == LETTER).nonzero()[0]
    at = at[(codes.take(at) >= 0x370) & (codes.take(at) < 0x600)]
    plain = np.array([_LIKE.get(code, 0) for code in codes.take(at).tolist()], dtype=np.uint32)
    at, plain = at[plain > 0], plain[plain > 0]
    for _ in range(_LIKE_ROUNDS):
        beside = (kinds.take(at - 1, mode="clip") == LATIN) | (kinds.take(at + 1, mode="clip") == LATIN)
        if not beside.any():
            return
        codes[at[beside]] = plain[beside]
        kinds[at[beside]] = LATIN
        folded.marks[at[beside]] |= DISGUISED | SMUGGLED
        at, plain = at[~beside], plain[~beside]


def _between(match: re.Match[str]) -> list[int]:
    """Where the signs stand that part the characters of a stretch; none if it is mostly digits."""
    stretch, sign = match[0], match[1] or " "
    if sum(map(str.isalpha, stretch)) < sum(map(str.isdigit, stretch)):
        return []
    at = match.start()
    return [
        at + number
        for number in range(1, len(stretch) - 1)
        if stretch[number] == sign
        and (sign != " " or (stretch[number - 1].isalnum() and stretch[number + 1].isalnum()))
    ]


def _around_single(codes: Array, kinds: Array) -> Array:
    """Brackets around single Han characters, several near each other, but for those that count or name days."""
    opens = (kinds[:-2] == OPENER) & (kinds[1:-1] == HAN) & (kinds[2:] == CLOSER)
    at = opens.nonzero()[0]
    at = at[np.isin(codes.take(at), _BRACKETS) & ~np.isin(codes.take(at + 1), _COUNTED)]
    near = at[2:] - at[:-2] <= _NEAR_BRACKETS
    some = np.zeros(len(at), dtype=bool)
    for shift in range(3):
        some[shift : shift + len(near)] |= near
    return np.concatenate((at[some], at[some] + 2))


def _may_interleave(codes: Array, kinds: Array) -> bool:
    apart = _SIGNS_APART.take(kinds)
    same = (codes[2:] == codes[:-2]) & (apart[2:] | (codes[2:] == ord("丶"))) & ~apart[1:-1]
    if np.count_nonzero(same) < _SAME:
        return False
    found = same.cumsum(dtype=np.int32)
    return len(found) <= _NEAR or bool((found[_NEAR:] - found[:-_NEAR] >= _SAME).any())
