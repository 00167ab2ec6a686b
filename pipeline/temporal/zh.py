"""Chinese date and duration expressions. The patterns are in simplified characters and read a simplified text."""

# ruff: noqa: E501 (a pattern reads better unbroken)

import re
from collections.abc import Mapping
from functools import cache

from pipeline.patterns import Pattern
from pipeline.records import Comparator
from pipeline.temporal.rule import Grammar, Kind, Rule
from pipeline.temporal.zh_parts import (
    AGE_EDGE,
    BRACKETED_DAY,
    BRACKETED_MONTH,
    BRACKETED_YEAR,
    CLOCK,
    CN,
    COUNT,
    COUNTED,
    DAY,
    ERAS,
    HAN_DIGITS,
    HOLIDAY,
    HOLIDAYS,
    LIST,
    LUNAR,
    LUNAR_DAY,
    MONTHLY,
    NUMBER_YEAR,
    NUMERAL,
    OPEN,
    PART,
    QUARTER,
    SEP,
    SEPARATOR,
    START,
    WORD_YEAR,
    YEAR4,
    ZERO,
)  # fmt: skip

_UNIT = "年|月|周|星期|礼拜|天|日|季度|世纪|小时|钟头|分钟|秒钟|秒|旬|昼夜|夜"
_LONG_UNIT = "年|月|周|星期|礼拜|天|日|季度|世纪"


def _rule(name: str, kind: Kind | None, pattern: str) -> Rule:
    return Rule(name, kind, Pattern(pattern))


def _date(name: str, pattern: str) -> Rule:
    return _rule(name, "date", pattern)


_NUMBER_YEAR = rf"{NUMBER_YEAR}(?:[的 ]?{PART})?{OPEN}"
_WORD_YEAR = rf"{WORD_YEAR}(?:[的 ]?{PART})?{OPEN}"
_AGES = {
    "century": rf"(?P<bce>公元前)?(?:(?P<c>[0-9]{{1,2}}|[{CN}十]{{1,3}}) ?|(?P<rc>[上本]个?))世纪(?!经济报道|教育)(?:(?P<de>[0-9]0|[{CN}]十) ?年代)?(?P<ce>{AGE_EDGE})?{OPEN}",
    "decade": rf"(?P<cy>1[0-9]|20)?(?P<de>[0-9]0|[{CN}]十) ?年代(?P<ce>{AGE_EDGE})?{OPEN}",
}
_WORDS = {
    "relative_day": r"(?P<rd>大{1,2}[前后]天|前天|前日(?!本)|本日|昨[天日晚夜晨早]|今[天日晚早晨夜](?!头条)|明[天日晚早晨](?!之星|方舟)|后[天日](?![性的形])|次日|翌日|隔[天日]|今明两[天日年]|明后两[天日年]|昨今两[天日])",
    "weekday": r"(?P<rw>上{1,3}|本|这|下{1,3})?个?(?:周|星期|礼拜){1,2}(?P<wd>[一二三四五六日天末])(?![年月岁个期])",
    "week": r"(?P<rw>上{1,3}|本|这|下{1,3})一?个?(?:周(?![期边围转全刊报长])|星期|礼拜)(?![一二三四五六日天末年岁])",
}
_SINCE = rf"(?P<n>{COUNT})(?P<more>[多余])? ?个?(?P<more2>[多余])?(?P<half>半)?(?P<u>{_LONG_UNIT})(?P<half2>半)?多?以来"
_WINDOW = {
    "window": rf"(?P<win>过去的?|最近的?|近|未来的?|今后的?|接下来的?|此前的?|刚刚过去的)这? ?(?!(?:19|20)[0-9]{{2}}年)(?P<n>{COUNT}) ?个?(?P<half>半)?(?P<u>{_LONG_UNIT})(?:来|间|内)?(?!的?时间)",
    "lunar": rf"(?:{LUNAR}) ?(?P<ld>{LUNAR_DAY}){OPEN}",
    "holiday": rf"{HOLIDAY}(?![联档晚礼红消旅市活文食习快月粽版款套限促嘉主特公营销路街大]){OPEN}",
    "edge": r"(?P<ed>[年月](?:[底末]|初(?![一二三四五六七八九十])|中(?=[，。、；前将的\s]|$)))(?=(?P<open>[之以]?[前后来]|起|至今))?",
}
_PLAN = rf"(?P<plan>十?[{CN}]?五)(?:期间|时期|(?=[”\"](?:期间|时期|规划|计划|末|初|开局|收官|以来|、))|(?=规划|末|初|开局|收官))"
_DAY = (
    rf"(?:(?P<d>[0-9]{{1,2}}|[{CN}十]{{2,3}}) ?日(?![内均线游元本圆益渐志光语常]|[以之]内|时)"
    rf"|(?P<d2>[{CN}十]) ?日(?={CLOCK})|(?P<d3>{DAY}) ?号(?=起|前|后|[以之][前后]|{CLOCK}|到|至)"
    rf"|(?P<d4>{DAY})(?={LIST}{DAY} ?日)|(?<=[日号][，、])(?P<d5>{DAY}) ?号){OPEN}"
)
_SHIFT = rf"(?<![时相事间]隔)(?P<n>{COUNT})(?P<more>[多余])? ?个?(?P<more2>[多余])?(?P<half>半)?(?P<u>{_UNIT})(?P<half2>半)?多?(?P<on>以|之)?(?P<dir>[前后])(?![期夕者往面半置段续])"
_CLOCK_TIME = (
    r"[0-9]{1,2} ?(?:时|点|:) ?[0-9]{1,2} ?分?许?(?:[0-9]{1,2}秒)?(?!钟)"
    r"|[0-9一二三四五六七八九十两]{1,3}点(?:半|钟|整|多|许)?"
)
_SECONDS = r"(?P<hund>[0-9]{2}(?![0-9.]))"
_DURATION = (
    rf"(?P<n>{COUNT})(?:{SEP}(?P<nt>{COUNT}))?(?P<more>[多余来几+])? ?个?(?P<more3>[多余])?(?P<half>半)?"
    r"(?P<u>年|周年|周(?![期边围转全刊岁末])|星期|礼拜|天|季度|世纪(?!经济|教育)|小时|钟头|分钟|刻钟|秒钟|秒|昼夜|(?<=个)月|(?<=个[半多余])月|自然日|(?<=[两数])日|日(?=[之以]?内|游))(?!又一(?P=u)|(?<=个年))"
    rf"(?:(?P<half2>半)|(?P<more2>[多余])|(?<=秒){_SECONDS}|[零又]?(?P<n2>{COUNT}) ?个?(?P<u2>月|天|周|小时|分钟|分(?![之钱])|秒)"
    rf"(?:(?P<n3>{COUNT}) ?(?P<u3>天|小时|分钟|分(?![之钱])|秒))?)?"
    r"(?P<bound>以上|以内|之内|以下|左右|上下|(?<=年)来)?(?![级代号款薪终制度]|轻(?!松)|龄|一[度届次遇]|(?<=天)天|(?<=年)年)"
)
_MINUTES = rf"(?P<n>{COUNT}) ?(?P<u>分)(?P<n2>{COUNT}) ?(?P<u2>秒){_SECONDS}?"


@cache
def grammar() -> Grammar:
    month, quarter = _date("month", rf"{MONTHLY}{OPEN}"), _date("quarter", rf"{QUARTER}{OPEN}")
    number_year = (_date("year", rf"{NUMBER_YEAR}的?{COUNTED}"), _date("year", _NUMBER_YEAR))
    word_year = (_date("year", rf"{WORD_YEAR}的?{COUNTED}"), _date("year", _WORD_YEAR))
    century, decade = (_date(name, pattern) for name, pattern in _AGES.items())
    season = _date("year", "(?P<ry>[今明去])(?P<se>[春夏秋冬])季?")
    bracketed = (
        _date("year", rf"{BRACKETED_YEAR}(?:的?{PART})?{OPEN}"),
        _date("month", f"{BRACKETED_MONTH}{OPEN}"),
        _date("day", f"{BRACKETED_DAY}{OPEN}"),
    )
    words = tuple(_date(name, pattern) for name, pattern in _WORDS.items())
    window, lunar, holiday, edge = (_date(name, pattern) for name, pattern in _WINDOW.items())
    before_christ = _date("before_christ", rf"公元前(?P<bc>{NUMERAL}) ?年(?![代前])")
    plan, day = _date("plan", _PLAN), _date("day", _DAY)
    shifts = (_date("shift", _SHIFT), _date("window", _SINCE))
    durations = (_rule("duration", "duration", _DURATION), _rule("duration", "duration", _MINUTES))
    led_by_number = (century, decade, *number_year, month, quarter, *shifts, day, *durations)
    rules = {
        "plan": (plan, *led_by_number),
        "coded": (_date("quarter", rf"(?:(?P<y>20[0-9]{{2}})|(?P<yy>[0-9]{{2}})){QUARTER}"),),
        "bare": (_date("year", "(?P<y>[0-9]{4})"),),
        "counted": (*number_year, *shifts, *durations),
        "year": (decade, number_year[1], *shifts, *durations),
        "month": (month, *shifts),
        "day": (day, *shifts, *durations),
        "clock": (_rule("clock", None, _CLOCK_TIME), *durations),
        "time": (*shifts, *durations),
        "season": (quarter, *shifts, *durations),
        "age": (century, *shifts, *durations),
        "joined": (*number_year, month, quarter, *shifts, day, *durations, holiday),
        "weekday": words[1:2],
        "holiday": (holiday,),
        "window": (window,),
        "order": (quarter,),
        "word": (*bracketed, before_christ, *words, *word_year, season, month, quarter, century, lunar, edge),
    }
    end_day = _date("day", rf"(?P<d>{DAY}) ?[日号](?![线楼院])")
    now = _date("now", "(?P<now>今)(?![天日年晚])|目前|现在")
    ends = (*bracketed, number_year[1], month, end_day, now, word_year[1], quarter, *words, century, decade, holiday)
    start = re.compile(START)
    return Grammar(start, _triggers(), rules, lead, re.compile(SEPARATOR), ends, _between, _holds)


_UNITS = "[年月日号天周季小分秒时旬世星礼刻钟昼夜自]"
_LED_BY_NUMBER = (
    rf"{NUMERAL} ?(?:(?:财|会计)?年(?:(?=的?[前最])(?P<counted>)|(?P<year>))|(?P<month>月)|(?P<day>[日号])|(?P<clock>[时点])"
    rf"|(?P<time>小(?=时)|[天周分秒旬星礼刻钟昼夜]|(?=[个多余来半几+][个多余半 ]{{0,2}}{_UNITS}))|(?P<season>季)|(?P<age>世)"
    rf"|(?P<joined>(?=(?:{SEP}|[、和及]) ?第?{NUMERAL} ?[个多余来几]{{0,2}} ?{_UNITS})))"
)


def _triggers() -> dict[str, re.Pattern[str]]:
    digit = re.compile(
        r"(?<![0-9A-Za-z./:#$￥¥+\-—共第约超近达逾到至每价售型码号])(?<![0-9],)(?<![A-Za-z] )"
        rf"(?P<bare>(?:19[5-9]|20[0-3])[0-9](?=[一-鿿]|、{YEAR4})(?![{_MEASURES}]|财年|会计年))"
        rf"|(?P<coded>(?:20)?[0-9]{{2}}(?=Q[1-4]|H[12]))|{_LED_BY_NUMBER}"
    )
    numeral = re.compile(
        rf"(?P<plan>(?<![{CN}十第])十?[{CN}]?五(?=[”\"期时规计末初开收]))"
        rf"|(?<![0-9.A-Za-z_第/])(?<![0-9],){_LED_BY_NUMBER}|(?P<holiday>{HOLIDAYS})"
    )
    word = re.compile(
        rf"(?P<weekday>(?<![每个通常般0-9{HAN_DIGITS}])(?:周|星期|礼拜)(?=[一二三四五六日天末]))|(?P<holiday>{HOLIDAYS})"
        rf"|(?P<order>第(?=[0-9{CN}十]{{1,2}} ?(?:季|个月))|(?<![提目此以之日])[前头首](?=[0-9{CN}十两]{{1,2}} ?个?[季月]))"
        rf"|(?P<window>(?:近|最近的?|过去的?|未来的?|今后的?|接下来的?|此前的?|刚刚过去的)(?=这? ?(?!(?:19|20)[0-9]{{2}}年)[0-9{CN}十百千两几数半]))"
        r"|(?P<word>[今明去][春夏秋冬]|今[年天日晚早晨夜明]|明后|昨[天日晚夜晨早今]|明[天日晚早晨年]|去年|来年|大{0,2}[前后][年天]|[前后]日"
        r"|本[月周年季世星日礼]|[上下]{1,3}[个一]{0,2}(?:周|月|年|半年|世纪|季度|星期|礼拜)|这[个一]{0,2}[周星礼月季]"
        r"|(?<!不)[同当次翌隔][年月日天]|那一?年|[昨今明去前后本当上下这](?=[(（][0-9]{1,4}[)）][年月日天])|(?<![0-9一二三四五六七八九十几多每近半今明去前后])[年月](?=[底末初中])"
        rf"|公元前(?=[0-9{CN}十百])|{LUNAR}|[正冬腊]月|闰(?=[0-9{CN}十]{{1,2}} ?月)|大年(?=初)|(?:{ERAS})(?= ?[元0-9{CN}十百{ZERO}]{{1,4}} ?年))"
    )
    return dict.fromkeys("0123456789", digit) | dict.fromkeys(HAN_DIGITS, numeral) | {"": word}


# What is counted after a bare number, so that it is no year.
_MEASURES = "年多余来个人名家万亿千百元块美欧港日英米公里千克吨斤亩平座台辆套件只条次届期部种项例位户所间号天周月岁级倍度分点股份枚张本篇字集章页瓶盒包头匹棵株艘架枪克毫厘升英海秒小时左上以余左式款%"

# Comparators before a duration, and what they say.
LEADS: dict[str, Comparator] = {
    "超过": "gt", "超": "gt", "逾": "gt", "近": "lt", "将近": "lt", "接近": "lt", "不到": "lt", "不足": "lt", "不满": "lt",
    "约": "approx", "大约": "approx", "大概": "approx", "至少": "ge", "最少": "ge", "不少于": "ge", "不低于": "ge",
    "最多": "le", "至多": "le", "最长": "le", "不超过": "le",
}  # fmt: skip
_LEADS = sorted(LEADS, key=len, reverse=True)


def _between(text: str, start: int, end: int) -> bool:
    return text.startswith(("之间", "间", "期间"), end)


_ONE = tuple("有某那这每第哪同另头首又复")
_YEAR_BY_YEAR = re.compile("一(.{1,2})(?:[比又复]|[多少好差强][过似])一\\1")


def _is_comparison(text: str, start: int, end: int) -> bool:
    """一年比一年, 一天少过一天: no lengths of time."""
    size = end - start
    return any(_YEAR_BY_YEAR.match(text, low) for low in (start, start - size - 1, start - size - 2) if low >= 0)


_BARE_DAYS = ("五一", "十一", "七一", "八一")


def _holds(name: str, parts: Mapping[str, str], text: str, start: int, end: int) -> bool:
    """有一天 and 百年老店 are no lengths of time; 十一 is a holiday only if it is quoted, or what follows says so."""
    if name == "duration" and parts["n"] == "一":
        return not text.startswith(_ONE, max(start - 1, 0), start) and not _is_comparison(text, start, end)
    if name == "duration" and parts["n"] in ("百", "千", "万") and "more" not in parts:
        return text.startswith(("历史", "来", "内", "间", "以"), end)
    if name == "holiday" and parts["hol"].startswith("国庆") and text[start - 1 : start] == "国":
        return text.endswith(("中国", "我国", "全国", "共和国"), 0, start)  # not of another country
    if name == "holiday" and parts["hol"] in _BARE_DAYS:
        quoted = text[start - 1 : start] in ("“", "‘", '"', "「") and text[end : end + 1] in ("”", "’", '"', "」")
        return quoted or "ht" in parts or "hp" in parts or text.startswith(("前", "当天", "那天", "后", "节"), end)
    return True


def lead(text: str, start: int) -> int:
    """Where the comparator that stands before ``start`` begins."""
    for word in _LEADS:
        if text.endswith(word, 0, start):
            return start - len(word)
    return start
