"""Periods on the calendar, and how to reach them: years, quarters, plan periods, holidays, lunar dates."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache
from math import floor, radians, sin
from typing import Literal, NamedTuple

from pipeline import lexicon

DAY = timedelta(1)
Grain = Literal["day", "week", "month", "quarter", "half", "year", "decade", "century", "plan", "range"]
Part = Literal["start", "mid", "end"]
Mod = Part | Literal["approx"]


class Period(NamedTuple):
    """A stretch of days, both ends inclusive; None: open."""

    start: date | None
    end: date | None
    grain: Grain
    mod: Mod | None = None


def day(value: date) -> Period:
    return Period(value, value, "day")


@lru_cache(4096)
def month(y: int, m: int) -> Period:
    return Period(date(y, m, 1), date(y, m, monthrange(y, m)[1]), "month")


def months(y: int, first: int, last: int, grain: Grain = "range") -> Period:
    """From the ``first`` month of a year to its ``last``; 13 is January of the next year."""
    y_last, m_last = divmod(y * 12 + last - 1, 12)
    return Period(month(y, first).start, month(y_last, m_last + 1).end, grain)


def year(y: int) -> Period:
    return months(y, 1, 12, "year")


def quarter(y: int, q: int) -> Period:
    return months(y, 3 * q - 2, 3 * q, "quarter")


def half(y: int, h: int) -> Period:
    return months(y, 6 * h - 5, 6 * h, "half")


def season(y: int, s: int) -> Period:
    """Meteorological seasons of the north: 1 is spring (March to May); winter runs into the next year."""
    return months(y, 3 * s, 3 * s + 2)


def week(value: date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = value - DAY * value.weekday()
    return Period(monday, monday + 6 * DAY, "week")


def years(first: int, last: int, grain: Grain = "range") -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), grain)


def decade(y: int) -> Period:
    return years(y // 10 * 10, y // 10 * 10 + 9, "decade")


def century(c: int) -> Period:
    """The ``c``-th century as news counts it: the 20th is 1900 to 1999."""
    return years(max(100 * c - 100, 1), 100 * c - 1, "century")


def plan(n: int) -> Period:
    """The ``n``-th five-year plan of China.

    The plans follow each other without a gap but for 1963 to 1965: the first began in 1953, the third in 1966.
    """
    first = 1948 + 5 * n if n < 3 else 1951 + 5 * n
    return years(first, first + 4, "plan")


def shift_months(value: date, count: int) -> date:
    """The same day ``count`` months later, or the last of that month."""
    y, m = divmod(value.year * 12 + value.month - 1 + count, 12)
    return date(y, m + 1, min(value.day, monthrange(y, m + 1)[1]))


def portion(period: Period, part: Part) -> Period:
    """The start, middle or end of a period: of a year two months, of a decade half, of a month days, else a third."""
    start, end = period.start, period.end
    if start is None or end is None:
        return period._replace(mod=part)
    if period.grain == "year":
        low, high = {"start": (1, 2), "mid": (6, 7), "end": (11, 12)}[part]
        return months(start.year, low, high)._replace(mod=part)
    if period.grain == "decade":
        low, high = {"start": (0, 4), "mid": (3, 6), "end": (5, 9)}[part]
        return years(start.year + low, start.year + high)._replace(mod=part)
    if period.grain == "century":
        low, high = {"start": (0, 19), "mid": (40, 59), "end": (80, 99)}[part]
        return years(start.year + low, start.year + high)._replace(mod=part)
    days = (end - start).days + 1
    if period.grain == "month":
        low, high = {"start": (0, 5), "mid": (9, 20), "end": (24, days)}[part]
    else:
        low, high = {"start": (0, days // 3), "mid": (days // 3, 2 * days // 3), "end": (2 * days // 3, days)}[part]
    return Period(start + low * DAY, start + (high - 1) * DAY, "range", part)


def third_of_month(y: int, m: int, part: int) -> Period:
    """上旬, 中旬, 下旬: 0, 1, 2."""
    last = monthrange(y, m)[1] if part == 2 else 10 * part + 10
    mods: tuple[Part, ...] = ("start", "mid", "end")
    return Period(date(y, m, 10 * part + 1), date(y, m, last), "range", mods[part])


def iso_week(y: int, w: int) -> Period | None:
    try:
        return week(date.fromisocalendar(y, w, 1))
    except ValueError:
        return None


def easter(y: int) -> date:
    """Western Easter: the anonymous Gregorian algorithm (Meeus, Jones, Butcher)."""
    a, b, c = y % 19, y // 100, y % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114
    return date(y, n // 31, n % 31 + 1)


def nth_weekday(y: int, m: int, weekday: int, n: int) -> date:
    """The ``n``-th weekday (1 is Monday) of a month; ``n`` = -1 is the last."""
    if n < 0:
        last = date(y, m, monthrange(y, m)[1])
        return last - DAY * ((last.isoweekday() - weekday) % 7)
    first = date(y, m, 1)
    return first + DAY * ((weekday - first.isoweekday()) % 7 + 7 * (n - 1))


@cache
def _lunar_years() -> dict[int, tuple[date, int, tuple[int, ...]]]:
    table = {}
    for row in lexicon.rows("lunar_years.csv"):
        y = int(row["year"])
        start = date(y, *map(int, row["new_year"].split("-")))
        table[y] = (start, int(row["leap"]), tuple(29 + int(bit) for bit in row["months"]))
    return table


def lunar(y: int, m: int, d: int, leap: bool = False) -> date | None:
    """The day of a Chinese lunar date; month 0, day 0 is the last day of the year. None outside 1901 to 2098."""
    if y not in _lunar_years():
        return None
    start, leap_month, lengths = _lunar_years()[y]
    if m == 0:
        return start + DAY * (sum(lengths) - 1)
    index = m - 1 + (1 if (leap_month and m > leap_month) or (leap and m == leap_month) else 0)
    if (leap and m != leap_month) or not 1 <= d <= lengths[index]:
        return None
    return start + DAY * (sum(lengths[:index]) + d - 1)


def lunar_month(y: int, m: int, leap: bool = False) -> Period | None:
    first = lunar(y, m, 1, leap)
    if first is None:
        return None
    last = lunar(y, m, 30, leap) or lunar(y, m, 29, leap)
    return Period(first, last, "month")


_TERMS = (
    "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑",
    "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒",
)  # fmt: skip


def solar_term(name: str, y: int) -> date:
    """The day, in Beijing, when the sun reaches the longitude of a solar term (Meeus, Astronomical Algorithms, 25)."""
    target = (315 + 15 * _TERMS.index(name)) % 360
    days = (target - 280.46) % 360 / 360 * 365.2422 + date(y, 1, 1).toordinal() - date(2000, 1, 1).toordinal()
    for _ in range(4):
        days += ((target - _sun(days) + 180) % 360 - 180) / 360 * 365.2422
    return date(2000, 1, 1) + timedelta(floor(days + 0.5 + 8 / 24))


def _sun(days: float) -> float:
    """Apparent longitude of the sun in degrees, ``days`` after noon of 1 January 2000."""
    t = days / 36525
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    return 280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))


@cache
def eras() -> dict[str, tuple[int, bool]]:
    """First year of an era, and whether its months are Gregorian, by name."""
    return {row["name"]: (int(row["first"]), row["solar"] == "1") for row in lexicon.rows("eras.csv")}


@cache
def holidays() -> dict[str, tuple[str, int]]:
    """Rule for the day, and the length of the public holiday (1 if none), by name in lower case."""
    return {row["name"].lower(): (row["day"], int(row["days"] or 1)) for row in lexicon.rows("holidays.csv")}


def holiday(name: str, y: int) -> date | None:
    """The day of a holiday in a year; of a lunar one the day that falls in the lunar year."""
    match = re.match(r"([a-z]*):?(.*)", holidays()[name.lower()][0])
    kind, rest = (match[1], match[2]) if match else ("", "")
    if kind == "lunar":
        m, d = map(int, rest.split("-"))
        return lunar(y - 1 if m in (0, 12) else y, m, d)
    if kind == "easter":
        return easter(y) + DAY * int(rest)
    if kind == "term":
        return solar_term(rest, y)
    if kind == "nth":
        base, _, extra = rest.partition("+")
        m, weekday, n = map(int, re.findall(r"(?<![0-9])-?[0-9]+", base))
        return nth_weekday(y, m, weekday, n) + DAY * int(extra or 0)
    m, d = map(int, rest.split("-"))
    return date(y, m, d)
