"""The only reader of ``pipeline/data/``: lexicons, key maps and models that ship with the package.

Lexicons are UTF-8; lines that start with ``#`` (source, licence, columns) are no data.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def lines(name: str) -> Iterator[str]:
    """The lines of a lexicon file, without comments, blank lines and surrounding blanks."""
    with open(DATA / name, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line and not line.startswith("#"):
                yield line


@cache
def words(name: str) -> frozenset[str]:
    """A word list: one word a line."""
    return frozenset(lines(name))


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV lexicon, keyed by its header line."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        yield from rows_of(file)


def rows_of(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV lexicon that is open or read already; a column that a row ends before is not in it."""
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    header = next(rows, [])
    return (dict(zip(header, row, strict=False)) for row in rows if row)


def read_bytes(name: str) -> bytes:
    """A model file, whole."""
    return (DATA / name).read_bytes()


def pattern(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest, as a prefix tree, which is quicker.

    >>> pattern(["one", "once", "two"])
    '(?:on(?:ce|e)|two)'
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tails.setdefault(word[:1], []).append(word[1:])
    optional = tails.pop("", None) is not None
    branches = [re.escape(head) + pattern(rest) for head, rest in tails.items()]
    if not branches:
        return ""
    tree = branches[0] if len(branches) == 1 and not optional else f"(?:{'|'.join(branches)})"
    return f"{tree}?" if optional else tree
