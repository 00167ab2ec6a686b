"""What the scorer looks at: hashed features of every character (Chinese) or word (English), whole articles at a time.

A feature is one array of 32-bit hashes, one a position; its template's number is mixed in, so that equal values of
different templates fall apart. After the hashing trick of Weinberger et al. (2009).
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.organizations import chinese, english
from pipeline.extract.organizations.gazetteer import Hit
from pipeline.extract.organizations.spans import Span, Words, members

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.uint32]


class Grid(NamedTuple):
    """The positions of a text that the scorer labels."""

    features: "Ints"  # (templates, positions)
    breaks: "npt.NDArray[np.bool_]"  # positions that belong to no name: ends of sentences
    offsets: Sequence[tuple[int, int]] | None  # where each position stands in the text; None: one a character

    def place(self, first: int, end: int) -> tuple[int, int]:
        """The span in the text of positions ``first`` to ``end``."""
        return (self.offsets[first][0], self.offsets[end - 1][1]) if self.offsets else (first, end)


_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


def _mix(columns: "Sequence[tuple[Ints, ...]]") -> "Ints":
    """For each template one hash a position of its columns together: an array of (templates, positions)."""
    import numpy as np

    mixed = np.empty((len(columns), len(columns[0][0])), dtype=np.uint32)
    product = np.empty(mixed.shape[1], dtype=np.uint32)
    for row, (head, *others) in zip(mixed, columns, strict=True):
        np.multiply(head, np.uint32(_PRIMES[0]), out=row)
        for column, prime in zip(others, _PRIMES[1:], strict=False):
            row += np.multiply(column, np.uint32(prime), out=product)
    mixed += (np.arange(len(columns), dtype=np.uint32) * np.uint32(0x632BE5AB))[:, None]
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(13)
    return mixed


def _shift(column: "Ints", by: int) -> "Ints":
    """``column`` as seen from ``by`` positions further on; 0 beyond the ends."""
    import numpy as np

    out = np.zeros_like(column)
    if by < 0:
        out[-by:] = column[:by]
    elif by:
        out[:-by] = column[by:]
    else:
        out[:] = column
    return out


def _among(column: "Ints", values: Iterable[int]) -> "npt.NDArray[np.bool_]":
    import numpy as np

    found: npt.NDArray[np.bool_] = np.logical_or.reduce([column == np.uint32(value) for value in values])
    return found


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _places(spans: Iterable[tuple[int, int, int]], length: int) -> "Ints":
    """For each position where in which span it stands: code * 4 + first, inner, last, only; longest spans win."""
    import numpy as np

    column = np.zeros(length, dtype=np.uint32)
    for start, end, code in sorted(spans, key=lambda s: s[1] - s[0]):
        column[start:end] = code * 4 + 1
        column[end - 1] = code * 4 + 2
        column[start] = code * 4 + (3 if end - start == 1 else 0)
    return column


def _lexicon_codes(hits: Sequence[Hit]) -> list[tuple[int, int, int]]:
    return [(hit.start, hit.end, 4 if hit.alias.context else 5) for hit in hits]


def _next(marks: "Ints", length: int) -> "npt.NDArray[np.int64]":
    """How far on the next of ``marks`` (positions) is; large if none."""
    import numpy as np

    at = np.full(length, length + 10_000)
    at[marks] = marks
    return np.minimum.accumulate(at[::-1])[::-1] - np.arange(length)


_BREAK = re.compile(r"[\s，。！？；：、,;:!?（）()“”\"《》的了在是与和]")


def _head_distance(text: str) -> "Ints":
    """How far the next last word of a name ends, if no break comes first."""
    import numpy as np

    ends = np.array([end - 1 for _, end in chinese.head_spans(text)], dtype=np.uint32)
    breaks = np.array([match.start() for match in _BREAK.finditer(text)], dtype=np.uint32)
    distance = _next(ends, len(text))
    return np.where(distance < _next(breaks, len(text)), np.minimum(distance, 16) + 1, 0).astype(np.uint32)


def of_chinese(text: str, tagged: Words, hits: Sequence[Hit], spans: Sequence[Span]) -> Grid:
    """The features of each character of ``text`` (folded, simplified)."""
    import numpy as np

    size = len(text)
    if not size:
        return Grid(np.zeros((0, 0), np.uint32), np.zeros(0, bool), None)
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    code = np.where((code >= 48) & (code <= 57), np.uint32(48), code)
    latin = ((code | 32) >= 97) & ((code | 32) <= 122)
    shape = np.where(latin, np.where(code < 97, 1, 2), np.where(code == 48, 3, np.where(code < 0x3400, 4, 5)))
    starts = np.array(tagged.starts)
    lengths = np.array(tagged.ends) - starts
    word = np.fromiter(map(_hash, tagged.forms), np.uint32, len(starts))
    pos = np.fromiter(map(_hash, tagged.tags), np.uint32, len(starts))
    first = np.repeat(starts, lengths)
    inside = np.arange(size) - first
    last = np.repeat(lengths, lengths) - 1 == inside
    bounds = (np.minimum(inside, 2) * 2 + last + 1).astype(np.uint32)

    def spread(column: "Ints") -> "Ints":
        return np.repeat(column, lengths)

    lex = _places(_lexicon_codes(hits), size)
    rule = _places([(s.start, s.end, 1 + (s.score > 0.65)) for s in spans], size)
    head = _head_distance(text)
    shape = shape.astype(np.uint32)
    c = {k: _shift(code, k) for k in range(-3, 4)}
    w, p = spread(word), spread(pos)
    previous, following = spread(_shift(word, -1)), spread(_shift(word, 1))
    p1, p2 = spread(_shift(pos, -1)), spread(_shift(pos, 1))
    columns = [
        (c[0],), (c[-1],), (c[1],), (c[-2],), (c[2],),
        (c[-1], c[0]), (c[0], c[1]), (c[-2], c[-1]), (c[1], c[2]), (c[-1], c[1]),
        (c[-2], c[-1], c[0]), (c[-1], c[0], c[1]), (c[0], c[1], c[2]), (c[1], c[2], c[3]), (c[-3], c[-2], c[-1]),
        (w, bounds), (previous, bounds), (following, bounds), (p, bounds), (p1, p, p2, bounds), (previous, p, bounds),
        (following, p, bounds), (lex, _shift(lex, 1)), (lex, _shift(lex, -1)), (lex, p1), (lex, c[0]), (lex, c[1]),
        (rule, lex), (rule, _shift(rule, 1), bounds), (head, bounds), (head, p),
        (shape, _shift(shape, -1), _shift(shape, 1), c[0]), (np.zeros(size, np.uint32),),
    ]  # fmt: skip
    breaks = _among(code, map(ord, "\n。！？!?"))
    return Grid(_mix(columns), breaks, None)


_TOKEN = re.compile(
    r"\n|['’]s\b|(?:[A-Z]\.){2,6}|(?:Inc|Corp|Co|Ltd|Bros)\.|[A-Za-z0-9\u00c0-\u024f]+(?:[&.\-][A-Za-z0-9\u00c0-\u024f]+|['’](?!s\b)[A-Za-z]+){0,6}|[^\sA-Za-z0-9]"
)


def tokenize(text: str) -> list[tuple[int, int]]:
    """The words and signs of an English text."""
    return [match.span() for match in _TOKEN.finditer(text)]


def _shape(word: str) -> int:
    """Rough shape of a word: how it is capitalised, whether it holds digits."""
    if not word[0].isalnum():
        return 1
    if word.islower():
        return 2
    if word.isdigit():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    if word[0].isupper():
        return 6 if word[1:].islower() else 7
    return 8


_LISTS = ("en-places", "en-first", "en-last", "en-titles", "en-calendar", "en-demonyms")


@lru_cache(maxsize=1 << 16)
def _token(word: str) -> tuple[int, int, int, int, int]:
    """Hashes of a word's form, shape, first and last letters, and what the word lists know of it."""
    low = word.lower()
    known = sum(1 << bit for bit, name in enumerate(_LISTS) if low in members(name))
    known += (word.rstrip(".") in english.heads()) << len(_LISTS)
    return _hash(low), _shape(word), _hash(low[:3] + "^"), _hash(low[-3:] + "$"), known


def _runs(part: "npt.NDArray[np.bool_]") -> tuple["npt.NDArray[np.int64]", "npt.NDArray[np.int64]"]:
    """First and last position of the run of true values that each position stands in (its own where it is false)."""
    import numpy as np

    at = np.arange(len(part))
    opens = part & ~np.append(False, part[:-1])
    closes = part & ~np.append(part[1:], False)
    first = np.maximum.accumulate(np.where(opens, at, 0))
    last = np.minimum.accumulate(np.where(closes, at, len(part))[::-1])[::-1]
    return np.where(part, first, at), np.where(part, np.minimum(last, len(part) - 1), at)


def of_english(text: str, hits: Sequence[Hit]) -> Grid:
    """The features of each token of ``text`` (folded)."""
    import numpy as np

    tokens = tokenize(text)
    size = len(tokens)
    if not size:
        return Grid(np.zeros((0, 0), np.uint32), np.zeros(0, bool), tokens)
    w, shape, p3, s3, known = np.array([_token(text[start:end]) for start, end in tokens], dtype=np.uint32).T.copy()
    starts, ends = {s: i for i, (s, _) in enumerate(tokens)}, {e: i for i, (_, e) in enumerate(tokens)}
    lex = _places([(starts[s], ends[e] + 1, c) for s, e, c in _lexicon_codes(hits) if s in starts and e in ends], size)
    capital = (shape >= 4) & (shape <= 8)
    link = _among(w, map(_hash, ("of", "&", "for", "the")))
    bridge = link & np.append(False, capital[:-1]) & np.append(capital[1:], False)
    first, last = _runs(capital | bridge)
    place = (np.minimum(np.arange(size) - first, 3) * 4 + np.minimum(last - np.arange(size), 3) + 1).astype(np.uint32)
    before, after = _shift(w, -1)[first], _shift(w, 1)[last]
    before2, after2 = _shift(w, -2)[first], _shift(w, 2)[last]
    bucket = (w & np.uint32(0xFFFF)).astype(np.intp)
    lowered = np.zeros(0x10000, dtype=bool)  # whether the article has the word in small letters, too
    lowered[bucket[shape == 2]] = True
    common = shape * np.uint32(2) + lowered[bucket]
    often = np.minimum(np.bincount(bucket)[bucket], 4).astype(np.uint32)
    w1, w2, x1, x2 = _shift(w, -1), _shift(w, -2), _shift(w, 1), _shift(w, 2)
    c1, d1 = _shift(common, -1), _shift(common, 1)
    k1, m1 = _shift(known, -1), _shift(known, 1)
    run = place * np.uint32(2) + capital
    columns = [
        (w,), (w1,), (x1,), (w2,), (x2,), (w1, w), (w, x1), (w2, w1), (x1, x2), (w1, x1, common),
        (w, common), (p3, common), (s3, common), (c1, common, d1), (common, place), (common, often, place),
        (w[last], run), (w[first], run), (before, run), (after, run), (before2, before, run), (after, after2, run),
        (before, after, run), (known, common, place), (k1, known, m1, run), (known[first], known[last], run),
        (lex, _shift(lex, 1)), (lex, _shift(lex, -1)), (lex, common, place), (lex, w), (lex, after), (lex, before),
        (shape[first], shape[last], run), (s3[last], run), (np.zeros(size, np.uint32),),
    ]  # fmt: skip
    breaks = _among(w, map(_hash, "\n.!?"))
    return Grid(_mix(columns), breaks, tokens)
