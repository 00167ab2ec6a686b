"""Pieces of the English date grammar: patterns of months, days, years, counts, and of what is no date after all."""

import re

from pipeline import lexicon

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ABBREVIATED = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:(?:{MONTHS})\b|{ABBREVIATED})"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAY = rf"(?:(?:{WEEKDAYS})|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9]|[.,][0-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z%]|[.:,][0-9])"
SEASON = "[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
CARDINALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
COUNT = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})?(?:\.[0-9]{1,2})?(?: and a half)?"
    rf"|(?:{CARDINALS})(?:[ -](?:{CARDINALS})|[ -]and[ -]a[ -]half)?"
    r"|a couple of|half an?|a half|a dozen|two dozen|an?)"
)
EDGE = (
    "early|mid|late|(?:the )?(?:beginning|start|middle|end|turn) of|(?:the )?(?:first|second) part of"  # no third part
)
EDGED = rf"(?:(?P<edge>(?i:{EDGE}))[- ](?:the )?)?"
RELATIONS = "last|next|this past|this coming|this|past|coming|previous|following|preceding|current"
UNITS = "seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)|nights?"
SHORT_UNITS = "secs?|mins?|hrs?"
FISCAL = r"(?:fiscal|financial)(?: year)? |FY ?"


def _names() -> str:
    names = [row["name"] for row in lexicon.rows("holidays.csv") if row["lang"] == "en"]
    return "|".join(re.escape(name).replace("'", "['’]") for name in sorted(names, key=len, reverse=True))


HOLIDAYS = _names()

# What is counted after a bare number, so that it is no year.
NOUNS = (
    "people|men|women|workers|employees|staff|jobs|members|m|metres?|meters?|km|kilomet(?:re|er)s?|miles?|feet|ft|tons?"
    "|tonnes?|dollars?|euros?|pounds?|yuan|yen|points?|calories|units|homes|houses|cars|vehicles|shares|troops|soldiers"
    "|hours|minutes|seconds|days|weeks|months|years|students|children|patients|cases|deaths|times|votes|seats|kg|kw|mw"
    "|hp|rpm|words|pages|copies|companies|stores|flights|items|percent|per cent|parts|million|billion|square|cubic"
)
# The words after which a number of four digits is a year, whatever it is about.
_BEFORE_YEAR = re.compile(
    r"(?:^|[^A-Za-z])(?:in|since|until|till|by|from|to|of|and|through|between|before|after|during|for|around|circa|over"
    r"|year|early|mid|late|pre|post|at|or|than|with|late-|early-|mid-|[-–—(])[- ]?$",
    re.I,
)
_BEFORE_OLD_YEAR = re.compile(r"(?:^|[^A-Za-z])(?:in|since|by|from|until|around|circa|year|before|after) $", re.I)
_EVENT = re.compile(
    r"(?:Olympics?|Paralympics?|Games|Cup|Championships?|Summer|Winter|Spring|Autumn|Fall|Elections?|Expo|Festival|Awards?"
    r"|Census|Budget|Fiscal|Class|Copyright|©|[Mm]odel [Yy]ear) $"
)
_NAME = re.compile(r"(?<![A-Za-z'’])[A-Z][A-Za-z0-9.&+-]*,? $")
_DETERMINER = re.compile(r"(?:^|[.!?:;\n“\"(] ?)(?:The|An?|Its|His|Her|Their|Our|On|Your|This|That|As|But|When) $")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|to|last|next|this|early|late|mid|of|and|through|between|before|after|during|for"
    r"|around|past|every|each|on|end|beginning|until|or|through|to|year-to)[- ](?:the )?$|[(–—-] ?$",
    re.I,
)
_LENGTH = re.compile(
    r"(?:\b(?:for|in|within|of|than|about|over|nearly|almost|once|after|half|under|least|around|every)|^) ?$", re.I
)


def is_year(text: str, start: int, year: int) -> bool:
    """Whether a bare number is a year: by the word before it, since a name may end in a number (Windows 2000)."""
    before = text[max(0, start - 24) : start]
    if year < 1700:
        return _BEFORE_OLD_YEAR.search(before) is not None
    if _BEFORE_YEAR.search(before) or _EVENT.search(before) or _DETERMINER.search(before):
        return True
    if year < 1800 or year == 2000:
        return False
    # Behind a name a number belongs to it, but for a comma and nothing more: Parish Pump, 1998.
    return not _NAME.search(before) or (before.endswith(", ") and _CLOSED.match(text, start + 4) is not None)


_CLOSED = re.compile(r"[.;)](?![0-9])|$")


def is_month(text: str, start: int, end: int, name: str) -> bool:
    """Whether the bare name of a month is one: May, March, April, June and August are words or names as well."""
    if _BEFORE_MONTH.search(text, max(0, start - 16), start):
        return True
    if name in ("May", "March", "August"):
        return False
    return name not in ("April", "June", "Jan") or re.match(r" [A-Z]", text[end : end + 2]) is None


_SPAN_OF_QUARTERS = re.compile(r"\b(?:last|past|next|previous|preceding|first|coming|for|consecutive|straight) $", re.I)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n“”\"—–(|-] ?)$")


def is_fraction(text: str, start: int, unit: str) -> bool:
    """Whether "a quarter" is a fourth, not three months."""
    return unit.startswith("quarter") and not _SPAN_OF_QUARTERS.search(text, max(0, start - 12), start)


def is_title(text: str, start: int, word: str) -> bool:
    """Whether a word with a capital in the middle of a sentence names something: USA Today, 60 Minutes."""
    return word[0].isupper() and not _SENTENCE_START.search(text, max(0, start - 2), start)


def is_rate(text: str, start: int, end: int) -> bool:
    """Whether "a year" says how often ($1m a year), and not how long."""
    return not (
        _LENGTH.search(text, max(0, start - 8), start) or text.startswith((" of ", " or ", " and a half", "-long"), end)
    )
