"""Lists of headlines that sites put below articles, and the lists of articles."""

import re
from collections.abc import Sequence

from pipeline.cleaning import site
from pipeline.cleaning.rules import match
from pipeline.cleaning.sounds import known_below
from pipeline.cleaning.spam import advertises
from pipeline.cleaning.view import Line
from pipeline.cleaning.wording import INNER_STOP, PROSE_ENDS, SITE, gives_figures, is_prose

_BULLET = re.compile(r"\s{0,3}(?:\d{1,2}[.)、]|[-•*·>»])\s{0,3}")
_LONGEST = 12  # lines
_LABEL = re.compile(r"[^\d。！？.!?]{2,30}")  # what may stand above a list
_LONG_LABEL = re.compile(r".*[\u4e00-\u9fff].{10}")  # a headline unless it speaks of the site
_ODDS_OF_HEADS, _ODDS_OF_ITEMS = 2.0, -2.0  # of what is above a list; on average, of what stands in it
_ODDS_OF_LINES = 1.5  # of one of the site's above it


def head(lines: Sequence[Line], texts: Sequence[str], last: int) -> int | None:
    """The line that heads a list of headlines which ends at ``last``."""
    for number in range(last, max(-1, last - _LONGEST), -1):
        if match(texts[number], "list"):
            return number if number < last and not _are_data(texts[number + 1 : last + 1]) else None
        if 0 < number < last - 1 and _heads_a_list(texts[number]) and _ends_there(texts[number - 1]):
            below = texts[number + 1 : last + 1]
            said = sum(line.furniture for line in lines[number + 1 : last + 1])
            likely = sum(map(site.likeness, below)) + said > _ODDS_OF_ITEMS * len(below)
            return number if likely and not _are_data(below) and not advertises("\n".join(below)) else None
        if not texts[number] or len(texts[number]) > 120 or INNER_STOP.search(_BULLET.sub("", texts[number], count=1)):
            return None
        if texts[number][-1] in "。.；;" and not lines[number].links:
            return None
    return None


def _are_data(texts: Sequence[str]) -> bool:
    """Whether most lines of a list give figures, as headlines seldom do."""
    return 2 * sum(map(gives_figures, texts)) > len(texts)


def _ends_there(text: str) -> bool:
    """Whether the article can end in a line: a sentence, or one of the site's."""
    return (
        is_prose(text)
        or text[-1] in PROSE_ENDS
        or site.likeness(text) > _ODDS_OF_LINES
        or known_below(text) is not None
    )


def _heads_a_list(text: str) -> bool:
    """Whether the words of a short line without an end are such as sites put above headlines."""
    if not _LABEL.fullmatch(text) or (_LONG_LABEL.match(text) and not SITE.search(text)):
        return False
    return known_below(text) is None and site.likeness(text) > _ODDS_OF_HEADS


def items(texts: Sequence[str], number: int) -> range:
    """The lines of the list, by the signs they begin with, of which a line is an item; else that line alone."""
    first = last = number
    if _BULLET.match(texts[number]):
        while first and _BULLET.match(texts[first - 1]):
            first -= 1
        while last + 1 < len(texts) and _BULLET.match(texts[last + 1]):
            last += 1
    return range(first, last + 1)
