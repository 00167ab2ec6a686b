"""How much a line sounds like what sites put around an article, and not like the article.

The weights (``pipeline/data/site_language.npz``, made by ``training/site_model.py``) are those of a logistic regression
over the words, signs and Han characters of a line, alone and two and three in a row, and its length, with Han and
without. Sums are of whole numbers.
"""

import io
import re
import zlib
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from pipeline import lexicon
from pipeline.text import HAN

FILE = "site_language.npz"
BITS = 18
SCALE = 24.0  # units of a weight to one of log odds
_MASK = (1 << BITS) - 1
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_TOKEN = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]+|[^\s]")
_ANY_HAN = re.compile(f"[{HAN}]")
_SHORT = 40  # lines of more tokens tell by their words alone


def features(text: str) -> list[int]:
    """The places in the table of what a folded line has, each once."""
    tokens = [token.encode("utf-8", "replace") for token in _TOKEN.findall(_DIGITS.sub("0", text.casefold()))]
    tokens = [b"\x02", *tokens, b"\x03"]
    behind = [b" " + token for token in tokens]
    ones = list(map(zlib.crc32, tokens))
    pairs = list(map(zlib.crc32, behind[1:], ones))  # the checksum of "a b" goes on from that of "a"
    triples = map(zlib.crc32, behind[2:], pairs)
    size = min(len(tokens), _SHORT).bit_length()
    length = zlib.crc32(b"\x04%d %d" % (size, _ANY_HAN.search(text) is not None))
    return list({code & _MASK for code in (*ones[1:-1], *pairs, *triples, length)})


@cache
def _weights() -> tuple[Sequence[int], int]:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        return array("b", file["weights"].tobytes()), int(file["bias"])  # a list is too large for the caches


@lru_cache(2048)
def likeness(text: str) -> float:
    """Log odds that a folded line is the site's, among the first and last lines of articles."""
    return log_odds(text, *_weights())


def log_odds(text: str, weights: Sequence[int], bias: int) -> float:
    """The same by other weights than the stored ones."""
    return (sum(map(weights.__getitem__, features(text))) + bias) / SCALE
