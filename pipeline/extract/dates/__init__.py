"""Find dates and durations, and put them on the calendar."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from pipeline import conventions
from pipeline.extract.dates import calendar, edtf, relative
from pipeline.extract.dates.context import Context, Reading, number
from pipeline.extract.dates.duration import read_duration
from pipeline.records import DateRow, Passage
from pipeline.temporal import Expression, parse
from pipeline.temporal.calendar import Period, day

READERS: Mapping[str, Callable[[Expression, Context], Reading | None]] = {
    "iso": calendar.read_full,
    "iso_month": calendar.read_calendar,
    "numeric": calendar.read_numeric,
    "year": calendar.read_calendar,
    "month": calendar.read_calendar,
    "month_day": calendar.read_calendar,
    "day_month": calendar.read_calendar,
    "days_month": calendar.read_calendar,
    "month_of_year": calendar.read_calendar,
    "quarter": calendar.read_calendar,
    "holiday": calendar.read_calendar,
    "century": calendar.read_century,
    "decade": calendar.read_decade,
    "plan": calendar.read_plan,
    "before_christ": calendar.read_before_christ,
    "year_span": calendar.read_years,
    "week_of_year": calendar.read_week_of_year,
    "fiscal": calendar.read_fiscal,
    "season": relative.read_season,
    "day": relative.read_day,
    "weekday": relative.read_weekday,
    "week": relative.read_week,
    "relative_day": relative.read_relative_day,
    "relative": relative.read_relative,
    "shift": relative.read_shift,
    "window": relative.read_window,
    "edge": relative.read_edge,
}


def extract(passages: Sequence[Passage], day_first: bool | None = None) -> list[DateRow]:
    """The dates and durations that an article names, in order.

    :param day_first: how 3/4/2020 is read; None: as the conventions say, by default the month first, but the day first
        if written with full stops
    """
    if day_first is None:
        day_first = conventions.current().day_first
    return [row for passage in passages for row in _rows(passage, day_first)]


def _rows(passage: Passage, day_first: bool | None) -> list[DateRow]:
    context = Context(passage.published, passage.lang, passage.folded, day_first)
    rows = (_row(passage, expression, context) for expression in parse(passage.folded, passage.lang))
    return [row for row in rows if row]


def _row(passage: Passage, expression: Expression, context: Context) -> DateRow | None:
    start, end, kind, rule = expression[:4]
    place = (passage.field, start, end, passage.text[start:end], passage.lang)
    if kind == "duration":
        iso, cmp = read_duration(expression)
        if iso is None:  # several years, 几分钟: how long, the text does not say
            return None
        return DateRow(*place, "duration", duration=iso, cmp=cmp, rule=rule)
    reading = _read(expression, context)
    if reading is None:
        return None
    period, relative = reading.period, reading.relative
    anchor = context.anchor if relative else None
    if period is None:
        return DateRow(*place, "date", edtf=reading.edtf, relative=relative, anchor_date=anchor, rule=rule)
    if period.start and period.end and not relative:
        context.last, context.last_end = period, end
    named = reading.opened or period
    if expression.until and "d" in expression.until.parts and period.end:
        named = day(period.end)  # 9日至11日(周一)
    if named.grain in _NAMED and not named.mod and context.text[start - 1 : start] not in _COMPARED:
        context.latest, context.latest_end = named, end
        context.day = named if named.grain == "day" else context.day
        context.month = named if named.grain in ("day", "month") else context.month
    low, high, grain, mod = period
    form = edtf.write(period)
    return DateRow(*place, "date", low, high, grain, form, None, mod, None, relative, anchor, rule)


_COMPARED = ("比", "较")  # what these stand before is no ground to count from
_NAMED = ("day", "month", "quarter", "half", "year")


def _read(expression: Expression, context: Context) -> Reading | None:
    """What an expression means; None where there is no such date (30 February)."""
    context.here = expression.start
    try:
        return _opened(_ranged(expression, context), expression, context)
    except (ValueError, OverflowError, KeyError):
        return None


_YEAR_PARTS = ("y", "yy", "digits", "roc", "ry", "era", "ey", "ly")
_DATED = ("month", "month_day", "day_month", "holiday", "quarter")
_NEXT = ("次", "翌", "明", "来")  # of a year that no start of a range shares
_MONTH_PARTS = ("m", "rm", "lm", "lunar")


def _inherit(parts: Mapping[str, str], source: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """``parts`` with those named from ``source``, unless it has any of them."""
    if any(name in parts for name in names):
        return dict(parts)
    return {name: source[name] for name in names if name in source} | dict(parts)


def _ranged(expression: Expression, context: Context) -> Reading | None:
    """A single date, or a range: what one end leaves out stands at the other (6月1—3日, 5 to 7 May 2015)."""
    until = expression.until
    if until is None:
        return READERS[expression.rule](expression, context)
    if until.rule == "now":
        first = READERS[expression.rule](expression, context)
        return first and first.period and Reading(Period(first.period.start, context.anchor, "range"), first.relative)
    low, high = _completed(expression, until)
    first = READERS[low.rule](low, context)
    if first and (first.edtf or "").startswith("-"):  # before our era
        return _before_christ(first, READERS[high.rule](high, context))
    if first is None or first.period is None or first.period.start is None:
        return first
    if high.parts.get("ry", "")[:1] in ("次", "翌"):  # 10月至次年3月
        high = high._replace(parts={**high.parts, "y": str(first.period.start.year + 1)})
    if high.rule in _DATED and not any(name in high.parts for name in _YEAR_PARTS):
        high = high._replace(parts={**high.parts, "y": str(first.period.start.year)})
    last = READERS[high.rule](high, context)
    if _turned(first, last):
        inherited = "y" in low.parts and not any(name in expression.parts for name in _YEAR_PARTS)
        if inherited:  # 8月1日至2027年1月31日: the year that stands at the end is one too late for the start
            first = READERS[low.rule](_moved(low, -1), context)
        elif "y" in high.parts:
            last = READERS[high.rule](_moved(high, 1), context)
    if first is None or last is None or not first.period or not last.period or not last.period.end:
        return None
    if _turned(first, last):
        return None
    return Reading(Period(first.period.start, last.period.end, "range"), first.relative or last.relative)


def _before_christ(first: Reading, last: Reading | None) -> Reading:
    start, end = (first.edtf or "").partition("/")[0], ((last and last.edtf) or "..").rpartition("/")[2]
    return Reading(None, False, f"{start}/{end}")


def _turned(first: Reading | None, last: Reading | None) -> bool:
    """Whether the end lies before the start."""
    start = first.period.start if first and first.period else None
    end = last.period.end if last and last.period else None
    return start is not None and end is not None and end < start


def _moved(expression: Expression, years: int) -> Expression:
    return expression._replace(parts={**expression.parts, "y": str(number(expression.parts["y"]) + years)})


def _completed(low: Expression, high: Expression) -> tuple[Expression, Expression]:
    """The ends of a range, each with what only the other says."""
    left, right = low.parts, high.parts
    if "d" in right and "m" not in right and any(name in left for name in _MONTH_PARTS):
        right = _inherit(right, left, _MONTH_PARTS)
        high = high._replace(rule="month")
    if "d" in left and not any(name in left for name in _MONTH_PARTS) and "m" in right:
        left = _inherit(left, right, _MONTH_PARTS)
        low = low._replace(rule="month")
    if any(name in left for name in (*_MONTH_PARTS, "q", "hol")):
        if any(name in right for name in _MONTH_PARTS):
            left = left if right.get("ry", "")[:1] in _NEXT else _inherit(left, right, _YEAR_PARTS)
        right = _inherit(right, left, _YEAR_PARTS)
    if high.rule == "weekday":
        right = _inherit(right, left, ("rw",))
    return low._replace(parts=left, until=None), high._replace(parts=right)


# English words before a date that open it at one side, or make it approximate; longest first.
_AGES = ("decade", "century", "quarter", "edge", "relative")
_SINCE = ("since", "以来")
_CUES = ("since", "prior to", "before", "until", "till", "after", "around", "circa")


def _cue(expression: Expression, context: Context) -> str | None:
    """The word that opens a date at one side or makes it approximate."""
    if expression.until:
        return None
    if cue := expression.parts.get("open"):
        return cue
    text, start = context.text, expression.start
    if text[start - 1 : start] == "自" or text[start - 2 : start] == "自从":
        return "自"
    if text[start - 1 : start] != " " or text.startswith(("'s", "’s"), expression.end):
        return None
    before = text[max(0, start - 14) : start - 1].lower()
    if expression.rule in _AGES or "edge" in expression.parts:  # since the 1990s, but not: after the 2020 election
        before = before.removesuffix(" the")
    return next((cue for cue in _CUES if before.endswith(cue)), None)


def _opened(reading: Reading | None, expression: Expression, context: Context) -> Reading | None:
    """A range open at one side: 2018年以来, since 2018, before May; or an approximate date: 2018年前后."""
    period = reading.period if reading else None
    word = _cue(expression, context) if period and period.start and period.end else None
    if not reading or not period or not period.start or not period.end or not word:
        return reading
    start, end = period.start, period.end
    named = any(name in expression.parts for name in _YEAR_PARTS)
    if word in _SINCE and context.anchor and start > context.anchor and not named and not reading.relative:
        start = start.replace(year=start.year - 1)
    if word in ("前后", "左右", "around", "circa"):
        opened = period._replace(mod="approx")
    elif word in ("before", "prior to") and period.mod == "end":  # before the end of the year
        opened = Period(None, end, "range")
    elif word in ("before", "prior to", "之前", "以前"):
        opened = Period(None, start - timedelta(1), "range")
    elif word.endswith("前") or word in ("until", "till"):  # 年底前, 5日或之前: that day or period included
        opened = Period(None, end, "range")
    elif word == "after":
        opened = Period(end + timedelta(1), None, "range")
    else:
        opened = Period(start, None, "range")
    return Reading(opened, reading.relative, opened=period)
