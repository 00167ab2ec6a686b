"""Direction (a change up or down, or the level it leads to) and basis (against last year, against last month)."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline import lexicon

from .figure import Basis, Direction, Figure

_BEFORE, _AFTER = 60, 24
_CLAUSE = re.compile(r"[。；！？\n;!?]|(?<![A-Z])\. |[，,、](?!\d)")
_LIST = re.compile(
    r"(?: (?:year|quarter|month)[- ](?:on|over)[- ](?:year|quarter|month)| yoy)?"
    r" ?(?:、|和|及|与|以及|或|,? ?or|,? ?and|,|至|到|to|，或)? ?(?:of |by )?"
)
_BASIS = re.compile(
    r"""(?P<yoy>同比|年[增减](?!长率)|年成长|年衰退|[比较]上年|[比较]去年|与去年同期相比
        |year[- ](?:on|over)[- ]year|\byoy\b
        |a\ year\ (?:earlier|ago|before)|(?:from|on)\ last\ year|(?:the\ )?same\ (?:period|quarter|month))
      | (?P<mom>环比|[月季][增减](?!长率)|[比较]上个?月|[比较]上一?季
        |(?:month|quarter)[- ](?:on|over)[- ](?:month|quarter)
        |(?:the\ )?previous\ (?:month|quarter)|last\ month|a\ month\ earlier)""",
    re.VERBOSE,
)


_BASIS_HINT = re.compile("[比较]|[年月季][增减成衰]|与去年|y(?:ear|oy)|month|quarter|period")


_LATIN = re.compile("[a-z]+")


class _Cues(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    direction: dict[str, Direction]
    heads: frozenset[str]  # first characters or words: without one there is no cue


@cache
def _cues(lang: str) -> _Cues:
    rows = [row for row in lexicon.rows("directions.csv") if row["lang"] == lang]
    none: dict[str, list[str]] = {"left": [], "right": []}
    sides: dict[str, dict[str, Direction]] = {"left": {}, "right": {}}
    for row in rows:
        if row["direction"] == "none":
            none[row["side"]] += row["words"].split("|")
            continue
        up: Direction = "up" if row["direction"] == "up" else "down"
        sides[row["side"]] |= dict.fromkeys(row["words"].split("|"), up)
    left, right = sides["left"], sides["right"]
    heads = frozenset(word.split(" ")[0] if lang == "en" else word[0] for word in (*left, *right))
    return _Cues(_pattern(lang, [*left, *none["left"]]), _pattern(lang, [*right, *none["right"]]), left | right, heads)


def _pattern(lang: str, words: Iterable[str]) -> re.Pattern[str]:
    either = lexicon.pattern(words)
    return re.compile(rf"(?<![-\w]){either}\b(?!-)" if lang == "en" else either)


def set_direction(figures: list[Figure], text: str) -> None:
    """Set ``direction`` and ``basis`` of figures that are changes, from the words of their clause."""
    last: Figure | None = None
    for figure in figures:
        if figure.kind == "ordinal":
            continue
        floor = last.end if last else 0
        _set(figure, text, floor)
        if figure.direction is None and last and last.direction and _LIST.fullmatch(text, last.end, figure.start):
            figure.direction, figure.basis = last.direction, figure.basis or last.basis
        elif figure.direction is None and last and _TO.fullmatch(text, last.end, figure.start):
            figure.direction = last.direction or _moved(text, last.start)
        last = figure


_TO = re.compile(
    r"(?: (?:an?|per) [a-z]+| (?:last|the previous|the prior|a) (?:year|month|quarter|week)(?: (?:earlier|ago|before))?"
    r"| from (?:a|the previous|last) (?:year|month|quarter|week)(?: (?:earlier|ago|before))?"
    r"| in (?:[0-9]{4}|[A-Z][a-z]{2,8}|the [a-z]{5,6} quarter))? to (?:reach |hit |just |only |about |around |nearly )?"
)


_TRANSITIVE = re.compile(
    "rais|increas|lift|boost|hik|expand|cut|lower|reduc|slash|trim|improv"
)  # raise the limit for ... from


def _moved(text: str, start: int) -> Direction | None:
    """The direction of what goes to a level from the one that begins at ``start``: dropped from $3.2m to $2.1m."""
    if not text.endswith(" from ", 0, start):
        return None
    left = text[max(0, start - 110) : start - len(" from ")]
    clause, found = _last(_CLAUSE, left), _last(_cues("en").before, left)
    if (
        found is None
        or (clause and clause.end() > found.start())
        or left.count(" ", found.end()) > (10 if _TRANSITIVE.match(found[0]) else 2)
    ):
        return None
    return _cues("en").direction.get(found[0].lower())


def _language(text: str, figure: Figure) -> str:
    """zh where a Chinese character or sign stands shortly before or right behind the figure."""
    if "\u3000" < text[figure.start - 1 : figure.start] <= "\uffef":
        return "zh"
    return "zh" if "\u3000" < max(text[max(0, figure.start - 12) : figure.end + 2]) <= "\uffef" else "en"


def _set(figure: Figure, text: str, floor: int) -> None:
    lang = _language(text, figure)
    window = 16 if lang == "zh" else 48
    start = max(floor, figure.start - window)
    left = text[start : figure.start]
    heads = _cues(lang).heads
    if not heads.isdisjoint(_LATIN.findall(left.lower()) if lang == "en" else left):
        clause = _last(_CLAUSE, left)
        figure.direction = _nearest(lang, left[clause.end() :] if clause else left, figure)
    if figure.direction is None and (lang == "zh" or figure.kind != "number"):
        figure.direction = _following(lang, text, figure.end)
    if figure.direction or figure.kind == "percent":
        figure.basis = _basis(text, figure, floor, lang)


_KEEP = {"zh": 9, "en": 34}
_BREAK = re.compile(
    r"的(?!幅度|比例|增|降)|目标|预期|计划|[\"“”]|\b(?:of the|from|who|which|that|in|or|onto|upon|behind)\b"
    r"|\bto (?!(?:about|around|nearly|just|only|an?|the|its|their|his|some|over|almost|more|less|as|at|well|between"
    r"|roughly|under|below|above|within|up|no|close|another|half)\b)[a-z]+ "  # opens up to reveal two screens
)


def _nearest(lang: str, left: str, figure: Figure) -> Direction | None:
    cues = _cues(lang)
    found = _last(cues.before, left)
    if found is None:
        return None
    keep = 2 if len(found[0]) == 1 else _KEEP[lang]
    if not _LEADS_ON.fullmatch(left, found.end()) and (
        len(left) - found.end() > keep or _BREAK.search(left, found.end())
    ):
        return None
    points = (figure.unit_text or "").endswith("点")  # by so many points it does what the cue says
    if found[0] in _WIDER and not points and (noun := _NOUN.search(left)):  # 跌幅扩大至8%
        return "up" if noun[0] in "涨升增" else "down"
    if lang == "en" and figure.kind == "money" and _raises_funds(found[0], left[found.end() :]):
        return None
    return cues.direction.get(found[0].lower())


def _raises_funds(cue: str, between: str) -> bool:
    """Whether money is collected (raised £5.9m), and nothing grows (raised it to £5.9m)."""
    return cue.lower().startswith("rais") and not _BY_OR_TO.search(between)


_BY_OR_TO = re.compile(r"\b(?:to|by)\b")

# What may stand between the cue and the level or change: 增加到2025年的17万只, a rise in profits to £280.2m.
_LEADS_ON = re.compile("[到至]?[0-9年月末底同期上下半季度第一二三四]{2,10}的| in [A-Za-z' .-]{1,28} (?:to|by) ")
_NOUN = re.compile("[涨升增跌降减](?=幅)")
_WIDER = frozenset({"扩大", "扩大到", "收窄", "缩小"})


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


_LINK = re.compile("的?(?:年均|同比|环比)?")
_STOP = re.compile(r"[.;!?\n](?:\s|$)|[0-9]")
_BASIS_CLAUSE = re.compile(r"[。；！？\n;!?]|\. ")
_OWN_NUMBER = re.compile("了?(?:约|近|逾|超|达|至|到|为|超过)?[0-9一二三四五六七八九十百]")


def _following(lang: str, text: str, end: int) -> Direction | None:
    cues, first = _cues(lang), text[end : end + 1]
    if lang == "zh" and first not in cues.heads and first not in "的年同环":
        return None
    right = text[end : end + _AFTER]
    if lang == "zh":
        match = _LINK.match(right)
        found = cues.after.match(right, match.end() if match else 0)
        if found and _OWN_NUMBER.match(right, found.end()):  # 较上年的82%下降3个百分点
            return None
    else:
        found = cues.after.match(right, 1) if right[:1] in (" ", "-") else None
    return cues.direction.get(found[0].lower()) if found else None


def _basis(text: str, figure: Figure, floor: int, lang: str) -> Basis | None:
    start = max(floor, figure.start - _BEFORE)
    if not _BASIS_HINT.search(text, start, figure.end + (70 if lang == "en" else 0)):
        return None
    if lang == "en" and floor and (others := _BASIS.match(text, floor + 1)):  # of the figure before
        start = max(start, others.end())
    clause = text[start : figure.start]
    comma = _last(_BASIS_CLAUSE, clause)
    found = _last(_BASIS, clause[comma.end() :] if comma else clause)
    if found is None and lang == "en":
        stop = _STOP.search(text, figure.end, figure.end + 70)
        found = _BASIS.search(text, figure.end, stop.start() if stop else figure.end + 70)
    return ("yoy" if found["yoy"] else "mom") if found else None
