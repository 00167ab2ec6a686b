"""How much a line sounds like what sites put around an article, and not like the article.

The weights (``pipeline/data/site_language.npz``, made by ``training/site_model.py``) are those of a logistic regression
over the words, signs and Han characters of a line, alone and two and three in a row. Sums are of whole numbers.
"""

import io
import re
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np

from pipeline import lexicon
from pipeline.text import HAN

FILE = "site_language.npz"
BITS = 16
SCALE = 24.0  # units of a weight to one of log odds
_MASK = (1 << BITS) - 1
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_TOKEN = re.compile(rf"[{HAN}]|[^\W\d_{HAN}]+|[^\s]")
_SHORT = 40  # lines of more tokens tell by their words alone


def features(text: str) -> list[int]:
    """The places in the table of what a folded line has, each once."""
    tokens = ["\x02", *_TOKEN.findall(_DIGITS.sub("0", text.casefold())), "\x03"]
    found = {f"{a} {b}" for a, b in pairwise(tokens)}
    found.update(f"{a} {b} {c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    found.update(tokens[1:-1])
    found.add(f"\x04{min(len(tokens), _SHORT).bit_length()}")
    return sorted({zlib.crc32(feature.encode("utf-8", "replace")) & _MASK for feature in found})


@cache
def _weights() -> tuple[list[int], int]:
    with np.load(io.BytesIO(lexicon.read_bytes(FILE))) as file:
        return file["weights"].tolist(), int(file["bias"])


@lru_cache(2048)
def likeness(text: str) -> float:
    """Log odds that a folded line is the site's, among the first and last lines of articles."""
    return log_odds(text, *_weights())


def log_odds(text: str, weights: Sequence[int], bias: int) -> float:
    """The same by other weights than the stored ones."""
    return (sum(weights[place] for place in features(text)) + bias) / SCALE
