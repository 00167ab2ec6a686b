"""Cues of advertising and search queries: where the phrases of ``spam_cues.txt`` stand."""

from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs
import numpy as np

from pipeline import lexicon
from pipeline.cleaning.fold import LATIN, Array, Folded

CATEGORIES = ("call", "query", "contact")
CALL, QUERY, CONTACT = range(3)


class Cues(NamedTuple):
    """Hits in order of their ends; places count in the folded text."""

    start: Array
    end: Array
    category: Array


@cache
def _automaton() -> tuple[Any, Array]:
    rows = [line.split("\t") for line in lexicon.lines("spam_cues.txt")]
    kinds = np.array([CATEGORIES.index(category) for category, _ in rows])
    quickest = ahocorasick_rs.Implementation.DFA
    return ahocorasick_rs.AhoCorasick([phrase for _, phrase in rows], implementation=quickest), kinds


def find(folded: Folded) -> Cues:
    """All hits; Latin ones only as whole words, ways of contact anywhere."""
    automaton, kinds = _automaton()
    plain = folded.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    found = automaton.find_matches_as_indexes(plain)
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return Cues(nothing, nothing, nothing)
    number, start, end = np.array(found).T
    latin = np.concatenate((folded.classes == LATIN, [False]))
    inside = (latin[start] & latin[start - 1] & (start > 0)) | (latin[end - 1] & latin[end])
    whole = ~inside | (kinds[number] == CONTACT)
    return Cues(start[whole], end[whole], kinds[number[whole]])
