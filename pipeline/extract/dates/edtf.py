"""Write periods as EDTF (ISO 8601-2)."""

from datetime import date, timedelta
from functools import lru_cache

from pipeline.temporal.calendar import Period


@lru_cache(4096)
def write(period: Period) -> str | None:
    """The shortest EDTF form of a period.

    >>> write(Period(date(2016, 1, 1), date(2016, 5, 31), "range")), write(Period(date(2020, 1, 1), None, "range"))
    ('2016-01/2016-05', '2020/..')
    """
    start, end = period.start, period.end
    if start is None and end is None:
        return None
    tilde = "~" if period.mod == "approx" else ""
    if start is None or end is None:
        return f"{_point(start, True)}{tilde if start else ''}/{_point(end, False)}{tilde if end else ''}"
    special = _special(period.grain, start, end)
    if special:
        return special + tilde
    length = 4 if _is_year(start, end) else 7 if _is_month(start, end) else 10
    low, high = start.isoformat()[:length], end.isoformat()[:length]
    return low + tilde if low == high else f"{low}{tilde}/{high}{tilde}"


def _special(grain: str, start: date, end: date) -> str | None:
    year = f"{start.year:04}"
    if grain == "decade":
        return year[:3] + "X"
    if grain == "century":
        return year[:2] + "XX"
    if grain == "quarter":
        return f"{year}-{32 + (start.month + 2) // 3}"
    if grain == "half":
        return f"{year}-{40 + (start.month > 6)}"
    return None


def _is_month(start: date, end: date) -> bool:
    return start.day == 1 and end.day >= 28 and (end + timedelta(1)).day == 1


def _is_year(start: date, end: date) -> bool:
    return start.month == 1 and end.month == 12 and start.day == 1 and end.day == 31


def _point(value: date | None, start: bool) -> str:
    """One end of an open range: as exact as it needs to be."""
    if value is None:
        return ".."
    edge = value if start else value + timedelta(1)
    return value.isoformat()[: 10 if edge.day > 1 else 7 if edge.month > 1 else 4]
