"""Chinese names by their build: place or name, what it does, and a last word that says what it is."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.extract.organizations.spans import Span, Word
from pipeline.extract.organizations.spans import words as listed
from pipeline.records import OrganizationKind

_LONGEST = 30


@cache
def heads() -> dict[str, tuple[OrganizationKind, bool]]:
    """The last words of names: kind, and whether they need a name before them."""
    return {row["head"]: (row["kind"], bool(row["weak"])) for row in lexicon.rows("organization_heads_zh.csv")}  # type: ignore[misc]


@cache
def _head() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(map(re.escape, heads()), key=len, reverse=True)) + ")")


def tag(text: str) -> list[Word]:
    """The words of a Chinese text with their part of speech, as jieba knows them."""
    import rjieba

    words = []
    start = 0
    for word, pos in rjieba.tag(text):
        words.append(Word(start, start + len(word), word, pos))
        start += len(word)
    return words


_NAME_TAGS = frozenset({"nr", "ns", "nz", "nt", "nrt", "nrfg", "eng", "j"})


def _inside(word: Word) -> bool:
    """Whether a word can stand inside a name, before its last word."""
    if word.text in listed("zh-stop"):
        return False
    if word.tag[0] in "nbjlia" or word.tag in ("eng", "vn", "ng"):
        return True
    return word.text in listed("inner-verbs")


def _specific(words: Sequence[Word]) -> bool:
    """Whether the words hold a name, and not only what a sort of organization is called."""
    return any(word.tag in _NAME_TAGS or (len(word.text) == 1 and word.tag[0] == "n") for word in words)


def _walk(words: Sequence[Word], last: int) -> int:
    """The first word of the name whose last is ``words[last]``."""
    first = last
    while first > 0 and words[last].end - words[first - 1].start <= _LONGEST and _inside(words[first - 1]):
        first -= 1
    while first < last and words[first].text in listed("zh-generic"):
        first += 1
    return first


def by_head(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Names that end in a head: 青岛市科技局, 卡奥斯工业互联网平台."""
    ends = {word.end: index for index, word in enumerate(words)}
    for match in _head().finditer(text):
        last = ends.get(match.end())
        if last is None:
            continue
        first = _walk(words, last)
        weak = heads()[match[0]][1]
        before = [w for w in words[first : last + 1] if w.start < match.start()]
        if before and (_specific(before) or (not weak and words[last].tag == "nt")):
            yield Span(words[first].start, match.end(), "suffix", 0.6 if weak else 0.8)


_MEDIA = re.compile(
    r"(?:(?:^|\n|[（(])\s{0,4}|据|来源[：:]\s?|转自|综合)[《“]?(?P<a>[\u4e00-\u9fffA-Za-z0-9]{2,8}?)[》”]?"
    r"(?:(?<=报)讯|(?<=网)讯|(?<=社)讯|(?<=台)讯|(?<=社)(?=[\u4e00-\u9fff]{2,4}\d{1,2}月)|\d{0,2}月?\d{0,2}日?报道|消息)"
)


def media(text: str) -> Iterator[Span]:
    """Who reports: 据X报道, X讯."""
    for match in _MEDIA.finditer(text):
        name = match["a"]
        if name.endswith(("报", "社", "网", "台", "周刊", "新闻", "财经")) and not name.startswith("本"):
            yield Span(*match.span("a"), "media", 0.7)


def find(text: str, words: Sequence[Word]) -> list[Span]:
    """Names of organizations in a Chinese text (folded, simplified)."""
    return [*by_head(text, words), *media(text)]
