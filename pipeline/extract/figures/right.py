"""What follows a number: vague marker, percent sign, currency, unit, classifier, trailing bound."""

import re

from pipeline.numerals import LETTERS, Numeral

from .figure import Figure, from_numeral, rounded
from .lexica import Measure, comparators_en, comparators_zh, may_be_unit, symbols_lower, units_en, units_zh

_HAN = re.compile("[\u3400-\u9fff]")
_MARKER = re.compile(r"[多余](?!于)|\+(?![A-Za-z0-9\u4e00-\u9fff]*[A-Za-z0-9])")
_SPACED = re.compile(" [多余](?!于)")
_MARKERS = frozenset("多余+")
_AFTER_UNIT = re.compile("多(?![少数种次年元方彩样云])|有余|半(?![年月天小导])")
_FIRST = re.compile(r"[A-Za-z]*")
_RUN = re.compile(r"[ -]?([A-Za-z%‰°$€£¥ºμµΩ℃℉²³][A-Za-z0-9%°/²³μµ.·^$-]*(?: [A-Za-z0-9²³]+){0,4})")
_WORD_END = re.compile(r"(?![A-Za-z0-9])")
_RIGHT_EN = re.compile(r" ?(\+)(?![A-Za-z0-9])|[ ,-]{1,2}((?:and|or)(?: [a-z]+)|[a-z]+(?: [a-z]+)?)")
_CENTIMETRES = re.compile("[0-9]{2}(?![0-9.,米厘毫公])")  # 1米78
_YUAN = frozenset("元块圆")


def look_right(figure: Figure, text: str) -> None:
    """Extend a figure by what follows it, and set kind, unit and bounds."""
    if figure.numeral.form == "part" and (factor := _PARTS.get(_below(figure, text))):
        figure.scale(factor)
        figure.kind = figure.rule = "percent"
        figure.unit, figure.unit_text = "%", _below(figure, text) + "分之"
        return _bound_zh(figure, text)
    after = text[figure.end : figure.end + 1]
    if after == " " or after == "+":
        after = text[figure.end + 1 : figure.end + 2]
    if "\u3400" <= after <= "\u9fff":
        _right_zh(figure, text)
    else:
        if marker := _marker(figure, text):
            figure.end = figure.core_end = marker.end()
            figure.compare("gt")
        _right_en(figure, text)
        if figure.kind != "number" and figure.cmp == "eq" and "\u3400" <= text[figure.end : figure.end + 1] <= "\u9fff":
            _bound_zh(figure, text)


def _marker(figure: Figure, text: str) -> re.Match[str] | None:
    """多, 余 or + behind the number; also behind a blank where one stands before the number as well."""
    if text[figure.end : figure.end + 1] == " " == text[figure.start - 1 : figure.start]:
        return _SPACED.match(text, figure.end)
    return _MARKER.match(text, figure.end) if text[figure.end : figure.end + 1] in _MARKERS else None


def is_measured_year(text: str, start: int, end: int) -> bool:
    """Whether what looks like a year by itself counts something: 1200 degrees, 2000公里."""
    if end - start != 4 or not text[start:end].isdigit():
        return False
    figure = from_numeral(Numeral(start, end, 1, 1, 1, "eq", "arabic"))
    look_right(figure, text)
    return figure.kind != "number" or (figure.classifier or "个") not in "个次届期级年本部"


def _right_zh(figure: Figure, text: str) -> None:
    marker = _marker(figure, text)
    if marker:
        figure.end = marker.end()
        figure.compare("gt")
    elif text.startswith("来", figure.end) and figure.numeral.form == "han" and text[figure.end - 1] in "十百":
        figure.end += 1
        figure.compare("approx")
    if figure.numeral.form == "part" and (factor := _PARTS.get(_below(figure, text))):
        figure.scale(factor)
        figure.kind, figure.unit, figure.unit_text, figure.rule = (
            "percent",
            "%",
            _below(figure, text) + "分之",
            "percent",
        )
        return _bound_zh(figure, text)
    pos = figure.end + (text[figure.end : figure.end + 1] == " ")
    measure, end = _measure_zh(text, pos)
    if measure and not (measure.currency and measure.factor < 1 and not _is_small_coin(text, pos, end)):
        _apply(figure, text, measure, text[pos:end], end)
        if text[pos] in _YUAN and measure.currency == "CNY":
            _coins(figure, text)
        elif measure.factor == 0.1 and measure.currency == "CNY" and (rest := _CENT.match(text, end)):
            _cents(figure, rest)
        elif measure.unit == "m" and (figure.value or 10) < 10 and (rest := _CENTIMETRES.match(text, end)):
            figure.value = figure.low = figure.high = rounded((figure.value or 0) + float(f"0.{rest[0]}"))
            figure.end = figure.core_end = rest.end()
    elif marker is None and pos > figure.end:
        return
    _bound_zh(figure, text)


_PARTS = {"百": 100, "千": 100, "万": 100, "100": 100}


def _below(figure: Figure, text: str) -> str:
    """What stands before 分之."""
    return text[figure.numeral.start : figure.numeral.end].partition("分之")[0]


def _measure_zh(text: str, pos: int) -> tuple[Measure | None, int]:
    units = units_zh()
    for key in units.at(text, pos):
        measure, end = units.table[key], pos + len(key)
        blocked = measure.in_word(text, pos, end)
        if key == "块" and (blocked or _is_piece(text, pos)):
            return Measure("number", classifier=key), end
        if key == "节" and text[end : end + 1] in _NODES:
            continue
        if key == "节" and not _SPEED.search(text, max(0, pos - 10), pos):
            return Measure("number", classifier=key), end
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


def _is_piece(text: str, pos: int) -> bool:
    """一块 is a piece and no money, unless coins follow."""
    return text[pos - 1] == "一" and not _COIN.match(text, pos + 1)


# 成 is a tenth unless it starts another word: 六成, but not 三成为.
_CHENG = re.compile("成(?:半|[一二三四五六七八九](?!千|百|十))?(?![为立功员本果绩长就型熟年品份交效人都千])")


def _tenths(text: str, pos: int) -> tuple[Measure | None, int]:
    match = _CHENG.match(text, pos) if text[pos : pos + 1] == "成" else None
    return (Measure("percent", 10, "%"), match.end()) if match else (None, pos)


_COIN = re.compile(
    "(零?[0-9]|零?[一二两三四五六七八九])(?:(角|毛)(?![不没])|(分)(?![之钟不没])|(?=[^0-9年月日多十百千万亿点]|$))"
)
_DIGITS = {char: i % 10 for i, char in enumerate("零一二三四五六七八九", 10)} | {"两": 2}


def _coins(figure: Figure, text: str) -> None:
    """九元九角九分; 九块九."""
    pos, place, total = figure.end, 0.1, 0.0
    while place > 0.001 and (match := _COIN.match(text, pos)):
        digit = int(match[1][-1]) if match[1][-1].isascii() else _DIGITS[match[1][-1]]
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
    digit = int(rest[1]) if rest[1].isascii() else _DIGITS[rest[1]]
    figure.value = figure.low = figure.high = round((figure.value or 0) + digit / 100, 2)
    figure.end = figure.core_end = rest.end()


def _is_small_coin(text: str, pos: int, end: int) -> bool:
    """分 and 角 are money beside other money only: 3分钱, 5角."""
    return (text[pos] != "分" and text[pos] != "角") or text[end - 1] == "钱" or text[pos - 2 : pos - 1] in "元块角毛"


def _bound_zh(figure: Figure, text: str) -> None:
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


_PER = re.compile(
    " (?:per|an?|each|every) (day|hour|year|month|week|minute|second|hectare|acre|kilometre|kilometer|litre|liter)\\b"
    "|(?:/|每)(天|日|小时|年|月|周|分钟|秒|亩|公顷|升|公里|平方米|立方米|吨)(?![0-9])"
)
_PER_SIGNS = frozenset(" /每")
_TIMES = {"day": "d", "hour": "h", "year": "a", "month": "mo", "week": "wk", "minute": "min", "second": "s"}
_TIMES |= {"天": "d", "日": "d", "小时": "h", "年": "a", "月": "mo", "周": "wk", "分钟": "min", "秒": "s"}


def _rate(figure: Figure, text: str) -> None:
    """Barrels per day, 吨/年: the unit goes on."""
    match = _PER.match(text, figure.core_end) if text[figure.core_end : figure.core_end + 1] in _PER_SIGNS else None
    if not match or figure.unit is None or "/" in figure.unit or figure.unit in {"a", "times", "point", "fold"}:
        return
    word = match[1] or match[2]
    measure = units_en()[1].get(word) or units_zh().table.get(word)
    below = _TIMES.get(word) or (measure and measure.unit)
    if below:
        figure.unit, figure.unit_text = f"{figure.unit}/{below}", f"{figure.unit_text}{match[0]}"
        figure.end = figure.core_end = match.end()


def _apply(figure: Figure, text: str, measure: Measure, surface: str, end: int) -> None:
    figure.kind, figure.unit = measure.kind, measure.unit
    figure.classifier = measure.classifier
    if measure.unit:
        figure.unit_text = surface
    if measure.currency and not (figure.currency and surface[0] in "元块圆d"):
        figure.currency, figure.explicit = measure.currency, surface not in ("元", "块", "块钱", "角", "毛", "dollar")
    if measure.kind == "percent" and surface.startswith("成") and len(surface) == 2 and figure.value is not None:
        figure.value += 0.5 if surface[1] == "半" else _DIGITS[surface[1]] / 10
        figure.low = figure.high = figure.value
    factor = 1 if surface == "折" and (figure.value or 0) > 10 else measure.factor  # 85折 is 8.5折
    figure.scale(factor)
    figure.factor = factor
    figure.end = figure.core_end = end
    if measure.kind == "quantity":
        _rate(figure, text)
    figure.rule = measure.kind if measure.kind != "number" else "classifier"


def _right_en(figure: Figure, text: str) -> None:
    after = text[figure.end : figure.end + 1]
    if not after or "\u2e80" <= after <= "\uff5e" or after in "\n,.;":
        return _bound_en(figure, text)
    run = _RUN.match(text, figure.end)
    if run:
        letter = _letter(figure, text, run)
        if letter:
            run = _RUN.match(text, figure.end)
    if run:
        _measure_en(figure, text, run)
    _bound_en(figure, text)


def _measure_en(figure: Figure, text: str, run: re.Match[str]) -> None:
    symbols, words = units_en()
    start = run.start(1)
    if run[1][0] in "CF" and start == figure.end and _WORD_END.match(text, start + 1) and _is_warm(figure, text):
        return _apply(figure, text, symbols["°" + run[1][0]], run[1][0], start + 1)
    if not may_be_unit(_FIRST.match(run[1])[0]):  # type: ignore[index]
        return None
    blank = start > figure.end
    tokens = run[1].split(" ")
    for count in range(len(tokens), 0, -1):
        surface = " ".join(tokens[:count]).rstrip(".-/")
        measure = words.get(surface.lower().replace("-", " ")) or words.get(surface.lower())
        if measure and surface.istitle() and " " not in surface and surface not in _TITLED:
            measure = None
        if surface == "cup" and (figure.value or 0) > 1 and text[figure.end] == " ":  # two cup ties
            return None
        if measure and surface == "times" and not _is_multiple(figure, text, start + 5):
            measure = None
        if measure and _is_mass(surface, text, figure.end, start + len(surface)):
            measure = words["pound-mass"]
        if measure and not (surface == "won" and (figure.value or 0) < 100):
            return _apply(figure, text, measure, surface, start + len(surface))
        measure = symbols.get(surface) or (symbols_lower().get(surface.lower()) if len(surface) > 2 else None)
        if measure and not (blank and _needs_touch(surface)):
            return _apply(figure, text, measure, surface, start + len(surface))
    head = re.match(r"[A-Za-z%‰°²³]+", run[1])
    while head and "-" in run[1] and (surface := head[0]):
        measure = words.get(surface.lower()) or symbols.get(surface)
        if measure:
            return _apply(figure, text, measure, surface, start + len(surface))
        break
    if run[1][0] in "%‰":
        _apply(figure, text, symbols[run[1][0]], run[1][0], start + 1)
    return None


_WARM = {
    "C": re.compile(
        r"\b(?:temperature|heat|hot|cold|warm|cool|mercury|thermometer|degrees|freezing|chill|frost|sunny|weather)",
        re.I,
    ),
    "F": re.compile(
        r"\b(?:temperature|heat|mercury|thermometer|degrees|freezing|chill|frost)|[0-9]C \(|[0-9]F\)", re.I
    ),
}


def _is_warm(figure: Figure, text: str) -> bool:
    """Whether 37C and 98F are degrees: the text around speaks of warmth."""
    return abs(figure.value or 0) < 140 and (
        _WARM[text[figure.end]].search(text, max(0, figure.start - 90), figure.end + 60) is not None
    )


_TITLED = frozenset({"Celsius", "Fahrenheit", "Kelvin"})


def _needs_touch(symbol: str) -> bool:
    """Symbols that are words or names when a blank stands before them: 5 in, Class 5 A."""
    return symbol == "in" or (len(symbol) == 1 and symbol.isalpha() and symbol not in "gmtp")


_COMPARED = re.compile(
    " (?:as|the|more|higher|larger|greater|bigger|faster|stronger|longer|cheaper|heavier|oversubscribed"
    "|subscribed|covered|what|their|her|our|its|his|last|that|earnings|sales|book)\\b"
)


def _is_multiple(figure: Figure, text: str, end: int) -> bool:
    """1.9 times, four times as many; not: won it four times."""
    return _COMPARED.match(text, end) is not None or (figure.value or 0) % 1 != 0


def _is_mass(surface: str, text: str, before: int, end: int) -> bool:
    """Pounds are money but for "two pounds of rice", "a 20-pound bag", and where something weighs so many."""
    if surface not in ("pound", "pounds"):
        return False
    of = text.startswith(" of ", end) and not text.startswith((" of debt", " of public", " of tax"), end)
    return of or text[before] == "-" or _WEIGHS.search(text, max(0, before - 28), before) is not None


_WEIGHS = re.compile(r"\b(?:weigh(?:s|ed|ing|t)?|overweight|heavier)\b[a-z ]*[0-9][0-9.,]*\Z")
_RACES = frozenset({50, 100, 200, 400, 800})
_METRES = re.compile(
    r"m(?: (?:high|tall|long|wide|deep|thick|above|below|away|from|sprint|race|hurdles|final|heats?|relay|butterfly|"
    r"freestyle|backstroke|breaststroke|medley|dash|steeplechase|champion|runner|record|swim|indoor|title|freestyle))\\b"
)


_NEXT = re.compile(r" ([a-z]+)\b")
_MONIES = frozenset(
    {"euros", "dollars", "pounds", "yen", "yuan", "francs", "rupees", "roubles", "rubles", "pesos", "kronor"}
)


def _letter(figure: Figure, text: str, run: re.Match[str]) -> bool:
    """A letter that is a scale here: $5m, $5 m, 133m texts, 25k. Metres and 4K screens are left alone."""
    letter, place = run[1][0], run.start(1)
    if letter not in LETTERS or not _WORD_END.match(text, place + 1):
        return False
    if place != figure.end and (figure.currency is None or text[figure.end] != " "):
        return False
    if figure.currency is None and not _is_scale(figure, text, letter):
        return False
    figure.scale(LETTERS[letter])
    figure.end = figure.core_end = place + 1
    figure.rule = "scale-letter"
    return True


def _is_scale(figure: Figure, text: str, letter: str) -> bool:
    value = figure.value or 0
    if letter == "m":
        if (word := _NEXT.match(text, figure.end + 1)) and word[1] in _MONIES:
            return True  # 100m euros
        return (
            not _HAN.match(text, figure.end + 1)
            and value < 1000
            and not _METRES.match(text, figure.end)
            and value not in (50, 100, 200, 400, 800)
        )
    follows = re.compile(r" [a-z]{3,}|[-–.,;)]|$").match(text, figure.end + 1) is not None
    return letter in "kKMB" and follows and not (letter == "K" and value <= 10)


_BOUND_SIGNS = frozenset(" ,+-")


def _bound_en(figure: Figure, text: str) -> None:
    if text[figure.end : figure.end + 1] not in _BOUND_SIGNS:
        return
    match = _RIGHT_EN.match(text, figure.end)
    if not match:
        return
    words = comparators_en()[1]
    if match[1]:
        figure.end = match.end()
        figure.compare("gt")
        return
    for surface in (match[2], match[2].split(" ")[0]):
        if surface in words and surface != "something":
            figure.end = match.start(2) + len(surface)
            figure.compare(words[surface])
            return
