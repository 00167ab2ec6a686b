"""Duplicates: articles with the same or nearly the same text, found by MinHash signatures that shards leave.

One-permutation MinHash (Li, Owen, Zhang 2012) over shingles of three words: the hashes of an article's shingles fall
into 128 buckets, the least in each is kept (16 bits of it). The share of buckets that agree estimates the Jaccard
similarity of two texts. Bands of four buckets find the pairs that are worth comparing (LSH).
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zlib import crc32

from pipeline import schema
from pipeline.text import simplify

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

MARKS = ("duplicate_of", "duplicate_score")  # columns of articles that say what is found here
THRESHOLD = 0.6  # of the estimated similarity
_BUCKETS, _EMPTY = 128, 0xFFFF
_AT_ONCE = 2048  # pairs
_LEAST = 12  # filled buckets: a shorter text is compared as a whole only
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_ORDER = [("published_at", "ascending"), ("path", "ascending"), ("article_id", "ascending")]
_NO_LETTERS = re.compile(r"[\W_]+")


def empty() -> "pa.Table":
    """No signatures."""
    return signatures(schema.from_columns("articles", []), schema.from_columns("tokens", []))


def signatures(articles: "pa.Table", tokens: "pa.Table") -> "pa.Table":
    """What tells the duplicates among the articles, a row each.

    :returns: ``article_id, path, published_at, cut_chars, text_hash`` (of letters and digits alone), ``minhash``
    """
    import pyarrow as pa

    hashes = [_text_hash(text) for text in articles["text"].to_pylist()]
    rows = [row.tobytes() for row in _minhash(articles["article_id"], tokens)]
    return pa.table(
        {
            **{name: articles[name] for name in ("article_id", "path", "published_at", "cut_chars")},
            "text_hash": pa.array(hashes, pa.binary(16)),
            "minhash": pa.array(rows, pa.binary(2 * _BUCKETS)),
        }
    )


def _text_hash(text: str) -> bytes | None:
    letters = _NO_LETTERS.sub("", text)
    return sha256(letters.encode("utf-8", "replace")).digest()[:16] if letters else None


def _word_hashes(words: list[str]) -> list[int]:
    """Of words as readers see them: without case and script; 0 for signs. All together: that is far quicker."""
    seen = simplify("\n".join(words)).lower().encode("utf-8", "replace").split(b"\n")
    return [crc32(plain) | 1 << 32 if word[0].isalnum() else 0 for word, plain in zip(words, seen, strict=True)]


def _minhash(ids: "pa.ChunkedArray", tokens: "pa.Table") -> "Array":
    """The signatures of the articles ``ids``: a row each, of 128 numbers."""
    import numpy as np

    least = np.full((len(ids), _BUCKETS), _EMPTY, np.uint16)
    hashes, article = _words(ids, tokens)
    if len(hashes) < 3:
        return least
    mixed = hashes[:-2] * np.uint64(_MIX[0]) + hashes[1:-1] * np.uint64(_MIX[1]) + hashes[2:] * np.uint64(_MIX[2])
    whole = article[:-2] == article[2:]
    mixed, article = mixed[whole], article[:-2][whole]
    mixed = (mixed ^ mixed >> np.uint64(29)) * np.uint64(_MIX[1])
    place = article * np.uint64(_BUCKETS) + (mixed >> np.uint64(57))
    keys = np.sort(place << np.uint64(16) | (mixed >> np.uint64(32)) % np.uint64(_EMPTY))
    first = keys[np.flatnonzero(np.diff(keys >> np.uint64(16), prepend=np.uint64(1 << 47)))]
    least.ravel()[(first >> np.uint64(16)).astype(np.int64)] = (first & np.uint64(_EMPTY)).astype(np.uint16)
    return least


def _words(ids: "pa.ChunkedArray", tokens: "pa.Table") -> "tuple[Array, Array]":
    """The hashes of the words in the articles' texts, and the row of each word's article."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(tokens):
        return np.empty(0, np.uint64), np.empty(0, np.uint64)
    words = tokens["token"].combine_chunks().dictionary_encode()
    hashes = np.array(_word_hashes(words.dictionary.to_pylist()), np.uint64)[words.indices.to_numpy()]
    article = pc.index_in(tokens["article_id"], ids.combine_chunks()).to_numpy().astype(np.uint64)
    body = pc.equal(tokens["field"].cast(pa.string()), "text").to_numpy() & (hashes != 0)
    return hashes[body], article[body]


def find(signed: Iterable["pa.Table"]) -> "pa.Table":
    """For each article in turn, if it repeats an earlier one (by publication, then path): the id of that one, and the
    score.

    :returns: the columns of :data:`MARKS`, null where an article repeats none
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = [table for table in signed if table.num_rows]
    if not tables:
        return pa.table([pa.nulls(0, pa.string()), pa.nulls(0, pa.float64())], names=list(MARKS))
    whole = pa.concat_tables(tables)
    order = pc.sort_indices(whole.select([name for name, _ in _ORDER]), sort_keys=_ORDER)
    minhash = _matrix(whole["minhash"])[order.to_numpy()]
    earlier, score = _near(minhash)
    _same(whole["text_hash"].combine_chunks().take(order), earlier, score)
    _settle(minhash, earlier, score)
    places, back = order.to_numpy(), np.empty(len(order), np.int64)
    back[places] = np.arange(len(places))  # of each row, its place in that order
    earlier, score = earlier[back], score[back]
    alone = earlier < 0
    firsts = whole["article_id"].combine_chunks().take(pa.array(places[earlier], mask=alone))
    return pa.table([firsts, pa.array(np.round(score, 3), mask=alone)], names=list(MARKS))


def _matrix(minhash: "pa.ChunkedArray") -> "Array":
    """The signatures, a row each."""
    import numpy as np

    return np.concatenate(
        [
            np.frombuffer(chunk.buffers()[1], np.uint16, len(chunk) * _BUCKETS, chunk.offset * 2 * _BUCKETS)
            for chunk in minhash.chunks
        ]
    ).reshape(-1, _BUCKETS)


def _settle(minhash: "Array", earlier: "Array", score: "Array") -> None:
    """Let each article that repeats one which repeats another point to the first of them, with the score for that."""
    import numpy as np

    anew = np.zeros(len(earlier), bool)
    for index in np.flatnonzero(earlier >= 0).tolist():  # rising: the earlier one is settled already
        nearest = earlier[index]
        if earlier[nearest] >= 0:
            earlier[index] = earlier[nearest]
            anew[index] = anew[nearest] or score[nearest] < 1
    rows = np.flatnonzero(anew)
    score[rows] = _similarity(minhash, rows, earlier[rows])


def _near(minhash: "Array") -> "tuple[Array, Array]":
    """For each article the most similar one among the first of its bands, -1 for none; and how similar it is."""
    import numpy as np
    import pyarrow as pa

    earlier, score = np.full(len(minhash), -1), np.zeros(len(minhash))
    tried = earlier.copy()  # what the band before compared it with: mostly the same
    enough = (minhash != _EMPTY).sum(1) >= _LEAST
    for band in minhash.view(np.uint64).T:  # four buckets are one number
        rows = np.flatnonzero(enough & (band != np.uint64(2**64 - 1)))
        first = rows[_firsts(pa.array(band[rows]))]
        new = (first < rows) & (first != tried[rows])
        rows, first = rows[new], first[new]
        tried[rows] = first
        found = _similarity(minhash, rows, first)
        better = (found >= THRESHOLD) & (found > score[rows])
        earlier[rows[better]], score[rows[better]] = first[better], found[better]
    return earlier, score


def _firsts(values: "pa.Array") -> "Array":
    """For each value the index of the first that is equal; the values are not null."""
    import numpy as np

    codes = values.dictionary_encode().indices.to_numpy()  # numbered as they come
    firsts = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    return np.asarray(firsts[codes])


def _similarity(minhash: "Array", rows: "Array", others: "Array") -> "Array":
    """Share of the buckets that agree, of those that one of the two fills."""
    import numpy as np

    found = np.zeros(len(rows))
    for start in range(0, len(rows), _AT_ONCE):  # so that it stays in the processor's cache
        one, other = minhash[rows[start : start + _AT_ONCE]], minhash[others[start : start + _AT_ONCE]]
        same = one == other
        neither = _ones(same & (one == _EMPTY))
        found[start : start + _AT_ONCE] = (_ones(same) - neither) / np.maximum(_BUCKETS - neither, 1)
    return found


def _ones(rows: "Array") -> "Array":
    """How many of each row are true: eight at once."""
    import numpy as np

    return np.asarray(np.bitwise_count(rows.view(np.uint64)).sum(1, dtype=np.int64))


def _same(hashes: "pa.Array", earlier: "Array", score: "Array") -> None:
    """Mark the articles whose text is the same as that of an earlier one."""
    import numpy as np

    rows = np.flatnonzero(hashes.is_valid())
    first = rows[_firsts(hashes.drop_null())]
    repeats = first < rows
    earlier[rows[repeats]], score[rows[repeats]] = first[repeats], 1.0
