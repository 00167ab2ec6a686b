"""The features of English: every word by itself, with its neighbours, and the run of capitalised words it is in."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.organizations import english
from pipeline.extract.organizations.features import (
    Grid,
    Templates,
    among,
    hashed,
    lexicon_codes,
    packed_five,
    spans_column,
    unpacked,
)
from pipeline.extract.organizations.gazetteer import Hit
from pipeline.extract.organizations.recent import Recent
from pipeline.extract.organizations.spans import Span, members

if TYPE_CHECKING:
    from pipeline.extract.organizations.features import Flags, Ints, Places

_COLUMNS = (
    *("w-2", "w-1", "w", "w+1", "w+2", "w-first", "w-last", "front", "end", "end-last"),  # words, their ends
    *("before2", "before", "after", "after2"),  # words around the run of capitals
    *("kind-1", "kind", "kind+1", "place", "run", "often", "shape-first", "shape-last"),  # how it is written, and where
    *("known-1", "known", "known+1", "known-first", "known-last", "lex-1", "lex", "lex+1", "one"),
)


@cache
def templates() -> Templates:
    return Templates.of(
        _COLUMNS,
        *("w", "w-1", "w+1", "w-2", "w+2", "w-1 w", "w w+1", "w-2 w-1", "w+1 w+2", "w-1 w+1 kind"),
        *("w kind", "front kind", "end kind", "kind-1 kind kind+1", "kind place", "kind often place"),
        *("w-last run", "w-first run", "before run", "after run", "before2 before run", "after after2 run"),
        *("before after run", "known kind place", "known-1 known known+1 run", "known-first known-last run"),
        *("lex lex+1", "lex lex-1", "lex kind place", "lex w", "lex after", "lex before"),
        *("shape-first shape-last run", "end-last run", "one"),
    )


_WORD = r"[A-Za-z0-9\u00c0-\u024f]+"
_TOKEN = re.compile(
    r"([a-z]++(?=[ ,\n])|[A-Z][a-z]++(?=[ ,\n])"  # most words, which the rest would find, too, but slower
    r"|\n|['’]s\b|(?:[A-Z]\.){2,6}|(?:Inc|Corp|Co|Ltd|Bros)\."
    rf"|{_WORD}(?:[&.\-]{_WORD}|['’](?!s\b)[A-Za-z]+){{0,6}}|[^\sA-Za-z0-9])"
)


def _tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words and signs of a text, where each starts and ends."""
    import numpy as np

    parts = _TOKEN.split(text)  # what is between them, and each of them
    ends = np.cumsum(np.fromiter(map(len, parts), dtype=np.intp, count=len(parts)))
    return parts[1::2], ends[:-1:2].tolist(), ends[1::2].tolist()


def _shape(word: str) -> int:
    """Rough shape of a word: how it is capitalised, whether it holds digits."""
    if word.islower():
        return 2 if word[0].isalnum() else 1
    if not word[0].isalnum():
        return 1
    if word.isdigit():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    if word[0].isupper():
        return 6 if word[1:].islower() else 7
    return 8


_LISTS = ("en-places", "en-first", "en-last", "en-titles", "en-calendar", "en-demonyms")


@cache
def _listed() -> dict[str, int]:
    """The lists that each of their words is in, as bits."""
    found: dict[str, int] = {}
    for bit, name in enumerate(_LISTS):
        for word in members(name):
            found[word] = found.get(word, 0) | 1 << bit
    return found


_edge = lru_cache(1 << 13)(hashed)  # of letters at the ends of words: they are few


class _Known(Recent[bytes]):
    """Words met: hashes of a word's form, first and last letters; its shape, and what the word lists know of it."""

    def made(self, word: str) -> bytes:
        low = word.lower()
        known = _listed().get(low, 0)
        if word[0].isupper():
            known |= (word.rstrip(".") in english.heads()) << len(_LISTS)
        return packed_five(hashed(low), _edge(low[:3] + "^"), _edge(low[-3:] + "$"), _shape(word), known)


_known = _Known(1 << 15)  # 14 MB a process at most


def _runs(part: "Flags") -> tuple["Places", "Places"]:
    """First and last position of the run of true values that each position stands in (its own where it is false)."""
    import numpy as np

    at = np.arange(len(part))
    edges = np.diff(part.view(np.int8), prepend=0, append=0)
    first = np.maximum.accumulate(np.where(edges[:-1] > 0, at, 0))
    last = np.minimum.accumulate(np.where(edges[1:] < 0, at, len(part))[::-1])[::-1]
    return np.where(part, first, at), np.where(part, last, at)


_LINKS = tuple(map(hashed, ("of", "&", "for", "the")))
_ENDS = tuple(map(hashed, "\n.!?"))


def _counted(words: "Ints", small: "Flags", article: "Places") -> tuple["Flags", "Ints"]:
    """For each word whether its article writes it in small letters, too, and how often it stands there (up to 4)."""
    import numpy as np

    own = words | article.astype(np.uint64) << np.uint64(32)
    _, which, counts = np.unique(own, return_inverse=True, return_counts=True)
    lowered = np.zeros(len(counts), dtype=bool)
    lowered[which[small]] = True
    return lowered[which], np.minimum(counts[which], 4).astype(np.uint32)


def _near(marked: "Flags") -> "Flags":
    """The marked positions, and up to two that stand between two of them."""
    out = marked.copy()
    out[1:-1] |= marked[:-2] & marked[2:]
    out[1:-2] |= marked[:-3] & marked[3:]
    out[2:-1] |= marked[:-3] & marked[3:]
    return out


def _marks(places: Sequence[tuple[int, int]], size: int) -> "Flags":
    import numpy as np

    marks = np.zeros(size, dtype=bool)
    for start, end in places:
        marks[start:end] = True
    return marks


def grid(text: str, hits: Sequence[Hit], spans: Sequence[Span], articles: Sequence[int] = (0,)) -> Grid:
    """The positions of ``text`` (folded): its words and signs.

    :param articles: where each article in the text begins
    """
    import numpy as np

    tokens, starts, ends = _tokens(text)
    size = len(tokens)

    def within(found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        placed = ((bisect_left(starts, start), bisect_left(ends, end), start, end, code) for start, end, code in found)
        return [
            (first, last + 1, code)
            for first, last, start, end, code in placed
            if last < size and starts[first] == start and ends[last] == end
        ]

    codes = within(lexicon_codes(hits))
    rules = within([(span.start, span.end, 0) for span in spans])
    _known.renew()
    word, front, end, shape, known = unpacked(list(map(_known.__getitem__, tokens)), 5)
    w = word[2:-2]
    capital = (shape >= 4) & (shape <= 8)
    bridge = among(word, _LINKS)
    bridge[1:-1] &= capital[:-2] & capital[2:]
    first, last = _runs((capital | bridge)[2:-2])
    here = np.arange(size)
    place = (np.minimum(here - first, 3) * 4 + np.minimum(last - here, 3) + 1).astype(np.uint32)
    lowered, often = _counted(w, shape[2:-2] == 2, np.searchsorted(articles, starts, side="right"))
    kind = shape * np.uint32(2)
    kind[2:-2] += lowered
    run = place * np.uint32(2) + capital[2:-2]
    lex = np.zeros(size + 2, dtype=np.uint32)
    lex[1:-1] = spans_column(codes, size)
    columns = np.stack(
        (
            *(word[:-4], word[1:-3], w, word[3:-1], word[4:], w[first], w[last], front[2:-2], end[2:-2], end[last + 2]),
            *(word[first], word[first + 1], word[last + 3], word[last + 4]),
            *(kind[1:-3], kind[2:-2], kind[3:-1], place, run, often, shape[first + 2], shape[last + 2]),
            *(known[1:-3], known[2:-2], known[3:-1], known[first + 2], known[last + 2]),
            *(lex[:-2], lex[1:-1], lex[2:], np.zeros(size, dtype=np.uint32)),
        )
    )
    marked = _near(shape[2:-2] >= 3) | _marks([(s, e) for s, e, _ in (*codes, *rules)], size)

    def at(places: "Places") -> "Ints":
        return templates().mix(columns[:, places])

    return Grid(size, at, None, marked, among(w, _ENDS), starts, ends)
