"""Other tools that find dates, in the function shape of ``benchmarks.datesfigures``: text and day in, items out.

Each is used as its documentation says, with the day of publication as the day to count from, and only if installed
(``pip install dateparser jionlp recognizers-text-suite emoji==1.7.0``, in an environment of their own).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

Item = dict[str, Any]
Tool = Callable[[str, str | None], list[Item]]
_HAN = re.compile("[\u4e00-\u9fff]")


def _moment(reference: str | None) -> datetime:
    return datetime.fromisoformat(reference) if reference else datetime(2020, 1, 1)


def _item(kind: str, start: int, end: int, first: str | None, last: str | None, iso: str | None = None) -> Item:
    return {"kind": kind, "start": start, "end": end, "value": {"start": first, "end": last, "iso": iso}}


def dateparser(text: str, reference: str | None) -> list[Item]:
    from dateparser.search import search_dates

    language = "zh" if _HAN.search(text) else "en"
    settings = {"RELATIVE_BASE": _moment(reference), "PREFER_DATES_FROM": "past"}
    items, place = [], 0
    for surface, moment in search_dates(text, languages=[language], settings=settings) or []:
        start = text.find(surface, place)
        if start >= 0:
            place, day = start + len(surface), str(moment.date())
            items.append(_item("date", start, place, day, day))
    return items


def jionlp(text: str, reference: str | None) -> list[Item]:
    from jionlp import ner

    items = []
    for found in ner.extract_time(text, time_base=_moment(reference).timestamp()) if _HAN.search(text) else []:
        start, end = found["offset"]
        span = found["detail"]["time"] if isinstance(found["detail"], dict) else None
        kind = "duration" if found["type"] == "time_delta" else "date"
        ends = [value[:10] for value in span] if isinstance(span, list) else [None, None]
        items.append(_item(kind, start, end, ends[0], ends[1], _iso(span) if isinstance(span, dict) else None))
    return items


def _iso(span: dict[str, Any]) -> str | None:
    """ISO 8601 of a length in one unit, as in ``{"day": 3.0}``."""
    for unit, form in (("year", "P{}Y"), ("month", "P{}M"), ("day", "P{}D"), ("hour", "PT{}H"), ("minute", "PT{}M")):
        if isinstance(span.get(unit), int | float):
            return form.format(f"{span[unit]:g}")
    return None


def recognizers_dates(text: str, reference: str | None) -> list[Item]:
    from recognizers_date_time import recognize_datetime

    culture = "zh-cn" if _HAN.search(text) else "en-us"
    items = []
    for result in recognize_datetime(text, culture, reference=_moment(reference)):
        values = (result.resolution or {}).get("values") or [{}]
        kind = "duration" if result.type_name.endswith("duration") else "date"
        first, last = _nearest(values, _moment(reference).date())
        items.append(_item(kind, result.start, result.end + 1, first, last, values[0].get("timex")))
    return items


def _nearest(values: list[dict[str, str]], day: date) -> tuple[str | None, str | None]:
    """Of the readings offered for a date without a year the nearest to the day given, its last day included."""
    readings = sorted(_readings(values), key=lambda ends: abs((ends[0] - day).days))
    return (str(readings[0][0]), str(readings[0][1])) if readings else (None, None)


def _readings(values: list[dict[str, str]]) -> Iterator[tuple[date, date]]:
    for value in values:
        first, last = value.get("start") or value.get("value") or "", value.get("end") or ""
        if re.match(r"\d{4}-\d\d-\d\d", first):
            start = date.fromisoformat(first[:10])
            yield start, date.fromisoformat(last[:10]) - timedelta(1) if last else start


TOOLS: dict[str, tuple[Tool, str]] = {
    "recognizers dates": (recognizers_dates, "recognizers-text-suite"),
    "jionlp": (jionlp, "jionlp"),
    "dateparser": (dateparser, "dateparser"),
}
