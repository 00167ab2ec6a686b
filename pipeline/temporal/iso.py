"""Dates in digits, in any language: 2022-08-25, 2022/8/25, 2022.8.25, 2022-08-25T03:18:00, 3/4/2020."""

import re
from functools import cache

from pipeline.patterns import Pattern
from pipeline.temporal.rule import Grammar, Rule
from pipeline.temporal.zh_parts import OPEN

_END = r"(?![0-9A-Za-z_%]|[-/.:](?!(?:19|20)[0-9]{2}[-/.])[0-9A-Za-z])"
_COUNTED = "元个万亿人家吨股份只美港欧日 "
_YEAR, _MONTH, _DAY = "(?P<y>(?:19|20)[0-9]{2})", "(?P<m>1[0-2]|0?[1-9])", "(?P<d>3[01]|[12][0-9]|0?[1-9])"


@cache
def grammar() -> Grammar:
    full = rf"{_YEAR}(?P<sep>[-/.]){_MONTH}(?P=sep){_DAY}(?:(?=T[0-9]{{2}}:)|{_END}){OPEN}"
    numeric = rf"(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>(?:19|20)[0-9]{{2}}){_END}"
    # 20220825 by itself, not among digits or letters, and counting nothing
    compact = rf"{_YEAR}(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12][0-9]|0[1-9])(?![{_COUNTED}])"
    season = r"(?P<y>(?:19|20)[0-9]{2})[-/–—](?P<ye>(?:19|20)?[0-9]{2})(?= ?(?:赛季|学年|财年|年度))"
    compacts = (Rule("iso", "date", Pattern(compact)),)
    rules = (
        Rule("year_span", "date", Pattern(season)),
        Rule("iso", "date", Pattern(full)),
        Rule("numeric", "date", Pattern(numeric)),
    )
    trigger = re.compile(
        r"(?P<digit>[0-9](?<![0-9A-Za-z_./:-].)[0-9]{0,3}(?=[-/.–—][0-9]{1,4}[-/. 赛学财年]))"
        r"|(?P<compact>(?<![0-9A-Za-z_./:#号-])(?:19|20)[0-9]{6}(?![0-9A-Za-z_%./:-]))"
    )
    rules_of = {"digit": rules, "compact": compacts}
    return Grammar(
        trigger, {"": trigger}, rules_of, lambda text, start: start, re.compile(" ?(?:[-–—~至到]|to) ?"), rules
    )
