"""Boilerplate: whole lines that pages put around any article, by rule and by their words."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from pipeline.cleaning import menus, site
from pipeline.cleaning.rules import LONGEST, Folded, hinted, match
from pipeline.cleaning.view import Line
from pipeline.text import count_han

Reasons = dict[int, str]  # number of the line -> reason

_PROSE_ENDS = frozenset('。！？!?.…；;”"’』」）)')
_INNER_STOP = re.compile(r"[。！？]|[.!?] [A-Z]")
_BULLET = re.compile(r"\s{0,3}(?:\d{1,2}[.)、]|[-•*·>»])\s{0,3}")
_LIST_LINES = 12
_ODDS_OF_HEADS = 2.0
_LABEL = re.compile(r"[^\d。！？.!?]{2,30}")  # what may stand above a list
_LONG_LABEL = re.compile(r".*[\u4e00-\u9fff].{10}")  # a headline unless it speaks of the site
_INTERRUPTING = 3  # lines, at most, between two paragraphs
_SKIPPED = 2  # lines unknown to the rules that the search from an edge steps over
_FOOTER_WORDS = 2
_SITE_LINE = 120  # characters of the longest line that words of sites alone tell
# Words by which a site speaks of itself and to its visitors; signs that part its entries.
_SITE_HAN = (
    "评论|分享|关注|编辑|来源|版权|订阅|客户端|公众号|视频号|二维码|扫码|转载|更多|推荐|相关|阅读|登录|注册|点击|本网|本站|本报"
    "|小编|投稿|在看|点赞|收藏|首页|专题|频道|栏目|热线|网站|下载|微信|微博|隐私|声明|广告"
)
_SITE_LATIN = (
    r"\b(?:comments?|share|subscribe|subscribers?|subscription|newsletters?|follow|cookies?|privacy|related|read|editors?|edited"
    r"|source|terms|sign (?:up|in)|log ?in|register|app|podcast|inbox|account|advertisement|sponsored|facebook|twitter"
    r"|instagram|youtube|linkedin|email|website|homepage|stories|articles?|story|topics?|tags?|copyright|reserved|reprints?"
    r"|permissions|download|click|here|page|site|latest|trending|popular|recommended|next|previous)\b"
)
_VISITORS_HAN, _VISITORS_LATIN = "您|你|我们|本[网站报]|欢迎|请", r"\b(?:you|your|us|our|we)\b"
_SITE = re.compile(f"{_SITE_HAN}|{_SITE_LATIN}", re.IGNORECASE)
_TO_VISITORS = re.compile(f"{_VISITORS_HAN}|{_VISITORS_LATIN}", re.IGNORECASE)
# The same in two: a pattern whose alternatives all begin with a character of their own is far quicker.
_HAN_OR_SIGN = re.compile("|".join([_SITE_HAN, _VISITORS_HAN, *map(re.escape, "|｜丨/:：>»@#＃©")]))
_LATIN = re.compile("[A-Za-z]")
_SITE_IN_LATIN = re.compile(f"{_SITE_LATIN}|{_VISITORS_LATIN}")


def find(lines: Sequence[Line], cut: set[int], title: str) -> Reasons:
    """Which lines are boilerplate, and why.

    :param cut: numbers of the lines that are cut already (spam): the searches from the edges step over them
    :param title: the article's title; where it is not known, the first line may be it
    """
    texts = Folded(lines)
    found: Reasons = {}
    for number in hinted(lines):
        if reason := match(texts[number], "any"):
            found[number] = reason
    more = _ODDS_OF_SCANT * _is_scant(lines)
    _tail(lines, texts, cut, found, more)
    _head(lines, texts, cut, found, title, more)
    _amid(lines, texts, found, more)
    _named(lines, texts, found, more)
    _about(texts, found)
    _footer_words(lines, cut, found)
    return found


def _is_scant(lines: Sequence[Line]) -> bool:
    """Whether a page has little prose, as notices, lists and programmes do, which speak like a site."""
    size = 0
    for line in lines:
        if _is_prose(line.text):
            size += len(line.text) + 2 * count_han(line.text)
            if size >= _SCANT:
                return False
    return True


def _tail(lines: Sequence[Line], texts: Sequence[str], cut: set[int], found: Reasons, more: float) -> None:
    """From the last line up, as long as lines are known; two short ones that are not are stepped over.

    :param more: odds that the words of a line must have beyond the usual, here and below
    """
    skipped = 0
    number = len(texts) - 1
    while number >= 0 and skipped <= _SKIPPED:
        if number in found:
            number -= 1
            continue
        head = _list_head(lines, texts, number)
        reason = _last(texts[number]) or menus.navigation(texts[number]) or menus.lone_entry(texts, number)
        if head is not None:
            found.update(dict.fromkeys(range(head, number + 1), "related"))
            number = head
        elif reason:
            found[number] = reason
        elif number in cut:
            pass
        elif number and (
            _of_the_site(texts[number])
            or _odds(texts[number], lines[number].furniture) > more + (_ODDS_ABOVE if skipped else _ODDS_BELOW)
        ):
            found[number] = "footer"
        elif _is_prose(texts[number]) or number == 0:
            return
        else:
            skipped += 1
        number -= 1


def _may_be_the_sites(text: str) -> bool:
    """Whether a line has any word or sign without which a sentence is none of a site's."""
    if _HAN_OR_SIGN.search(text):
        return True
    return _LATIN.search(text) is not None and _SITE_IN_LATIN.search(text.lower()) is not None


def _of_the_site(text: str) -> bool:
    """Whether a short line speaks of the site in two of its words; a sentence in three, and to its visitors."""
    if not text or len(text) > _SITE_LINE or _INNER_STOP.search(text) or _TOLD.search(text):
        return False
    found = len({word.casefold() for word in _SITE.findall(text)})
    return found >= 3 and bool(_TO_VISITORS.search(text)) if text[-1] in _PROSE_ENDS else found >= 2


# Log odds above which the words of a line are a site's: among the last lines, the first (and behind
# an unknown last one), and between paragraphs; and how much more a sentence needs.
_ODDS_BELOW, _ODDS_ABOVE, _ODDS_AMID, _ODDS_OF_PROSE = 1.5, 4.5, 6.0, 2.0
# Letters of prose (a Han counts as three) below which a page needs more, and how much.
_SCANT, _ODDS_OF_SCANT = 450, 3.0
_ODDS_NAMED = 4.5  # wherever its markup names a line so
_ODDS_AMID_OF_RULES = -5.0  # of what a rule for last lines knows between paragraphs
_ODDS_OF_RULES, _ODDS_OF_TITLES = 1.0, 8.0  # of what a rule for last lines knows among the first; of the very first


def _odds(text: str, said: int = 0) -> float:
    """Log odds that the words of a line are such as sites put around an article; of what can't be, there are none.

    :param said: the odds that its markup gives for that
    """
    if not text or len(text) > LONGEST or _TOLD.search(text):
        return -inf
    prose = _is_prose(text)
    if prose and not said and not _may_be_the_sites(text):
        return -inf
    return site.likeness(text) + said - _ODDS_OF_PROSE * prose


# Somebody's words, or somebody said to say them: what stands there is told, whatever it speaks of.
_TOLD = re.compile(
    r"[“\"「『][^”\"」』]{13}|\b(?:said|says|told|added|according to|wrote|argue[sd]?|judge|court|fined)\b"
    r"|写着|写道|(?<![即则均并])表示|指出|透露|获悉|注意到|法官|称，|说，"
)


def _last(text: str) -> str | None:
    """Why a line among the last ones is boilerplate; the loose rules do not hold for what is told."""
    return match(text, "tail", "edge") or (match(text, "loose") if not _TOLD.search(text) else None)


def _list_head(lines: Sequence[Line], texts: Sequence[str], last: int) -> int | None:
    """The line that heads a list of headlines which ends at ``last``."""
    for number in range(last, max(-1, last - _LIST_LINES), -1):
        if match(texts[number], "list"):
            return number if number < last else None
        if 0 < number < last - 1 and _heads_a_list(texts[number]) and _ends_there(texts[number - 1]):
            return number
        if not texts[number] or len(texts[number]) > 120 or _INNER_STOP.search(_BULLET.sub("", texts[number], count=1)):
            return None
        if texts[number][-1] in "。.；;" and not lines[number].links:
            return None
    return None


def _ends_there(text: str) -> bool:
    """Whether the article can end in a line: a sentence, or one of the site's."""
    return _is_prose(text) or text[-1] in _PROSE_ENDS or site.likeness(text) > _ODDS_BELOW or _last(text) is not None


def _heads_a_list(text: str) -> bool:
    """Whether the words of a short line without an end are such as sites put above headlines."""
    if not _LABEL.fullmatch(text) or (_LONG_LABEL.match(text) and not _SITE.search(text)):
        return False
    return _last(text) is None and site.likeness(text) > _ODDS_OF_HEADS


def _head(lines: Sequence[Line], texts: Sequence[str], cut: set[int], found: Reasons, title: str, more: float) -> None:
    skipped = 0
    for number, text in enumerate(texts):
        if number in found:
            continue
        reason = match(text, "head", "edge") or menus.navigation(text) or menus.lone_entry(texts, number)
        odds = -inf if reason else _odds(text, lines[number].furniture) - more
        if odds > _ODDS_OF_RULES:
            reason = match(text, "tail", "loose")
        if reason:
            found[number] = reason
        elif number in cut:
            continue
        elif odds > (_ODDS_ABOVE if number or title else _ODDS_OF_TITLES):
            found[number] = "header"
        elif _is_prose(text) or skipped == _SKIPPED:
            break
        else:
            skipped += 1
    if title:
        _section_names(texts, found)


def _amid(lines: Sequence[Line], texts: Sequence[str], found: Reasons, more: float) -> None:
    """Lines between paragraphs that interrupt them."""
    prose = [n for n, line in enumerate(lines) if _is_prose(line.text) and n not in found]
    for before, behind in pairwise(prose):
        if before + 1 < behind <= before + 1 + _INTERRUPTING:
            for number in range(before + 1, behind):
                if number in found or not _may_be_the_sites(lines[number].text):
                    continue
                reason = match(texts[number], "tail", "edge")
                if _odds(texts[number]) > more + (_ODDS_AMID_OF_RULES if reason else _ODDS_AMID):
                    found[number] = reason or "interrupting"


def _named(lines: Sequence[Line], texts: Sequence[str], found: Reasons, more: float) -> None:
    """Lines whose markup says that they are the site's, wherever they stand: lists under their head, what sounds so."""
    last = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        said = lines[number].furniture
        if not said or number >= last or number in found:
            continue
        head = _list_head(lines, texts, number)
        if head is not None and all(line.furniture for line in lines[head:number]):
            found.update(dict.fromkeys(range(head, number + 1), "related"))
            last = head
            continue
        reason = _last(texts[number]) or menus.navigation(texts[number])
        if _odds(texts[number], said) > more + (_ODDS_OF_RULES if reason else _ODDS_NAMED):
            found[number] = reason or "interrupting"


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
            while end < len(texts) and end not in found and _is_prose(texts[end]):
                end += 1
            found.update(dict.fromkeys(range(number, end), "about"))


def _section_names(texts: Sequence[str], found: Reasons) -> None:
    """Short lines above the text that only say again what the crumbs or menu beside them say."""
    crumbs = [texts[n].casefold() for n in found if n < 6 and found[n] in ("crumbs", "navigation")]
    if not crumbs:
        return
    for number, text in enumerate(texts[:6]):
        if _is_prose(text):
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
    over = last in cut or last in found or (last >= 0 and texts[last][-1] in _PROSE_ENDS)
    if over and len(numbers) <= _FOOTER_WORDS:
        found.update(dict.fromkeys(numbers, "footer"))


def _is_footer(text: str) -> bool:
    return bool(text) and len(text) <= 24 and len(text.split()) <= 4 and not re.search(r"[\d\W]", text.replace(" ", ""))


def _is_prose(text: str) -> bool:
    return not text or text[-1] in "。！？" or len(text) > 120 or (len(text) > 40 and text[-1] in _PROSE_ENDS)
