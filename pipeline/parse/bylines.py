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
from pipeline.parse.names import (
    DONE,
    POST,
    apart,
    bare,
    is_han_name,
    is_name,
    is_nobody,
    is_outlet,
    is_person,
    is_weak,
    same,
    unspaced,
    wrote,
)
from pipeline.text import count_han

_HAN_NAME = "[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,3}"
_PEN_NAME = r"[^\s，,。；;：:|｜丨/／、（()）【】\[\]<>《》“”\"]{2,24}"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_NO_WORD = (  # that could stand in a name: what begins the next thing
    r"(?!(?:Updated|Published|Posted|Photos?|Photograph[sy]?|Videos?|Images?|Illustrations?|Graphics|Edited|Reviewed"
    rf"|{_MONTH}\.?\s\d{{1,2}}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|\w{1,20}\s?[:：])"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀČĆĎĐĒĞĪİŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ]"
_NAME_WORD = (
    rf"{_NO_WORD}(?:(?:{_CAPITAL}\.){{1,3}}|(?:Drs?|Mrs?|Ms|Jr|Sr|St|Prof|Rev|Sir)\.|{_CAPITAL}[\w'’\-]{{0,24}}+)"
)
_PARTICLE = r"(?:(?:de\sl(?:a|os)|v[ao]n\sde[rn]|del?|v[ao]n|der|bin|ibn|al|el|l[ae]|d[iau]|dos|te[nr]|y)\s)?"
_ENGLISH_NAME = rf"{_NAME_WORD}(?:\s{_PARTICLE}{_NAME_WORD}){{1,3}}"
_AND = r"(?:,\sand\s|,\s|\sand\s|\s&\s|\swith\s)"
_ENGLISH_NAMES = rf"{_ENGLISH_NAME}(?:\s(?:in|at)\s[A-Z]\w{{1,20}})?(?:{_AND}{_ENGLISH_NAME}){{0,5}}"
_SEPARATOR = r"\s{0,3}[:：|｜丨/／]{1,2}\s{0,3}"
# （记者王五、赵六）, 本报记者 王五 赵六
_DUTIES = "编辑|編輯|责编|責編|责任|責任|摄影|攝影|校对|校對|实习|實習|通讯员|通訊員"  # what the next one did, no name
_HAN_NAMES = rf"{_HAN_NAME}(?:[、\s　]{{1,3}}(?!\S{{0,4}}(?:{_DUTIES})){_HAN_NAME}){{0,5}}"
_REPORTER = re.compile(
    rf"(?:[（(【\[〔\s][^（()）【】〔〕\s]{{0,16}}|[（(【\[〔][^（()）【】〔〕]{{0,16}}|^[^\s，。：:是为的位名个]{{0,10}})(?:记者|記者|通讯员|通訊員|实习生|實習生)"
    rf"\s{{0,3}}[:：|｜丨]?\s{{0,3}}(?P<names>{_HAN_NAMES})(?=\s{{0,3}}(?:[）)】\]〕]|$|摄|文|图|报道|報道|報導|采访|採訪|采写|採寫|专访|專訪|整理|综合|綜合|撰|/|／|｜|{_DUTIES}"
    rf"|\S{{2,16}}(?:记者|記者)|\S{{2,4}}[:：])|[\s　][\u4e00-\u9fff]{{2,8}}(?:报道|報道|報導))"
)
_SENT = r"[\u4e00-\u9fff]{2,4}(?:\d{1,2}日[电電讯訊]|報導|报道)"
# （某社記者王小五台北9日電）: three characters and a place, or two
_CABLE = re.compile(rf"(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{{3}}(?={_SENT})|[\u4e00-\u9fff]{{2}}(?={_SENT}))")
_FILED = re.compile(  # 某社 王小五報導
    r"^(?:\S{2,12}[\s/／])?(?P<names>[\u4e00-\u9fff]{2,4})[\s/／]?(?:報導|报道)$"
)
_AUTHOR_IS = re.compile(  # （作者為某大學教授王小五）, 作者王小五系某大学教授, 作者简介：王小五，某大学教授
    rf"^[（(【\[]?(?:(?P<three>[\u4e00-\u9fff]{{2,4}})[，,\s])?(?:本文|文章)?作者(?:[系为為係是]\s?(?P<who>[^，。；（）()]{{2,40}})"
    rf"|\s?(?P<one>[\u4e00-\u9fff]{{2,4}}?)[，,]?\s?[系为為係]"
    rf"|(?:简介|簡介|介绍|介紹)[】\]]?\s?[:：|｜]?\s?(?P<two>{_HAN_NAME})(?=[，,、（(\s]|[系为為係是]))"
)
_BEFORE = re.compile(
    rf"^(?:\S{{2,12}}\s{{1,3}})?(?P<names>{_HAN_NAME})\s?[/／|｜丨]\s?(?:文|图文|文图|撰文|撰稿|报道|報導)$"
)
_OF_OUTLET = re.compile(  # 来源：某报记者王小五
    rf"^(?:来\s?源|來\s?源){_SEPARATOR}(?P<outlet>[^\s，。：:]{{2,20}}?)\s?(?:全媒体|全媒體|驻\S{{1,6}})?(?:特约|特約|首席)?(?:记者|記者)\s{{0,3}}(?P<name>{_HAN_NAMES})"
)
_AT_WORK = re.compile(  # 本报北京5月9日讯 记者王小五今天从…
    r"(?:[讯电訊電]|本报|本報)\s{0,3}(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{2,3}?)(?=(?:今|昨)[天日]|近日|日前|从|從|获悉|獲悉|报道|報道|報導|\d)"
)
_LED = re.compile(rf"^(?P<names>{_HAN_NAME})\s[^\s，。：:]{{2,12}}(?:记者|記者)\s")  # 赵小六 某报记者 王小五
_SIGNED = re.compile(  # （王小五 李小六） at the end, alone or after the last sentence
    rf"(?:^|[。！？!?”…]\s?)[（(]\s?(?P<names>{_HAN_NAMES})\s?[)）]$|^(?:—|–|--)\s?(?P<english>{_ENGLISH_NAMES})$"
)
_BULLET = re.compile(rf"^[□■●◎○◆▲△★☆◇]\s?(?P<names>{_HAN_NAMES})$")  # □ 王小五 李小六
_DAY = (
    rf"(?:{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH}\.?\s\d{{4}}|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
)
_DAY_LINE = re.compile(
    rf"(?:(?:[Pp]ublished|[Pp]osted|[Uu]pdated)?:?\s?(?:on\s)?(?:\w{{3,9}},?\s)?{_DAY}|\S+@\S+\.\w+$)"
)
_DATED = re.compile(  # Jane Doe | March 5, 2024
    rf"^(?:{_DAY}\s?[|•·–—-]\s?(?P<behind>{_ENGLISH_NAMES})$|(?P<names>{_ENGLISH_NAMES})\s?[|•·–—-]\s?{_DAY})"
)
_TAIL = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,60})[)）】\]]\s{0,9}$")
_NAMED = re.compile(r"(?:微信公众号|公众号|微信公號)\s?[“「『【《](?P<names>[^“”「」『』【】《》]{2,20})[”」』】》]")
_POSTED = re.compile(
    rf"^(?:posted|发布|發佈|发表|發表)\s?(?:@|on|at|于|於)?\s?[\d/:.年月日\s-]{{8,24}}\s(?P<names>{_PEN_NAME})\s(?:阅读|閱讀|浏览|瀏覽|评论|評論|views)"
)  # posted @ 2020-03-04 10:00 王小明 阅读(10)
_TITLED = re.compile(
    rf"^(?!By\s)(?P<names>{_ENGLISH_NAMES})(?:\s['’]\d\d)?\s?[|,•·]\s?(?:[\w-]{{2,20}}\s){{0,3}}(?:(?<=\s)[Ee]ditor|[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Cc]olumnist)$"
)
_WITH_OUTLET = (  # 王小五/某报; 某网/王小五
    re.compile(rf"^(?P<name>{_HAN_NAME})\s?[/／]\s?(?P<outlet>[^\s/，。]{{2,16}})$"),
    re.compile(rf"^(?:作者\s?[:：]\s?)?(?P<outlet>[^\s/，。：:]{{2,16}})\s?[/／]\s?(?P<name>{_HAN_NAMES})$"),
    re.compile(r"^(?P<outlet>[^\s/，。：:]{2,16})\s(?P<name>[\u4e00-\u9fff]{3})$"),
)
_BY = re.compile(
    rf"^(?:(?:(?:published|posted|updated)\s(?:on\s)?)?{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}\s?(?:[|•·,–—-]\s?)?)?"
    rf"(?:(?:an?\s|guest\s|special\s)?(?:{DONE})\s)?by:?\s+"
    rf"(?:(?-i:(?:[A-Z][\w&’'-]{{1,20}}\s){{0,3}}){POST}\s)?(?P<names>(?-i:{_ENGLISH_NAMES}))(?=$|[,;.|\s•·–—-])",
    re.I,
)
_ABOUT = re.compile(  # in the last lines
    rf"^\(?(?:About\sthe\s(?:[Aa]uthor|[Ww]riter):?\s)?(?P<names>{_ENGLISH_NAME})\s(?:is\s(?:(?:an?|the|our)\s)?(?:[\w&’'-]{{1,20}}\s){{0,4}}(?:reporter|correspondent|writer|columnist|editor|contributor|journalist"
    r"|professor|lecturer|fellow|author|novelist|historian|essayist)\b(?:[,.]\s|[.]$|\s(?:for|at|with|of|in|based|covering|on|who|and)\b)"
    r"|(?:reports|writes|covers)\s(?:[\w&’'-]{1,20}\s){0,4}(?:for|from|on|about|at)\b|can\sbe\sreached\s)"
)
_REPORTING = re.compile(
    rf"(?:\((?:[^()]{{0,60}}\b)?|^)(?<!dditional\s)(?:[Rr]eporting|[Ww]riting)\sby\s(?P<names>{_ENGLISH_NAMES})"
)
_EDITING = re.compile(rf"\b[Ee]dit(?:ing|ed)\sby\s(?P<names>{_ENGLISH_NAMES})")
_FIELD = re.compile(  # 【作 者】, 作 者：
    r"^(?:[【\[]\s{0,9}([\u4e00-\u9fff])\s{0,9}([\u4e00-\u9fff])\s{0,9}[】\]]\s{0,9}[:：]?"
    r"|([\u4e00-\u9fff])[\s　]{1,9}([\u4e00-\u9fff])\s?[:：])\s{0,9}"
)
_SPLIT = re.compile(r"[、,，/／&\s　]+")
_SPLIT_ENGLISH = re.compile(_AND)
_BRACKETED = (
    (_LED, "author", _SPLIT),
    (_AT_WORK, "author", _SPLIT),
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
    (_FILED, "author", _SPLIT),
    (_NAMED, "source", _SPLIT_ENGLISH),
)
_MAY_LABEL = re.compile("[:：|｜丨/／]|[\u4e00-\u9fff][\\s　]")  # without it no label fits
_MAY_NAME = re.compile(r"[记記]者|通[讯訊][员員]|[实實][习習]生|(?:ing|ed)\sby\s")  # without it none of these fits
# Of a picture, a film, a table: 图片来源, 视频来源, 数据来源, 配文
_PREFIX = r"(?:(?![图圖频頻影片照像画畫据據数數料考材音配])[^\s，。：:是为的位名个]){0,6}?"
# What organizations do too: whoever is named must look like a person.
_OF_ANYBODY = frozenset("供稿 供稿人 投稿 原创 原創 采访 採訪 采编 採編 通讯员 通訊員 实习生 實習生".split())  # noqa: SIM905
_MARKS = "文图圖摄攝著译譯"  # what each did, behind the name
_PICTURED = re.compile(r"\W{0,2}(?:图|圖|摄|攝|视频|視頻|摄像|攝像)(?:片|影)?\s?[:：|｜丨/／](?!\s?文)")
_PLACE = re.compile(r"\s(?:in|at)\s[A-Z]\w+$")
_CODE = re.compile(r"[_\s]?[A-Z]{1,4}\d{2,6}$")  # an editor's, behind the name: 王小五_NB123
_NEXT = re.compile(
    rf"(?:{_DUTIES.partition('|通讯员')[0]}|审核|審核|审校|图片|題圖|题图|视频|出品|监制|監製|设计|設計|制图|製圖|策划|策劃|统筹|運營|运营|报道|報道|報導|发自|發自|来自|來自)$"
)  # here what another did begins, or the place
_ASKS = re.compile("[\u4e00-\u9fff]{5}|[\u4e00-\u9fff]{1,4}[，。？！?!]")  # an interview: 记者：你们什么时候来的？
_HOLDS_POST = re.compile(
    rf"(?![据據])[^\s，。：:]{{2,14}}(?:记者|記者|主笔|主筆|专栏作家|專欄作家|撰稿人|评论员|評論員)|(?i:(?:[\w&’'-]{{1,20}},?\s){{0,5}}{POST}(?:,\s.{{2,40}})?)"
)  # a line under a name
_LONE_NAME = re.compile(rf"{_HAN_NAME}|{_ENGLISH_NAME}")
# In a line of such things alone, what begins the next one, with no blank before it: 10:00来源：某报作者：王小明
_GLUED = re.compile(
    r"(?<=[^\s（(【\[片频頻据據数數料考材图圖照])(?=(?:来源|來源|作者|记者|記者|(?:责任|責任)?(?:编辑|編輯)|责编|責編|选稿|選稿|校对|校對|审核|審核|时间|時間|日期|发布|發布|浏览|瀏覽|阅读|閱讀|点击|點擊"
    r"|字号|字體|字体|评论|評論|分享)(?:次数|次數|时间|時間)?\s?[:：（(|｜丨])"
)
_OF_MATTER = re.compile(r"\W{0,3}(?:(?:19|20)\d\d[-/.年]|\d{1,2}:\d\d|[^\s：:，。|｜丨]{2,4}\s?[:：|｜丨])")


class People(NamedTuple):
    """Names found; None where the text says nothing."""

    author: str | None = None
    editor: str | None = None
    source: str | None = None


@cache
def _labelled() -> re.Pattern[str]:
    """A label, a separator and up to six names, at a line's start or after a blank or a bracket."""
    labels = "|".join(sorted(map(re.escape, _roles()), key=len, reverse=True))
    behind = rf"[{_MARKS}](?=[\s、）)】]|$)"
    another = rf"(?![\u4e00-\u9fff]{{0,4}}(?:{labels})(?:{_SEPARATOR}|\s)){_HAN_NAME}"
    more = rf"(?:[、,，&\s　]{{1,3}}(?:{behind}|{another})(?![:：|｜丨/／\w])){{0,7}}"
    return re.compile(
        rf"(?:^|[\s　（(【\[，,。；;/|｜]){_PREFIX}(?P<label>(?i:{labels}))"
        rf"(?:{_SEPARATOR}|\s{{1,3}}(?={_HAN_NAME}(?:[\s、）)】]|$)))"
        rf"(?:[\[［【〔（(][\u4e00-\u9fff]{{1,4}}[\]］】〕）)]\s?|《[^《》]{{1,12}}》[\u4e00-\u9fff]{{0,5}}\s)?(?P<names>{_ENGLISH_NAMES}|{_PEN_NAME}{more})",
    )


@cache
def _roles() -> dict[str, str]:
    return {row["label"].lower(): row["role"] for row in lexicon.rows("byline_labels.csv")}


def people(lines: Sequence[str], head: int = 12, tail: int = 8) -> People:
    """Read the bylines of an article.

    :param lines: its lines in order, those around the body too; the first ``head`` and the last ``tail`` are looked at
    """
    found: dict[str, list[str]] = {"author": [], "editor": [], "source": [], "other": []}
    near = list(map(unspaced, lines if len(lines) <= head + tail else [*lines[:head], *lines[-tail:]]))
    for line, after in pairwise(near):
        _read_pair(line, after, found)
    for line in near:
        known = len(found["author"])
        if len(line) <= 120:
            _read_labels(line, found)
        elif closing := _TAIL.search(line):
            _read_labels(closing[1], found)
        _read_brackets(line[:200] if len(line) > 400 else line, found)
        if len(line) > 400:
            _read_brackets(line[-200:], found)
        found["author"][known:] = sorted(found["author"][known:], key=line.find)
    if not found["author"]:
        _read_end(near, found)
    found["source"] = found["source"][:1]
    roles = ("author", "editor", "source")
    return People(*(", ".join(list(dict.fromkeys(found[role]))[:8]) or None for role in roles))


def _read_end(near: Sequence[str], found: dict[str, list[str]]) -> None:
    """Who signed the article, or what its last lines say about the writer."""
    for line in near[-8:]:
        if signed := _SIGNED.search(line[-80:]):
            _add_sure(found, signed["names"], signed["english"])
    for line in near[max(len(near) - 3, 4) :] if not found["author"] else ():
        if about := _ABOUT.match(line):
            _add(found, "author", [about["names"]])


def _add_sure(found: dict[str, list[str]], names: str | None, english: str | None = None) -> None:
    """Names that nothing but their looks makes names: all of them must be."""
    parts = _SPLIT.split(names) if names else _SPLIT_ENGLISH.split(english or "")
    parts = [_PLACE.sub("", part) for part in parts]
    if all(map(is_person, parts)) and (len(parts) > 1 or len(parts[0]) > 2):
        _add(found, "author", parts)


def likelier(stated: str | None, found: People) -> str | None:
    """Who wrote it: whom metadata name, or the text, where it names more persons with them, or they name no person.

    >>> likelier("Ann Bell", People("ANN BELL, BO CHEN")), likelier("newsdesk", People("Ann Bell"))
    ('Ann Bell, BO CHEN', 'Ann Bell')
    >>> likelier("Ann Bell", People("Bo Chen")), likelier("newsdesk", People())
    ('Ann Bell', 'newsdesk')
    """
    if not stated or not found.author:
        return stated or found.author
    edited = {name.casefold() for name in (found.editor or "").split(", ")}
    names = {
        name.casefold(): name for name in stated.split(", ") if not is_weak(name) and name.casefold() not in edited
    }
    named = {name.casefold(): name for name in found.author.split(", ")}
    return ", ".join((named | names if names.keys() < named.keys() else names or named).values())


def settled(stated: str | None, found: People, site: str | None) -> tuple[str | None, str | None]:
    """Who wrote it, persons only, and the outlet that is named in their place, if it is not the site itself.

    >>> settled("Coast News", People("Ann Bell"), None), settled("Coast News", People(), None)
    (('Ann Bell', None), (None, 'Coast News'))
    >>> settled("admin", People(), None), settled("The Coast News", People(), "Coast News")
    ((None, None), (None, None))
    """
    names = [name for name in (likelier(stated, found) or "").split(", ") if name and not is_nobody(name)]
    names = [name for name in names if not count_han(name) or is_name(name)]
    names = [name for name in names if not same(name, site)]
    outlets = [name for name in names if is_outlet(name)]
    persons = [name for name in names if name not in outlets]
    return ", ".join(persons) or None, None if persons else next(iter(outlets), None)


def _read_pair(line: str, after: str, found: dict[str, list[str]]) -> None:
    """A name above what the person is; a label above the name."""
    if len(line) > 40 or len(after) > 80:
        return
    if not _BY.match(line) and _LONE_NAME.fullmatch(line) and _HOLDS_POST.fullmatch(after):
        _add(found, "author", [line])
    if _DAY_LINE.match(after) and (name := _PLACE.sub("", line)) and re.fullmatch(_ENGLISH_NAMES, name):
        _add_sure(found, None, name)
    role = _roles().get(line.lower().removeprefix("本文").rstrip(" :：|｜"))
    if role in ("author", "editor") and _LONE_NAME.fullmatch(after) and (after.isascii() or is_han_name(after)):
        _add(found, role, [after])


def _read_labels(line: str, found: dict[str, list[str]]) -> None:
    line = _FIELD.sub(_field, line)
    line = _GLUED.sub(_parting, line) if _OF_MATTER.match(line) else line
    if of := _OF_OUTLET.match(line):
        _add(found, "source", [of["outlet"]])
        _add(found, "author", _SPLIT.split(of["name"]))
        return
    for match in _labelled().finditer(line) if _MAY_LABEL.search(line) else ():
        label, names = match["label"].lower(), match["names"]
        role, english = _roles()[label], names[:1].isascii()
        if role == "source":
            _add(found, role, [names if english else re.split(r"[\s　]", names)[0]])
        elif role != "other" and not _is_said(line, match) and (label not in _OF_ANYBODY or _are_persons(names)):
            _add(found, role, (_SPLIT_ENGLISH if english else _SPLIT).split(names))
    for pattern in _WITH_OUTLET:
        credit = pattern.match(line)
        if credit and is_outlet(credit["outlet"]) and not is_outlet(credit["name"]):
            _add(found, "author", _SPLIT.split(credit["name"]))
    for pattern, role, split in _LINES:
        named = pattern.search(line)
        if named and (pattern is not _FILED or is_han_name(named["names"])):
            _add(found, role, split.split(named["names"]))
    if dated := _DATED.match(line):
        _add_sure(found, None, dated["names"] or dated["behind"])
    if bullet := _BULLET.match(line):
        _add_sure(found, bullet["names"])
    if author := _AUTHOR_IS.match(line):
        name = bare(author["three"] or author["who"] or author["one"] or author["two"])
        _add(found, "author", [name] if is_han_name(name) or "·" in name else [])


def _are_persons(names: str) -> bool:
    return all(is_han_name(name) or "·" in name for name in _SPLIT.split(names))


def _parting(match: re.Match[str]) -> str:
    """A blank before a label, unless what is glued before it is a part of it: 某经编辑."""
    before = match.string[max(match.start() - 6, 0) : match.start()].split()
    return "" if before and count_han(before[-1]) == len(before[-1]) <= 3 and not is_han_name(before[-1]) else " "


def _is_said(line: str, label: re.Match[str]) -> bool:
    """What follows the label is no name: words of an interview, a headline (评论员：让规则长出牙齿), a small letter."""
    written, names = label["label"], label["names"]
    if written.endswith(("记者", "記者")):
        return bool(_ASKS.match(line, label.start("names")))
    if written.endswith(("评论员", "評論員")):
        first = _SPLIT.split(names)[0]
        return len(first) > 4 and "·" not in first and not is_han_name(bare(first))
    return count_han(names) == len(names) > 10 or (written.isascii() and names[0].islower())


def _field(match: re.Match[str]) -> str:
    label = "".join(filter(None, match.groups()))
    return f"{label}：" if label in _roles() else match[0]


def _read_brackets(line: str, found: dict[str, list[str]]) -> None:
    if not _MAY_NAME.search(line) or _PICTURED.match(line):
        return
    for pattern, role, split in _BRACKETED:
        for match in pattern.finditer(line):
            names = split.split(match["names"])
            if names[0].isascii() or any(is_han_name(name) or "·" in name for name in names):
                _add(found, role, names)


def _add(found: dict[str, list[str]], role: str, names: Iterable[str]) -> None:
    for written in wrote(names):
        name = bare(_CODE.sub("", _PLACE.sub("", written.strip())))
        if role == "source":
            found["source"] += [name] if is_name(name) else []
            continue
        if _NEXT.search(name):
            return
        for person in apart(name, next(iter(found["source"]), None)):
            if is_name(person):
                found["source" if role == "author" and is_outlet(person) else role].append(person)
