"""English date and duration expressions."""

# ruff: noqa: E501 (a pattern reads better unbroken)

import re
from collections.abc import Mapping
from functools import cache

from pipeline import lexicon
from pipeline.patterns import Pattern
from pipeline.temporal.en_parts import (
    ABBREVIATED,
    CARDINALS,
    COUNT,
    DAY,
    EDGE,
    EDGED,
    FISCAL,
    HOLIDAYS,
    MONTH,
    MONTHS,
    NOUNS,
    RELATIONS,
    SEASON,
    SHORT_UNITS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    is_fraction,
    is_month,
    is_rate,
    is_title,
    is_year,
)  # fmt: skip
from pipeline.temporal.rule import Grammar, Kind, Rule

_WEEK_DAY = rf"(?:(?P<wd>{WEEKDAY}),? (?:the )?)?"
_OF_YEAR = rf"(?:,? ?(?:of |in )?(?P<y>{YEAR}|(?:last|this|next) year\b)|['’](?P<yy>[0-9]{{2}})\b)"
_DATES = {
    "month_day": rf"{_WEEK_DAY}(?P<m>{MONTH}) ?(?:the )?(?P<d>{DAY})(?:(?: ?,|,? of)? ?(?P<y>{YEAR}))?",
    "day_month": rf"{_WEEK_DAY}(?P<d>{DAY})(?: of)?[ -](?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR})|-(?P<yy>[0-9]{{2,4}})\b)?",
    "days_month": rf"(?P<d>{DAY})(?= ?(?:[-–—]|to|and|or) ?{DAY} (?:of )?(?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR}))?)",
    "month_of_year": rf"{EDGED}(?P<m>{MONTH}){_OF_YEAR}",
    "month": rf"(?:(?P<rel>(?i:last|next|this coming|this past|this|past)) )?{EDGED}(?P<m>(?:{MONTHS})\b|{ABBREVIATED}(?= ?[-–/]| to [A-Z]))",
}
_YEAR_FIRST = rf"(?P<y>{YEAR}),? (?P<m>{MONTH}) (?P<d>{DAY})(?! [0-9])"  # (2017, June 30): of works that are cited
_WEEKDAY_RULE = rf"(?:(?P<rel>(?i:{RELATIONS})) )?(?P<wd>{WEEKDAYS})\b(?!['’]s (?:Child|Own)| (?:Times|Telegraph|Mirror|Mail|Herald|Post|Night Live))(?:,? (?:of )?(?P<rw>last|this|next) week\b)?"
_ERAS = {
    "decade": rf"{EDGED}(?:(?P<de>(?:1[0-9]|20)[0-9]0)['’]?s|['’](?P<de2>[2-9]0)s)\b",
    "century": rf"{EDGED}(?P<c>[0-9]{{1,2}})(?:st|nd|rd|th)[- ][Cc]entury\b(?P<bce> (?:BCE?\b|B\.C\.))?",
}
_DECADE_WORD = rf"{EDGED}(?P<dw>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
_QUARTER_OF = rf"(?:,? ?(?:of |in )?(?:the )?(?:(?P<fy>{FISCAL})?(?P<y>{YEAR})|(?P<ry>last|this|next|the|previous|same)(?: fiscal| financial)? year\b|(?:FY ?['’]?|['’])?(?P<yy>[0-9]{{2}})\b))"
_QUARTER = rf"(?:(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarter\b|Q(?P<qd>[1-4])\b|(?P<qe>[1-4])Q\b|H(?P<hd>[12])\b){_QUARTER_OF}?"
_PART_OF_YEAR = rf"(?:(?P<q2>final|last) quarter|(?P<h>first|second)[- ]half|(?:first|opening) (?P<fn>{COUNT}) (?P<fu>months|quarters|weeks|days)|(?:last|final) (?P<ln>{COUNT}) months){_QUARTER_OF}"
_YEAR_QUARTER = rf"(?P<y>{YEAR})[- ]?(?:Q(?P<qd>[1-4])|H(?P<hd>[12]))\b"
_SEASONS = {
    "season": rf"(?:(?P<rel>(?i:last|next|this|past)) (?P<se2>{SEASON})\b|{EDGED}(?P<se>{SEASON}))\b(?:,? (?:of )?(?P<y>{YEAR}))?",
}
_FISCAL_YEAR = (
    rf"(?P<fy>[Ff]iscal(?: year)?|[Ff]inancial year|FY)[ -]?(?P<y>{YEAR}(?:[/–-](?:20)?[0-9]{{2}})?|[0-9]{{2}}\b)"
)
_YEARS = {
    "year_span": r"(?P<y>(?:19|20)[0-9]{2})[/–-](?P<ye>(?:(?:19|20)?[0-9]{2}))(?![0-9A-Za-z%/–-]|[.,][0-9])",
    "year": rf"(?P<y>{YEAR})(?![A-Za-z%/]|[-–][A-Za-z]{{2}}|-[0-9]{{2}}-| ?(?:{NOUNS})\b| ?(?:-|–|to|and|or) ?[0-9]{{4}} (?:{NOUNS})\b)",
}
_EDGED_YEAR = rf"(?P<edge>(?i:{EDGE}))[- ](?:the )?(?:year )?(?P<y>{YEAR})"
_RELATIVE_DAY = (
    r"(?P<rd>day before yesterday|day after tomorrow|yesterday|today(?!['’]s)|tonight|tomorrow|last night)\b"
)
_RELATIVE = rf"{EDGED}(?P<rel>{RELATIONS})[ -](?:fiscal |financial )?(?P<u>week|weekend|month|quarter|year|decade|century)\b(?![- ](?:old|long|ago|end))"
_WEEK_OF = rf"(?:the )?(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) (?P<wn>week|weekend|{WEEKDAYS}) (?:of|in) (?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR}))?"
_WEEK_OF_YEAR = rf"(?P<nth>first|second|third|last|1st|2nd|3rd) week of (?P<y>{YEAR})"
_WEEKEND = r"(?P<we>weekend)\b"
_SHIFT = rf"(?P<n>{COUNT}(?: or {COUNT})?)[ -](?P<u>{UNITS}),? (?P<dir>ago|earlier|later|from now|hence|before(?! [a-z0-9]))\b"
_IN_TIME = rf"(?P<n>{COUNT}) (?P<u>{UNITS})['’]?s?['’]? (?P<dir>time)\b"
_PLAN = r"(?P<plan>[0-9]{1,2})(?:st|nd|rd|th) [Ff]ive-[Yy]ear [Pp]lan(?: period)?"
_HOLIDAY = rf"(?P<hol>{HOLIDAYS})\b(?: (?P<ht>holidays?\b))?(?:,? (?:of |in )?(?P<y>{YEAR}))?"
_RELATIVE_HOLIDAY = rf"(?P<hr>[Ll]ast|[Nn]ext) (?P<hol>{HOLIDAYS})\b"
_BEFORE_CHRIST = r"(?P<bc>[0-9]{1,4}) (?:BCE?\b|B\.C\.)"
_DAY_OF = r"(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)) of (?P<rel>last|this|next|the|the previous) month\b"
_EDGE_OF = r"(?P<edge>(?:end|start|beginning|middle) of|early|mid|late|later|earlier)[- ](?:(?P<rel>the|this|last|next)[- ])?(?P<u>week|month|quarter|year|decade|century)\b"
_MORE = rf"(?:(?:,? and|,)? (?P<n2>[0-9]{{1,2}}|{CARDINALS})[- ](?P<u2>months?|weeks?|days?|hours?|minutes?|seconds?)\b(?:(?:,? and|,)? (?P<n3>[0-9]{{1,2}}|{CARDINALS})[- ](?P<u3>seconds?|minutes?)\b)?)?"
_DURATION = (
    rf"(?P<n>{COUNT})(?:[- ]?(?:to|[-–—]|or)[- ]?(?P<nt>{COUNT}))?(?P<plus>\+)?[ -]?(?P<u>{UNITS}|{SHORT_UNITS})\b{_MORE}(?P<half> and a half)?"
    r"(?P<bound> or (?:more|longer|less|so)\b)?(?![- ]olds?\b| of age\b)"
)
_BETWEEN = rf"(?<=between )(?P<n>{COUNT}) and (?P<nt>{COUNT})[ -](?P<u>{UNITS})\b"
_SEPARATOR = r",? ?(?:-to-|-|–|—|~|to|through|until|till|thru|up to)(?: the)? ?(?=[0-9A-Zlnty'])|/(?=[A-Z][a-z]{2})|,? (?P<and>and)(?: the)? "


def _rule(name: str, kind: Kind | None, pattern: str, flags: int = 0) -> Rule:
    return Rule(name, kind, Pattern(pattern, flags=flags))


def _date(name: str, pattern: str, flags: int = 0) -> Rule:
    return _rule(name, "date", pattern, flags)


def mentions_month(text: str) -> bool:
    """Whether a text that is not English still has an English date."""
    return _OPENING.search(text) is not None and _MENTION.search(text) is not None


# The first letters of a month, led by one of eight capitals: a quick look before the slow one.
_OPENING = re.compile(r"[JFMASOND](?<!\w.)[a-z]{2}(?<=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_MENTION = re.compile(rf"\b(?:{MONTH}) ?[0-9]|[0-9](?:st|nd|rd|th)? (?:{MONTHS})\b")


@cache
def grammar() -> Grammar:
    dates = tuple(_date(name, pattern) for name, pattern in _DATES.items())
    decade, century = (_date(name, pattern) for name, pattern in _ERAS.items())
    year_span, year = (_date(name, pattern) for name, pattern in _YEARS.items())
    weekday, quarter = _date("weekday", _WEEKDAY_RULE), _date("quarter", _QUARTER, re.I)
    part = _date("quarter", _PART_OF_YEAR, re.I)
    year_quarter, season = _date("quarter", _YEAR_QUARTER), _date("season", _SEASONS["season"])
    relative_day, relative = _date("relative_day", _RELATIVE_DAY, re.I), _date("relative", _RELATIVE, re.I)
    shifts = (_date("shift", _SHIFT, re.I), _date("shift", _IN_TIME, re.I))
    duration = _rule("duration", "duration", _DURATION, re.I)
    between = _rule("duration", "duration", _BETWEEN, re.I)
    edged = (decade, century, _date("year", _EDGED_YEAR), _date("decade", _DECADE_WORD, re.I))
    # 2008-09 is a season or a fiscal year, 2008-03 a month
    following = "|".join(f"(?:19|20){year:02}-{year + 1:02}" for year in range(9))
    iso_month = _date("iso_month", rf"(?!{following})(?P<y>(?:19|20)[0-9]{{2}})-(?P<m>0[1-9])(?![0-9A-Za-z-])")
    week_of = (_date("month", _WEEK_OF, re.I), _date("week_of_year", _WEEK_OF_YEAR, re.I))
    weekend = _date("relative", _WEEKEND, re.I)
    before_christ = _date("before_christ", _BEFORE_CHRIST)
    rules = {
        "year": (_date("month_day", _YEAR_FIRST), before_christ, decade, year_quarter, iso_month, year_span, year),
        "number": (before_christ, *dates[1:3], _date("day", _DAY_OF), _date("plan", _PLAN), century, quarter, decade, *shifts, between, duration),
        "month": dates,
        "weekday": (*dates[:2], weekday),
        "word": (
            _date("holiday", _RELATIVE_HOLIDAY), *week_of, quarter, part, relative_day, _date("edge", _EDGE_OF, re.I), *dates[3:], *edged, season, relative, weekend,
            _date("fiscal", _FISCAL_YEAR), weekday, *shifts, duration,
        ),
        "count": (*shifts, duration),
        "counted": (_date("month", _WEEK_OF, re.I), *shifts, between, duration),
        "decade": (decade,),
        "holiday": (_date("holiday", _HOLIDAY),),
    }  # fmt: skip
    day = _date("day", rf"(?:the )?(?P<d>{DAY})(?! [a-z]+s\b|[-/][0-9A-Za-z])")
    ends = (
        *dates,
        _date("month", rf"(?P<m>{MONTH})"),
        year_quarter,
        decade,
        year,
        *edged,
        day,
        weekday,
        relative_day,
        relative,
    )
    start, head = (re.compile(boundary + _start()) for boundary in (r"\W", ""))
    return Grammar(start, _triggers(), rules, lead, re.compile(_SEPARATOR), ends, _between, _holds, head)


def _any_case(words: str) -> str:
    """The words with their first letter in either case; spelt out, since that is quicker than a flag."""
    return lexicon.pattern({form for word in words.split("|") for form in (word, word.capitalize())})


# Words that open an expression only before others: this (week), first (quarter), end (of).
_UNIT = "(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|night)"
_SOME = rf"(?:[0-9]{{1,3}}|(?:{CARDINALS})(?:[ -](?:{CARDINALS}))?|a couple of|half an?|a half|a dozen|two dozen|an?)"
_PERIOD = (
    "week|month|quarter|year|decade|centur|night|fiscal|financial|early|mid|late|past|coming"
    f"|{MONTHS}|(?:{ABBREVIATED})|{WEEKDAYS}|{SEASON}"
)
_OPENERS = (
    (RELATIONS.replace("this past|this coming|", ""), rf"[ -](?:{HOLIDAYS}|(?i:{_PERIOD}|{_SOME} months))"),
    ("first|second|third|fourth", rf"[ -](?i:quarter|half|week|part|{WEEKDAYS}|{_SOME} (?:month|quarter|week|day))"),
    ("opening|final", rf"[ -](?i:quarter|{_SOME} (?:month|quarter|week|day))"),
    ("beginning|start|middle|end|turn", " of"),
)
_WORDS = (
    "early|mid|late|later|earlier|yesterday|today|tonight|tomorrow|spring|summer|autumn|fall|winter|fiscal|financial"
    "|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
)


def _opened() -> str:
    return "|".join(rf"{_any_case(words)}\b(?={after})" for words, after in _OPENERS)


def _start() -> str:
    """A quick look by whole words."""
    others = f"{_WORDS}|{CARDINALS}|weekend|turn|half a|couple of|day before|day after|Q1|Q2|Q3|Q4|H1|H2"
    openers = "|".join(words for words, _ in _OPENERS)
    names = [re.sub(r"\\|\[.*?\]", "", name)[:4] for name in HOLIDAYS.split("|")]
    months = [month[:3] for month in MONTHS.split("|")] + [day[:3] for day in WEEKDAYS.split("|")]
    words = [*f"{others}|{openers}".split("|"), "FY"]
    either = lexicon.pattern({*words, *map(str.capitalize, words), *names, *months})
    return rf"(?:[0-9]|['’](?=[2-9]0s)|{either}|[Aa]n? (?:couple of |dozen |half[ -])?{_UNIT})"


def _triggers() -> dict[str, re.Pattern[str]]:
    count = _any_case(CARDINALS)
    outside = r"(?<![0-9A-Za-z_.,$£€¥#@/+:&-].)"
    digit = re.compile(
        rf"[12]{outside}(?:(?<=1)[0-9]|(?<=2)0)[0-9]{{2}}(?![0-9])(?P<year>)"
        rf"|[0-9]{outside}[0-9]{{0,2}}(?:,[0-9]{{3}})?(?:\.[0-9])?(?=st|nd|rd|th|Q[ ]|s\b"
        r"|[ –—+-]{1,2}(?:[JFMASONDHWQYCBshmdwfqycn0-9–—-]|of [JFMASOND]|(?:to|or|and) ))(?P<number>)"
    )
    word = re.compile(
        rf"(?:[Aa]n?|[Hh]alf an?)(?= (?:couple of |dozen |half[ -])?{_UNIT})(?P<count>)"
        rf"|(?:{count}|couple of)(?=[ -](?:(?:{CARDINALS}|to|or|and|a[ -]half|dozen)[ -]){{0,3}}{_UNIT})(?P<counted>)"
        rf"|(?P<holiday>{HOLIDAYS})\b"
        rf"|(?P<month>(?:{MONTHS})\b|{ABBREVIATED}(?= ?[0-9–-]| to [A-Z]))"
        rf"|(?P<weekday>(?:{WEEKDAYS})\b|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?,? (?=[0-9]|{MONTH}))"
        rf"|(?P<word>(?:{_any_case(_WORDS)}|[Qq][1-4]|H[12]|(?<=[Tt]he )weekend|day (?:before|after) (?:yesterday|tomorrow))\b"
        rf"|{_opened()}|FY(?=[ 0-9]))"
    )
    return dict.fromkeys("0123456789", digit) | dict.fromkeys("'’", re.compile("(?P<decade>)")) | {"": word}


def _holds(name: str, parts: Mapping[str, str], text: str, start: int, end: int) -> bool:
    """Whether what a rule found is a date: a bare year, a bare month and "a year" depend on what stands before them."""
    if name in ("weekday", "month") and text.endswith(("very ", "ach "), 0, start):
        return False
    if name == "year" and len(parts) == 1:
        return is_year(text, start, int(parts["y"]))
    if name == "month" and len(parts) == 1:
        return is_month(text, start, end, parts["m"])
    if name == "relative_day" and parts["rd"].lower() == "today":
        return not is_title(text, start, parts["rd"])
    if name == "duration" and (is_fraction(text, start, parts["u"]) or is_title(text, start, parts["u"])):
        return False
    if name == "decade" and "dw" in parts:  # in her mid-thirties: an age
        return not _OWNED.search(text, max(0, start - 8), start)
    if name == "duration" and parts["n"].lower() in ("a", "an"):
        return not parts["u"].startswith("second") and not is_rate(text, start, end)
    return True


_OWNED = re.compile(r"\b(?:his|her|their|my|your|our|its|one's) \Z", re.I)
_LEAD = re.compile(
    r"(?:\b(?:(?:just |well )?(?:more than|less than|fewer than|over|under)|no (?:more|less) than|at least|at most|up to|as long as|as little as|"
    r"about|around|roughly|approximately|some|nearly|almost|within|between|(?<=the )(?:past|last|next|coming|previous)|past|next|coming)|~|>|<) $",
    re.I,
)


def _between(text: str, start: int, end: int) -> bool:
    return text.endswith(("between ", "Between "), 0, start)


def lead(text: str, start: int) -> int:
    """Where the comparator that stands before ``start`` begins."""
    if text[start - 1 : start] not in (" ", "~", ">", "<"):
        return start
    low = max(0, start - 20)
    match = _LEAD.search(text, low, start)
    return match.start() if match else start
