"""Vectors of words and of pairs of Han characters by the articles they stand in, for ``pipeline/data/topics.npz``.
Needs scipy (``pip install scipy``); the pipeline needs numpy alone.

    python -m training.topics zh_news.jsonl.xz en_news.jsonl.xz [--out FILE]

Positive pointwise mutual information of terms and stretches of articles, reduced by singular values (Levy and Goldberg
2014), of the articles that ``training.news_language`` counts too. Same input, same bytes.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import lexicon
from pipeline.cleaning.topics import DIMENSIONS, FILE, KEYS, MOST
from training.news_language import articles, in_language_part, save, term_keys

_STRETCH = 1000  # tokens of an article that count as one place
_LEAST_TERMS = 5  # of such a stretch
_LEAST_ARTICLES, _MOST_ARTICLES = 4, 0.15  # that a term stands in: number; share
_MOST_TERMS = 24_000  # of a language
_UNITS = 24.0  # of a vector of length one, times the root of its weight
_WEIGHT_UNITS = 24.0  # of a nat of how rare a term is


def vectors(texts: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Keys of terms, their vectors (int8) and weights (uint8) from articles as arrays of the keys of their terms, -1
    where there is none."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    articles_of = np.zeros(KEYS, np.int64)
    for keys in texts:
        articles_of[np.unique(keys[keys >= 0])] += 1
    known = ((articles_of >= _LEAST_ARTICLES) & (articles_of < _MOST_ARTICLES * len(texts))).nonzero()[0]
    known = np.sort(known[np.argsort(-articles_of[known], kind="stable")][:_MOST_TERMS])
    row_of = np.full(KEYS + 1, -1)
    row_of[known] = np.arange(len(known))
    stretches = [row_of[keys[at : at + _STRETCH]] for keys in texts for at in range(0, len(keys), _STRETCH)]
    stretches = [rows[rows >= 0] for rows in stretches if (rows >= 0).sum() >= _LEAST_TERMS]
    rows = np.concatenate(stretches)
    places = np.repeat(np.arange(len(stretches)), [len(stretch) for stretch in stretches])
    shape = (len(known), len(stretches))
    counts = csr_matrix((np.ones(len(rows)), (rows, places)), shape).tocoo()
    expected = np.bincount(rows)[counts.row] * np.bincount(places)[counts.col] / len(rows)
    information = csr_matrix((np.maximum(np.log(counts.data / expected), 0), (counts.row, counts.col)), shape)
    found, _, _ = svds(information, k=DIMENSIONS, v0=np.ones(min(shape)))
    rarity = np.log(len(texts) / articles_of[known])
    length = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    found = np.clip(np.round(found / length * np.sqrt(rarity)[:, None] * _UNITS), -MOST, MOST)
    return known, found.astype(np.int8), np.clip(np.round(rarity * _WEIGHT_UNITS), 1, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs=2, help="Chinese, then English")
    parser.add_argument("--out", type=Path, default=lexicon.DATA / FILE)
    arguments = parser.parse_args()
    found = [vectors([term_keys(t) for t in articles(path) if in_language_part(t)]) for path in arguments.paths]
    keys, vector, weight = map(np.concatenate, zip(*found, strict=True))
    keys, first = np.unique(keys, return_index=True)
    save({"key": keys.astype(np.uint32), "vector": vector[first], "weight": weight[first]}, arguments.out)


if __name__ == "__main__":
    main()
