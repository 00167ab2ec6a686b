"""What a person decided about the cuts of a file: words that stay, words that go."""

import tomllib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.cleaning.spam import THRESHOLDS, Strictness
from pipeline.records import Cut


class ByHand(NamedTuple):
    """Stretches of an article's text, as they stand there."""

    keep: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


NOTHING = ByHand()
_STRICTNESS = "strictness"


def read(toml: str) -> dict[str, ByHand]:
    """Decisions by file, from a table a path with the lists ``keep`` and ``cut``.

    :raises ValueError: not TOML, or not of this form

    >>> read('["a/b.txt"]\\nkeep = ["Weather"]\\ncut = ["Buy now!"]')
    {'a/b.txt': ByHand(keep=('Weather',), cut=('Buy now!',))}
    """
    found = {}
    for path, table in tomllib.loads(toml).items():
        if path == _STRICTNESS:
            continue
        lists = {key: table[key] for key in ByHand._fields if key in table} if isinstance(table, dict) else {}
        wrong = not isinstance(table, dict) or len(lists) < len(table)
        if wrong or not all(isinstance(v, list) and all(isinstance(s, str) for s in v) for v in lists.values()):
            raise ValueError(f"overrides of {path!r}: expected lists of strings 'keep' and 'cut'")
        found[path] = ByHand(**{key: tuple(filter(None, value)) for key, value in lists.items()})
    return found


def strictness(toml: str) -> Strictness:
    """How readily spam is to be cut, from the key ``strictness`` above the tables; ``balanced`` if nothing is said.

    :raises ValueError: not TOML, or no such degree

    >>> strictness('strictness = "gentle"')
    'gentle'
    """
    found = tomllib.loads(toml).get(_STRICTNESS, "balanced")
    if found not in THRESHOLDS:
        raise ValueError(f"strictness {found!r}: expected one of {', '.join(THRESHOLDS)}")
    degree: Strictness = found
    return degree


def cuts(text: str, by_hand: ByHand) -> list[Cut]:
    """The stretches that are to go, wherever they stand."""
    return [Cut(start, end, "boilerplate", "by-hand", 1.0) for start, end in _places(text, by_hand.cut)]


def unmatched(text: str, by_hand: ByHand) -> list[str]:
    """What is to be kept or cut and stands nowhere in the text: mistyped, or the file has changed.

    >>> unmatched("Weather today", ByHand(keep=("Weather",), cut=("Buy now!",)))
    ['Buy now!']
    """
    return [phrase for phrase in (*by_hand.keep, *by_hand.cut) if phrase not in text]


def without_kept(text: str, found: Iterable[Cut], by_hand: ByHand) -> list[Cut]:
    """``found`` (in order) without the stretches that are to stay."""
    if not by_hand.keep:
        return list(found)
    kept = sorted(_places(text, by_hand.keep))
    result = []
    for cut in found:
        at = cut.start
        for start, end in kept:
            if start < cut.end and end > at:
                result.append(cut._replace(start=at, end=start))
                at = end
        result.append(cut._replace(start=at))
    return [cut for cut in result if text[cut.start : cut.end].strip()]


def _places(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = text.find(phrase, at + len(phrase))
