"""Who wrote it, who edited it, who it is taken from: as bylines and credit lines in the text say.

Four different things: an author, an editor, a reporter (who counts as an author) and a source. Labels stand in
``data/byline_labels.csv``; a name is what follows a label, and must look like one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline import lexicon

_HAN_NAME = "[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,3}"
_PEN_NAME = r"[^\s，,。；;：:|｜丨/／、（()）【】\[\]<>《》“”\"]{2,24}"
_ENGLISH_NAME = r"[A-Z][\w.'’\-]{0,24}(?:\s(?:(?:de|van|von|der|bin|al|la|el|di|da)\s)?[A-Z][\w.'’\-]{0,24}){1,3}"
_ENGLISH_NAMES = (
    rf"{_ENGLISH_NAME}(?:\s(?:in|at)\s[A-Z]\w{{1,20}})?(?:(?:,\sand\s|,\s|\sand\s|\s&\s){_ENGLISH_NAME}){{0,5}}"
)
_SEPARATOR = r"\s{0,3}[:：|｜丨/／]\s{0,3}"
# （记者王五、赵六）, 本报记者 王五 赵六
_DUTIES = "编辑|編輯|责编|責編|责任|責任|摄影|攝影|校对|校對|实习|實習|通讯员|通訊員"  # what the next one did, no name
_HAN_NAMES = rf"{_HAN_NAME}(?:[、\s　]{{1,3}}(?!{_DUTIES}){_HAN_NAME}){{0,5}}"
_REPORTER = re.compile(
    rf"(?:[（(【\[〔][^（()）【】〔〕]{{0,16}}|^[^\s，。：:是为的位名个]{{0,8}})(?:记者|記者)\s{{0,3}}(?P<names>{_HAN_NAMES})"
    rf"(?=\s{{0,3}}(?:[）)】\]〕]|$|摄|文|图|报道|報道|報導|/|／|｜|{_DUTIES}))"
)
# （某社記者王小五台北9日電）: three characters and a place, or two
_CABLE = re.compile(
    r"(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{3}(?=[\u4e00-\u9fff]{2,4}\d)|[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff]{2,4}\d))"
    r"[\u4e00-\u9fff]{2,4}\d{1,2}日[电電讯訊]"
)
_BEFORE = re.compile(
    rf"^(?:\S{{2,12}}\s{{1,3}})?(?P<names>{_HAN_NAME})\s?[/／|｜丨]\s?(?:文|图文|文图|撰文|撰稿|报道|報導)$"
)
_NAMED = re.compile(r"(?:微信公众号|公众号|微信公號)\s?[“「『【《](?P<names>[^“”「」『』【】《》]{2,20})[”」』】》]")
_POSTED = re.compile(
    rf"^(?:posted|发布|發佈|发表|發表)\s?(?:@|on|at|于|於)?\s?[\d/:.年月日\s-]{{8,24}}\s(?P<names>{_PEN_NAME})\s(?:阅读|閱讀|浏览|瀏覽|评论|評論|views)"
)  # posted @ 2020-03-04 10:00 王小明 阅读(10)
_TITLED = re.compile(
    rf"^(?P<names>{_ENGLISH_NAMES})\s?[|,•·]\s?(?:[\w-]{{2,20}}\s){{0,3}}(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Cc]olumnist)$"
)
_WITH_OUTLET = re.compile(rf"^(?P<name>{_HAN_NAME})\s?[/／]\s?(?P<outlet>[^\s/，。]{{2,16}})$")
_BY = re.compile(
    rf"^(?:(?:written|story|words|text|posted|published|reported)\s)?by:?\s+(?P<names>(?-i:{_ENGLISH_NAMES}))(?=$|[,.|\s•·–—-])",
    re.I,
)
_REPORTING = re.compile(rf"(?:\((?:[^()]{{0,60}}\b)?|^)(?:[Rr]eporting|[Ww]riting)\sby\s(?P<names>{_ENGLISH_NAMES})")
_EDITING = re.compile(rf"\b[Ee]dit(?:ing|ed)\sby\s(?P<names>{_ENGLISH_NAMES})")
_FIELD = re.compile(
    r"^[【\[]\s{0,9}([\u4e00-\u9fff])\s{0,9}([\u4e00-\u9fff])\s{0,9}[】\]]\s{0,9}[:：]?\s{0,9}"
)  # 【作 者】
_SPLIT = re.compile(r"[、,，/／&\s　]+")
_SPLIT_ENGLISH = re.compile(r",\sand\s|,\s|\sand\s|\s&\s")
_BRACKETED = (
    (_REPORTER, "author", _SPLIT),
    (_CABLE, "author", _SPLIT),
    (_REPORTING, "author", _SPLIT_ENGLISH),
    (_EDITING, "editor", _SPLIT_ENGLISH),
)
_LINES = (
    (_BY, "author", _SPLIT_ENGLISH),
    (_TITLED, "author", _SPLIT_ENGLISH),
    (_BEFORE, "author", _SPLIT),
    (_POSTED, "author", _SPLIT),
    (_NAMED, "source", _SPLIT_ENGLISH),
)
_MAY_NAME = re.compile(r"[记記]者|(?:ing|ed)\sby\s")  # without it none of these fits
_PLACE = re.compile(r"\s(?:in|at)\s[A-Z]\w+$")
_CODE = re.compile(r"[_\s]?[A-Z]{1,4}\d{2,6}$")  # an editor's, behind the name: 王小五_NB123
_NEXT = re.compile(
    rf"(?:{_DUTIES.partition('|通讯员')[0]}|审核|審核|审校|报道|報道|報導|发自|發自|来自|來自)$"
)  # here what another did begins, or the place
_OUTLET = re.compile(
    r"(?:网|網|報|报|社|台|新闻|新聞|在线|在線|频道|頻道|客户端|公众号|编辑部|編輯部|杂志|雜誌|周刊|週刊|资讯|資訊|传媒|傳媒|媒体|媒體|论坛|論壇|博客|号|網站|网站)$"
    r"|[\u4e00-\u9fff]{2}(?:财经|財經|体育|體育|娱乐|娛樂|科技|教育|汽车|房产|军事|證券|证券|股票|基金|综合|綜合|中心|公司|集团|集團|协会|協會|委员会|委員會|政府|研究院|研究所|大学|大學|办公室|宣传部|[气公].{1,2}局|电视|電視|广播|廣播)$"
    r"|\b(?:News|Times|Post|Daily|Herald|Tribune|Journal|Reuters|Press|Agency|Media|Magazine|Network|TV|Staff|Editors?|Desk|Team)\b|\.(?:com|cn|net|org)\b",
    re.I,
)
_POST = r"(?:correspondent|reporter|editor|writer|columnist|contributor|producer|photographer|analyst|critic|in chief)"
_NOT_A_NAME = re.compile(
    rf"\d|\b{_POST}s?$|(?:记者|記者|撰稿人|通讯员|通訊員)$|https?:|www\.|^(?:未知|佚名|匿名|网络|互联网|本站|原创"
    r"|(?:通讯员|发自|来自|实习|摄影|报道|特约|综合|整理).{0,4}|admin|administrator|unknown|none|null|by)$",
    re.I,
)
_HOLDS_POST = re.compile(
    rf"(?![据據])[^\s，。：:]{{2,14}}(?:记者|記者|主笔|主筆|专栏作家|專欄作家|撰稿人|评论员|評論員)|(?i:(?:[\w&’'-]{{1,20}},?\s){{0,5}}{_POST}(?:,\s.{{2,40}})?)"
)  # a line under a name
_LONE_NAME = re.compile(rf"{_HAN_NAME}|{_ENGLISH_NAME}")
# In a line of such things alone, what begins the next one, with no blank before it: 10:00来源：某报作者：王小明
_GLUED = re.compile(
    r"(?<=[^\s（(【\[])(?=(?:来源|來源|作者|记者|記者|(?:责任|責任)?(?:编辑|編輯)|责编|責編|时间|時間|日期|发布|發布|浏览|瀏覽|阅读|閱讀|点击|點擊"
    r"|字号|字體|字体|评论|評論|分享)(?:次数|次數|时间|時間)?\s?[:：（(])"
)
_OF_MATTER = re.compile(r"\W{0,3}(?:(?:19|20)\d\d[-/.年]|\d{1,2}:\d\d|[^\s：:，。]{2,4}\s?[:：])")


class People(NamedTuple):
    """Names found; None where the text says nothing."""

    author: str | None = None
    editor: str | None = None
    source: str | None = None


@cache
def _labelled() -> re.Pattern[str]:
    """A label, a separator and up to six names, at a line's start or after a blank or a bracket."""
    labels = "|".join(sorted(map(re.escape, _roles()), key=len, reverse=True))
    more = rf"(?:[、,，&\s　]{{1,3}}(?!(?:{labels}){_SEPARATOR}|(?:{labels})\s){_HAN_NAME}(?![:：|｜丨/／\w])){{0,5}}"
    return re.compile(
        rf"(?:^|[\s　（(【\[，,。；;/|｜])(?:[^\s，。：:是为的位名个]{{0,4}}?)(?P<label>{labels})"
        rf"(?:{_SEPARATOR}|\s{{1,3}}(?={_HAN_NAME}(?:[\s、）)】]|$)))"
        rf"(?:[\[［【〔（(][\u4e00-\u9fff]{{1,4}}[\]］】〕）)]\s?)?(?P<names>{_ENGLISH_NAMES}|{_PEN_NAME}{more})",
        re.I,
    )


@cache
def _roles() -> dict[str, str]:
    return {row["label"].lower(): row["role"] for row in lexicon.rows("byline_labels.csv")}


def is_outlet(name: str) -> bool:
    """A newspaper, agency or site rather than a person."""
    return bool(_OUTLET.search(name))


def is_name(name: str) -> bool:
    return 1 < len(name) <= 60 and not _NOT_A_NAME.search(name)


def people(lines: Sequence[str], head: int = 12, tail: int = 8) -> People:
    """Read the bylines of an article.

    :param lines: its lines in order, those around the body too; the first ``head`` and the last ``tail`` are looked at
    """
    found: dict[str, list[str]] = {"author": [], "editor": [], "source": []}
    near = list(lines) if len(lines) <= head + tail else [*lines[:head], *lines[-tail:]]
    for line, post in pairwise(near[:head]):
        if (
            len(line) <= 40
            and not _BY.match(line)
            and _LONE_NAME.fullmatch(line)
            and len(post) <= 80
            and _HOLDS_POST.fullmatch(post)
        ):
            _add(found, "author", [line])
    for line in near:
        if len(line) <= 120:
            _read_labels(line, found)
        _read_brackets(line[:200] if len(line) > 400 else line, found)
        if len(line) > 400:
            _read_brackets(line[-200:], found)
    found["source"] = found["source"][:1]
    return People(*(", ".join(list(dict.fromkeys(names))[:8]) or None for names in found.values()))


def _read_labels(line: str, found: dict[str, list[str]]) -> None:
    line = _FIELD.sub(_field, line)
    line = _GLUED.sub(" ", line) if _OF_MATTER.match(line) else line
    for match in _labelled().finditer(line):
        role = _roles()[match["label"].lower()]
        if role == "source":
            english = match["names"][:1].isascii()
            _add(found, role, [match["names"] if english else re.split(r"[\s　]", match["names"])[0]])
        else:
            english = match["names"].isascii()
            _add(found, role, (_SPLIT_ENGLISH if english else _SPLIT).split(match["names"]))
    if (credit := _WITH_OUTLET.match(line)) and is_outlet(credit["outlet"]):
        _add(found, "author", [credit["name"]])
    for pattern, role, split in _LINES:
        if named := pattern.search(line):
            _add(found, role, split.split(named["names"]))


def _field(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}：" if match[1] + match[2] in _roles() else match[0]


def _read_brackets(line: str, found: dict[str, list[str]]) -> None:
    if not _MAY_NAME.search(line):
        return
    for pattern, role, split in _BRACKETED:
        for match in pattern.finditer(line):
            _add(found, role, split.split(match["names"]))


def _add(found: dict[str, list[str]], role: str, names: Iterable[str]) -> None:
    for name in names:
        name = _CODE.sub("", _PLACE.sub("", name.strip()))
        if role != "source" and _NEXT.search(name):
            return
        if not is_name(name):
            continue
        if role == "author" and is_outlet(name):
            found["source"].append(name)
        else:
            found[role].append(name)
