"""Read dates that name a place on the calendar: a day, month, quarter, year, holiday, decade, plan period."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pipeline.extract.dates.context import (
    Context,
    Reading,
    full_year,
    has_told,
    looks_ahead,
    month_number,
    nearest,
    number,
)
from pipeline.temporal import Expression, calendar
from pipeline.temporal.calendar import Part, Period

Parts = Mapping[str, str]

_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "大前": -3, "前": -2, "明": 1, "来": 1, "下": 1, "大后": 3, "后": 2}
_EN_YEARS = {"last": -1, "previous": -1, "this": 0, "the": 0, "same": 0, "next": 1}
_EDGES: tuple[tuple[Part, tuple[str, ...]], ...] = (
    ("start", ("初", "始", "早", "前", "early", "earlier", "beginning", "start", "turn")),
    ("mid", ("中", "mid", "middle")),
    ("end", ("底", "末", "尾", "后", "晚", "late", "later", "end")),
)
_WEEKDAYS = (
    ("一", "mon"), ("二", "tue"), ("三", "wed"), ("四", "thu"), ("五", "fri"), ("六", "sat"), ("日", "天", "sun"),
)  # fmt: skip
_SEASONS = {"春": 1, "夏": 2, "秋": 3, "冬": 4, "sp": 1, "su": 2, "au": 3, "fa": 3, "wi": 4}


def year_of(parts: Parts, context: Context) -> tuple[int | None, bool]:
    """The year that the parts name, and whether it is relative; None: none is named, or it cannot be known."""
    this = context.anchor.year if context.anchor else None
    if written := parts.get("y"):
        if written[0].isdigit() or written[0] in "一二":
            return number(written), False
        return (None if this is None else this + _EN_YEARS[written.split()[0].lower()]), True
    if written := parts.get("yy") or parts.get("digits"):
        return (number(written) if len(written) == 4 else full_year(number(written), context.anchor)), False
    if written := parts.get("roc"):
        return number(written) + 1911, False
    if era := parts.get("era"):
        return calendar.eras()[era][0] + number(parts["ey"]) - 1, False
    if written := parts.get("ry"):
        return _relative_year(written, this, context), True
    return None, False


def _relative_year(written: str, this: int | None, context: Context) -> int | None:
    if written[0] in "同当次翌那":
        last = context.latest.start if context.latest else context.anchor
        return None if last is None else last.year + (written[0] in "次翌")
    latest = context.latest.start if context.latest else None
    if latest and written[0] == "上" and context.compared():
        return latest.year - 1
    step = _EN_YEARS.get(written.lower())
    if step is None:
        step = _YEARS[written[:2]] if written[:2] in _YEARS else _YEARS[written[0]]
    return None if this is None else this + step


def edge(word: str) -> Part | None:
    """start, mid or end, from 年初, 下旬, the end of ..."""
    keys = (word.lower().removeprefix("the ").split()[0], *reversed(word))
    return next((part for key in keys for part, words in _EDGES if key in words), None)


def read_calendar(expression: Expression, context: Context) -> Reading | None:
    """Whatever is a year and a part of it, or a part of a year that is not named."""
    parts = expression.parts
    make = _maker(parts, context)
    if "hr" in parts:
        return _relative_holiday(make, parts["hr"].lower(), context.anchor)
    if "rq" in parts:
        return _relative_quarter(parts["rq"], context)
    if relation := parts.get("rm") or (parts.get("rel") if "m" in parts else None):
        return _relative_month(relation, parts, context)
    y, relative = year_of(parts, context)
    if y is not None:
        return Reading(_edged(make(y), parts), relative)
    if relative:
        return Reading(None, True)
    if "m" in parts and (y := context.year_before(parts)):
        return Reading(_edged(make(y), parts))
    period = nearest(make, context, lambda: looks_ahead(context, expression), lambda: has_told(context, expression))
    return Reading(_edged(period, parts), not any(name in parts for name in ("m", "lm", "hol")), _unknown_year(parts))


def _relative_holiday(make: Callable[[int], Period | None], word: str, anchor: date | None) -> Reading:
    """Last Christmas is the latest one that is over, next Christmas the first to come."""
    if anchor is None:
        return Reading(None, True)
    here = make(anchor.year)
    if word == "last" and here and here.end and here.end >= anchor:
        here = make(anchor.year - 1)
    elif word == "next" and here and here.start and here.start <= anchor:
        here = make(anchor.year + 1)
    return Reading(here, True)


def _edged(period: Period | None, parts: Parts) -> Period | None:
    word = parts.get("edge")
    part = edge(word) if word else None
    if period is None or part is None:
        return period
    # As TimeML has it, early May and the end of 2010 are the whole month and year, with a modifier.
    return period._replace(mod=part) if period.grain in ("day", "month", "year") else calendar.portion(period, part)


def _unknown_year(parts: Parts) -> str | None:
    if "m" not in parts or "lunar" in parts or _is_lunar_day(parts):
        return None
    d = f"-{number(parts['d']):02}" if "d" in parts else ""
    return f"XXXX-{month_number(parts['m']):02}{d}"


def _maker(parts: Parts, context: Context) -> Callable[[int], Period | None]:
    """From a year to the period that the parts name in it."""
    if "hol" in parts:
        return lambda y: _holiday(parts, y)
    if "era" in parts and not calendar.eras()[parts["era"]][1]:
        return lambda y: calendar.year(y)._replace(mod="approx")  # its months are lunar, and out of the table
    if ("ly" in parts or "lunar" in parts or "lm" in parts or _is_lunar_day(parts)) and ("m" in parts or "lm" in parts):
        return lambda y: _lunar(parts, y)
    if "m" in parts:
        return lambda y: in_month(parts, y, month_number(parts["m"]))
    for name, make in _MAKERS:
        if name in parts:
            return lambda y, name=name, make=make: make(parts, parts[name], y)  # type: ignore[misc]
    return calendar.year


def _is_lunar_day(parts: Parts) -> bool:
    return parts.get("ld", "")[:1] in ("初", "廿")


def in_month(parts: Parts, y: int, m: int) -> Period:
    """A month, or the day or the part of it that the parts name."""
    if word := parts.get("d") or parts.get("ld"):
        return calendar.day(date(y, m, number(word)))
    if "nth" in parts:
        return _week_of_month(parts, y, m)
    if word := parts.get("me"):
        if "旬" in word:
            thirds = [calendar.third_of_month(y, m, "上中下".index(char)) for char in word if char in "上中下"]
            return Period(thirds[0].start, thirds[-1].end, "range", thirds[-1].mod)
        return calendar.portion(calendar.month(y, m), edge(word) or "mid")
    return calendar.month(y, m)


def _week_of_month(parts: Parts, y: int, m: int) -> Period:
    """第二周, 第二个周五: a week counts for the month in which its Monday is."""
    n = -1 if parts["nth"].lower() == "last" else number(parts["nth"])
    word = parts.get("wn", "week").lower()
    if word == "weekend":
        saturday = calendar.nth_weekday(y, m, 6, n)
        return Period(saturday, saturday + timedelta(1), "range")
    weekday = next((i + 1 for i, names in enumerate(_WEEKDAYS) if word.startswith(names)), 1)
    first = calendar.nth_weekday(y, m, weekday, n)
    return calendar.week(first) if word == "week" else calendar.day(first)


def _holiday(parts: Parts, y: int) -> Period | None:
    first = calendar.holiday(parts["hol"], y)
    if first is None:
        return None
    days = calendar.holidays()[parts["hol"].lower()][1] if "ht" in parts or "hp" in parts else 1
    return Period(first, first + timedelta(days - 1), "range") if days > 1 else calendar.day(first)


def _lunar(parts: Parts, y: int) -> Period | None:
    """A lunar month or day; its twelfth month is that of the lunar year ``y``, which ends in the next one."""
    word = parts.get("lm") or parts["m"]
    leap = word.startswith("闰")
    m = month_number(word.removeprefix("闰").removesuffix("月")) if leap else month_number(word)
    d = parts.get("ld") or parts.get("d")
    if d is None:
        return calendar.lunar_month(y, m, leap)
    day = calendar.lunar(y, m, number(d), leap)
    return None if day is None else calendar.day(day)


def _year_part(parts: Parts, word: str, y: int) -> Period:
    part = edge(word)
    return calendar.portion(calendar.year(y), part) if part else calendar.year(y)


def _first(parts: Parts, count: str, y: int) -> Period:
    """The first so many days, weeks, months or quarters."""
    n, unit = number(count), parts["fu"]
    if "天" in unit or "日" in unit or "day" in unit:
        return Period(date(y, 1, 1), date(y, 1, 1) + timedelta(n - 1), "range")
    if "周" in unit or "星期" in unit or "week" in unit:
        monday = calendar.nth_weekday(y, 1, 1, 1)
        return Period(monday, monday + timedelta(7 * n - 1), "range")
    return calendar.months(y, 1, n * (3 if "季" in unit or "quarter" in unit else 1))


def _quarter(parts: Parts, word: str, y: int) -> Period:
    q = number(word)
    if "qm" in parts:  # 一季度末
        return calendar.month(y, 3 * q - (2 if parts["qm"] == "初" else 0))
    return calendar.quarter(y, q)


def _half(parts: Parts, word: str, y: int) -> Period:
    return calendar.half(y, 1 if word[0] in "上前1" or word.lower() == "first" else 2)


def _season(parts: Parts, word: str, y: int) -> Period:
    return calendar.season(y, _SEASONS[word[:2].lower() if word.isascii() else word])


_MAKERS: tuple[tuple[str, Callable[[Parts, str, int], Period | None]], ...] = (
    ("q", _quarter),
    ("qd", lambda parts, word, y: calendar.quarter(y, number(word))),
    ("qe", lambda parts, word, y: calendar.quarter(y, number(word))),
    ("q2", lambda parts, word, y: calendar.quarter(y, 4)),
    ("h", _half),
    ("hd", _half),
    ("fn", _first),
    ("mo", lambda parts, word, y: calendar.month(y, number(word))),
    ("ln", lambda parts, word, y: calendar.months(y, 13 - number(word), 12)),
    ("se", _season),
    ("w", lambda parts, word, y: calendar.iso_week(y, number(word))),
    ("ye", _year_part),
)


def _relative_quarter(word: str, context: Context) -> Reading:
    if context.anchor is None:
        return Reading(None, True)
    moved = calendar.shift_months(context.anchor, 3 * (word.count("下") - word.count("上")))
    return Reading(calendar.quarter(moved.year, (moved.month + 2) // 3), True)


def _relative_month(relation: str, parts: Parts, context: Context) -> Reading:
    """本月, 上个月15日; last May."""
    if "m" in parts:
        return Reading(_edged(_named_month(relation.lower(), month_number(parts["m"]), context.anchor), parts), True)
    named = relation[0] in "当同次" or (relation[0] == "上" and context.compared())
    base = context.month.start if named and context.month else context.anchor
    if base is None:
        return Reading(None, True)
    steps = -relation.count("上") or relation.count("下") or int(relation[0] == "次")
    month = calendar.shift_months(base, steps)
    return Reading(in_month(parts, month.year, month.month), True)


def _named_month(relation: str, m: int, anchor: date | None) -> Period | None:
    """Last May is the latest May that is over, next May the first that has not begun."""
    if anchor is None:
        return None
    y = anchor.year
    if relation in ("last", "past", "this past"):
        y -= m >= anchor.month
    elif relation in ("next", "this coming"):
        y += m <= anchor.month
    return calendar.month(y, m)


def read_full(expression: Expression, context: Context) -> Reading:
    """2022-08-25."""
    parts = expression.parts
    return Reading(in_month(parts, number(parts["y"]), number(parts["m"])))


def read_numeric(expression: Expression, context: Context) -> Reading:
    """3/4/2020: with slashes and hyphens the month first, with full stops the day; unless only one order is a date."""
    a, b, y = (number(expression.parts[name]) for name in "aby")
    day_first = context.day_first if context.day_first is not None else expression.parts["sep"] == "."
    if a > 12 or (day_first and b <= 12):
        a, b = b, a
    return Reading(calendar.day(date(y, a, b)))


def read_plan(expression: Expression, context: Context) -> Reading:
    word = expression.parts["plan"]
    chinese = not word.isascii() and len(word) > 1
    n = number(word[:-1]) if chinese else number(word)
    return Reading(calendar.plan(n))


def read_before_christ(expression: Expression, context: Context) -> Reading:
    """公元前221年 is year -220 of EDTF, which has a year zero; calendar dates do not go so far back."""
    return Reading(None, False, f"-{number(expression.parts['bc']) - 1:04}")


def read_century(expression: Expression, context: Context) -> Reading:
    """21世纪, 上世纪90年代初, the 19th century, 公元前7世纪."""
    parts = expression.parts
    if "bce" in parts:
        return Reading(None, False, f"-{100 * number(parts['c']) - 1:04}/-{100 * number(parts['c']) - 100:04}")
    if "c" in parts:
        c, relative = number(parts["c"]), False
    elif context.anchor:
        c, relative = context.anchor.year // 100 + (0 if parts["rc"].startswith("上") else 1), True
    else:
        return Reading(None, True)
    period = calendar.decade(100 * c - 100 + number(parts["de"])) if "de" in parts else calendar.century(c)
    return Reading(_portion(period, parts), relative)


_DECADE_WORDS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def read_decade(expression: Expression, context: Context) -> Reading:
    """1990s, '90s, nineties, 90年代, 1990年代末: without a century the latest one that has begun."""
    parts = expression.parts
    word = parts.get("de") or parts.get("de2")
    value = number(word) if word else 20 + 10 * _DECADE_WORDS.index(parts["dw"].lower())
    if "cy" in parts:
        value += 100 * number(parts["cy"])
    elif value < 100:
        this = context.anchor.year if context.anchor else 2025
        value += 2000 if 2000 + value <= this and parts.get("dw") is None else 1900
    return Reading(_portion(calendar.decade(value), parts))


def _portion(period: Period, parts: Parts) -> Period:
    word = parts.get("ce") or parts.get("edge")
    part = edge(word) if word else None
    return calendar.portion(period, part) if part else period


def read_years(expression: Expression, context: Context) -> Reading | None:
    """2003/2004, 2012-13: a season or a fiscal year; 2010-15: several."""
    first, last = number(expression.parts["y"]), number(expression.parts["ye"])
    last += first // 100 * 100 if last < 100 else 0
    return (
        Reading(calendar.years(first, last))
        if first < last and (last <= first + 30 or len(expression.parts["ye"]) == 4)
        else None
    )


def read_week_of_year(expression: Expression, context: Context) -> Reading:
    """The first week of 2019, the last one of 2016: ISO weeks."""
    y, word = number(expression.parts["y"]), expression.parts["nth"].lower()
    if word == "last":
        return Reading(calendar.week(date(y, 12, 28)))
    return Reading(calendar.iso_week(y, number(word)))


def read_fiscal(expression: Expression, context: Context) -> Reading:
    """Fiscal 2021: the calendar year that names it, since where it begins differs by country and firm."""
    word = expression.parts["y"][:4]
    y = number(word) if len(word) == 4 else full_year(number(word[:2]), context.anchor)
    return Reading(calendar.year(y))
