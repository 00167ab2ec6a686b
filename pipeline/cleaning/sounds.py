"""What the words of a line say by themselves: whether a site or an article speaks so, and which rule knows them."""

import re
from math import inf

from pipeline.cleaning import site
from pipeline.cleaning.rules import LONGEST, known, match
from pipeline.cleaning.wording import TOLD, is_prose, may_be_the_sites

_ODDS_OF_PROSE = 2.0  # how much more a sentence needs
_ODDS_OF_NEWS, _BRIEF = -8.0, 40  # at which the words are those of news; characters of a line that is none
# The first sentence of several, in a folded line; letters of one that is long enough to judge; log odds of news.
_FIRST = re.compile(r"[^。！？!?]{12,}?(?:[。！？!?]|(?<=[a-z]{3})\.(?= [A-Z]|[\u4e00-\u9fff]))(?=.{8})")
_ODDS_OF_OPENING = -3.0


def odds(text: str, said: int = 0) -> float:
    """Log odds that the words of a line are such as sites put around an article; of what can't be, there are none.

    :param said: the odds that its markup gives for that
    """
    if not text or len(text) > LONGEST or TOLD.search(text):
        return -inf
    prose = is_prose(text)
    if (prose and not said and not may_be_the_sites(text)) or opens_as_news(text):
        return -inf
    return site.likeness(text) + said - _ODDS_OF_PROSE * prose


def known_below(text: str) -> str | None:
    """Why a line among the last ones is boilerplate; the loose rules do not hold for what is told as news is."""
    if opens_as_news(text):
        return None
    if reason := match(text, "tail", "edge"):
        return reason
    reason = match(text, "loose")
    if reason and (TOLD.search(text) or (len(text) > _BRIEF and site.likeness(text) < _ODDS_OF_NEWS)):
        return None
    return reason


def opens_as_news(text: str) -> bool:
    """Whether a line begins with a sentence of the article, behind which something of the site, or spam, was glued.

    >>> opens_as_news("目前，学校每周三晚上向村民开放观测，已经有三百多人次参加。扫码领取更多优惠。")
    True
    >>> opens_as_news("欢迎关注我们的公众号，每天为您推送。扫码领取更多优惠。")
    False
    """
    sentence = _FIRST.match(text)
    if sentence is None or not is_prose(sentence[0]):
        return False
    return site.likeness(sentence[0]) < _ODDS_OF_OPENING and not known(sentence[0])
