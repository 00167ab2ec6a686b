"""Chinese names by their build: place or name, what it does, and a last word that says what it is."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.extract.organizations.features import hashed, packed_two
from pipeline.extract.organizations.gazetteer import Hit
from pipeline.extract.organizations.recent import Recent
from pipeline.extract.organizations.spans import Span, Words, members
from pipeline.records import OrganizationKind

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_LONGEST = 30


@cache
def heads() -> dict[str, tuple[OrganizationKind, str]]:
    """The last words of names: kind, and how far they can be trusted (``weak``, ``hint``)."""
    return {row["head"]: (row["kind"], row["trust"]) for row in lexicon.rows("organization_heads_zh.csv")}  # type: ignore[misc]


@cache
def _head_finder() -> "AhoCorasick":
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(list(heads()), matchkind=MatchKind.LeftmostLongest)


_tag_hash = cache(hashed)
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_known: Recent[tuple[str, bytes]] = Recent(1 << 15)  # their part of speech, and hashes of both: 20 MB a process at most


def _learn(forms: Sequence[str]) -> None:
    """Tag many words at once: jieba takes as long for a word as for a line."""
    import rjieba

    lines = iter(rjieba.tag("\n".join(form for form in forms if not form.isspace())))
    for form in forms:
        found = [] if form.isspace() else list(takewhile(lambda word: word[0] != "\n", lines))
        tag = found[-1][1] if found else "x"
        _known[form] = tag, packed_two(hashed(form), _tag_hash(tag))


def tag(text: str, forms: Sequence[str] | None = None) -> Words:
    """The words of a Chinese text with their part of speech.

    :param forms: the words as jieba cuts them, if that is done already; joined, they are the text
    """
    import rjieba

    forms = rjieba.cut(text) if forms is None else forms
    try:
        known = list(map(_known.__getitem__, forms))
    except KeyError:
        _known.renew()
        _learn(sorted(set(forms).difference(_known, _known.older)))
        known = list(map(_known.__getitem__, forms))
    starts = list(accumulate(map(len, forms), initial=0))
    ends = starts[1:]
    starts.pop()
    found = _head_finder().find_matches_as_indexes(text)
    tags, hashes = list(map(_FIRST, known)), list(map(_SECOND, known))
    return Words(forms, tags, starts, ends, hashes, [(start, end) for _, start, end in found])


_PLAIN = frozenset({"n", "nr", "ns", "v", "a", "t", "vn"})


def is_plain_word(words: Words, start: int, end: int) -> bool:
    """Whether one word stands there, and a common noun, person or place."""
    at = bisect_left(words.starts, start)
    return at < len(words.starts) and (words.starts[at], words.ends[at]) == (start, end) and words.tags[at] in _PLAIN


_PARTISANS = re.compile("(?<=党)人")


def whole(text: str, hits: Sequence[Hit], words: Words) -> list[Hit]:
    """The lexicon's hits without short names that begin or end inside a word, as 高通 does in 高通胀."""
    short = [hit for hit in hits if hit.end - hit.start <= 3]
    if not short:
        return list(hits)
    edges = {0, *words.ends}
    edges |= {match.start() for match in _PARTISANS.finditer(text)}
    return [hit for hit in hits if hit.end - hit.start > 3 or (hit.start in edges and hit.end in edges)]


_NAME_TAGS = frozenset({"nr", "ns", "nz", "nt", "nrt", "nrfg", "eng", "j"})


def _inside(form: str, tag: str) -> bool:
    """Whether a word can stand inside a name, before its last word."""
    if form in members("zh-stop"):
        return False
    return tag[0] in "nbjlia" or tag in ("eng", "vn", "zg") or form in members("inner-verbs")


def _specific(words: Words, first: int, end: int) -> bool:
    """Whether the words hold a name, and not only what a sort of organization is called."""
    return any(
        words.tags[i] in _NAME_TAGS or (len(words.forms[i]) == 1 and words.tags[i][0] == "n") for i in range(first, end)
    )


def _new(words: Words, index: int, last: int) -> bool:
    """Whether 新 or 高 stands between a name and a noun that it belongs to: 澜石新材料股份有限公司."""
    return words.forms[index] in "新高" and 0 < index < last - 1 and words.tags[index - 1] in _NAME_TAGS


def _walk(words: Words, last: int) -> int:
    """The first word of the name whose last is number ``last``; a place in brackets may stand inside."""
    first = last
    lowest = words.ends[last] - _LONGEST
    while first > 0 and words.starts[first - 1] >= lowest:
        if (
            words.forms[first - 1] in ")）"
            and first > 3
            and words.forms[first - 3] in "(（"
            and not words.forms[first - 2].isascii()
        ):
            first -= 3
        elif _inside(words.forms[first - 1], words.tags[first - 1]) or _new(words, first - 1, last):
            first -= 1
        else:
            break
    while first < last and (words.forms[first] in members("zh-generic") or words.forms[first] in "()（）"):
        first += 1
    return first


_REGISTERED = re.compile("有限(?:责任)?公司$")
_BROKEN = re.compile("[^\\w()（）·&-]|的")


def _from_place(words: Words, first: int, last: int) -> int:
    """Where a firm's registered name begins: at the place it opens with, whatever words it is made of.

    Names are registered as place, name, trade and legal form: 杭州 可露丽 文化创意 有限公司.
    """
    lowest = words.ends[last] - _LONGEST
    begun = index = last
    while index > 0 and words.starts[index - 1] >= lowest and not _BROKEN.search(words.forms[index - 1]):
        index -= 1
        if words.tags[index] == "ns" and (index == 0 or words.forms[index - 1] not in "(（"):
            begun = index
        elif begun < last:
            break
    return begun if begun < last else first


_COUNTED = re.compile("(?:[批个家类座所处级]|获评|认定为|评为)$")
_PLANNED = re.compile("[拟等]?(?:名单|建设|认定|评选|评审|申报|管理办法|工作)")


def _kind_of(text: str, words: Words, first: int, last: int) -> bool:
    """Whether a sort of organization is meant, not one: 首批市技术创新中心名单."""
    start = words.starts[first]
    return bool(_COUNTED.search(text, max(start - 3, 0), start) or _PLANNED.match(text, words.ends[last]))


def by_head(text: str, words: Words) -> Iterator[Span]:
    """Names that end in a head: 青岛市科技局, 卡奥斯工业互联网平台."""
    for start, end in words.heads:
        last = bisect_left(words.ends, end)
        trust = heads()[text[start:end]][1]
        if words.ends[last] != end or trust == "hint":
            continue
        first = _walk(words, last)
        if text[start:end] == "公司" and _REGISTERED.search(text, max(0, end - 6), end):
            first = _from_place(words, first, last)
        before = bisect_left(words.starts, start)  # words of the name before its head
        known = not trust and words.tags[last] == "nt"
        if (
            first < before
            and (known or _specific(words, first, before))
            and not (trust and _kind_of(text, words, first, last))
        ):
            yield Span(words.starts[first], end, "suffix", 0.6 if trust else 0.8)


@cache
def _trade_finder() -> re.Pattern[str]:
    """Where a firm's short name may end: 中来股份, 上能电气; what may stand before one."""
    name = f"(?P<name>[\u4e00-\u9fff]{{2,4}}{lexicon.pattern(members('zh-trades'))})"
    return re.compile(f"[\\s、，。：“《(的由与和及是如为对向](?={name})")


def by_trade(text: str, words: Words) -> Iterator[Span]:
    """Short names of firms, by the trade they end in; only the scorer can tell them from plain words."""
    starts, ends = set(words.starts), set(words.ends)
    inner = {end for start, end in words.heads if heads()[text[start:end]][1] != "hint"}
    for match in _trade_finder().finditer(text):
        start, end = match.span("name")
        if start in starts and end in ends and inner.isdisjoint(range(start + 2, end)):
            yield Span(start, end, "trade", 0.6)


_BODY = re.compile("[局厅署委办]")


def _names_place(words: Words, index: int) -> bool:
    """Whether the word right before a rank may be the place's name."""
    form, tag = words.forms[index], words.tags[index]
    joined = words.ends[index] == words.starts[index + 1]
    return joined and 2 <= len(form) <= 3 and tag in ("nr", "ns", "nz", "nrt") and form not in members("zh-generic")


def by_rank(text: str, words: Words) -> Iterator[Span]:
    """Bodies named by rank or place: 市金融局, 区招商办, 横州市应急局."""
    for match in _BODY.finditer(text):
        last = bisect_left(words.ends, match.end())
        form = words.forms[last]
        if words.ends[last] != match.end() or words.tags[last][0] in "vdpcru" or form in members("zh-no-body"):
            continue
        first = _walk(words, last)
        while first < last and words.tags[first] != "ns" and words.forms[first] not in members("zh-ranks"):
            first += 1
        if first > 0 and words.forms[first][0] in "市区县州旗" and _names_place(words, first - 1):
            first -= 1  # 白石|县|交通局
        if first < last or form[0] in "市区县省":
            yield Span(words.starts[first], match.end(), "rank", 0.7)


_LONGEST_NAME = 7  # characters of a foreigner's
_STATE = re.compile("政府(?!部|网)|警方|公安(?!局|部|厅|机|分|人|民|系|队)")


def by_state(text: str, words: Words) -> Iterator[Span]:
    """Governments and police by the place or person they are named for: 也门政府, 来宾警方."""
    for match in _STATE.finditer(text):
        last = bisect_left(words.ends, match.end())
        first = bisect_left(words.starts, match.start())
        if first == 0 or words.ends[last] != match.end() or words.ends[first - 1] != match.start():
            continue
        begin = _foreigner(words, first)
        if begin == first and words.tags[first - 1] in _NAMED and len(words.forms[first - 1]) > 1:
            begin = first - 1
        if begin < first:
            yield Span(words.starts[begin], match.end(), "body", 0.7)


_NAMED = ("ns", "nr", "nrt", "nz")


def _foreigner(words: Words, end: int) -> int:
    """The first of the words before number ``end`` that make up a foreigner's name: 泽|连斯基|政府."""
    first, signs = end, members("zh-transliteration")
    while first and words.ends[first - 1] == words.starts[first] and signs.issuperset(words.forms[first - 1]):
        first -= 1
    size = words.starts[end] - words.starts[first]
    return first if 2 <= size <= _LONGEST_NAME and not {*words.tags[first:end]}.isdisjoint(_NAMED) else end


# The first alternatives are single signs or words, which makes the search quick; a text begins like a line.
_MEDIA = re.compile(
    r"(?:[\n（(【]|据|来源|转自|综合)(?:(?<=[\n（(【])\s{0,4}|(?<=来源)[：:]\s?|(?<=据)|(?<=转自)|(?<=综合))"
    r"[《“]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8}?)[》”]?"
    r"(?:(?<=[报网社台])讯|(?<=社)(?=[\u4e00-\u9fff]{2,4}\d{1,2}月)|(?:\d{1,2}月)?(?:\d{1,2}日)?(?:报道|消息))"
)
_ACCOUNT = re.compile(r"公众号[：:]\s{0,2}[“「]?(?P<name>[\w ·\-]{1,30}?)[”」]?\s?(?=[，,（(\n]|$)")


# A title that speaks or is spoken to: 《X》记者, 告诉《X》, 对《X》表示.
_TITLED = re.compile("《(?P<name>[^《》\\n]{2,16})》")
_SPEAKS = re.compile("报道|记者|杂志|周刊|拨打|致电|获悉|注意到|援引|刊文|撰文|发文|独家|采访")
_IS_TOLD = re.compile("表示|说|称|透露|证实")
_DOCUMENTS = (*"法案例约书", "规定", "意见", "通知", "协议", "声明", "报告", "计划", "规划", "标准", "决议", "办法")


def media(text: str) -> Iterator[Span]:
    """Who reports: 据X报道, X讯, 来自公众号：X."""
    for match in _MEDIA.finditer("\n" + text):
        name = match["name"]
        if name.endswith(("报", "社", "网", "台", "周刊", "新闻", "财经")) and name[0] not in "据本综":
            start, end = match.span("name")
            yield Span(start - 1, end - 1, "media", 0.7)
    for match in _TITLED.finditer(text):
        start, end = match.span()
        told = text.endswith("告诉", 0, start) or (
            text.endswith(tuple("对向受据"), 0, start) and _IS_TOLD.match(text, end)
        )
        if (told or _SPEAKS.match(text, end)) and not match["name"].endswith(_DOCUMENTS):
            yield Span(*match.span("name"), "media", 0.7)
    for match in _ACCOUNT.finditer(text):
        yield Span(*match.span("name"), "media", 0.8)


def find(text: str, words: Words) -> list[Span]:
    """Names of organizations in a Chinese text (folded, simplified)."""
    found = (by_head, by_trade, by_rank, by_state)
    return [*(span for rule in found for span in rule(text, words)), *media(text)]
