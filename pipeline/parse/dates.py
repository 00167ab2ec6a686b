"""Times of publication: from the ways front matter, pages and feeds write them to aware datetimes in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple

BEIJING = timezone(timedelta(hours=8))
_DATE = r"(?P<year>(?:19|20)\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)\s?日?"
_TIME = (
    r"(?:(?P<half>上午|下午|中午|晚上|凌晨|早上|傍晚|早|晚)\s?)?(?P<hour>[01]?\d|2[0-4])\s?(?:[:：时點点]|\.(?=\d\d\s?[ap]\.?m))\s?(?P<minute>[0-5]\d)"
    r"(?:\s?[:：分]\s?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?\s?[分秒]?(?:\s?(?P<noon>[ap]\.?m\b))?"
)
_ZONES = {
    "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "HST": -10,
}  # fmt: skip
_ZONE = rf"(?P<zone>Z|UTC|GMT|CST|{'|'.join(_ZONES)}|[+-]\d{{2}}:?\d{{2}})"
_LAST_ZONE = re.compile(rf"\s{_ZONE}$")
_NUMERIC = re.compile(
    rf"{_DATE}(?:[T\s,，]{{0,3}}(?:[（(]?(?:星期|周|週)[一二三四五六日天][）)]?\s{{0,3}})?{_TIME}\s?{_ZONE}?)?", re.I
)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},?\s)?\s?\d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}\s\d{1,2}:\d\d")
_SHORT_YEAR = re.compile(
    r"(?<![\d.-])(?P<year>[0-4]\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\s{0,3}(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?!\d)"
)
_GMT = re.compile(r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) ((?:19|20)\d\d) (\d\d):(\d\d):(\d\d) GMT")
_MONTHS = {
    name: n
    for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_WORDS = re.compile(
    r"(?:(?P<first>\d{1,2})(?:st|nd|rd|th)?\s)?(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s)?(?P<year>(?:19|20)\d\d)"
    rf"(?:,?\s(?:at\s)?{_TIME}\.?(?:\s{_ZONE}\b)?)?",
    re.I,
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:[T\s]?(?P<hour>[0-2]\d):?(?P<minute>[0-5]\d)"
    r"(?::?(?P<second>[0-5]\d))?(?P<zone>Z)?)?"
)
_SPELT = re.compile(r"([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_DIGITS = {char: str(n) for n, chars in enumerate(("〇零○Ｏ", *"一二三四五六七八九")) for char in chars}
_SLASHED = re.compile(
    rf"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s)?(?<![\d/])(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/"
    rf"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s?[-,]?\s?{_TIME}(?:\s{_ZONE}\b)?)?",
    re.I,
)
_MINGUO = re.compile(  # 民國112年3月4日, 112年3月4日, 發布日期：112-03-04
    r"(?:中[華华])?民[國国]\s?(\d{2,3})(?=\s?[年./-])"
    r"|(?<![\d年])(1[01]\d)(?=\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"|(?<=[日時时][期間间][:：])\s?(1[01]\d)(?=([./-])[01]?\d\4[0-3]?\d(?![\d./-]))"
)
_MINGUO_SPELT = re.compile(
    r"民[國国]([一二三四五六七八九十百零〇]{1,5})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ASCTIME = re.compile(  # Thu Mar  4 09:05:00 2021, as asctime and date(1) print it, maybe with a zone before the year
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s(?P<month>[A-Z][a-z]{2})\s{1,2}(?P<day>\d{1,2})\s(?P<time>\d\d:\d\d:\d\d)"
    r"(?P<zone>\s[A-Z]{3,4})?\s(?P<year>(?:19|20)\d\d)\b"
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


class Moment(NamedTuple):
    """A point in time, and whether only its day, or a time without a zone, was given."""

    at: datetime
    has_time: bool
    has_zone: bool

    def day(self, zone: tzinfo) -> date:
        return (self.at.astimezone(zone) if self.has_time else self.at).date()


def moment(written: str, zone: tzinfo = UTC) -> Moment | None:
    """The time that ``written`` starts with; naive ones are taken in ``zone``. None where it is none.

    >>> moment("Thu, 25 Aug 2022 03:18:00 GMT").at.isoformat()
    '2022-08-25T03:18:00+00:00'
    >>> moment("2021年8月2日 9:05", BEIJING).at.isoformat()
    '2021-08-02T01:05:00+00:00'
    """
    written = _in_order(written.strip()[:100])
    try:
        return _rfc(written, zone) or _numeric(written, zone) or _named(written, zone) or _rarely(written, zone)
    except (ValueError, OverflowError):
        return None


def _in_order(written: str) -> str:
    """The year behind the day, and that of the Republic, which Taiwan counts from 1912 on, as the common one."""
    if written.count(":") >= 2:
        written = _ASCTIME.sub(r"\g<day> \g<month> \g<year> \g<time>\g<zone>", written)
    written = _MINGUO_SPELT.sub(_republican, written)
    return _MINGUO.sub(lambda match: str(1911 + int(match[1] or match[2] or match[3])), written)


def _republican(match: re.Match[str]) -> str:
    """民國九十一年九月十一日 as 2002-9-11; 民國一百零三年, too."""
    year, month, day = match.groups()
    hundred, _, rest = year.rpartition("百")
    number = (100 if hundred else 0) + (_spelt(rest.lstrip("零〇")) if rest else 0)
    return f"{1911 + number}-{_spelt(month)}-{_spelt(day)}"


def _aware(at: datetime, zone: tzinfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _rfc(written: str, zone: tzinfo) -> Moment | None:
    if match := _GMT.fullmatch(written):  # the commonest of its kind
        day, name, *numbers = match.groups()
        year, hour, minute, second = map(int, numbers)
        if name.lower() in _MONTHS:
            return Moment(datetime(year, _MONTHS[name.lower()], int(day), hour, minute, second, tzinfo=UTC), True, True)
    if not _RFC_822.match(written):
        return None
    at = parsedate_to_datetime(written)
    named = None if at.tzinfo else _LAST_ZONE.search(written)  # it knows the zones of America alone
    at = at.replace(tzinfo=_zone(named["zone"])) if named else at
    return Moment(_aware(at, zone), True, at.tzinfo is not None)


def _numeric(written: str, zone: tzinfo) -> Moment | None:
    match = _NUMERIC.match(written)
    if match is None:
        return None
    return _timed(datetime(int(match["year"]), int(match["month"]), int(match["day"])), match, zone)


def _timed(day: datetime, match: re.Match[str], zone: tzinfo) -> Moment:
    """``day`` with the time of day that stands in ``match``, if one does."""
    found = match.groupdict()
    if found["hour"] is None:
        return _day(day)
    at = day + timedelta(hours=_hour(found), minutes=int(found["minute"]), seconds=int(found["second"] or 0))
    return Moment(_aware(at, _zone(found["zone"]) or zone), True, found["zone"] is not None)


def _hour(found: dict[str, str | None]) -> int:
    """The hour of the day: 上午, 下午, a.m. and p.m. tell which half of it is meant."""
    hour, half = int(found["hour"] or 0), found.get("half") or ""
    noon = (found.get("noon") or "")[:1].lower()
    if hour < 12 and (noon == "p" or half in ("下午", "晚上", "傍晚", "晚") or (half == "中午" and hour < 4)):
        return hour + 12
    return 0 if hour == 12 and (noon == "a" or half == "凌晨") else hour


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written.upper() == "CST":
        return BEIJING
    if written.isalpha():
        return timezone(timedelta(hours=_ZONES.get(written.upper(), 0)))
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _named(written: str, zone: tzinfo) -> Moment | None:
    match = _WORDS.match(written)
    if match is None or not (match["first"] or match["day"]):
        return None
    day = datetime(int(match["year"]), _MONTHS[match["name"][:3].lower()], int(match["first"] or match["day"]))
    return _timed(day, match, zone)


def _day(day: datetime) -> Moment:
    """A day without a time: midnight in UTC, which is that day in Europe and in Asia too."""
    return Moment(day.replace(tzinfo=UTC), False, False)


def _rarely(written: str, zone: tzinfo) -> Moment | None:
    """Seconds since 1970, 20210304, 二〇二一年三月四日."""
    if _EPOCH.fullmatch(written):
        return Moment(datetime.fromtimestamp(int(written[:10]), UTC), True, True)
    if match := _COMPACT.fullmatch(written):
        return _timed(datetime(int(match["year"]), int(match["month"]), int(match["day"])), match, zone)
    if match := _SPELT.match(written):
        return _day(datetime(int("".join(map(_DIGITS.__getitem__, match[1]))), _spelt(match[2]), _spelt(match[3])))
    return None


def _short(written: str, zone: tzinfo) -> Moment | None:
    """21-03-04 10:23, as pages of accounts write it, often with nothing between day and hour."""
    match = _SHORT_YEAR.match(written)
    if match is None:
        return None
    year, month, day, hour, minute = map(int, match.groups())
    return Moment(_aware(datetime(2000 + year, month, day, hour, minute), zone), True, False)


def _slashed(written: str, zone: tzinfo) -> Moment | None:
    """Tue, 03/07/2023 - 14:05: day or month first, as far as the weekday or a number over 12 tells."""
    match = _SLASHED.match(written)
    if match is None:
        return None
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    days = [datetime(year, month, day) for month, day in {(one, two), (two, one)} if month <= 12]
    if match["weekday"]:
        days = [day for day in days if f"{day:%a}" == match["weekday"].title()]
    return _timed(days[0], match, zone) if len(days) == 1 else None


def _spelt(written: str) -> int:
    """二十一, 十二, 三."""
    tens, ten, ones = written.rpartition("十")
    return int(_DIGITS.get(tens, "1") if ten else 0) * 10 + int(_DIGITS.get(ones, "0"))


_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([/_-])(\d{1,2})\2(\d{1,2})|/?(\d\d)[/_-]?(\d\d))(?=[/_.\-t]|$)")


def day_in_path(path: str) -> datetime | None:
    """The day in a path or address: ``/2022/03/11/``, ``2022-03-11-title.md``, ``/202203/t20220311_``.

    >>> day_in_path("posts/2015-04-03-fs.md").date().isoformat()
    '2015-04-03'
    """
    for match in _IN_PATH.finditer(path[:500]):
        try:
            return datetime(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]), tzinfo=UTC)
        except ValueError:
            continue
    return None


def day_in(line: str, zone: tzinfo = UTC) -> Moment | None:
    """The time of publication in a line such as ``2020-03-04 10:00 Source: ...``; None where it states no day."""
    line = _in_order(line[:200])
    for pattern, read in (
        (_NUMERIC, _numeric),
        (_WORDS, _named),
        (_SHORT_YEAR, _short),
        (_SLASHED, _slashed),
        (_SPELT, _rarely),
    ):
        match = pattern.search(line)
        if match:
            try:
                return read(line[match.start() :], zone)
            except (ValueError, OverflowError):
                continue
    return None
