"""Menus and crumbs: rows of words that lead to other pages of a site."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline import lexicon

_SEPARATORS = re.compile(r"\s*[|｜·•/>»›,，、\t]\s*|\s{2,}")
_CRUMBS = re.compile(r"(?:home|首页|主页)(?:\s+[^\s.,;:!?。，；：！？]{1,24}){1,8}", re.IGNORECASE)
_END = re.compile(r"[。！？!?.…；;”\"’』」）)]$")
_ENUMERATED = re.compile("[,，、]")  # as sentences part words: things of one kind may be so, too
_ENTRY_WORDS = 4  # of the longest menu entry


@lru_cache(2048)
def navigation(text: str) -> str | None:
    """``navigation`` for a bar of menu words, ``crumbs`` for a path that starts at home, else None."""
    if not text or len(text) > 200:
        return None
    known = lexicon.words("nav_words.txt")
    items = [item.strip(" :：[]【】") for item in _SEPARATORS.split(text.casefold())]
    least = 0.8 if _ENUMERATED.search(text) else 0.6
    if len(items) == 1 and " " in text:
        least = 0.75  # words parted by blanks alone may be a heading
        items = list(_menu_items(re.split(r"[:：]?\s+", text.casefold()), known))
    items = [item for item in items if item]
    if len(items) >= 3 and sum(item in known for item in items) >= max(2, least * len(items)):
        return "navigation"
    return "crumbs" if _CRUMBS.fullmatch(text) and not _END.search(text) else None


def _menu_items(words: Sequence[str], known: frozenset[str]) -> Iterator[str]:
    """The longest menu entries that a row of words can be read as, and the words that are none."""
    at = 0
    while at < len(words):
        size = next((n for n in range(_ENTRY_WORDS, 1, -1) if " ".join(words[at : at + n]) in known), 1)
        yield " ".join(words[at : at + size])
        at += size


def lone_entry(texts: Sequence[str], number: int) -> str | None:
    """``navigation`` for a menu word on a line of its own with another beside it."""
    known = lexicon.words("nav_words.txt")
    near = (texts[at].strip().casefold() in known for at in (number - 1, number + 1) if 0 <= at < len(texts))
    return "navigation" if texts[number].strip().casefold() in known and any(near) else None
