"""What follows a number in Chinese: percent sign, currency, unit, classifier, trailing bound."""

import re

from .figure import Figure, rounded
from .lexica import Measure, comparators_zh, units_zh
from .measured import TENTHS, apply

_MARKER = re.compile(r"[多余](?!于)|\+(?![A-Za-z0-9\u4e00-\u9fff]*[A-Za-z0-9])")
_SPACED = re.compile(" [多余](?!于)")
_MARKERS = frozenset("多余+")
_AFTER_UNIT = re.compile("多(?![少数种次年元方彩样云])|有余|半(?![年月天小导])")
_WORD_END = re.compile(r"(?![A-Za-z0-9])")
_CENTIMETRES = re.compile(  # 1米78, 一米八
    "[0-9]{2}(?![0-9.,米厘毫公])|[一二三四五六七八九]{1,2}(?=$|[^\\w]|[的高长宽深厚远左以多上身男女大帅也了就]|个[头子])"
)
_YUAN = frozenset("元块圆")


def marker_of(figure: Figure, text: str) -> re.Match[str] | None:
    """多, 余 or + behind the number; also behind a blank where one stands before the number as well."""
    if text[figure.end : figure.end + 1] == " " == text[figure.start - 1 : figure.start]:
        return _SPACED.match(text, figure.end)
    return _MARKER.match(text, figure.end) if text[figure.end : figure.end + 1] in _MARKERS else None


def right_zh(figure: Figure, text: str) -> None:
    marker = marker_of(figure, text)
    if marker:
        figure.end = marker.end()
        figure.compare("gt")
    elif text.startswith("来", figure.end) and figure.numeral.form == "han" and text[figure.end - 1] in "十百":
        figure.end += 1
        figure.compare("approx")
    pos = figure.end + (text[figure.end : figure.end + 1] == " ")
    measure, end = _measure_zh(figure, text, pos)
    if measure and not (measure.currency and measure.factor < 1 and not _is_small_coin(text, pos, end)):
        apply(figure, text, measure, text[pos:end], end)
        if text[pos] in _YUAN and measure.currency == "CNY":
            _coins(figure, text)
        elif measure.factor == 0.1 and measure.currency == "CNY" and (rest := _CENT.match(text, end)):
            _cents(figure, rest)
        elif measure.unit == "m" and (figure.value or 10) < 10 and (rest := _CENTIMETRES.match(text, end)):
            tenths = "".join(char if char.isascii() else str(TENTHS[char]) for char in rest[0])
            figure.value = figure.low = figure.high = rounded((figure.value or 0) + float(f"0.{tenths}"))
            figure.end = figure.core_end = rest.end()
    elif marker is None and pos > figure.end:
        return
    bound_zh(figure, text)


def _measure_zh(figure: Figure, text: str, pos: int) -> tuple[Measure | None, int]:
    units = units_zh()
    for key in units.at(text, pos):
        measure, end = units.table[key], pos + len(key)
        blocked = measure.in_word(text, pos, end)
        if key == "块" and (blocked or _is_piece(figure, text, pos)):
            return Measure("number", classifier=key), end
        if key == "节" and text[end : end + 1] in _NODES:
            continue
        if key == "节" and not _SPEED.search(text, max(0, pos - 10), pos):
            return Measure("number", classifier=key), end
        if key == "折" and (figure.value or 0) >= 100:  # 满1,111折200: so much off
            continue
        if key == "度" and _TWICE.match(text, max(0, pos - 8), pos):
            return Measure("number", classifier=key), end
        if key == "度":
            measure = measure._replace(unit=_degree(text, pos, end) or measure.unit)
        if not blocked and (not key[-1].isascii() or not key[-1].isalpha() or _WORD_END.match(text, end)):
            return measure, end
    return _tenths(text, pos)


_NODES = frozenset("点目日能约省奏假制气食余")
_SPEED = re.compile(r"[速航][^，。；、]{0,8}\Z")  # 节 is a knot where something moves, else a section
# 两度 is twice where nothing before it speaks of warmth.
_TWICE = re.compile(r"[^温热冷暖烧气水零升降]*(?<![十百千零点])[二两三四五六七八九]\Z")


_ANGLE = re.compile(r"(?:[纬经]|倾[角斜]|仰角|夹角|角度|方位角?|旋转|转体|视角|视场|广角)[^，。；、0-9]{0,3}[0-9.]+\Z")
_TURN = re.compile("全景|环绕|旋转|转体|转身|无死角|视角|大转弯|直角|角|仰角")
_POWER = re.compile(r"(?:电|能耗)[^，。；、0-9]{0,5}[0-9.万亿]+\Z")


def _degree(text: str, pos: int, end: int) -> str | None:
    """The unit of 度 that is no temperature: an angle, or in what is told of electricity a kilowatt hour."""
    before = max(0, pos - 16)
    if _TURN.match(text, end) or _ANGLE.search(text, before, pos):
        return "deg"
    return "kW.h" if text.startswith("电", end) or _POWER.search(text, before, pos) else None


# Things counted in 块, and what makes it money beside them.
_PIECES = re.compile(
    "(?:手表|腕表|怀表|电池|[瓷地红青板墙]砖|石头|玉石|屏幕|硬盘|芯片|[金银铜奖]牌|蛋糕|巧克力|[肥香]皂|玻璃|匾额|展板|木板)"
    "[^，。；、\n卖售价花钱收付值罚买]{0,5}\\Z"
)


def _is_piece(figure: Figure, text: str, pos: int) -> bool:
    """一块 is a piece and no money, unless coins follow; so are 20块 of what is counted so: 电池20块."""
    if _COIN.match(text, pos + 1) or text.startswith("钱", pos + 1):
        return False
    start = figure.core_start
    return text[pos - 1] == "一" or _PIECES.search(text, max(0, start - 12), start) is not None


# 成 is a tenth unless it starts another word: 六成, but not 三成为.
_CHENG = re.compile("成(?:半|[一二三四五六七八九](?!千|百|十))?(?![为立功员本果绩长就型熟年品份交效人都千])")


def _tenths(text: str, pos: int) -> tuple[Measure | None, int]:
    match = _CHENG.match(text, pos) if text[pos : pos + 1] == "成" else None
    return (Measure("percent", 10, "%"), match.end()) if match else (None, pos)


_COIN = re.compile(
    "(零?[0-9]|零?[一二两三四五六七八九])(?:(角|毛)(?![不没])|(分)(?![之钟不没])|(?=[^0-9年月日多十百千万亿点]|$))"
)


def _coins(figure: Figure, text: str) -> None:
    """九元九角九分; 九块九."""
    pos, place, total = figure.end, 0.1, 0.0
    while place > 0.001 and (match := _COIN.match(text, pos)):
        digit = int(match[1][-1]) if match[1][-1].isascii() else TENTHS[match[1][-1]]
        place = place / 10 if match[1][0] == "零" and place == 0.1 else place
        if not (match[2] or match[3]) and text[pos - 1] not in "块角毛":
            break
        total += digit * (0.01 if match[3] else place)
        pos, place = match.end(), place / 10
    if total and figure.value is not None:
        figure.value = figure.low = figure.high = round(figure.value + total, 2)
        figure.end = figure.core_end = pos + (text[pos : pos + 1] == "钱")


_CENT = re.compile("([1-9一二三四五六七八九])(?![0-9一二三四五六七八九十百千万亿点年月日个名])分?")  # 一毛六


def _cents(figure: Figure, rest: re.Match[str]) -> None:
    digit = int(rest[1]) if rest[1].isascii() else TENTHS[rest[1]]
    figure.value = figure.low = figure.high = round((figure.value or 0) + digit / 100, 2)
    figure.end = figure.core_end = rest.end()


def _is_small_coin(text: str, pos: int, end: int) -> bool:
    """分 and 角 are money beside other money only: 3分钱, 5角."""
    return (text[pos] != "分" and text[pos] != "角") or text[end - 1] == "钱" or text[pos - 2 : pos - 1] in "元块角毛"


def bound_zh(figure: Figure, text: str) -> None:
    sign = text[figure.end : figure.end + 1]
    if sign in _AFTER_UNITS and figure.end == figure.core_end:
        _after_unit(figure, text)
        sign = text[figure.end : figure.end + 1]
    words = comparators_zh()[1]
    pos = figure.end + (sign == " ")
    for key in words.at(text, pos):
        if _NOT_BOUND.match(text, pos) or (key == "起" and figure.kind != "money"):
            continue
        figure.end = pos + len(key)
        figure.compare(words.table[key])
        return


_AFTER_UNITS = frozenset("多有半")


def _after_unit(figure: Figure, text: str) -> None:
    """3公斤多, 3公斤有余, 3公斤半."""
    after = _AFTER_UNIT.match(text, figure.end)
    if after and after[0] != "半" and figure.kind != "number":
        figure.end = after.end()
        figure.compare("gt")
    elif after and after[0] == "半" and figure.value is not None and figure.kind in ("quantity", "money"):
        figure.value = figure.low = figure.high = figure.value + 0.5
        figure.end = figure.core_end = after.end()


_NOT_BOUND = re.compile(
    "起[来诉义伏源因草家]|许[可多诺]|上下[游班级文属联]|以上[所述海]|左右[手翼两]|起步[区较晚]|以下[简是几三四五六]"
)
