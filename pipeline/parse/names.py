"""Names in bylines: which are persons, which outlets, and which are none."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon

POST = r"(?:correspondent|reporter|editor|writer|columnist|contributor|producer|photographer|analyst|critic|in chief)"
_OUTLET = re.compile(
    r"(?:网|網|報|报|社|台|新闻|新聞|在线|在線|频道|頻道|客户端|公众号|编辑部|編輯部|杂志|雜誌|周刊|週刊|资讯|資訊|传媒|傳媒|媒体|媒體"
    r"|论坛|論壇|博客|号|網站|网站)$"
    r"|[\u4e00-\u9fff]{2}(?:财经|財經|体育|體育|娱乐|娛樂|科技|教育|汽车|汽車|房产|房產|军事|軍事|證券|证券|股票|基金|综合|綜合|中心"
    r"|公司|集团|集團|协会|協會|委员会|委員會|政府|研究院|研究所|大学|大學|办公室|宣传部|[气公].{1,2}局|电视|電視|广播|廣播)$"
    r"|\b(?:News|Times|Post|Daily|Herald|Tribune|Journal|Reuters|Press|Agency|Media|Magazine|Network|TV|Staff|Editors?|Desk"
    r"|Team)\b|\.(?:com|cn|net|org)\b",
    re.I,
)
_NOT_A_NAME = re.compile(
    rf"\d|\b{POST}s?$|https?:|www\.|[？！?!，。]"
    r"|(?:记者|記者|撰稿人|通讯员|通訊員|作者|主笔|主筆|评论员|評論員|专栏作家|專欄作家|的)$"  # what one is
    r"|[\u4e00-\u9fff](?:摄|攝|拍|供图|供圖|制图|製圖|提供)$"  # of a picture
    r"|^(?:全文完|未知|佚名|匿名|网络|互联网|本站|原创|图片|圖片|题图|视频|來源|来源|出品|编译|編譯|剪辑|剪輯|校审|采访|採訪|提供|(?:编辑|編輯)(?:团队|團隊)?"
    r"|(?:通讯员|发自|来自|实习|摄影|报道|特约|综合|整理).{0,4}|admin|administrator|unknown|none|null|by)$",
    re.I,
)
_AROUND = "丨|｜/／→←@ \u3000"
_HAN = re.compile("[\u4e00-\u9fff]+")


def is_outlet(name: str) -> bool:
    """A newspaper, agency or site rather than a person."""
    return bool(_OUTLET.search(name))


def is_name(name: str) -> bool:
    return 1 < len(name) <= 60 and not _NOT_A_NAME.search(name)


def is_han_name(name: str) -> bool:
    """Two or three characters, of which the first is a surname; four with a surname of two.

    >>> is_han_name("王小明"), is_han_name("司马小明"), is_han_name("小明")
    (True, True, False)
    """
    single, double = _surnames()
    return (len(name) in (2, 3) and name[0] in single) or (len(name) in (3, 4) and name[:2] in double)


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    single, double = lexicon.lines("han_surnames.txt")
    return frozenset(single), frozenset(double.split())


def apart(name: str, outlet: str | None = None) -> list[str]:
    """The persons in what stands between two separators of a byline.

    :param outlet: what the article is taken from, which may stand glued before the name
    >>> apart("东岸报王小明", "东岸报"), apart("王小明李红赵小六"), apart("云雀叫了一整天")
    (['王小明'], ['王小明', '李红', '赵小六'], ['云雀叫了一整天'])
    """
    name = name.strip(_AROUND)
    if outlet and name.startswith(outlet) and is_han_name(name[len(outlet) :]):
        name = name[len(outlet) :]
    if 5 <= len(name) <= 15 and _HAN.fullmatch(name):
        ways = [way for _, way in zip(range(2), _ways(name), strict=False)]
        if len(ways) == 1:
            return ways[0]
    return [name] if name else []


def _ways(name: str) -> Iterator[list[str]]:
    """How a row of characters can be cut into names."""
    if not name:
        yield []
    for size in (2, 3, 4):
        if len(name) >= size and is_han_name(name[:size]):
            yield from ([name[:size], *rest] for rest in _ways(name[size:]))
