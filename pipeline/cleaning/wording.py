"""How sites speak: of themselves and to their visitors; and what is told, prose or a specification, instead."""

import re

from pipeline.text import HAN, count_han

PROSE_ENDS = frozenset('。！？!?.…；;”"’』」）)')
BIGRAM = re.compile(f"(?=([{HAN}]{{2}}))")
INNER_STOP = re.compile(r"[。！？]|[.!?] [A-Z]")
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
SITE = re.compile(f"{_SITE_HAN}|{_SITE_LATIN}", re.IGNORECASE)
TO_VISITORS = re.compile(f"{_VISITORS_HAN}|{_VISITORS_LATIN}", re.IGNORECASE)
# The same in two: a pattern whose alternatives all begin with a character of their own is far quicker.
_HAN_OR_SIGN = re.compile("|".join([_SITE_HAN, _VISITORS_HAN, *map(re.escape, "|｜丨/:：>»@#＃©")]))
_LATIN = re.compile("[A-Za-z]")
_SITE_IN_LATIN = re.compile(f"{_SITE_LATIN}|{_VISITORS_LATIN}")
# Somebody's words, or somebody said to say them: what stands there is told, whatever it speaks of.
TOLD = re.compile(
    r"[“\"「『][^”\"」』]{13}|\b(?:said|says|told|added|according to|wrote|argue[sd]?|judge|court|fined)\b"
    r"|写着|写道|(?<![即则均并])表示|指出|透露|获悉|注意到|法官|称，|说，"
)


_ITEM = re.compile(r"^[-•*·]? ?\d{1,2}[.)、:]? (?!\d)")
# Besides SITE: how it counts its visitors and tells of itself where figures stand.
_OF_ITSELF = re.compile(
    r"\b(?:us|our|we|views?|likes?|votes?|replies|reactions?|updated|posted|published|ago|issue|no|vol|tel|fax|ext)\b"
    r"|[©®™]|我们|本[网站报]|浏览|播放|观看|人气|发布|更新|发表|次|张|图|电话|传真|地址|邮编|备案|许可证|备\d",
    re.IGNORECASE,
)
# A size, clock, storage or the like, as specifications give them; and what an offer has and a specification has not.
_MEASURE = re.compile(r"\d\s?(?:[mcn]m|[GM]?Hz|[KMGT]B|mAh|kW|fps|px|dB|°C)\b")
_OFFERED = re.compile(r"[$€£¥￥@]|\d\s?[元块]|https?:|www\.|\d{7}")


def is_specification(text: str) -> bool:
    """Whether more than half of the lines give a measure, and none a price or a way to be reached.

    >>> is_specification("LQFP48 7 x 7 mm\\nQFN32 5 x 5 mm"), is_specification("4 GB RAM, $5 a month")
    (True, False)
    """
    lines = text.split("\n")
    return not _OFFERED.search(text) and 2 * sum(bool(_MEASURE.search(line)) for line in lines) > len(lines)


def gives_figures(text: str) -> bool:
    """Whether a line has a number and no word by which a site speaks of itself: results, prices, hours, versions.

    >>> gives_figures("Sat 9 Nov, Harbour Park, 1.40pm"), gives_figures("Share (9)"), gives_figures("阅读 9")
    (True, False, False)
    >>> gives_figures("3 Rain at sea"), gives_figures("912 views")  # the number of an item, of visitors
    (False, False)
    """
    return any(map(str.isdigit, _ITEM.sub("", text))) and not (SITE.search(text) or _OF_ITSELF.search(text))


def may_be_the_sites(text: str) -> bool:
    """Whether a line has any word or sign without which a sentence is none of a site's.

    >>> may_be_the_sites("Get it on your phone."), may_be_the_sites("扫码看新闻。"), may_be_the_sites("港口 | 渡口")
    (True, True, True)
    >>> may_be_the_sites("Rain fell."), may_be_the_sites("雨停了。")
    (False, False)
    """
    if _HAN_OR_SIGN.search(text):
        return True
    return _LATIN.search(text) is not None and _SITE_IN_LATIN.search(text.lower()) is not None


def of_the_site(text: str) -> bool:
    """Whether a short line speaks of the site in two of its words; a sentence in three, and to its visitors.

    >>> of_the_site("Related stories"), of_the_site("Stories of the sea"), of_the_site("更多相关阅读")
    (True, False, True)
    >>> of_the_site("Please read and share our latest newsletter."), of_the_site("Share the latest newsletter.")
    (True, False)
    """
    if not text or len(text) > _SITE_LINE or INNER_STOP.search(text) or TOLD.search(text):
        return False
    found = len({word.casefold() for word in SITE.findall(text)})
    return found >= 3 and bool(TO_VISITORS.search(text)) if text[-1] in PROSE_ENDS else found >= 2


def letters(text: str) -> int:
    """How long a text is: a Han counts as three letters."""
    return len(text) + 2 * count_han(text)


def is_prose(text: str) -> bool:
    """Whether a line is a sentence by its end, or too long to be anything else.

    >>> is_prose("渡口开航。"), is_prose("The ferry sailed.")
    (True, False)
    >>> is_prose("The ferry sailed from the old quay at nine on Monday.")
    True
    """
    return not text or text[-1] in "。！？" or len(text) > 120 or (len(text) > 40 and text[-1] in PROSE_ENDS)
