"""Read durations as ISO 8601, with their comparator."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.dates.relative import count, is_vague
from pipeline.records import Comparator
from pipeline.temporal import Expression
from pipeline.temporal.zh import LEADS

_ENGLISH: tuple[tuple[Comparator, tuple[str, ...]], ...] = (
    ("le", ("no more than", "at most", "up to", "within", "as long as")),
    ("ge", ("no less than", "at least")),
    ("gt", ("more than", "over", ">")),
    ("lt", ("less than", "fewer than", "just under", "under", "nearly", "almost", "<")),
    ("approx", ("about", "around", "roughly", "approximately", "some", "~")),
)
_BOUNDS: dict[str, Comparator] = {
    "以上": "ge", "以内": "le", "之内": "le", "内": "le", "以下": "le", "左右": "approx", "上下": "approx",
    "or more": "ge", "or longer": "ge", "or less": "le", "or so": "approx",
}  # fmt: skip


class Duration(NamedTuple):
    iso: str | None
    cmp: Comparator


def read_duration(expression: Expression) -> Duration:
    """The length of time that an expression names; of a range the shorter one."""
    return _read(tuple(expression.parts.items()))


@lru_cache(4096)
def _read(items: tuple[tuple[str, str], ...]) -> Duration:
    parts = dict(items)
    return Duration(_iso(parts), _comparator(parts))


def _iso(parts: Mapping[str, str]) -> str | None:
    dated, timed = "", ""
    for name in ("", "2", "3"):
        if not (word := parts.get("n" + name)):
            break
        n = count(word)
        if n is None:
            return None
        if not name:
            n += 0.5 * (("half" in parts) + ("half2" in parts))
        if "hund" in parts and ("u" + str(int(name or 1) + 1) not in parts):
            n += float("0." + parts["hund"])
        n, unit = _unit(n, parts["u" + name].lower())
        text = f"{n:.10g}{unit[-1]}"
        if unit[0] == "T":
            timed += text
        else:
            dated += text
    return f"P{dated}{'T' + timed if timed else ''}"


# ISO designators (T: of the time of day) and, to be folded, Q quarters, C centuries, E decades, F fortnights.
_UNITS = {
    "Y": ("年", "周年", "year"), "M": ("月", "month"), "W": ("周", "星期", "礼拜", "week"),
    "D": ("天", "日", "自然日", "昼夜", "day", "night"),
    "TH": ("小时", "钟头", "h"), "TM": ("分", "min"), "TK": ("刻",), "TS": ("秒", "sec"),
    "Q": ("季", "quarter"), "C": ("世纪", "centur"), "E": ("decade",), "F": ("fortnight",),
}  # fmt: skip
_FOLD = {"TK": (15, "TM"), "Q": (3, "M"), "C": (100, "Y"), "E": (10, "Y"), "F": (2, "W")}


def _unit(n: float, word: str) -> tuple[float, str]:
    unit = next(sign for sign, starts in _UNITS.items() if word.startswith(starts))
    times, unit = _FOLD.get(unit, (1, unit))
    return n * times, unit


def _comparator(parts: Mapping[str, str]) -> Comparator:
    bound = parts.get("bound", "").strip().lower()
    if bound:
        return _BOUNDS.get(bound, "eq")
    if "nt" in parts or is_vague(parts.get("n", "")):
        return "range"
    if parts.get("more") in ("多", "余", "+") or "more2" in parts or "more3" in parts or "plus" in parts:
        return "gt"
    if parts.get("more") == "来":
        return "approx"
    lead = parts.get("lead", "").lower()
    chinese = LEADS.get(lead)
    if chinese:
        return chinese
    for cmp, words in _ENGLISH:
        if lead.endswith(words):
            return cmp
    return "eq"
