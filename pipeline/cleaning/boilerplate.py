"""Boilerplate: whole lines that pages put around any article, by rule and by their words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.cleaning import around, lists, menus, threads
from pipeline.cleaning.rules import Folded, hinted, match
from pipeline.cleaning.sounds import known_below, odds
from pipeline.cleaning.telling import leads
from pipeline.cleaning.view import Line
from pipeline.cleaning.wording import PROSE_ENDS, is_prose, letters, may_be_the_sites, of_the_site

Reasons = dict[int, str]  # number of the line -> reason

_INTERRUPTING = 3  # lines, at most, between two paragraphs
_SKIPPED = 2  # lines unknown to the rules that the search from an edge steps over
_FOOTER_WORDS = 2
_GOING_ON = {"neighbours", "share", "print", "login", "copyright", "cookie", "more", "navigation", "related", "end"}
_END_MARK = re.compile(
    r"[-–—~～*=_\s]{1,8}(?:30|[Ee]nds?|E\s?N\s?D\s?S?|[Ff]in|完|全文完|终|終)[-–—~～*=_\s]{1,8}|#\s?#\s?#|E\s?N\s?D\s?S?"
    r"|[（(【\[]\s?(?:E\s?N\s?D\s?S?|[Ee]nds?|完|全文完|本文完|终|終)\s?[】\])）]|(?:全文完|本文完)。?"
)
_LONGEST_LABEL = 30  # characters that a link hides behind its words


class Asked(NamedTuple):
    """A page in which boilerplate is looked for."""

    lines: Sequence[Line]
    cut: set[int]  # lines that are cut already (spam): the searches from the edges step over them
    title: str  # the article's; where it is not known, the first line may be it
    ended: bool = False  # boilerplate has been cut behind the last line


def find(pages: Sequence[Asked]) -> list[tuple[Reasons, Reasons]]:
    """Which lines of each page are boilerplate, and why; where there are none, which of the last ones may be."""
    texts = [Folded(page.lines) for page in pages]
    found = [known(page.lines, text, page.cut, page.title) for page, text in zip(pages, texts, strict=True)]
    views = [
        around.View(page.lines, text, page.cut | reasons.keys(), page.title, page.ended)
        for page, text, reasons in zip(pages, texts, found, strict=True)
    ]
    endings: list[Reasons] = []
    for view, reasons, (numbers, ending) in zip(views, found, around.find(views), strict=True):
        endings.append({} if reasons else dict.fromkeys(ending, "footer"))
        if numbers:
            prose = [n for n, line in enumerate(view.lines) if n not in view.known and is_prose(line.text)]
            first, last = (prose[0], prose[-1]) if prose else (len(view.lines), -1)
            for n in numbers:
                reasons[n] = "header" if n < first else "footer" if n > last else "interrupting"
    return list(zip(found, endings, strict=True))


def known(lines: Sequence[Line], texts: Sequence[str], cut: set[int], title: str, words: bool = True) -> Reasons:
    """Those that rules tell.

    :param words: and, at the edges and where markup names a line so, words that sites use
    """
    found: Reasons = {}
    for number in hinted(lines):
        if reason := match(texts[number], "any"):
            found[number] = reason
    found.update(dict.fromkeys(_for_readers_aloud(lines), "label"))
    for number in threads.find(texts):
        found.setdefault(number, "comments")
    for number in lists.closing(texts):
        found.setdefault(number, "related")
    more = _ODDS_OF_SCANT * _is_scant(lines)
    _tail(lines, texts, cut, found, more, words)
    _head(lines, texts, cut, found, title, more, words)
    _amid(lines, texts, found, more)
    _named(lines, texts, found, more, words)
    _about(texts, found)
    _end_mark(lines, found)
    _below_the_sites(lines, found)
    _footer_words(lines, cut, found)
    return found


def _for_readers_aloud(lines: Sequence[Line]) -> Iterator[int]:
    """What a link hides behind its words for programs that read pages aloud: "opens new tab"."""
    for number, (before, line) in enumerate(pairwise(lines), 1):
        behind = before.end == line.start and not before.hidden
        if behind and line.hidden and line.links and len(line.text) <= _LONGEST_LABEL:
            yield number


def _is_scant(lines: Sequence[Line]) -> bool:
    """Whether a page has little prose, as notices, lists and programmes do, which speak like a site."""
    size = 0
    for line in lines:
        if is_prose(line.text):
            size += letters(line.text)
            if size >= _SCANT:
                return False
    return True


def _tail(lines: Sequence[Line], texts: Sequence[str], cut: set[int], found: Reasons, more: float, words: bool) -> None:
    """From the last line up, as long as lines are known; two short ones that are not are stepped over.

    :param more: odds that the words of a line must have beyond the usual, here and below
    """
    skipped = 0
    number = len(texts) - 1
    while number >= 0 and skipped <= _SKIPPED:
        if number in found:
            number -= 1
            continue
        head = lists.head(lines, texts, number)
        least = more + (_ODDS_ABOVE if skipped else _ODDS_BELOW if number + 1 in found else _ODDS_LAST)
        reason = known_below(texts[number]) or menus.navigation(texts[number]) or menus.lone_entry(texts, number)
        if head is not None:
            found.update(dict.fromkeys(range(head, number + 1), "related"))
            number = head
        elif reason:
            found[number] = reason
        elif number in cut:
            pass
        elif words and number and (of_the_site(texts[number]) or _sounds_so(lines, texts, number, found, least)):
            found[number] = "footer"
        elif is_prose(texts[number]) or number == 0:
            return
        else:
            skipped += 1
        number -= 1


def _sounds_so(lines: Sequence[Line], texts: Sequence[str], number: int, found: Reasons, least: float) -> bool:
    """Whether the odds that a line's words are a site's are above the least; of an item of a list, those of all items
    on the whole."""
    one = odds(texts[number], lines[number].furniture)
    if one <= least or around.belongs(lines, number):
        return False
    if one <= least + around.ODDS_LED and leads(around.led_by(lines, number, found)):
        return False
    if number + 1 not in found and around.tells_figures(texts[number]):
        return False
    items = lists.items(lines, texts, number)
    each = [max(odds(texts[item], lines[item].furniture), _LEAST_OF_ITEM) for item in items]
    return sum(each) > least * len(items)


# Log odds above which the words of a line are a site's: among the last lines, above another one and above none; among
# the first, or above an unknown one of the last.
_ODDS_BELOW, _ODDS_LAST, _ODDS_ABOVE = 1.5, 3.0, 4.0
# Letters of prose (a Han counts as three) below which a page needs more, and how much.
_SCANT, _ODDS_OF_SCANT = 450, 3.0
# Of what a rule for last lines knows: between paragraphs; among the first ones, or wherever its markup names a line so.
_ODDS_AMID, _ODDS_OF_RULES = -5.0, 1.0
_ODDS_NAMED, _ODDS_OF_TITLES = 4.5, 8.0  # of others wherever their markup names them so; of the very first
_LEAST_OF_ITEM = -8.0  # that one item of a list counts with


def _head(
    lines: Sequence[Line], texts: Sequence[str], cut: set[int], found: Reasons, title: str, more: float, words: bool
) -> None:
    skipped = 0
    for number, text in enumerate(texts):
        if number in found:
            continue
        reason = match(text, "head", "edge") or menus.navigation(text) or menus.lone_entry(texts, number)
        if not reason and odds(text, lines[number].furniture) > more + _ODDS_OF_RULES:
            reason = match(text, "tail", "loose")
        least = more + (_ODDS_ABOVE if number or title else _ODDS_OF_TITLES)
        if reason:
            found[number] = reason
        elif words and _sounds_so(lines, texts, number, found, least):
            found[number] = "header"
        elif number in cut:
            continue
        elif is_prose(text) or skipped == _SKIPPED:
            break
        else:
            skipped += 1
    if title:
        _section_names(texts, found)


def _amid(lines: Sequence[Line], texts: Sequence[str], found: Reasons, more: float) -> None:
    """Lines between paragraphs that interrupt them."""
    prose = [n for n, line in enumerate(lines) if is_prose(line.text) and n not in found]
    for before, behind in pairwise(prose):
        if before + 1 < behind <= before + 1 + _INTERRUPTING:
            for number in range(before + 1, behind):
                if number in found or not may_be_the_sites(lines[number].text):
                    continue
                reason = match(texts[number], "tail", "edge")
                if reason and odds(texts[number]) > more + _ODDS_AMID:
                    found[number] = reason


def _named(lines: Sequence[Line], texts: Sequence[str], found: Reasons, more: float, words: bool) -> None:
    """Lines of which markup says that they are the site's, anywhere: lists under their head, what sounds so."""
    last = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        said = lines[number].furniture
        if not said or number >= last or number in found:
            continue
        head = lists.head(lines, texts, number)
        if head is not None and all(line.furniture for line in lines[head:number]):
            found.update(dict.fromkeys(range(head, number + 1), "related"))
            last = head
            continue
        reason = known_below(texts[number]) or menus.navigation(texts[number])
        if reason and odds(texts[number], said) > more + _ODDS_OF_RULES:
            found[number] = reason
        elif not reason and words and _sounds_so(lines, texts, number, found, more + _ODDS_NAMED):
            found[number] = "interrupting"


# What a company or a body that has sent out a text says of itself below it, under its name.
_ABOUT = re.compile(r"(?:about|关于|關於)\s?(?:the )?([^.。！？!?:：，,]{2,50})[:：]?", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b(?:is|are) (?:an?|the|one|among|part)\b"
    r"|\b(?:founded|headquartered|established|incorporated|based|listed|owned)\b"
    r"|\b(?:provides|develops|designs|makes|manufactures|employs|serves|operates|offers|helps|supports|works|delivers)\b"
    r"|成立|创立|创建|创办|始建|組建|組成|總部|总部|設於|致力于|致力於|股票代[码號]|旗下|隶属"
    r"|是(?:一[家个間所]|全球|世界|中国|国内|国际|领先|專業|专业|由)"
)
_ABOUT_LINES = 10  # from the end
_SAME_NAME = 6  # characters in which the heading and the line below agree


def _about(texts: Sequence[str], found: Reasons) -> None:
    """A heading among the last lines that names somebody, who speaks of himself in the lines below."""
    for number in range(len(texts) - 2, max(0, len(texts) - 1 - _ABOUT_LINES), -1):
        named = _ABOUT.fullmatch(texts[number])
        below = texts[number + 1].casefold().removeprefix("the ") if named else ""
        if named and below.startswith(named[1].casefold()[:_SAME_NAME].strip()) and _ITSELF.search(below):
            end = number + 2
            while end < len(texts) and end not in found and is_prose(texts[end]):
                end += 1
            found.update(dict.fromkeys(range(number, end), "about"))


def _end_mark(lines: Sequence[Line], found: Reasons) -> None:
    """A sign with which agencies, firms and magazines end a text, and what stands below it if none of that is prose."""
    for number in range(len(lines) - 1, 1, -1):
        if _END_MARK.fullmatch(lines[number].text):
            below = [n for n in range(number + 1, len(lines)) if n not in found]
            above, rest = (sum(len(lines[n].text) for n in some) for some in (range(number), below))
            if above > rest:
                found[number] = "end"
                if not any(is_prose(lines[n].text) for n in below):
                    found.update(dict.fromkeys(below, "footer"))
            return


def _below_the_sites(lines: Sequence[Line], found: Reasons) -> None:
    """Whatever stands below a line behind the last sentence with which a site goes on to something else."""
    last = max((n for n, line in enumerate(lines) if n not in found and is_prose(line.text)), default=len(lines))
    first = min((n for n, reason in found.items() if n > last and reason in _GOING_ON), default=len(lines))
    for number in range(first + 1, len(lines)):
        found.setdefault(number, "footer")


def _section_names(texts: Sequence[str], found: Reasons) -> None:
    """Short lines above the text that only say again what the crumbs or menu beside them say."""
    crumbs = [texts[n].casefold() for n in found if n < 6 and found[n] in ("crumbs", "navigation")]
    if not crumbs:
        return
    for number, text in enumerate(texts[:6]):
        if is_prose(text):
            return
        if number not in found and any(text.casefold() in crumb for crumb in crumbs):
            found[number] = "crumbs"


def _footer_words(lines: Sequence[Line], cut: set[int], found: Reasons) -> None:
    """One or two short lines that stand alone between the last sentence and what was cut below it."""
    texts = [line.text for line in lines]
    last = next((n for n in range(len(texts) - 1, -1, -1) if n not in cut and n not in found), -1)
    if last == len(texts) - 1:
        below = last
        while below >= 0 and below not in cut and below not in found:
            below -= 1
        if len(texts) - 1 - below <= _FOOTER_WORDS and below >= 0 and found.get(below) == "tags":
            found.update(dict.fromkeys((n for n in range(below + 1, len(texts)) if _is_footer(texts[n])), "footer"))
        return
    numbers = []
    while last >= 0 and _is_footer(texts[last]):
        numbers.append(last)
        last -= 1
    over = last in cut or last in found or (last >= 0 and texts[last][-1] in PROSE_ENDS)
    if over and len(numbers) <= _FOOTER_WORDS:
        found.update(dict.fromkeys(numbers, "footer"))


def _is_footer(text: str) -> bool:
    return bool(text) and len(text) <= 24 and len(text.split()) <= 4 and not re.search(r"[\d\W]", text.replace(" ", ""))
