"""What the scorer looks at: hashed features of positions, characters of Chinese or words of English.

A feature is one 32-bit hash; its template's number is mixed in, so that equal values of different templates fall
apart. After the hashing trick of Weinberger et al. (2009). Features are made only where a name may be.
"""

import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.organizations.gazetteer import Hit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.uint32]
    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.intp]


class Grid(NamedTuple):
    """The positions of a text that the scorer labels."""

    size: int
    at: "Callable[[Places], Ints]"  # the features of positions: an array of (templates, positions)
    coarse: "Ints | None"  # a few features of every position, for a first look: (templates, size)
    marked: "Flags"  # positions that lexicon, rules or a capital point to
    breaks: "Flags"  # positions that belong to no name: ends of sentences
    starts: Sequence[int] | None  # where each position starts in the text, and ends; None: one a character
    ends: Sequence[int] | None

    def place(self, first: int, end: int) -> tuple[int, int]:
        """The span in the text of positions ``first`` to ``end``."""
        if self.starts is None or self.ends is None:
            return first, end
        return self.starts[first], self.ends[end - 1]

    def positions(self, start: int, end: int) -> tuple[int, int] | None:
        """The positions of a span in the text; None where it begins or ends inside one."""
        if self.starts is None or self.ends is None:
            return start, end
        first, last = bisect_left(self.starts, start), bisect_left(self.ends, end)
        if first > last or last == self.size or (self.starts[first], self.ends[last]) != (start, end):
            return None
        return first, last + 1


_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


class Templates(NamedTuple):
    """Features as combinations of columns, those of many columns first."""

    columns: "tuple[Places, ...]"  # first columns of all, second columns of those that have two, ...
    salt: "Ints"  # what each template's number adds

    @classmethod
    def of(cls, names: Sequence[str], *combinations: str) -> "Templates":
        """Templates by the names of their columns, ``previous word``; ``names`` says where each column is."""
        import numpy as np

        split = [[names.index(name) for name in combination.split()] for combination in combinations]
        order = sorted(range(len(split)), key=lambda number: -len(split[number]))
        columns = [[split[n][place] for n in order if len(split[n]) > place] for place in range(len(split[order[0]]))]
        salt = np.array(order, dtype=np.uint32) * np.uint32(0x632BE5AB)
        return cls(tuple(np.array(places, dtype=np.intp) for places in columns), salt[:, None])

    def mix(self, columns: "Ints") -> "Ints":
        """One hash a template and position: an array of (templates, positions) from one of (columns, positions)."""
        import numpy as np

        mixed = columns.take(self.columns[0], axis=0)
        mixed *= np.uint32(_PRIMES[0])
        for places, prime in zip(self.columns[1:], _PRIMES[1:], strict=False):
            mixed[: len(places)] += (columns * np.uint32(prime)).take(places, axis=0)
        mixed += self.salt
        return stirred(mixed)


def stirred(mixed: "Ints") -> "Ints":
    """Hashes whose highest bits depend on all others; changed in place."""
    import numpy as np

    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(13)
    return mixed


def hashed(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


packed_two = Struct("<2I").pack  # numbers of a word as bytes: joined, those of many words are one array
packed_five = Struct("<5I").pack


def unpacked(parts: Iterable[bytes], width: int) -> "Ints":
    """An array of (width, words) of what was packed of each word, with a column of 0 before and two behind."""
    import numpy as np

    edge = bytes(4 * width)
    return np.frombuffer(b"".join((edge, edge, *parts, edge, edge)), dtype="<u4").reshape(-1, width).T.copy()


def spans_column(spans: Iterable[tuple[int, int, int]], length: int) -> "Ints":
    """For each position where in which span it stands: code * 4 + first, inner, last, only; longest spans win."""
    import numpy as np

    column = np.zeros(length, dtype=np.uint32)
    for start, end, code in sorted(spans, key=lambda s: s[1] - s[0]):
        column[start:end] = code * 4 + 1
        column[end - 1] = code * 4 + 2
        column[start] = code * 4 + (3 if end - start == 1 else 0)
    return column


def lexicon_codes(hits: Sequence[Hit]) -> list[tuple[int, int, int]]:
    return [(hit.start, hit.end, 4 if hit.alias.context else 5) for hit in hits]


def among(column: "Ints", values: Iterable[int]) -> "Flags":
    """Where a column holds one of the values."""
    import numpy as np

    found: Flags = np.logical_or.reduce([column == np.uint32(value) for value in values])
    return found
