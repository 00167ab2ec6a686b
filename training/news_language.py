"""Count words, pairs and triples of news, for ``pipeline/data/news_language.npz``.

    python -m training.news_language zh_news.jsonl.xz en_news.jsonl.xz [--out FILE]

Input: JSON lines (.xz or plain), one article each, its text under ``html`` or ``raw``. Only articles whose hash falls
in the language part are counted; the others are the hosts that the spam model is trained on. Same input, same bytes.
"""

import argparse
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import topics
from pipeline.cleaning.fold import fold_hard
from pipeline.cleaning.language import FILE, PAIR_BITS, SCALE, SINGLE_BITS, TRIPLE_BITS, keys
from pipeline.cleaning.tokens import Tokens, boundaries, tokenize

_DROP = re.compile(r"<(script|style|figcaption)\b.{0,5000}?</\1>|<!--.{0,2000}?-->", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|figure|section)\b[^>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")


def articles(path: str) -> Iterator[str]:
    """The plain texts of a file of articles, one paragraph a line."""
    opener: Any = lzma.open if path.endswith(".xz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if "html" in row:
                yield f"{row.get('title', '')}\n" + plain(row["html"])
            else:
                yield plain(re.sub(r"\A\s*---\n.{0,4000}?\n---\n", "", row["raw"], flags=re.DOTALL))


def plain(html: str) -> str:
    """The text of an HTML fragment, roughly."""
    text = unescape(_TAG.sub("", _BREAK.sub("\n", _DROP.sub("\n", html))))
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def in_language_part(text: str) -> bool:
    return zlib.crc32(text[:200].encode("utf-8", "replace")) % 5 < 3


def count(paths: list[str]) -> dict[str, Any]:
    """The tables of the model."""
    columns: list[list[Any]] = [[], [], []]
    for path in paths:
        for text in articles(path):
            if in_language_part(text):
                for column, values in zip(columns, _keys(text), strict=True):
                    column.append(values)
    singles, pairs, triples = map(np.concatenate, columns)
    alone = np.bincount(singles, minlength=1 << SINGLE_BITS)
    pair = np.bincount(pairs, minlength=1 << PAIR_BITS)
    triple = np.bincount(triples, minlength=1 << TRIPLE_BITS)
    before = np.bincount(pairs, weights=alone[np.concatenate((singles[:1], singles[:-1]))], minlength=1 << PAIR_BITS)
    with np.errstate(divide="ignore", invalid="ignore"):
        surprise = -np.log(alone / len(singles))
        given = -np.log(pair / (before / pair))
    return {
        "single": _quantized(surprise, alone > 0, 255),
        "pair": np.where(pair >= 2, np.maximum(_quantized(given, pair >= 2, 0), 1), 0).astype(np.uint8),
        "triple": np.packbits(triple >= 2, bitorder="little"),
        "function": _function_hashes(),
    }


def _quantized(values: Any, known: Any, otherwise: int) -> Any:
    return np.where(known, np.clip(np.round(values * SCALE), 0, 254), otherwise).astype(np.uint8)


@cache
def _function_hashes() -> Any:
    return np.sort(np.concatenate([_hash(word) for word in lexicon.lines("function_words.txt")]))


def _hash(word: str) -> Any:
    return tokenize(fold_hard(word)).hash


def _keys(text: str) -> tuple[Any, Any, Any]:
    return _tokens_and_keys(text)[1]


def _tokens_and_keys(text: str) -> tuple[Tokens, tuple[Any, Any, Any]]:
    folded = fold_hard(text)
    tokens = tokenize(folded)
    starts = np.array([match.start() for match in re.finditer(r"^.", text, re.MULTILINE)])
    opens = boundaries(folded, tokens, np.searchsorted(folded.origin, starts), np.zeros(1, int))
    return tokens, keys(tokens.hash, opens)


def term_keys(text: str) -> Any:
    """The keys of a text's terms for :mod:`pipeline.cleaning.topics`, in order; -1 where a token ends none."""
    tokens, (single, pair, _) = _tokens_and_keys(text)
    second = tokens.han.copy()
    second[1:] &= tokens.han[:-1]
    second[:1] = False
    known = np.where(tokens.han, second, ~tokens.number & ~np.isin(tokens.hash, _function_hashes()))
    return np.where(known, topics.keys(tokens.han, single, pair), -1)


def save(tables: dict[str, Any], path: Path) -> None:
    """As ``numpy.savez_compressed``, but with a fixed time stamp, so that the same tables make the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, table in tables.items():
            buffer = io.BytesIO()
            np.save(buffer, table)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--out", type=Path, default=lexicon.DATA / FILE)
    arguments = parser.parse_args()
    save(count(arguments.paths), arguments.out)


if __name__ == "__main__":
    main()
