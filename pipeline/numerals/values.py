"""What a numeral is worth: Chinese whole numbers, digits with a scale, and one reader for each group of the grammar."""

import re
from collections.abc import Callable
from functools import lru_cache
from math import inf

from pipeline.records import Comparator

from .grammar import (
    ARABIC,
    BIG,
    DIGIT,
    GLYPH,
    ONES,
    ORE,
    PART,
    PLURAL,
    SCALE,
    SCALE_WORDS,
    SMALL,
    TENS,
    UNIT,
    D,
    S,
)  # fmt: skip


@lru_cache(4096)
def read_han(surface: str) -> float | None:
    """The value of a Chinese whole number, or of digits read one by one; None where it is neither.

    >>> read_han("三百二十一"), read_han("二〇二一"), read_han("两万五"), read_han("壹佰零五"), read_han("十百")
    (321.0, 2021.0, 25000.0, 105.0, None)
    """
    if len(surface) > 1 and not surface.strip(D):
        return float(_digits(surface))
    for scale in ("兆", "[亿億]", "[万萬]"):
        if match := re.fullmatch(f"(.*){scale}(.*)", surface):
            return _two_parts(match[1], SCALE[scale.strip("[]")[0]], match[2])
    return _section(surface)


def _two_parts(above: str, scale: float, below: str) -> float | None:
    """三亿 and 五千万: the number before a scale and what follows it; 两万五 is short for 两万五千."""
    high = read_han(above) if above else 1
    low = read_han(below) if below else 0
    if high is None or low is None or low >= scale:
        return None
    return high * scale + (low * scale / 10 if len(below) == 1 and 0 < low < 10 and below in DIGIT else low)


_SECTION = re.compile(rf"(?:([{D}]?)[千仟])?零?(?:([{D}]?)[百佰])?零?(?:([{D}]?)[十拾]|([廿卅]))?([零〇]?[{D}])?")


def _section(surface: str) -> float | None:
    """A number below ten thousand; 三千五 is short for 三千五百."""
    match = _SECTION.fullmatch(surface)
    if not surface or not match:
        return None
    value = UNIT.get(match[4] or "", 0)
    for group, unit in ((1, 1000), (2, 100), (3, 10)):
        if match[group] is not None:
            value += DIGIT.get(match[group], 1) * unit
    last = match[5] or ""
    short = len(last) == 1 and len(surface) > 1 and surface[-2] in "百佰千仟"
    return value + DIGIT.get(last[-1:], 0) * (UNIT[surface[-2]] / 10 if short else 1)


def _digits(surface: str) -> str:
    return "".join(str(int(DIGIT[char])) for char in surface)


def scaled(digits: str, scale: float = 1) -> float:
    """Digits times a whole scale, correctly rounded.

    >>> scaled("343,691.1", 10_000)
    3436911000.0
    """
    if scale == 1 and len(digits) < 300:
        return float(digits.replace(",", "").replace(" ", ""))
    whole, _, decimals = digits.replace(",", "").replace(" ", "").partition(".")
    if len(whole) > 300:
        return inf
    return float(int(whole + decimals[:300]) * int(scale) / 10 ** len(decimals[:300]))


_CMP: dict[str, Comparator] = {"多": "gt", "余": "gt", "餘": "gt", "来": "approx", "來": "approx"}
Reading = tuple[float | None, float | None, Comparator] | None  # low, high, comparator; a value where low is high


def _eq(value: float | None) -> Reading:
    return None if value is None else (value, value, "eq")


def _more(value: float | None, marker: str) -> Reading:
    return None if value is None else (value, value, _CMP.get(marker, "eq"))


def _between(low: float | None, high: float | None) -> Reading:
    return None if low is None or high is None else (low, high, "range")


def _number(surface: str) -> float | None:
    """A number in digits or in Chinese, with decimals."""
    if surface[0].isascii():
        return scaled(surface)
    whole, point, decimals = surface.partition("点")
    value = read_han(whole)
    if not point or value is None:
        return value
    digits = decimals.rstrip(S)
    return scaled(f"{int(value)}.{_digits(digits)}", read_han(decimals[len(digits) :]) or 1)


def _fraction(above: float | None, below: float | None) -> Reading:
    return None if above is None or not below else _eq(above / below)


def _part(match: re.Match[str]) -> Reading:
    below, _, above = match[0].partition("分之")
    return _fraction(_number(above), _number(below))


def _slash(match: re.Match[str]) -> Reading:
    above, _, below = match[0].partition("/")
    return _fraction(float(above), float(below))


def _plus(whole: str, part: str) -> Reading:
    above, _, below = part.strip().partition("/")
    return _eq(scaled(whole) + float(above) / float(below)) if float(below) else None


def _ratio(match: re.Match[str]) -> Reading:
    return _fraction(scaled(match["number"]), scaled(match["ratio"].rpartition(" ")[2]))


def _power(match: re.Match[str]) -> Reading:
    exponent = re.sub(r"[eE]|.*[x×] ?10\^?", "", match["power"])
    return _eq(float(f"{scaled(match['number'])}e{exponent}"))


_PIECE = re.compile(rf"({ARABIC})\ ?({ORE}|[几幾])?个?([十百千拾佰仟{S}]+)", re.VERBOSE)


def _mixed(match: re.Match[str]) -> Reading:
    """3.5亿, 20多万, 1亿2000万, 3千5百万; 20几万 is a range."""
    total, marker, size = 0.0, "", 1.0
    for digits, vague, scale in _PIECE.findall(match[0]):
        size, marker = read_han(scale) or 1, marker or vague
        times = read_han("".join(char for char in scale if char in SCALE)) or 1
        total = total * (times if total < size else 1) + scaled(digits, size)
    return _between(total, total + 10 * size) if marker in {"几", "幾"} else _more(total, marker)


def _tail(match: re.Match[str]) -> Reading:
    scale = 1.0
    for word in match["tail"].replace("-", " ").split():
        scale *= SCALE_WORDS[word]
    return _eq(scaled(match["number"], scale))


def _some(match: re.Match[str]) -> Reading:
    """数百万, 几十: one to ten times the scale."""
    low = read_han(match[0][1:].removeprefix("个"))
    return _between(low, low and 10 * low)


# 两三百, 七八个, 三五年: a digit beside the next one; longer runs are digits read one by one.
_PAIR = re.compile(rf"(?<![{D}])(?:一[二两兩]|[二两兩]三|三四|三五|四五|五六|六七|七八|八九)(?![{D}])")


@lru_cache(4096)
def _han(surface: str) -> Reading:
    surface = surface.replace("个", "")
    if "几" in surface or "幾" in surface:
        return _over_ten(surface.replace("幾", "几"))
    if pair := _PAIR.search(surface):
        i = pair.start()
        return _between(_number(surface[: i + 1] + surface[i + 2 :]), _number(surface[:i] + surface[i + 1 :]))
    marker = next((char for char in surface if char in _CMP), "")
    return _more(_number(surface.replace(marker, "")), marker)


def _over_ten(surface: str) -> Reading:
    """十几, 二十几万."""
    above, _, scale = surface.partition("几")
    low, times = read_han(above), read_han(scale) if scale else 1
    return _between(low * times, (low + 10) * times) if low and times and above[-1] in "十拾廿卅" else None


def _vague(match: re.Match[str]) -> Reading:
    """Dozens, hundreds of millions: one to ten times the scale."""
    low = 1.0
    for word in match[0].lower().split(" of "):
        low *= PLURAL[word]
    return _between(low, 10 * low)


def _odds(match: re.Match[str]) -> Reading:
    words = match[0].lower().split()
    return _fraction(SMALL[words[0]], SMALL[words[-1]] if words[-1] in SMALL else scaled(words[-1]))


def _thirds(match: re.Match[str]) -> Reading:
    *above, below = match[0].lower().replace("-", " ").split()
    return _fraction(SMALL.get(above[0], 1) if above else 1, PART[below])


def _dozen(match: re.Match[str]) -> Reading:
    words = match[0].lower().replace("-", " ").split()
    return _eq(BIG[words[-1]] / (2 if words[0] == "half" else 1))


def _spelled(match: re.Match[str]) -> Reading:
    """Two hundred and five thousand; two and a half million; three point five."""
    words = re.sub(r" and (?!(?:a|one)[- ](?:half|quarter|third|fourth)\b)|-|,", " ", match[0].lower()).split()
    if "point" in words:
        i = words.index("point")
        scale = BIG.get(words[-1], 1)
        digits = "".join(str(int(ONES[word])) for word in words[i + 1 :] if word in ONES)
        return _eq(scaled(f"{int(_spell(words[:i]))}.{digits}", scale))
    if match["rest"]:
        i = words.index(match["rest"])
        value = _spell(words[: i - 2]) + 1 / PART[match["rest"]]
        return _eq(value * (BIG[words[-1]] if i + 1 < len(words) else 1))
    return _eq(_spell(words))


def _spell(words: list[str]) -> float:
    total = group = 0.0
    for word in words:
        if word == "hundred" or word == "dozen":
            group *= BIG[word]
        elif word in BIG:
            total, group = (total + group) * BIG[word] if group == 0 else total + group * BIG[word], 0
        else:
            group += SMALL.get(word, TENS.get(word, 0))
    return total + group


READERS: dict[str, Callable[[re.Match[str]], Reading]] = {
    "part": _part,
    "slash": _slash,
    "ratio": _ratio,
    "power": _power,
    "plus": lambda match: _plus(match["number"], match["plus"]),
    "glyphs": lambda match: _eq(scaled(match["number"]) + GLYPH[match["glyphs"].strip()]),
    "mixed": _mixed,
    "tail": _tail,
    "arabic": lambda match: _eq(scaled(match["number"])),
    "moiety": lambda match: _eq(0.5),
    "some": _some,
    "han": lambda match: _han(match[0]),
    "glyph": lambda match: _eq(GLYPH[match[0]]),
    "vague": _vague,
    "odds": _odds,
    "thirds": _thirds,
    "dozen": _dozen,
    "words": _spelled,
}
