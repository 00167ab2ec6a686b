"""Pieces of the Chinese date grammar: patterns of a year, a month with its day, a quarter, and of what may follow."""

# ruff: noqa: E501 (a pattern reads better unbroken)

import re

from pipeline import lexicon


def _names(file: str, lang: str = "") -> str:
    """The names of a lexicon as alternatives, the longest first."""
    names = (row["name"] for row in lexicon.rows(file) if row.get("lang", "") == lang)
    return "|".join(sorted(names, key=len, reverse=True))


CN = "一二三四五六七八九"
ZERO = "〇零○"
YEAR4 = rf"(?:[12][0-9]{{3}}|[一二][{ZERO}{CN}]{{3}})"
YEAR2 = rf"(?:[0-9]{{2}}|[{ZERO}{CN}]{{2}})"
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{CN}])"
DAY = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[{CN}]?|廿[{CN}]?|十[{CN}]?|[{CN}])"
LUNAR_DAY = rf"(?:初[{CN}十]|廿[{CN}]|(?:二十|十)[{CN}]|[二三]?十)"
LUNAR = "农历|阴历|旧历|夏历"
FEW = rf"(?:{MONTH}|两)"
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,6}(?:\.[0-9]{1,3})?[万亿]?"
COUNT = rf"(?:{_DIGITS}|[{CN}十百千两俩几数半]{{1,6}}[万亿]?)"
NUMERAL = rf"(?:{_DIGITS}|[{CN}{ZERO}十廿百千两俩几数半]{{1,6}}[万亿]?)"
ERAS = _names("eras.csv")
HOLIDAYS = _names("holidays.csv", "zh")

# Between the ends of a range; where only the second end has the unit also the signs of a list (1、2月); "and" only if
# what follows the range says so (2015年和2018年之间).
SEP = r" ?(?:-{1,2}|[—–~～]{1,2}|起?至|起?到|直到|直至) ?"
LIST = rf"(?:{SEP}|[、和及])"
# A weekday in brackets may stand before it: 9日(周六)至11日(周一).
SEPARATOR = rf"(?:[(（](?:周|星期|礼拜)[一二三四五六日天][)）])?{SEP}|(?<=[0-9{CN}十])(?<![0-9]{{4}})[、和及](?=[0-9{CN}十])|(?P<and>[和与])"

THIS_YEAR = rf"今年|本年度?|去年|上一?年度?|大?前年|明年|下一?年度?(?!来)|大?后年|(?:当年|那一?年)(?=[的 ]?{MONTH} ?月|[底末春夏秋冬])|同年|次年|翌年|来年"
THIS_MONTH = "本月|这个月|上上个?月|下下个?月|上个?月|下个?月|当月|同月|次月"
YEAR_EDGE = "年初|年中|年底|年末|年内|年尾|初期?|伊始|中期|前期|后期|早期|末期|[底末]"
MONTH_EDGE = r"上旬|中上旬|上中旬|中旬|中下旬|下旬|月初|月中|月底|月末|初|底|末|中(?=[、，。,；\s]|$)"
AGE_EDGE = "初期?|中期|中叶|末期?|前期|后期|早期|晚期"
CLOCK = "上午|下午|中午|[晚早]上?|凌晨|清晨|傍晚|深夜|午夜|当地|消息|电|讯"
_CLOCK_UNIT = r"[线楼院]"

# The number in brackets behind its word, as Taiwan writes it: 昨（12）日, 上（6）月, 去（2025）年.
BRACKETED_YEAR = r"[今明去前后本][(（](?P<y>(?:19|20)[0-9]{2})[)）]年度?"
BRACKETED_MONTH = rf"[本上下今这当][(（](?P<m>{MONTH})[)）]月份?"
BRACKETED_DAY = rf"[昨今明前后本当][(（](?P<d>{DAY})[)）][日天]"
# A year of the Republic of China without its name: 113年5月, 114年度.
MINGUO = rf"(?P<roc>1[0-3][0-9]) ?(?:年度|年(?=的? ?{MONTH} ?月(?!经)|第?[一二三四1-4] ?季|[上下]半年|年?[初底末]))"
# What makes a quarter of 第三季 and Q3, which may be a season of a series or a car.
_BUSINESS = "营收|毛利|净利|获利|业绩|财报|财测|盈|收入|利润|销售|销量|出货|产能|GDP|经济|增|成长|预|旺|淡|末|底|初|起|开始|量产|合并|每股"

# A year led by a number, or by a word. Two digits alone are one if they cannot be a count: 08年, 九七年; 七八年 is seven
# or eight years.
NUMBER_YEAR = (
    rf"(?:{MINGUO}|(?P<y>{YEAR4})(?: ?(?:财|会计)?年(?:度|份(?!额))?|(?={SEP}{YEAR4} ?年|、{YEAR4} ?年))"
    rf"|(?P<yy>{YEAR2}) ?年(?=的? ?{MONTH} ?月|第|[一二三四1-4] ?季度|[上下]半年|年?[初底末]|以[前后来]|之[前后]|前{MONTH}个?月|{HOLIDAYS})"
    rf"|(?P<digits>0[0-9]|[零〇][{CN}]|(?!一二|二三)[一二][{CN}{ZERO}]|(?!五六|六七|七八|八九)[五六七八九][{CN}{ZERO}])年(?!级))"
)
WORD_YEAR = (
    rf"(?:(?P<ry>{THIS_YEAR})|(?P<ly>{LUNAR}) ?(?P<y>{YEAR4}) ?年"
    rf"|(?P<era>{ERAS}) ?(?P<ey>元|[0-9]{{1,3}}|[{CN}十百{ZERO}]{{1,5}}) ?年)"
)
# What follows a day without its unit (10月22出生) and no number of things.
_NO_COUNT = rf"[，。,；;)）]|$|{SEP}{MONTH} ?月|[上下]午|凌晨|清晨|当天|出生|[晚早在于的]"
MONTHLY = (
    rf"(?:(?P<lunar>{LUNAR}) ?)?"
    rf"(?:(?P<m>{MONTH})(?: ?月(?:份(?!额))?(?!球|亮|饼|薪|台|嫂|龄|大的|天(?![气空津]))|(?={LIST}{MONTH} ?月))|(?P<lm>正月|冬月|腊月|大年(?=初)|闰{MONTH}月)|(?P<rm>{THIS_MONTH}))"
    rf"(?:[的 ]?(?:(?P<d>{DAY})(?: ?[日号](?!{_CLOCK_UNIT})|(?={LIST}{DAY} ?[日号])|(?<=[0-9])(?={_NO_COUNT}))"
    rf"|(?P<ld>{LUNAR_DAY})(?![月日号天年个周\d{CN}十])|第(?P<nth>[{CN}1-6])个?(?:周|星期|礼拜)(?P<wn>[一二三四五六日天])?"
    rf"|(?P<me>{MONTH_EDGE})))?"
)
QUARTER = (
    rf"(?: ?Q(?P<qd>[1-4])(?![0-9A-Za-z])| ?H(?P<hd>[12])(?![0-9A-Za-z])|第?(?P<q>[一二三四1-4]) ?(?:季(?:度(?P<qm>[初末底])?|(?=[，。至到]|{_BUSINESS})|(?<=年第.季)(?![播剧集]))|(?={LIST}第?[一二三四1-4] ?季度))"
    rf"|(?P<h>[上下前后])半年|(?P<rq>上上|下下|[上本这下])(?:个|一)?季度"
    rf"|[前头首](?P<fn>{FEW}) ?(?P<fu>个?季度?|个?月)|第(?P<mo>{MONTH})个月)"
)
SEASON = r"(?P<se>[春夏秋冬])(?:季(?!运)|天|(?=[，。、至到]))"
WEEK = rf"第(?P<w>[0-9]{{1,2}}|[{CN}十]{{1,3}})个?(?:周|星期|礼拜)"
HOLIDAY = rf"(?P<hol>{HOLIDAYS})节?(?P<ht>[”’\"]?(?:小长假|长假|假期|黄金周|假日))?(?=(?P<hp>[”’\"]?期间))?"
COUNTED = rf"前(?P<fn>{FEW}|[{CN}十]{{2,3}}|[0-9]{{1,2}}) ?(?P<fu>天|日|个?周|个?星期)|最后 ?(?P<ln>{FEW}) ?个月"
PART = rf"(?:{MONTHLY}|{QUARTER}|{SEASON}|{WEEK}|[“]?{HOLIDAY}|(?P<ye>{YEAR_EDGE}))"
# What makes a date an open range, or an approximate one; it is no part of the span.
OPEN = (
    rf"(?=(?P<open>(?:或|及|和)?(?:以|之)[前后来]|前后|左右|[前后](?![期夕者往面半置段续天门卫台果勤0-9{CN}十两几数])"
    r"|起(?![诉草火飞源步重])|开始))?"
)

HAN_DIGITS = f"十廿百千两俩几数半{CN}{ZERO}"
_MANY = "0123456789" + HAN_DIGITS
# Two characters rule out nearly all places, at little cost: what an expression may start with, and what comes next.
_PAIRS = (
    (HAN_DIGITS, f'{_MANY}.,年月日号天周个多余来季小分秒时点旬世星礼半刻钟-—–~～至到昼、和及万亿 五”"期规计末初开收'),
    ("今昨明去来大前后本同当次翌隔", "年天日晚早晨夜明今月周季世星礼大前后春夏秋冬"),
    ("那", "一年"),
    ("昨今明前后本当去上下这", "(（"),
    ("上下这", "上下个一周月年半世季星礼"),
    ("前头首第近闰", _MANY),
    ("年月", "底末初中"),
    ("周", "一二三四五六日天末"),
    ("最过未今接此刚星礼正冬腊农阴旧夏大", "近去来后下前刚期拜月历年"),
    ("公", "元"),
    *((name[0], name[1]) for name in f"{ERAS}|{HOLIDAYS}".split("|")),
)
_AFTER_DIGIT = f"{_MANY}.,+QH年月日号天周个多余来季小分秒时点旬世星礼刻钟-—–~～至到昼、和及万亿 "


def _start() -> str:
    seconds: dict[str, str] = {}
    for first, second in _PAIRS:
        for char in first:
            seconds[char] = seconds.get(char, "") + second
    firsts: dict[str, str] = {}
    for char, second in seconds.items():
        key = re.escape("".join(sorted(set(second))))
        firsts[key] = firsts.get(key, "") + char
    pairs = "|".join(f"[{second}](?<=[{first}].)" for second, first in firsts.items())
    return rf"[0-9{''.join(seconds)}](?:{pairs}|[{re.escape(_AFTER_DIGIT)}](?<=[0-9].)(?<![0-9.A-Za-z_第/][0-9].)(?<![0-9],[0-9].))"


START = _start()
