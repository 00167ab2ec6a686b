"""Chinese date and duration expressions. The patterns are in simplified characters and read a simplified text."""

# ruff: noqa: E501 (a pattern reads better unbroken)

import re
from functools import cache

from pipeline import lexicon
from pipeline.records import Comparator
from pipeline.temporal.rule import Grammar, Kind, Rule

SEP = r" ?(?:-{1,2}|[—–~～]{1,2}|至|到|直到|直至) ?"
CN = "一二三四五六七八九"
ZERO = "〇零○"
YEAR4 = rf"(?:[12][0-9]{{3}}|[一二][{ZERO}{CN}]{{3}})"
YEAR2 = rf"(?:[0-9]{{2}}|[{ZERO}{CN}][{ZERO}{CN}])"
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{CN}])"
DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[{CN}]?|廿[{CN}]?|十[{CN}]?|[{CN}])"
LUNAR_DAY = rf"(?:初[{CN}十]|廿[{CN}]|(?:二十|十)[{CN}]|[二三]?十)"
COUNT = rf"(?:[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?|[{CN}十百千两几数半]{{1,6}})"
THIS_YEAR = "今年|本年度?|去年|上一?年度?|大?前年|明年|下一?年度?|大?后年|当年|同年|次年|翌年|来年"
THIS_MONTH = "本月|这个月|上上个?月|下下个?月|上个?月|下个?月|当月|同月|次月"
YEAR_EDGE = "年初|年中|年底|年末|年内|年尾|初期?|伊始|中期|前期|后期|早期|末期|[底末]"
MONTH_EDGE = r"上旬|中上旬|上中旬|中旬|中下旬|下旬|月初|月中|月底|月末|初|底|末|中(?=[、，。,；\s]|$)"
UNIT = "年|月|周|星期|礼拜|天|日|季度|世纪|小时|钟头|分钟|秒钟|秒|旬|昼夜|夜"
NUMBERS = rf"0-9{CN}十百千两几数半"
CLOCK = "上午|下午|中午|[晚早]上?|凌晨|清晨|傍晚|深夜|午夜|当地|消息|电|讯"

YEAR = (
    rf"(?:(?P<era>民国|令和|平成|昭和|大正|明治) ?(?P<ey>元|[0-9]{{1,3}}|[{CN}十百{ZERO}]{{1,5}}) ?年"
    rf"|(?P<y>{YEAR4})(?: ?年(?:度|份(?!额))?|(?={SEP}{YEAR4} ?年))"
    rf"|(?P<yy>{YEAR2}) ?年(?=的? ?{MONTH} ?月|第?[一二三四1-4] ?季度|[上下]半年|年?[初底末])"
    rf"|(?P<ry>{THIS_YEAR}))"
)
MONTHLY = (
    rf"(?P<lunar>农历|阴历|旧历|夏历)? ?"
    rf"(?:(?P<m>{MONTH})(?: ?月(?:份(?!额))?|(?={SEP}{MONTH} ?月))|(?P<lm>正月|冬月|腊月|闰{MONTH}月)|(?P<rm>{THIS_MONTH}))"
    rf"(?:[的 ]?(?:(?P<d>{DAY})(?: ?[日号](?![线楼院])|(?={SEP}{DAY} ?[日号]))"
    rf"|(?P<ld>{LUNAR_DAY})(?![月日号天年个周\d{CN}十])|(?P<me>{MONTH_EDGE})))?"
)
QUARTER = (
    rf"(?:第?(?P<q>[一二三四1-4]) ?季(?:度|(?=[，。至到]))|(?P<h>[上下前后])半年|(?P<rq>[上本这下])(?:个|一)?季度"
    rf"|[前头首](?P<fn>{MONTH}) ?(?P<fu>个?季度?|个?月))"
)
SEASON = r"(?P<se>[春夏秋冬])(?:季(?!运)|天|(?=[，。、至到]))"
WEEK = rf"第(?P<w>[0-9]{{1,2}}|[{CN}十]{{1,3}})个?(?:周|星期)"
OPEN = r"(?=(?P<open>(?:或|及|和)?(?:以|之)[前后来]|以来|[前后](?![期夕者往面半置段续天门卫台果勤])|起(?![诉草火飞源步重])|开始))?"


def _rule(name: str, kind: Kind | None, pattern: str) -> Rule:
    return Rule(name, kind, re.compile(pattern))


def _holiday() -> str:
    names = "|".join(
        sorted((row["name"] for row in lexicon.rows("holidays.csv") if row["lang"] == "zh"), key=len)[::-1]
    )
    return rf"(?P<hol>{names})(?P<ht>[”’]?(?:小长假|长假|假期|黄金周|假日))?"


@cache
def grammar() -> Grammar:
    holiday = _holiday()
    calendar = (
        _rule(
            "year",
            "date",
            rf"{YEAR}(?:[的 ]?(?:{MONTHLY}|{QUARTER}|{SEASON}|{WEEK}|[“]?{holiday}|(?P<ye>{YEAR_EDGE})))?{OPEN}",
        ),
        _rule("month", "date", rf"{MONTHLY}{OPEN}"),
        _rule("quarter", "date", rf"{QUARTER}{OPEN}"),
    )
    century = _rule(
        "century",
        "date",
        rf"(?:(?P<c>[0-9]{{1,2}}|[{CN}十]{{1,3}}) ?|(?P<rc>[上本]个?))世纪(?:(?P<de>[0-9]0|[{CN}]十) ?年代)?(?P<ce>初期?|中期|中叶|末期?|前期|后期|早期|晚期)?{OPEN}",
    )
    decade = _rule(
        "decade",
        "date",
        rf"(?P<cy>1[0-9]|20)?(?P<de>[0-9]0|[{CN}]十) ?年代(?P<ce>初期?|中期|中叶|末期?|前期|后期|早期|晚期)?{OPEN}",
    )
    week_day = _rule(
        "weekday",
        "date",
        r"(?P<rw>上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])(?![年月岁个期])",
    )
    week = _rule("week", "date", r"(?P<rw>上上|上|本|这|下下|下)一?个?(?:周|星期|礼拜)(?![一二三四五六日天末年岁])")
    day = _rule(
        "day",
        "date",
        rf"(?:(?P<d>[0-9]{{1,2}}|[{CN}十]{{2,3}}|三十一|二十[{CN}]) ?日(?![内均线游元本圆益渐志光语常]|[以之]内|时)"
        rf"|(?P<d2>[{CN}十]) ?日(?={CLOCK})|(?P<d3>{DAY}) ?号(?=起|前|后|[以之][前后]|{CLOCK}|到|至)|(?P<d4>{DAY})(?={SEP}{DAY} ?日)){OPEN}",
    )
    end_day = _rule("day", "date", rf"(?P<d>{DAY}) ?[日号](?![线楼院])")
    relative_day = _rule(
        "relative_day",
        "date",
        r"(?P<rd>大前天|大后天|前天|前日(?!本)|昨[天日晚夜晨早]|今[天日晚早晨夜](?!头条)|明[天日晚早晨](?!之星|方舟)|后天(?![性的形])|次日|翌日|隔[天日]|今明两[天日]|昨今两[天日])",
    )
    shift = _rule(
        "shift",
        "date",
        rf"(?P<n>{COUNT})(?P<more>多|余)? ?个?(?P<half>半)?(?P<u>{UNIT})(?P<half2>半)?(?:以|之)?(?P<dir>前|后)(?![期夕者往面半置段续])",
    )
    window = _rule(
        "window",
        "date",
        rf"(?P<win>过去的?|最近的?|近|未来的?|今后的?|接下来的?|此前的?|刚刚过去的)(?:这)?(?P<n>{COUNT}) ?个?(?P<u>年|月|周|星期|礼拜|天|日|季度|世纪)(?:来|间|内)?(?!的?时间)",
    )
    plan = _rule(
        "plan",
        "date",
        rf"(?P<plan>十?[{CN}]?五)(?:期间|时期|(?=[”\"](?:期间|时期|规划|计划|末|初|开局|收官|以来|以来))|(?=规划|末|初|开局|收官))",
    )
    lunar = _rule("lunar", "date", rf"(?:农历|阴历|旧历|夏历) ?(?P<ld>{LUNAR_DAY}){OPEN}")
    edge = _rule("edge", "date", r"(?P<ed>[年月][底末初中])(?=[，。、；前将的来之起]|之前|以[前来])")
    hol = _rule("holiday", "date", rf"{holiday}(?![联档晚礼红消旅市活文食习快月粽版款套限促嘉主特公营销路街大])")
    clock = _rule(
        "clock",
        None,
        r"[0-9]{1,2} ?(?:时|点|:) ?[0-9]{1,2} ?分?许?(?:[0-9]{1,2}秒)?(?!钟)|[0-9一二三四五六七八九十两]{1,3}点(?:半|钟|整|多|许)?",
    )
    duration = _rule(
        "duration",
        "duration",
        rf"(?P<n>{COUNT})(?:{SEP}(?P<nt>{COUNT}))?(?P<more>[多余来几])? ?个?(?P<half>半)?(?P<u>年|周年|周|星期|礼拜|天|季度|世纪|小时|钟头|分钟|秒钟|秒|昼夜|(?<=个)月|(?<=个半)月|日(?=[之以]?内|游))"
        rf"(?:(?P<half2>半)|(?P<more2>[多余])|[零又]?(?P<n2>{COUNT}) ?个?(?P<u2>月|天|周|小时|分钟|分(?![之钱])|秒)(?:(?P<n3>{COUNT}) ?(?P<u3>天|小时|分钟|秒))?|(?P<hund>[0-9]{{2}}(?![0-9.])))?"
        r"(?P<bound>以上|以内|之内|以下|左右|上下|(?<=年)来)?(?![级代号款薪终])",
    )
    minute = _rule(
        "duration",
        "duration",
        rf"(?P<n>{COUNT}) ?(?P<u>分)(?P<n2>[0-9]{{1,2}}(?:\.[0-9]{{1,3}})?) ?(?P<u2>秒)(?P<hund>[0-9]{{2}})?",
    )
    words = (relative_day, week_day, week, *calendar, century, window, plan, lunar, hol, edge)
    rules = {
        "plan": (plan, century, decade, *calendar, day, shift, duration),
        "bare": (_rule("year", "date", "(?P<y>[0-9]{4})"),),
        "n": (clock, century, decade, *calendar, shift, day, minute, duration),
        "r": words,
    }
    ends = (
        *calendar,
        end_day,
        relative_day,
        week_day,
        week,
        century,
        decade,
        _rule("now", "date", "(?P<now>今)(?![天日年])|目前|现在"),
    )
    return Grammar(_trigger(holiday), rules, lead, re.compile(SEP), ends)


def _trigger(holiday: str) -> re.Pattern[str]:
    first = holiday[len("(?P<hol>") : holiday.index(")")]
    return re.compile(
        rf"(?P<plan>(?<![{CN}十第])十?[{CN}]?五(?=[”\"期时规计末初开收]))"
        rf"|(?P<bare>(?<![0-9A-Za-z.,/:#$￥¥+\-—共第约超近达逾到至每价售型码号])(?<![A-Za-z] )(?:19[5-9]|20[0-3])[0-9](?=[一-鿿])(?![{_MEASURES}]))"
        rf"|(?P<n>(?<![0-9.,A-Za-z_第/]){_NUM}(?= ?[年月日号天周个多余来季小分秒时点旬世星礼半\-—–~～至到昼]))"
        r"|(?P<r>今[年天日晚早晨夜明]|昨[天日晚夜晨早今]|明[天日晚早晨年]|去年|来年|大?[前后][年天]|前日|本[月周年季世星]|[上下]+[个一]?(?:周|月|年|半年|世纪|季度|星期|礼拜)|这个?[周星礼月季]"
        rf"|[同当次翌][年月日]|第(?=[0-9{CN}十])|[前头首](?=[0-9{CN}十])|近(?=[{NUMBERS}])|最近|过去|未来|今后|接下来|此前|刚刚过去|[年月](?=[底末初中])"
        r"|(?<![每十0-9])(?:周|星期|礼拜)(?=[一二三四五六日天末])|农历|阴历|旧历|夏历|[正冬腊闰]|民国|令和|平成|昭和|大正|明治"
        rf"|{first})"
    )


# What is counted after a bare number, so that it is no year.
_MEASURES = "年多余来个人名家万亿千百元块美欧港日英米公里千克吨斤亩平座台辆套件只条次届期部种项例位户所间号天周月岁级倍度分点股份枚张本篇字集章页瓶盒包头匹棵株艘架枪克毫厘升英海秒小时左上以余左式款%"
_NUM = rf"(?:[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?|[{CN}{ZERO}十廿百千两几数半]{{1,6}})"
# Comparators before a duration, and what they say.
LEADS: dict[str, Comparator] = {
    "超过": "gt", "超": "gt", "逾": "gt", "近": "lt", "将近": "lt", "接近": "lt", "不到": "lt", "不足": "lt", "不满": "lt",
    "约": "approx", "大约": "approx", "大概": "approx", "至少": "ge", "最少": "ge", "不少于": "ge", "不低于": "ge",
    "最多": "le", "至多": "le", "最长": "le", "不超过": "le",
}  # fmt: skip
_LEADS = sorted(LEADS, key=len, reverse=True)


def lead(text: str, start: int) -> int:
    """Where the comparator that stands before ``start`` begins."""
    for word in _LEADS:
        if text.endswith(word, 0, start):
            return start - len(word)
    return start
