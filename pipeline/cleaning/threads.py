"""What readers wrote below an article: threads of comments, replies and reactions."""

import re
from collections.abc import Container, Sequence

from pipeline.cleaning.rules import LONGEST, match
from pipeline.cleaning.wording import is_prose, letters
from pipeline.text import MONTH

_LONGEST = 120  # characters of a line that shows who wrote and when
_APART = 8  # lines between two such lines
_LEAST_PROSE = 2  # lines of the article above
_LEAST_ALONE, _LEAST_BELOW = 3, 2  # lines that show who wrote: in a thread without a head, below a head
_MONTH = rf"{MONTH}\.?"
_DAY = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH},?\s\d{{4}})"
)
_SHORT_DAY, _CLOCK = r"\d{1,2}(?:月\d{1,2}日|[-/]\d{1,2})", r"\d{1,2}:\d\d(?::\d\d)?"
_AGO = (
    r"\d{1,3}\s?(?:(?:second|minute|min|hour|hr|day|week|month|year)s?|[smhdwy])\sago"
    r"|\d{1,3}\s?(?:秒|分钟|小时|天|周|个?月|年)前"
)
_WROTE = r"(?:says|wrote|writes|commented|replied|posted)"  # who said something on a day is of the news
_WRITTEN = r"(?:发表于|发布于|回复于|评论于|留言于|回复|写道|评论)"
# Who wrote, and when.
_SIGN = re.compile(
    r"(?:推|嘘|→)\s{1,3}\w{2,14}\s{0,3}:.*"
    rf"|.{{1,40}}\s{_WROTE}(?: this)?,?(?: on| at)?:? (?:{_DAY}|{_AGO}).*"
    rf"|.{{1,30}}?\s?{_WRITTEN}\s?:?\s?{_DAY}.*"
    r"|\S{1,40} (?:reblogged this|likes this|liked this).*"
    r"|(?:#?\d{1,4}\s?(?:楼|#)|沙发|板凳)(?:\s.*)?"
    rf"|[^\s:：，。]{{1,20}}[（(](?:{_DAY}|{_SHORT_DAY})\s{_CLOCK}[）)]\s?[:：].*"  # 阿东（7月13日 21:15）：…
    rf"|[^\s:：，。]{{1,20}}[:：].*[（(](?:{_DAY}|{_SHORT_DAY})\s{_CLOCK}[）)]"
    rf"|[^\s:：，。]{{1,12}}\s(?:{_DAY}|{_SHORT_DAY})\s{_CLOCK}\s(?:赞|点赞|回复|支持|顶)\b.*"
    # What boards show of members and their posts.
    rf"|last edited by .{{1,60}}\sedited \d{{1,3}} times?.*|joined:\s{_DAY}|posted:\s(?:[a-z]{{3,9}},?\s)?{_DAY}.*"
    r"|.{0,30}\b\d{1,3}\.\d{1,3}\.(?:\d{1,3}|\*)\.\*.*",  # 网友 58.218.*.*
    re.I,
)
# What may as well stand in an article.
_MAYBE = re.compile(
    rf"[^.!?。！？:]{{1,40}}\s(?:{_WROTE}|said|added):.*"
    r"|(?:\W{0,3}(?:reply|like|report|permalink|flag|share|回复|举报|点?赞|引用|顶|踩|支持|反对|回应)\W{0,3}\d{0,5}\W{0,3}){1,5}",
    re.I,
)
_MEMBER = re.compile("joined:", re.I)
_RANKS, _NAME = 2, 24  # lines of a member's name and rank, and characters of one
_WHEN = re.compile(rf"(?:\W{{0,3}}{_DAY}|{_AGO})(?:[\s,at]{{1,4}}\d{{1,2}}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?)?", re.I)
_HINT = re.compile(
    r"comment|thoughts? on|posted:|respons|repl|says|wrote|reblogged|likes? this|joined:"
    r"|评论|留言|跟帖|回复|回应|回响|楼|推 |沙发",
    re.I,
)


def is_day(text: str) -> bool:
    """Whether a line is a day, with or without a time, and nothing else.

    >>> is_day("March 4, 2021 at 8:14 am"), is_day("3 hours ago"), is_day("The fourth of March")
    (True, True, False)
    """
    return _WHEN.fullmatch(text) is not None


def find(texts: Sequence[str], aside: Container[int] = ()) -> range:
    """The numbers of the lines of the thread that ends a page; an empty range without one.

    :param texts: the lines, folded
    :param aside: the numbers of those that are not the article's anyhow
    """
    hinted = next((number for number, text in enumerate(texts) if _HINT.search(text)), len(texts))
    if hinted == len(texts):
        return range(0)
    # Lines too long for any rule come as empty ones.
    sizes = [0 if number in aside else letters(text) or 2 * LONGEST for number, text in enumerate(texts)]
    whole, above, prose = sum(sizes), 0, 0
    for number, text in enumerate(texts):
        if number >= hinted and prose >= _LEAST_PROSE and len(text) <= _LONGEST * 2:
            head = match(text, "thread") is not None
            counted = re.search(r"\d", text) is not None and 2 * above >= whole  # above an article it only leads down
            if head and (counted or _signs(texts, number + 1, True) >= _LEAST_BELOW):
                return range(number, len(texts))
            if not head and _SIGN.fullmatch(text) and _signs(texts, number, False) >= _LEAST_ALONE:
                return range(_of_member(texts, number) if _MEMBER.match(text) else number, len(texts))
        prose += sizes[number] > 0 and is_prose(text)
        above += sizes[number]
    return range(0)


def _of_member(texts: Sequence[str], number: int) -> int:
    """The line where a member's name and rank begin, which boards show above since when he has been one."""
    first = number
    while first > number - _RANKS and 0 < len(texts[first - 1]) <= _NAME and not is_prose(texts[first - 1]):
        first -= 1
    return first


def _signs(texts: Sequence[str], first: int, headed: bool) -> int:
    """How many lines from the first one show who wrote, none of them far from the one before."""
    count, last = 0, first
    for number in range(first, len(texts)):
        if number - last > _APART:
            break
        text = texts[number]
        if _SIGN.fullmatch(text) or (headed and len(text) <= _LONGEST and (_MAYBE.fullmatch(text) or is_day(text))):
            count, last = count + 1, number
    return count
