"""Injected spam: stretches that do not read like the prose of this article."""

import re
from collections.abc import Sequence

from pipeline.cleaning.view import Line
from pipeline.records import Cut
from pipeline.text import count_han

_WORD = re.compile(r"[A-Za-z]+")
_SEPARATOR = re.compile(r"[ \u3000|_、,，/·•-]+")
_FUNCTION = re.compile(
    r"[的了是在和与对将被把从但而]|\b(?:the|of|and|to|in|a|is|was|for|that|with|as|by|at|on|it|are|from)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[。！？；：:.!?;]")
_LEAST_CHARS = 12
_LEAST_ITEMS = 3


def find(text: str, lines: Sequence[Line]) -> list[Cut]:
    """The stretches of ``text`` that are spam."""
    foreign = _is_han(text)
    return [
        Cut(line.start, line.end, "spam", "foreign-list", 0.8)
        for line in lines
        if len(line.text) >= _LEAST_CHARS and _is_han(line.text) != foreign and _is_list(line.text)
    ]


def _is_han(text: str) -> bool:
    return count_han(text) > 1.6 * len(_WORD.findall(text))


def _is_list(text: str) -> bool:
    return (
        len(_SEPARATOR.findall(text)) >= _LEAST_ITEMS
        and not _STOPS.search(text)
        and len(_FUNCTION.findall(text)) < 0.02 * len(text)
    )
