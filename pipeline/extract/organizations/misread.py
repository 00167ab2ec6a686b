"""What candidates misread: parts of foreign names, words of the sentence before a name, half a bracket."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline import lexicon
from pipeline.extract.organizations.reading import View
from pipeline.extract.organizations.resolve import kind
from pipeline.extract.organizations.spans import Span, Words, members, words

_HAN = "\u3400-\u9fff"
_DOT = "[·・•‧∙]"
_OPENERS = (
    "Hence|Thus|Therefore|Meanwhile|Moreover|Furthermore|Besides|Nevertheless|Nonetheless|However|Still|Yet|Then|Now"
    "|Such|Unlike|Like|Whereas|Until|Unless|Why|What|Who|How|Which|Where|When|While|Today|Yesterday|Recently|Since|As"
    "|But|And|Or|So|If|For|In|At|On|By|From|With|After|Before|Although|Though|Because|According to|Did|Does|Will|Can"
)
_LEAD = re.compile(
    f"(?:{_OPENERS}) |(?:[前近这那]?[一两几数]?[天日周月]|日前|此前|另?据|[{_HAN}]{{1,3}}于|[对向与和由被让给在从是])$"
)
# What a career or a call is told with is no part of the name behind it.
_TOLD = re.compile(
    "(?:但凡|通报|援引|转发|网传|据传|传闻|[历曾现时兼担]任|[就任供]职于|毕业于|隶属于|经历|历经|遭遇|加盟|入职|来自|前往|致电|拨打|家属联系|联系)(?=..)"
)
_FROM = re.compile("从(?![化江事军属])(?=.{4})")  # 从化 is a place
_BY = re.compile(f"(?:[{_HAN}]{{0,4}}(?<![自理缘经])由|[被让把])(?=...)")  # 项目由琴屿市商务局
_OWNER = re.compile(r"(?P<name>[A-Z][\w&]*)-(?:owner|maker|parent|backer) (?=[A-Z])")
_AND = re.compile("[A-Za-z0-9]{1,10}&$")
_OPENED = re.compile(f"[{_HAN}A-Za-z]{{2,6}}[(（]$")


@cache
def _person() -> re.Pattern[str]:
    """Two names of a foreigner around a dot, by the characters that foreign names are written with: 泰勒·斯威夫特."""
    sign = f"[{''.join(words('zh-transliteration'))}]"
    return re.compile(f"(?<=(.)(.)({sign})({sign})){_DOT}(?=({sign}{{2,4}}))")


def mended(view: View, spans: Iterable[Span]) -> Iterator[Span]:
    """``spans`` with each begun where the name begins; without those that are persons in their article."""
    persons = _persons(view)
    ends: dict[int, int] = {}
    listed = {(hit.start, hit.end) for hit in view.hits} if view.words else set()
    known = {(hit.start, hit.end) for hit in view.hits if not hit.alias.context} if view.words else set()
    for start, end, alias in view.hits:
        if not alias.context:
            ends[end] = min(start, ends.get(end, start))
    spans = list(spans)
    bodies = {span.end for span in spans if view.surface(span).endswith(_BODY)}
    units = _units(view.text, view.words, bodies) if view.words else {}
    for span in spans:
        if owner := _OWNER.match(view.text, span.start, span.end):  # DHL-owner Deutsche Post: two names
            yield span._replace(end=owner.end("name"))
            span = span._replace(start=owner.end())
        span = _begun(view.text, span, ends.get(span.end, span.start))
        if view.words is not None:
            if _is_told(view.words, span.start, ends.get(span.end, span.start)):
                span = span._replace(start=ends[span.end])
            if view.text[span.start] in _JOINS and _is_word(view.words, span.start):
                span = span._replace(start=span.start + 1)
            span = _whole(view, _maker(view.text, _native(view.text, span, known), listed), units)
        if (view.article(span.start), view.surface(span)) not in persons:
            yield span


def _begun(text: str, span: Span, known: int) -> Span:
    """A span without the words before the listed name that it ends with; with the bracket that it closes."""
    if known > span.start and _LEAD.fullmatch(text, span.start, known):
        return span._replace(start=known)
    surface = text[span.start : span.end]
    if known >= span.start and (told := _TOLD.match(surface)):
        return span._replace(start=span.start + told.end())
    if by := _BY.match(surface):
        return span._replace(start=span.start + by.end())
    if text[span.start - 1] == "&" and (joined := _AND.search(text, max(0, span.start - 11), span.start)):
        return span._replace(start=joined.start())  # R&D Institute
    if span.evidence == "suffix" and (from_ := _FROM.search(surface)):
        return span._replace(start=span.start + from_.end())
    if ")" in surface and "(" not in surface and (opened := _OPENED.search(text, max(0, span.start - 8), span.start)):
        return span._replace(start=opened.start())
    return span


_JOINS = frozenset("但而则即因若虽且并")


def _is_word(tagged: Words, start: int) -> bool:
    """Whether the character there is a word by itself."""
    at = bisect_left(tagged.starts, start)
    return tagged.starts[at] == start and tagged.ends[at] == start + 1


def _is_told(tagged: Words, start: int, known: int) -> bool:
    """Whether all that stands before the listed name at ``known`` is one verb or the like: 出席|中央纪委."""
    at = bisect_left(tagged.starts, start)
    whole = known > start and tagged.starts[at] == start and tagged.ends[at] == known
    return whole and (tagged.tags[at][0] in "vpdc")


@cache
def _state() -> re.Pattern[str]:
    return re.compile(lexicon.pattern(words("zh-states")))


def _native(text: str, span: Span, known: set[tuple[int, int]]) -> Span:
    """A name without the country before it that is no part of it: 美国|斯坦福大学."""
    if (span.start, span.end) in known or not (state := _state().match(text, span.start, span.end)):
        return span
    listed = (state.end(), span.end) in known
    return span._replace(start=state.end()) if listed or _COLLEGE.fullmatch(text, state.end(), span.end) else span


# A university with a name of its own: what it teaches, and whose it is, needs the country.
_COLLEGE = re.compile(f"(?!国|外国|联邦|中央|中国|科|理工|师范|海洋|农业|医|女子|电)[{_HAN}]{{2,6}}大学")
_WARES = re.compile("(?:手机|电视|空调|冰箱|洗衣机|笔记本|手表|手环|平板|耳机|路由器|音箱|眼镜)$")


def _maker(text: str, span: Span, listed: set[tuple[int, int]]) -> Span:
    """Of a ware only who makes it: 小米|电视."""
    ware = _WARES.search(text, span.start, span.end)
    made = ware is not None and (span.start, ware.start()) in listed
    return Span(span.start, ware.start(), "lexicon", 0.7) if ware and made else span


_BODY = ("大学", "学院", "局", "厅", "委", "委员会", "部", "院", "署", "所", "法院", "中心")
_FORM = re.compile("(?:集团)?(?:公司(?![法债制治股名])|(?<=集团))")


def _whole(view: View, span: Span, units: dict[int, int]) -> Span:
    """A firm's name with the word for firm behind it, and a body's with its unit: 东岬公司, 琴屿大学海洋学院."""
    form = _FORM.match(view.text, span.end)
    if form and kind(view.surface(span)) == "company" and not view.surface(span).endswith(("公司", "集团")):
        return span._replace(end=form.end())
    if span.end in units:
        return span._replace(end=units[span.end])
    return span


_INNER = frozenset(("n", "vn", "nz", "ns", "j", "b", "an", "l", "m", "q", "i", "nt", "eng"))
_AND_SO = frozenset(("与", "和", "及", "暨"))
_OTHERS = frozenset(("nt", "ns", "nr"))


def _units(text: str, tagged: Words, ends: set[int]) -> dict[int, int]:
    """Where names of bodies end with the unit that stands right behind them: 琴屿大学|海洋学院, 发改委|能源局."""
    units, people = tuple(words("zh-units")), tuple(words("zh-people"))
    found = {}
    for end in ends:
        first = bisect_left(tagged.starts, end)
        joins = False  # 区域与全球治理研究院, but not 琴屿大学与澜石大学医学院
        for at in range(first, min(first + 7, len(tagged.starts))):
            form, tag = tagged.forms[at], tagged.tags[at]
            joins = joins or form in _AND_SO
            inner = tag in _INNER or form in _AND_SO or form in members("inner-verbs")
            if not inner or (joins and tag in _OTHERS) or form.endswith(people) or tagged.starts[first] != end:
                break
            if form.endswith(units) and tagged.ends[at] - end > 2:
                found[end] = tagged.ends[at]
    return found


def _persons(view: View) -> set[tuple[int, str]]:
    """Words that are names of persons, with the article they are in: 阿里, where it has 阿里·拉里贾尼."""
    if not re.search(_DOT, view.text):
        return set()
    found = set()
    for match in _person().finditer(view.text):
        before, after = "".join(match.groups()[:4]), match[5]
        parts = (*(before[at:] for at in range(3)), *(after[: at + 2] for at in range(3)))
        found |= {(view.article(match.start()), part) for part in parts}
    return found
