"""Find the spans of date and duration expressions, without resolving them: what they mean is ``extract/dates.py``'s.

A language is a *trigger*, one expression that finds where something temporal may start, and for each sort of trigger a
list of rules, tried in order at that place; the first that matches wins. So a text is read once, and every rule is
anchored, with bounded repeats: the time is linear in the length of the text.
"""

from functools import lru_cache

from pipeline.records import Lang
from pipeline.temporal import en, iso, zh
from pipeline.temporal.rule import Expression, scan
from pipeline.text import simplify

__all__ = ["Expression", "parse", "spans"]


@lru_cache(maxsize=128)  # dates and figures ask for the same passages, one extractor after the other
def parse(folded: str, lang: Lang | None = None) -> tuple[Expression, ...]:
    """The date and duration expressions of a text, in order, none overlapping.

    :param folded: the text as :func:`pipeline.text.fold` gives it; offsets are code points in it
    :param lang: language of the text, where it is known
    """
    found = scan(iso.grammar(), folded)
    if not folded.isascii() and lang != "en":
        found += scan(zh.grammar(), simplify(folded).replace("後", "后"))
    if lang is None or not lang.startswith("zh") or en.mentions_month(folded):
        found += scan(en.grammar(), folded)
    return _disjoint(found)


def spans(folded: str, lang: Lang | None = None) -> list[tuple[int, int, str]]:
    """``(start, end, kind)`` of each expression, ``kind`` being ``date`` or ``duration``.

    >>> spans("海尔1988年成立，用了3个月。", "zh-Hans")
    [(2, 7, 'date'), (12, 15, 'duration')]
    """
    return [(found.start, found.end, found.kind) for found in parse(folded, lang)]


def _disjoint(found: list[Expression]) -> tuple[Expression, ...]:
    """Of expressions that overlap, the first and longest."""
    kept: list[Expression] = []
    for expression in sorted(found, key=lambda x: (x.start, -x.end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return tuple(kept)
