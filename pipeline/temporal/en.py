"""English date and duration expressions."""

# ruff: noqa: E501 (a pattern reads better unbroken)

import re
from functools import cache

from pipeline import lexicon
from pipeline.temporal.rule import Grammar, Kind, Rule

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ABBREVIATED = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:(?:{MONTHS})\b|{ABBREVIATED})"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAY = rf"(?:(?:{WEEKDAYS})|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z%]|[.:,][0-9])"
CARDINALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
COUNT = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})?(?:\.[0-9]{{1,2}})?|(?:{CARDINALS})(?:[ -](?:{CARDINALS}))?"
    r"|an?|a couple of|a few|several|half an?|a half|one and a half|two and a half|a dozen|two dozen)"
)
UNITS = "second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|centur(?:y|ie)|night|season"
THIS = "last|next|this|past|coming|previous|following|current|same"
EDGE = r"early|mid|late|the beginning of|the start of|the middle of|the end of|the turn of|beginning of|start of|middle of|end of"
EDGED = rf"(?:(?P<edge>(?i:{EDGE}))[- ](?:the )?)?"
ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last"
PREPOSITIONS = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "from",
    "to",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "of",
    "and",
    "through",
    "between",
    "before",
    "after",
    "during",
    "late-",
    "early-",
    "mid-",
    "for",
    "around",
    "past",
    "every",
    "each",
    "on",
    "end",
    "beginning",
]
AFTER = r"(?=(?P<after> (?:ago|earlier|later|onwards?|or (?:later|earlier|before|after))\b))?"


def _rule(name: str, kind: Kind | None, pattern: str, flags: int = 0) -> Rule:
    return Rule(name, kind, re.compile(pattern, flags))


def mentions_month(text: str) -> bool:
    """Whether a text that is not English still has an English date."""
    return _MENTION.search(text) is not None


_MENTION = re.compile(rf"\b(?:{MONTH}) ?[0-9]|[0-9](?:st|nd|rd|th)? (?:{MONTHS})\b")


@cache
def grammar() -> Grammar:
    names = "|".join(
        re.escape(name).replace("'", "['’]")
        for name in sorted((row["name"] for row in lexicon.rows("holidays.csv") if row["lang"] == "en"), key=len)[::-1]
    )
    week_day = rf"(?:(?P<wd>{WEEKDAY}),? (?:the )?)?"
    of_year = rf"(?:,? ?(?:of |in )?(?P<y>{YEAR}|(?:last|this|next) year\b)|['’](?P<yy>[0-9]{{2}})\b)"
    dates = (
        _rule("month_day", "date", rf"{week_day}(?P<m>{MONTH}) ?(?:the )?(?P<d>{DAY})(?:(?:,|,? of)? ?(?P<y>{YEAR}))?"),
        _rule(
            "day_month",
            "date",
            rf"{week_day}(?P<d>{DAY})(?: of)?[ -](?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR})|-(?P<yy>[0-9]{{2,4}})\b)?",
        ),
        _rule("days_month", "date", rf"(?P<d>{DAY})(?= ?(?:[-–—]|to|and) ?{DAY} (?:of )?{MONTH})"),
        _rule("month_of_year", "date", rf"{EDGED}(?P<m>{MONTH}){of_year}"),
        _rule(
            "month",
            "date",
            rf"(?:(?P<rel>(?i:last|next|this coming|this past|this|past)) )?{EDGED}(?P<m>(?:{MONTHS})\b|{ABBREVIATED}(?= ?[-–/]))(?!['’]?s? [A-Z][a-z]+ (?:said|says))",
        ),
    )
    weekday = _rule(
        "weekday",
        "date",
        rf"(?:(?P<rel>(?i:last|next|this past|this coming|this|previous|following)) )?(?P<wd>{WEEKDAYS})\b(?:,? (?:of )?(?P<rw>last|this|next) week)?",
    )
    decade = _rule("decade", "date", rf"{EDGED}(?:(?P<de>(?:1[0-9]|20)[0-9]0)['’]?s|['’](?P<de2>[2-9]0)s)\b")
    decade_word = _rule(
        "decade",
        "date",
        rf"{EDGED}(?P<dw>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        re.I,
    )
    century = _rule("century", "date", rf"{EDGED}(?P<c>[0-9]{{1,2}})(?:st|nd|rd|th)[- ]century\b")
    fiscal = r"(?:fiscal|financial)(?: year)? |FY ?"
    quarter = _rule(
        "quarter",
        "date",
        rf"(?:(?P<q>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[- ]quarter|Q(?P<qd>[1-4])\b|(?P<qe>[1-4])Q\b|(?P<h>first|second)[- ]half|H(?P<hd>[12])\b"
        rf"|(?:first|opening) (?P<fn>{COUNT}) (?P<fu>months|quarters))"
        rf"(?:,? ?(?:of |in )?(?:the )?(?:(?P<fy>{fiscal})?(?P<y>{YEAR})|(?P<ry>last|this|next|the|previous|same)(?P<fy2> fiscal| financial)? year\b|['’]?(?P<yy>[0-9]{{2}})\b))?",
        re.I,
    )
    year_quarter = _rule("quarter", "date", rf"(?P<y>{YEAR})[- ]?(?:Q(?P<qd>[1-4])|H(?P<hd>[12]))\b")
    season = _rule(
        "season",
        "date",
        rf"(?:(?P<rel>(?i:last|next|this|past)) (?P<se2>spring|summer|autumn|fall|winter)|{EDGED}(?P<se>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter))\b(?:,? (?:of )?(?P<y>{YEAR}))?",
    )
    season_year = _rule(
        "season", "date", rf"{EDGED}(?P<se>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter),? (?:of )?(?P<y>{YEAR})"
    )
    fiscal_year = _rule(
        "fiscal",
        "date",
        rf"(?P<fy>[Ff]iscal(?: year)?|[Ff]inancial year|FY)[ -]?(?P<y>{YEAR}(?:[/–-](?:20)?[0-9]{{2}})?|[0-9]{{2}}\b)",
    )
    span_years = _rule(
        "year_span", "date", r"(?P<y>(?:19|20)[0-9]{2})[/–-](?P<ye>[0-9]{2})(?![0-9A-Za-z%/–-]|[.,][0-9])"
    )
    slash_years = _rule("year_span", "date", r"(?P<y>(?:19|20)[0-9]{2})/(?P<ye>(?:19|20)[0-9]{2})(?![0-9A-Za-z%/–-])")
    year = _rule("year", "date", rf"{EDGED}(?P<y>{YEAR})(?![A-Za-z%/]|[-–][A-Za-z]{{2}}| ?(?:{_NOUNS})\b)")
    edged_year = _rule("year", "date", rf"(?P<edge>(?i:{EDGE}))[- ](?:the )?(?:year )?(?P<y>{YEAR})")
    relative_day = _rule(
        "relative_day",
        "date",
        r"(?P<rd>the day before yesterday|the day after tomorrow|yesterday|today(?!['’]s)|today|tonight|tomorrow|last night)\b",
        re.I,
    )
    relative = _rule(
        "relative",
        "date",
        rf"{EDGED}(?P<rel>last|next|this|past|coming|previous|following|current)[ -](?P<fy>fiscal |financial )?(?P<u>week|weekend|month|quarter|year|decade|century|season)\b(?!['’]?s?[- ](?:old|long|ago))",
        re.I,
    )
    ago = _rule(
        "shift",
        "date",
        rf"(?P<n>{COUNT})[ -](?P<u>{UNITS})s?,? (?P<dir>ago|earlier|later|from now|hence|before)\b",
        re.I,
    )
    in_time = _rule("shift", "date", rf"(?P<n>{COUNT}) (?P<u>{UNITS})s['’]? (?P<dir>time)\b", re.I)
    plan = _rule("plan", "date", r"(?P<plan>[0-9]{1,2})(?:st|nd|rd|th) [Ff]ive-[Yy]ear [Pp]lan(?: period)?")
    holiday = _rule("holiday", "date", rf"(?P<hol>{names})\b(?: (?P<ht>holidays?\b))?(?:,? (?:of |in )?(?P<y>{YEAR}))?")
    day_of_month = _rule(
        "day",
        "date",
        r"(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)) of (?P<rel>last|this|next|the|the previous) month\b",
    )
    edge_of = _rule(
        "edge",
        "date",
        r"(?P<edge>(?:end|start|beginning|middle) of|early|mid|late|later|earlier)[- ](?P<rel>the|this|last|next)[- ](?P<u>week|month|quarter|year|decade|century)\b",
        re.I,
    )
    duration = _rule(
        "duration",
        "duration",
        rf"(?P<n>{COUNT})(?:(?:[- ]?(?:to|[-–—]|or)[- ]?)(?P<nt>{COUNT}))?[- ]?(?P<plus>\+)?[ -]?(?P<u>seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)|nights?|secs?|mins?|hrs?)\b"
        rf"(?:(?:,| and|,? and)? (?P<n2>{COUNT})[- ](?P<u2>minutes?|seconds?|hours?|days?|weeks?|months?)\b)?(?P<half> and a half)?(?P<bound> or (?:more|longer|less|so)\b)?(?![- ]olds?\b| of age\b|ly)",
        re.I,
    )
    day_led = (dates[1], dates[2], day_of_month)
    rules = {
        "year": (
            decade,
            year_quarter,
            slash_years,
            span_years,
            _rule("iso_month", "date", r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9])(?![0-9A-Za-z-])"),
            year,
        ),
        "number": (*day_led, plan, century, quarter, decade, ago, in_time, duration),
        "month": dates,
        "weekday": (dates[0], dates[1], weekday),
        "word": (
            quarter,
            relative_day,
            season_year,
            season,
            edge_of,
            dates[3],
            dates[4],
            decade,
            edged_year,
            decade_word,
            century,
            relative,
            fiscal_year,
            weekday,
            ago,
            in_time,
            duration,
        ),
        "holiday": (holiday,),
    }
    ends = (
        *dates,
        day_led[0],
        year_quarter,
        decade,
        year,
        _rule("day", "date", rf"(?:the )?(?P<d>{DAY})(?! [a-z]+s\b)"),
        weekday,
        relative_day,
        relative,
    )
    return Grammar(
        _trigger(names),
        rules,
        lead,
        re.compile(
            r",? ?(?:-|–|—|to|through|until|till|thru|up to)(?: the)? ?(?=[0-9A-Zlnty'])|,? (?P<and>and)(?: the)? "
        ),
        ends,
        _between,
    )


_NOUNS = (
    "people|men|women|workers|employees|staff|jobs|members|metres?|meters?|km|kilomet(?:re|er)s?|miles?|feet|ft|tons?|tonnes?|"
    "dollars?|euros?|pounds?|yuan|yen|points?|calories|units|homes|houses|cars|vehicles|shares|troops|soldiers|hours|minutes|seconds|"
    "days|weeks|months|years|students|children|patients|cases|deaths|times|votes|seats|kg|kw|mw|hp|rpm|words|pages|copies|companies|stores|flights|items|percent|per cent"
)


_OUTSIDE = r"(?<![0-9A-Za-z_.,$£€¥#@/+:&-])"


def _trigger(holidays: str) -> re.Pattern[str]:
    unit = "(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|night)"
    return re.compile(
        rf"{_OUTSIDE}(?P<year>(?:1[0-9]|20)[0-9]{{2}})(?![0-9])"
        rf"|{_OUTSIDE}(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})?(?:\.[0-9])?(?=st|nd|rd|th|[ –—+-]|Q[ ]|s\b)|['’](?=[2-9]0s)"
        rf"|\b(?:an?|half an?)(?= (?:couple of |few |dozen |half[ -])?{unit})"
        rf"|\b(?i:{CARDINALS}|several|couple of|few)(?=[ -](?:(?:{CARDINALS}|to|or|and|a half|dozen)[ -]){{0,3}}{unit}))"
        rf"|\b(?P<holiday>{holidays})\b"
        rf"|\b(?P<month>(?:{MONTHS})\b|{ABBREVIATED}(?= ?[0-9]))"
        rf"|\b(?P<weekday>(?:{WEEKDAYS})\b|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?,? (?=[0-9]|{MONTH}))"
        r"|\b(?P<word>(?i:last|next|this|past|coming|previous|following|current|early|mid|late|later|earlier|first|second|third"
        r"|fourth|final|opening|Q[1-4]|H[12]|1st|2nd|3rd|4th|beginning|start|middle|end|yesterday|today|tonight|tomorrow"
        r"|spring|summer|autumn|fall|winter|fiscal|financial|twenties|thirties|forties|fifties|sixties|seventies|eighties"
        r"|nineties|the (?=beginning of|start of|middle of|end of|turn of|day (?:before|after)))\b|FY(?=[ 0-9]))"
    )


_LEAD = re.compile(
    r"(?:\b(?:more than|less than|fewer than|no more than|no less than|at least|at most|up to|as long as|as little as|over|under|"
    r"about|around|roughly|approximately|some|nearly|almost|within|just over|just under|well over|almost|only|exactly|"
    r"the (?:past|last|next|coming|previous)|past|next|coming)|~|>|<) $",
    re.I,
)


def _between(text: str, start: int, end: int) -> bool:
    return text.endswith(("between ", "Between ", "both "), 0, start)


def lead(text: str, start: int) -> int:
    """Where the comparator that stands before ``start`` begins."""
    low = max(0, start - 16)
    match = _LEAD.search(text[low:start]) if text[start - 1 : start] in (" ", "~", ">", "<") else None
    return low + match.start() if match else start
