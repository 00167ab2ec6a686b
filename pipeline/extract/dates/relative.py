"""Read dates that count from another day: 昨天, 上周五, 三年前, last week, Monday, 24日."""

import re
from datetime import date, timedelta
from functools import lru_cache

from pipeline import numerals
from pipeline.extract.dates.calendar import edge
from pipeline.extract.dates.context import Context, Reading, looks_ahead, number
from pipeline.temporal import Expression, calendar
from pipeline.temporal.calendar import DAY, Period

_DAYS = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_EN_DAYS = {
    "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "day after tomorrow": 2,
}  # fmt: skip
_WEEKDAYS = {char: i for i, char in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {name: i for i, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_STEPS = {
    "last": -1,
    "past": -1,
    "this past": -1,
    "this coming": 1,
    "previous": -1,
    "this": 0,
    "the": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_UNITS = (
    ("year", "年year"), ("decade", "decade"), ("century", "世纪century centurie"), ("quarter", "季quarter"),
    ("month", "月month"), ("week", "周星期礼拜week fortnight"), ("day", "天日夜day night"),
)  # fmt: skip


def _unit(word: str) -> str:
    """The English name of a unit; ``hour`` for all that is shorter than a day."""
    word = word.lower().strip("个").rstrip("s")
    return next((name for name, words in _UNITS if word and word in words), "hour")


def read_relative_day(expression: Expression, context: Context) -> Reading:
    word = expression.parts["rd"].lower()
    if word[0] in "次翌隔":
        after = context.day.end if context.day else None
        return Reading(calendar.day(after + DAY) if after else None, True)
    anchor = context.anchor
    if anchor is None:
        return Reading(None, True)
    if word[-2:] in ("两天", "两日"):
        low = _DAYS[word[0]]
        return Reading(Period(anchor + DAY * low, anchor + DAY * (low + 1), "range"), True)
    if word[-1] == "年":
        first = anchor.year + _DAYS[word[0]]
        return Reading(calendar.years(first, first + 1), True)
    days = _EN_DAYS[word] if word in _EN_DAYS else _chinese_day(word)
    return Reading(calendar.day(anchor + DAY * days), True)


def _chinese_day(word: str) -> int:
    """大 takes one more day in the same direction: 大前天 is three days ago."""
    days = _DAYS.get(word.lstrip("大")[0], 0)
    return days + word.count("大") * (1 if days > 0 else -1)


def read_week(expression: Expression, context: Context) -> Reading:
    """上周, 下下周."""
    if context.anchor is None:
        return Reading(None, True)
    return Reading(calendar.week(context.anchor + 7 * DAY * _week_step(expression.parts["rw"])), True)


def _week_step(word: str) -> int:
    return -word.count("上") or word.count("下") or _STEPS.get(word, 0)


def read_weekday(expression: Expression, context: Context) -> Reading:
    """上周五; Monday, last Friday.

    Without a word for the week, English news means the latest one unless it speaks of the future; Chinese news the one
    of the current week, but at its start the end of the week before, unless it speaks of the future.
    """
    parts, anchor = expression.parts, context.anchor
    if anchor is None:
        return Reading(None, True)
    word = parts["wd"]
    weekday = _WEEKDAYS[word] if word in _WEEKDAYS else _WEEKDAYS.get(word[:3].lower(), 5)
    relation = parts.get("rw") or parts.get("rel", "").lower()
    here = anchor + DAY * (weekday - anchor.weekday())
    if word == "末":
        start = here + 7 * DAY * _week_step(relation)
        return Reading(Period(start, start + DAY, "range"), True)
    if day := _named_beside(here, expression, context):
        return Reading(calendar.day(day), True)
    if "rw" in parts or relation in ("this", "next", "following"):
        return Reading(calendar.day(here + 7 * DAY * _week_step(relation)), True)
    if relation:
        return Reading(calendar.day(here if relation == "this coming" else here - 7 * DAY * (here >= anchor)), True)
    return Reading(calendar.day(_plain_weekday(here, expression, context)), True)


_BESIDE = re.compile(r"[（(] ?(?:[0-9]{1,2} ?月 ?)?(?P<d>[0-9]{1,2}) ?[日号]")


def _named_beside(here: date, expression: Expression, context: Context) -> date | None:
    """The day of that weekday whose number stands in brackets beside it: 周五（18日）; 18日（周五）."""
    match = _BESIDE.match(context.text, expression.end)
    last = context.day.start if context.day else None
    if match is None and last and last.weekday() == here.weekday() and expression.start - context.latest_end == 1:
        return last if context.text[expression.start - 1] in "（(" else None
    days = (here + 7 * DAY * step for step in (0, -1, 1, -2, 2))
    return next((day for day in days if match and day.day == int(match["d"])), None)


def _plain_weekday(here: date, expression: Expression, context: Context) -> date:
    anchor = context.anchor or here
    ahead = looks_ahead(context, expression)
    if here > anchor and not ahead and (not context.lang.startswith("zh") or (here - anchor).days > 3):
        return here - 7 * DAY
    return here + 7 * DAY if here < anchor and ahead and not context.lang.startswith("zh") else here


def read_day(expression: Expression, context: Context) -> Reading | None:
    """24日; the 20th of last month. A bare day is one of the month named just before, or of that of publication;
    at the start of a month the last days are those of the month before."""
    parts, anchor = expression.parts, context.anchor
    day = number(next(parts[name] for name in ("d", "d2", "d3", "d4", "d5") if name in parts))
    last = context.last
    if last and last.start and last.grain == "day" and (anchor is None or _same_sentence(context, expression)):
        return Reading(calendar.day(last.start.replace(day=day)))
    if anchor is None:
        return Reading(None, False, f"XXXX-XX-{day:02}")
    if "rel" in parts:
        base = calendar.shift_months(anchor, _STEPS.get(parts["rel"].split()[-1], 0))
        return Reading(calendar.day(base.replace(day=day)), True)
    base = calendar.shift_months(anchor.replace(day=1), -1) if day - anchor.day > 20 else anchor
    return Reading(calendar.day(date(base.year, base.month, day)))


def _same_sentence(context: Context, expression: Expression) -> bool:
    between = context.text[context.last_end : expression.start]
    return len(between) <= 30 and not re.search("[。！？\n]", between)


def read_relative(expression: Expression, context: Context) -> Reading:
    """Last week, next month, this quarter, early next year."""
    if context.anchor is None:
        return Reading(None, True)
    parts = expression.parts
    if "we" in parts or parts["u"].lower() == "weekend":
        return Reading(_weekend(parts.get("rel"), context.anchor), True)
    relation = parts.get("rel", "the").lower()
    base = context.anchor
    if relation in ("previous", "preceding", "following") and context.last and context.last.start:
        base = context.last.start
    if relation in ("past", "this past"):
        return Reading(Period(_far(_unit(parts["u"]), -1, base), base, "range"), True)
    period = _whole(_unit(parts["u"]), _STEPS[relation], base)
    part = edge(parts["edge"]) if "edge" in parts else None
    if period and part:
        whole = period.grain in ("month", "quarter", "year")
        period = period._replace(mod=part) if whole else calendar.portion(period, part)
    return Reading(period, True)


def _weekend(relation: str | None, anchor: date) -> Period:
    """The weekend is the latest one up to Wednesday, else the next."""
    coming = relation is not None and relation.lower().endswith("coming")
    step = 0 if coming else _STEPS[relation.lower()] if relation else -(anchor.weekday() < 3)
    monday = calendar.week(anchor + 7 * DAY * step).start or anchor
    return Period(monday + 5 * DAY, monday + 6 * DAY, "range")


def _whole(unit: str, step: int, base: date) -> Period | None:
    """The day, week, month ... ``step`` after that of ``base``."""
    if unit == "day":
        return calendar.day(base + DAY * step)
    if unit == "week":
        return calendar.week(base + 7 * DAY * step)
    if unit in ("month", "quarter"):
        moved = calendar.shift_months(base, step * (1 if unit == "month" else 3))
        return (
            calendar.month(moved.year, moved.month)
            if unit == "month"
            else calendar.quarter(moved.year, (moved.month + 2) // 3)
        )
    if unit == "year":
        return calendar.year(base.year + step)
    if unit == "decade":
        return calendar.decade(base.year + 10 * step)
    return calendar.century(base.year // 100 + 1 + step) if unit == "century" else None


_VAGUE: dict[str, float] = {
    "a couple of": 2,
    "couple of": 2,
    "半": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "两": 2,
    "俩": 2,
    "几": 0,
    "数": 0,
}
_VAGUE |= {"a few": 0, "few": 0, "several": 0, "a": 1, "an": 1}


def count(word: str) -> float | None:
    """How many, or at least how many (两三, 十几); None where the text does not say (several, 几)."""
    return _bounds(word)[0]


def is_vague(word: str) -> bool:
    """Whether a Chinese count gives no more than its scale: 几十, 数百."""
    return _SCALE_ALONE.search(word) is not None


_SCALE_ALONE = re.compile("[几数][十百千万]")


@lru_cache(4096)
def _bounds(word: str) -> tuple[float | None, float | None]:
    """At least and at most how many."""
    word = word.lower().strip().replace("-and-a-half", " and a half")
    if word in _VAGUE:
        return _VAGUE[word] or None, _VAGUE[word] or None
    value = numerals.read(word)
    if value is not None:
        return value, value
    if " or " in word:
        few, many = word.split(" or ", 1)
        return count(few), count(many)
    numeral = next(numerals.find(word), None)
    return (numeral.low, numeral.high) if numeral and numeral.end - numeral.start == len(word) else (None, None)


def read_shift(expression: Expression, context: Context) -> Reading | None:
    """三天前, 十年后, three years ago, five years later: from the anchor, or from the date named before."""
    parts = expression.parts
    (n, most), direction = _bounds(parts["n"]), parts["dir"].lower()
    back = direction in ("前", "ago", "earlier", "before")
    counted = direction in ("后", "later", "earlier", "before") and not context.glossed()
    named = context.last.start if context.last and counted else None
    base = named or context.anchor
    if n is None or base is None:
        return None if n is None else Reading(None, True)
    if "half" in parts or "half2" in parts:
        n += 0.5
    try:
        period = _moved(_unit(parts["u"]), -n if back else n, base)
        if period and period.start and parts["u"][-1] in "周期拜":
            period = calendar.week(period.start)
        if most and most > n and (other := _moved(_unit(parts["u"]), -most if back else most, base)) and period:
            first, last = (other, period) if back else (period, other)  # 十几年前, 两三天后
            period = Period(first.start, last.end, "range")
        elif period and (parts.get("on") == "以" or ("on" in parts and "more" in parts)):  # 三年以后: from then on
            period = Period(None, period.end, "range") if back else Period(period.start, None, "range")
        return Reading(period, True)
    except (ValueError, OverflowError):  # 46亿年前
        return Reading(None, True)


def _moved(unit: str, n: float, base: date) -> Period | None:
    if unit == "hour":
        return calendar.day(base)
    if n != int(n):
        days = {"day": 1.0, "week": 7.0}.get(unit)
        if unit == "month" and abs(n) < 1:  # 半个月前
            return calendar.day(base + timedelta(round(30 * n)))
        if unit == "month":  # 两个半月前
            return _whole("month", 0, calendar.shift_months(base, int(n)) + timedelta(round(30 * (n - int(n)))))
        if days is None:
            return _whole("month", int(n * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200)), base)
        return calendar.day(base + timedelta(round(n * days)))
    if unit == "week":
        return calendar.day(base + timedelta(7 * n))
    return _whole(unit, int(n), base)


def read_window(expression: Expression, context: Context) -> Reading | None:
    """近三年, 过去30天, 未来五年: so long up to the anchor, or from it."""
    parts, anchor = expression.parts, context.anchor
    n = count(parts["n"])
    if anchor is None or n is None or is_vague(parts["n"]):
        return None if n is None else Reading(None, True)
    if "half" in parts or "half2" in parts:
        n += 0.5
    ahead = parts.get("win", "过")[0] in "未今接"
    far = _far(_unit(parts["u"]), n if ahead else -n, anchor)
    if ahead:
        return Reading(Period(anchor, max(anchor, far - DAY), "range"), True)
    if "win" not in parts and _unit(parts["u"]) in ("year", "month"):  # 三年多以来: since some day of that year
        far = far.replace(day=1, month=1 if parts["u"] == "年" and ("more" in parts or "more2" in parts) else far.month)
    return Reading(Period(far, anchor, "range"), True)


def _far(unit: str, n: float, base: date) -> date:
    if unit in ("day", "week"):
        return base + timedelta(round(n * (7 if unit == "week" else 1)))
    return calendar.shift_months(base, round(n * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200)))


def read_edge(expression: Expression, context: Context) -> Reading:
    """年底, 月初; the end of the year, early next month."""
    parts, anchor = expression.parts, context.anchor
    if anchor is None:
        return Reading(None, True)
    if word := parts.get("ed"):
        period = calendar.year(anchor.year) if word[0] == "年" else calendar.month(anchor.year, anchor.month)
        return Reading(calendar.portion(period, edge(word) or "mid"), True)
    return read_relative(expression, context)


def read_season(expression: Expression, context: Context) -> Reading | None:
    """Last summer; summer 2016."""
    parts = expression.parts
    word = (parts.get("se") or parts["se2"]).lower()[:2]
    s = {"sp": 1, "su": 2, "au": 3, "fa": 3, "wi": 4}[word]
    if "y" in parts:
        return Reading(calendar.season(number(parts["y"]), s))
    if "rel" not in parts:
        return None
    if context.anchor is None:
        return Reading(None, True)
    period = calendar.season(context.anchor.year, s)
    relation = _STEPS[parts["rel"].lower()]
    if relation < 0 and period.end and period.end >= context.anchor:
        period = calendar.season(context.anchor.year - 1, s)
    if relation > 0 and period.start and period.start <= context.anchor:
        period = calendar.season(context.anchor.year + 1, s)
    return Reading(period, True)
