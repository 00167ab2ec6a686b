"""How usual a text's words are in news, and in this order: counts of Chinese and English news, in hashed tables.

The model of news knows one class only. What spam looks like is not in it, so that it does not age with the campaigns.
Beside it stand two models of how advertising speaks to its reader, whatever it sells. One is of segments of spam of all
forms: weights of words, pairs and triples. The other is of advertisements in sentences, as they differ from news and
from what only sounds like them: weights of pairs and triples of Han characters, and of stretches of other characters,
which see the stems of words and their endings. What they are worth where the trade is another shows while the trees are
trained, which see only what they say of trades that they were not made from.
"""

import io
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import topics
from pipeline.cleaning.fold import NEWLINE, Array, Folded
from pipeline.cleaning.tokens import Tokens, mix

FILE, ADVERT_FILE = "news_language.npz", "advert_language.npz"
SINGLE_BITS, PAIR_BITS, TRIPLE_BITS = 17, 21, 23
SCALE = 16.0  # table units a nat of surprise
_SECOND, _THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
ADVERT_BITS = 18  # of the tables of advertising, but that of single words
ADVERT_SCALE = 16.0  # table units to one of log odds
STRETCHES = 4, 6  # characters
_OF_WORDS = 105  # 256ths of what a word says that count, as it has so many more stretches than a Han character
_BACKOFF = 24  # units added where the pair was never seen
_BACKED_OFF = np.minimum(np.arange(256) + _BACKOFF, 255).astype(np.uint8)
_ADVERT_MASK = (1 << ADVERT_BITS) - 1
_BIT = np.left_shift(1, np.arange(8)).astype(np.uint8)


class Surprise(NamedTuple):
    """Per token, in units of the tables (:data:`SCALE` a nat) or as flags."""

    pair: Array  # surprise after the token before it
    single: Array  # surprise by itself
    new_pair: Array  # the pair was not seen in news
    new_triple: Array
    function: Array  # a function word
    advert: Array  # log odds of advertising, in units of :data:`ADVERT_SCALE`
    promotion: Array  # log odds of an advertisement in sentences, in the same units
    term: Array  # the number of its vector in :mod:`topics`; 0: none


class Model(NamedTuple):
    single: Array  # uint8, by hash: surprise; 255: never seen
    pair: Array  # uint8, by hash: surprise given the token before; 0: never seen
    triple: Array  # packed bits, by hash: seen
    function: Array  # bool, by hash: a function word


@cache
def model() -> Model:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        function = np.zeros(1 << SINGLE_BITS, dtype=bool)
        function[(file["function"] & np.uint64((1 << SINGLE_BITS) - 1)).astype(np.int64)] = True
        return Model(file["single"], file["pair"], file["triple"], function)


class Advert(NamedTuple):
    """Weights of advertising, int8, by hash."""

    single: Array
    pair: Array
    triple: Array
    han_pair: Array  # of advertisements in sentences, here and below
    han_triple: Array
    four: Array
    six: Array


SIZES = (1 << SINGLE_BITS, *(1 << ADVERT_BITS,) * (len(Advert._fields) - 1))  # of these tables


@cache
def advert() -> Advert:
    with np.load(io.BytesIO(lexicon.read_bytes(ADVERT_FILE))) as file:
        return Advert(*(file[name] for name in Advert._fields))


def keys(hashes: Array, opens: Array) -> tuple[Array, Array, Array]:
    """Table indices of each token, of it with the one before, and with the two before; a segment's start counts as
    a token of its own."""
    previous, earlier = np.zeros((2, len(hashes)), np.uint64)
    first = opens.nonzero()[0]
    previous[1:] = hashes[:-1]
    previous[first] = 0
    earlier[1:] = previous[:-1]
    earlier[first] = 0
    pairs = mix(hashes + previous * _SECOND)
    triples = mix(pairs + earlier * _THIRD)
    # Below 2^63, so that what indexes need can look at the same bytes.
    return (
        (hashes & np.uint64((1 << SINGLE_BITS) - 1)).view(np.int64),
        (pairs & np.uint64((1 << PAIR_BITS) - 1)).view(np.int64),
        (triples & np.uint64((1 << TRIPLE_BITS) - 1)).view(np.int64),
    )


def surprise(folded: Folded, tokens: Tokens, opens: Array, weights: Advert | None = None) -> Surprise:
    """How surprising each token is to a reader of news, and how much like advertising.

    :param weights: other weights of advertising than the stored ones
    """
    table, weights = model(), weights or advert()
    single, pair, triple = keys(tokens.hash, opens)
    alone = table.single.take(single)
    given = table.pair.take(pair)
    of_advert = advert_places(pair, triple)
    new = given == 0
    return Surprise(
        np.where(new, _BACKED_OFF.take(alone), given),
        alone,
        new,
        (table.triple.take(triple >> 3) & _BIT.take(triple & 7)) == 0,
        table.function.take(single),
        _advert(weights, single, *of_advert),
        _promotion(weights, folded, tokens, *of_advert),
        topics.model().row.take(topics.keys(tokens.han, single, pair)),
    )


def advert_places(pair: Array, triple: Array) -> tuple[Array, Array]:
    """The places of pairs and triples in the tables of advertising, which are smaller than those of news."""
    return pair & _ADVERT_MASK, triple & _ADVERT_MASK


def _advert(weights: Advert, single: Array, pair: Array, triple: Array) -> Array:
    """What the three tables say of each token."""
    found = weights.single.take(single).astype(np.int32)
    found += weights.pair.take(pair)
    found += weights.triple.take(triple)
    return found


def _promotion(weights: Advert, folded: Folded, tokens: Tokens, pair: Array, triple: Array) -> Array:
    """What the four other tables say of each token: to one that is no Han character belong the stretches that begin in
    it or behind it, before the next token."""
    found = np.empty(len(tokens.han), np.int32)
    han, words = tokens.han.nonzero()[0], (~tokens.han).nonzero()[0]
    if len(han):
        found[han] = weights.han_pair.take(pair.take(han)).astype(np.int32) + weights.han_triple.take(triple.take(han))
    if len(words):
        first, four, six = stretches(folded, tokens, words)
        said = np.add.reduceat(weights.four.take(four).astype(np.int32) + weights.six.take(six), first)
        found[words] = said * _OF_WORDS >> 8
    return found


def stretches(folded: Folded, tokens: Tokens, words: Array) -> tuple[Array, Array, Array]:
    """The places in the two tables of all stretches of characters that begin in each of some tokens, or behind it and
    before the next token and the line's end; 0 where the line's end cuts a stretch short. First, where those of each
    token begin."""
    start = tokens.start.take(words)
    ends = np.append((folded.classes == NEWLINE).nonzero()[0], len(folded.codes))
    end = ends.take(ends.searchsorted(start))
    size = np.minimum(np.append(tokens.start[1:], len(folded.codes)).take(words), end) - start
    behind = size.cumsum()
    first = behind - size
    at = np.arange(size.sum()) + np.repeat(start - first, size)
    left = np.repeat(end + 1, size) - at  # with the line break
    codes = np.append(folded.codes, (0,) * max(STRETCHES)).astype(np.uint64)
    two = codes[:-1] | codes[1:] << np.uint64(16)
    four = mix(two[:-2] | two[2:] << np.uint64(32))
    six = mix(four[:-2] + two[4:])
    return first, *(
        (keys.take(at) & np.uint64(_ADVERT_MASK)).view(np.int64) * (left >= length)
        for keys, length in zip((four, six), STRETCHES, strict=True)
    )
