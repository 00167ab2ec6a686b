"""Lists of headlines that sites put below articles, and the lists of articles."""

import re
from collections.abc import Sequence

from pipeline.cleaning import site
from pipeline.cleaning.rules import match
from pipeline.cleaning.sounds import known_below
from pipeline.cleaning.spam import advertises
from pipeline.cleaning.threads import is_day
from pipeline.cleaning.view import Line
from pipeline.cleaning.wording import INNER_STOP, PROSE_ENDS, SITE, gives_figures, is_prose
from pipeline.text import count_han

_BULLET = re.compile(r"\s{0,3}(?:\d{1,2}[.)、]|[-•*·>»])\s{0,3}")
_LONGEST = 12  # lines
_LEAST_CLOSING = 3  # lines below the head of a list that closes a page
_TEASER = 240  # letters of what stands below a headline, a Han counting as two
_DATED = re.compile(r"[（(](?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[)）]$")  # an item with its day behind it
_STOPS = re.compile(r"[。！？!?]|\.(?:\s|$)")
_LABEL = re.compile(r"[^\d。！？.!?]{2,30}")  # what may stand above a list
_LONG_LABEL = re.compile(r".*[\u4e00-\u9fff].{10}")  # a headline unless it speaks of the site
_A_WORD = re.compile(r"[^\s\u4e00-\u9fff]+")  # a name, unless it speaks of the site
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


def closing(texts: Sequence[str]) -> range:
    """The numbers of the lines from a head of a list of headlines to the end of a page, where headlines have a sentence
    or two or a day below them; an empty range without such a list.

    :param texts: the lines, folded
    """
    first = len(texts)  # two paragraphs below a headline are the article's again, as most articles end with
    while first and not (first + 1 < len(texts) and _is_told(texts[first]) and _is_told(texts[first + 1])):
        first -= 1
    for number in range(first, len(texts) - _LEAST_CLOSING):
        if match(texts[number], "list") and _are_teasers(texts[number + 1 :]):
            above, below = sum(map(len, texts[:number])), sum(map(len, texts[number:]))
            if 2 * above >= below:
                return range(number, len(texts))
    return range(0)


def _is_told(text: str) -> bool:
    return is_prose(text) and not _DATED.search(text)


def _are_teasers(texts: Sequence[str]) -> bool:
    """Whether half of the lines have no end, as headlines have none, and below some of them stands a day or a line that
    is not long.
    """
    ended = list(map(_is_told, texts))
    below = sum(ended) + sum(is_day(text) or _DATED.search(text) is not None for text in texts)
    if below < 2 or 2 * sum(ended) > len(texts):
        return False
    if any(_is_long(text) for text, has_end in zip(texts, ended, strict=True) if has_end):
        return False
    return not _are_data([_DATED.sub("", text) for text in {*texts} if not is_day(text)])


def _is_long(text: str) -> bool:
    return not text or len(text) + count_han(text) > _TEASER or len(_STOPS.findall(text)) > 2


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
    if not _LABEL.fullmatch(text) or ((_LONG_LABEL.match(text) or _A_WORD.fullmatch(text)) and not SITE.search(text)):
        return False
    return known_below(text) is None and site.likeness(text) > _ODDS_OF_HEADS


def items(lines: Sequence[Line], texts: Sequence[str], number: int) -> range:
    """The lines of the list, by the signs they begin with or by markup, of which a line is an item; else that."""
    signs, listed = _BULLET.match(texts[number]) is not None, lines[number].kind == "list"
    first, last = number, number + 1
    while (signs or listed) and first and _is_item(lines, texts, first - 1, signs):
        first -= 1
    while (signs or listed) and last < len(texts) and _is_item(lines, texts, last, signs):
        last += 1
    return range(first, last)


def _is_item(lines: Sequence[Line], texts: Sequence[str], number: int, signs: bool) -> bool:
    return _BULLET.match(texts[number]) is not None if signs else lines[number].kind == "list"
