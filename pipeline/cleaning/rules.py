"""Lines that the rules of ``data/boilerplate.txt`` know, each a pattern with a reason and where it holds."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, overload

import ahocorasick_rs

from pipeline import lexicon
from pipeline.cleaning.code import is_code
from pipeline.cleaning.view import Line
from pipeline.text import fold, simplify

LONGEST = 460  # characters of a line that a rule may know
# One of these stands in whatever a rule marked "any" matches.
_HINTS = (
    "编辑", "责编", "编审", "校对", "校审", "终审", "审核", "监制", "主编", "审读", "排版", "美编", "编校", "来源", "©",
    "copyright", "(c)", "rights", "版权", "著作权", "icp", "许可证", "公网安备",
    "#", "声明", "条款", "cookie", "ing by", "ed by", "continues", "advert", "广告", "推广", "赞助", "记者",
    "附件", "出现", "发布于", "appeared", "originally published",
)  # fmt: skip


class _Rule(NamedTuple):
    reason: str
    where: str
    pattern: str


@cache
def _rules(*where: str) -> list[_Rule]:
    rules = [_Rule(*line.split(None, 2)) for line in lexicon.lines("boilerplate.txt")]
    return [rule for rule in rules if rule.where in where]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def plain(text: str) -> str:
    """A line as the rules and the words of sites know it: full-width and traditional characters made plain."""
    return simplify(fold(text))


class Folded(Sequence[str]):
    """The lines folded, each when it is first asked for; lines too long for any rule as empty ones."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._texts: list[str | None] = [None] * len(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        text = self._texts[number]
        if text is None:
            text = self._lines[number].text
            text = self._texts[number] = plain(text) if len(text) <= LONGEST else ""
        return text


def hinted(lines: Sequence[Line]) -> list[int]:
    """Lines that a rule that holds anywhere can match: each needs one of a few words."""
    bare = simplify("\n".join([line.text if len(line.text) <= LONGEST else "" for line in lines])).casefold()
    hits = _hints().find_matches_as_indexes(bare)
    if not hits:
        return []
    ends = [match.start() for match in re.finditer("\n", bare)]
    return sorted({bisect_right(ends, start) for _, start, _ in hits})


@cache
def _hints() -> Any:
    return ahocorasick_rs.AhoCorasick(_HINTS)


@lru_cache(2048)
def match(text: str, *where: str) -> str | None:
    """The reason of the first rule for these places that knows a folded line, else None."""
    if not text or not _any_rule(*where).fullmatch(text):
        return None
    reason = next((rule.reason for rule in _rules(*where) if _compiled(rule.pattern).fullmatch(text)), None)
    return None if reason == "crumbs" and is_code(text) else reason  # the way to a setting has the form of crumbs


@cache
def _any_rule(*where: str) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{rule.pattern})" for rule in _rules(*where)))


def known(text: str) -> bool:
    """Whether a rule knows a folded line, wherever it stands."""
    return match(text, "any", "tail", "edge", "head", "loose", "list") is not None
