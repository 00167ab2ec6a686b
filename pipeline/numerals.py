"""Read numerals: Arabic, Chinese, mixed (3.5亿, 20多万) and English words, with the bounds they state themselves.

All functions take folded text (see :func:`pipeline.text.fold`). ``ARABIC``, ``HAN`` and ``WORDS`` are fragments for the
expressions of other modules: a number in digits, a Chinese whole number, an English whole number. What stands around a
numeral (comparator, unit, whether it is a figure at all) is not decided here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from pipeline import lexicon
from pipeline.records import Comparator


class Numeral(NamedTuple):
    """A numeral and what it says. ``value`` is None for a range; a bound that is not stated is None."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    cmp: Comparator
    form: (
        str  # the rule that read it: arabic, tail (1.2bn), mixed, han, digits (二〇二一), scale (百 alone), words, ...
    )


def _table(*kinds: str) -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in lexicon.rows("numerals.csv") if row["kind"] in kinds}


def _any(words: Iterable[str], capital: bool = True) -> str:
    """One of the words, the longest first; ``capital``: the first letter in either case."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" if capital else w for w in ordered)


_DIGIT, _UNIT, _SCALE = _table("han-digit"), _table("han-unit"), _table("han-scale")
_ONES, _TENS, _BIG = _table("en-one"), _table("en-ten"), _table("en-scale")
_SMALL = _table("en-one", "en-teen")
_PLURAL, _PART, _GLYPH = _table("en-plural"), _table("en-part"), _table("glyph")
SCALE_WORDS = _table("tail") | _BIG
LETTERS = _table("letter")  # letters behind digits that are a scale in some contexts only: 10m, 5k

# Groups are bounded, so that a long run of them costs no second look from every start.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]{1,3}(?:\ [0-9]{3}){1,6}(?![0-9]|[,:/\-][0-9])|[0-9]+)"
    r"(?:\.[0-9]+)?"
)
_D, _U, _S, _G = ("".join(table) for table in (_DIGIT, _UNIT, _SCALE, _GLYPH))
HAN = f"[{_D}{_U}{_S}]{{1,24}}"
_ORE = "[多余餘来來]"
# 千, 兆 and 百 before a measure belong to it: 5千克, 300兆瓦, 960百帕; so does 百 to 百分之.
_FREE = "(?<!千(?=[瓦克米卡伏赫焦帕字牛兆]))(?<!兆(?=[瓦赫焦帕字比]))(?<!百(?=帕|分之))"
_SCALES = f"(?:[十百千拾佰仟{_S}]{_FREE}){{1,4}}"
_RUN = f"(?:[{_D}{_U}{_S}几幾]{_FREE}){{1,24}}"
_DECIMALS = f"点[{_D}]{{1,12}}(?![{_U}分刻半钟鐘点])[{_S}]{{0,2}}"
_UNDER_100 = rf"(?:(?:{_any(_TENS)})(?:[-\ ](?:{_any(_ONES)})\b)?|(?:{_any(_SMALL)}))\b"
_UNDER_1000 = rf"(?:{_UNDER_100}(?:[-\ ]hundred\b(?:(?:\ and)?\ {_UNDER_100})?)?)"
_SCALE_WORD = f"(?:{_any(_BIG, False)})"
WORDS = rf"(?:{_UNDER_1000}(?:[-\ ]{_SCALE_WORD}\b(?:,?(?:\ and)?\ {_UNDER_1000})?){{0,4}})"
_TIME = r"(?![-\ ](?:years?|months?|weeks?|days?|hours?|minutes?)\b)"

_SIGNS = rf"""
    (?P<part>(?:{ARABIC}|{HAN})分之(?:{HAN}(?:{_DECIMALS})?|{ARABIC}))
  | (?P<slash>[0-9]{{1,4}}/[0-9]{{1,4}}(?![0-9A-Za-z_/]|[.,:-][0-9]))
  | (?P<number>{ARABIC})(?:
        (?P<power>(?:\ ?[x×]\ ?10\^?-?|[eE][-+]?)[0-9]{{1,2}}(?![0-9A-Za-z]))
      | (?P<glyphs>\ ?[{_G}])
      | (?P<plus>\ [0-9]/[0-9]{{1,2}}(?![0-9/]))
      | (?P<mixed>\ ?(?:{_ORE}|[几幾])?{_SCALES}(?:[0-9]{{1,4}}(?:\.[0-9]+)?{_SCALES}){{0,3}})
      | (?P<tail>[-\ ]?(?:{_any(SCALE_WORDS, False)})(?![A-Za-z0-9])(?:\ {_SCALE_WORD}\b)?)
      | (?P<ratio>\ (?:in|out\ of)\ (?:every\ )?(?:10|20|50|100|1,000|10,000|100,000)(?![0-9,.%])\b{_TIME})
      | (?P<arabic>)
    )
  | (?P<moiety>一半(?![天年月个])|半数|半(?=公[里斤升顷]|[斤吨升亩磅]|米(?!饭)|英[里尺]))
  | (?P<some>[数數几幾]{_SCALES})
  | (?P<han>{_RUN}(?:{_ORE}[百千{_S}]{{1,3}}{_FREE}|{_DECIMALS})?)
  | (?P<glyph>[{_G}])
"""
_WORDS = rf"""
    (?P<vague>(?:(?!tens|[Ss]cores|Tens)|(?=\w+\ of\ ))(?:{_any(_PLURAL)})(?:\ of\ (?:{_any(_PLURAL, False)}))?\b(?!-))
  | (?P<odds>(?:{_any(_ONES)})\ (?:in|out\ of)\ (?:every\ )?(?:{_any(_SMALL, False)}|10|20|50|100|1,000)\b{_TIME})
  | (?P<thirds>(?:{_any(_SMALL)})[-\ ](?:{_any(_PART, False)})\b(?!-)
        |[Aa]n?\ (?:{_any(_PART, False)})\b(?!-|\ an?\b)|[Hh]alf\b(?!-|\ an?\b))
  | (?P<dozen>(?:[Hh]alf[-\ ]an?[-\ ]|[Aa]n?\ )?(?:{_any(_BIG)})\b)
  | (?P<words>{WORDS}(?:\ and\ (?:a|one)[-\ ](?P<rest>half|quarter|third|fourth)\b(?:\ {_SCALE_WORD}\b)?
        |\ point(?:\ (?:{_any(_ONES, False)})\b){{1,6}}(?:\ {_SCALE_WORD}\b)?)?)
"""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A quick search for where a numeral may start, and what to match there: led by a sign, or by a word."""
    words = {*_SMALL, *_TENS, *_BIG, *_PLURAL, "half", "a", "an"}
    words |= {word.capitalize() for word in words}
    start = re.compile(rf"[0-9{_D}{_U}{_S}{_G}数數几幾半]|\b{lexicon.pattern(words)}\b")
    return start, re.compile(_SIGNS, re.VERBOSE), re.compile(_WORDS, re.VERBOSE)


def find(text: str) -> Iterator[Numeral]:
    """All numerals of a folded text, in order, without overlap. Time is linear in the length of the text.

    >>> [(n.value, n.cmp) for n in find("20多万名, 三百二十一, 1.2bn, two dozen")]
    [(200000.0, 'gt'), (321.0, 'eq'), (1200000000.0, 'eq'), (24.0, 'eq')]
    """
    start, signs, words = _patterns()
    hit = start.search(text)
    while hit:
        rules = words if "A" <= text[hit.start()] <= "z" else signs
        match = rules.match(text, hit.start())
        if match and (numeral := _numeral(match)):
            yield numeral
        hit = start.search(text, match.end() if match else hit.end())


def read(surface: str) -> float | None:
    """The value of a folded string that is one exact numeral in any supported form; else None.

    >>> read("两千零五"), read("3.5亿"), read("twenty-one thousand"), read("百分之三十"), read("3 apples")
    (2005.0, 350000000.0, 21000.0, 0.3, None)
    """
    numeral = next(find(surface), None)
    return numeral.value if numeral and numeral.end - numeral.start == len(surface) else None


def read_han(surface: str) -> float | None:
    """The value of a Chinese whole number, or of digits read one by one; None where it is neither.

    >>> read_han("三百二十一"), read_han("二〇二一"), read_han("两万五"), read_han("壹佰零五"), read_han("十百")
    (321.0, 2021.0, 25000.0, 105.0, None)
    """
    if len(surface) > 1 and not surface.strip(_D):
        return float(_digits(surface))
    for scale in ("兆", "[亿億]", "[万萬]"):
        if match := re.fullmatch(f"(.*){scale}(.*)", surface):
            return _two_parts(match[1], _SCALE[scale.strip("[]")[0]], match[2])
    return _section(surface)


def _two_parts(above: str, scale: float, below: str) -> float | None:
    """三亿 and 五千万: the number before a scale and what follows it; 两万五 is short for 两万五千."""
    high = read_han(above) if above else 1
    low = read_han(below) if below else 0
    if high is None or low is None or low >= scale:
        return None
    return high * scale + (low * scale / 10 if len(below) == 1 and 0 < low < 10 and below in _DIGIT else low)


_SECTION = re.compile(rf"(?:([{_D}]?)[千仟])?零?(?:([{_D}]?)[百佰])?零?(?:([{_D}]?)[十拾]|([廿卅]))?([零〇]?[{_D}])?")


def _section(surface: str) -> float | None:
    """A number below ten thousand; 三千五 is short for 三千五百."""
    match = _SECTION.fullmatch(surface)
    if not surface or not match:
        return None
    value = _UNIT.get(match[4] or "", 0)
    for group, unit in ((1, 1000), (2, 100), (3, 10)):
        if match[group] is not None:
            value += _DIGIT.get(match[group], 1) * unit
    last = match[5] or ""
    short = len(last) == 1 and len(surface) > 1 and surface[-2] in "百佰千仟"
    return value + _DIGIT.get(last[-1:], 0) * (_UNIT[surface[-2]] / 10 if short else 1)


def _digits(surface: str) -> str:
    return "".join(str(int(_DIGIT[char])) for char in surface)


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


# ---------------------------------------------------------------------------------------- one reader a named group

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
    digits = decimals.rstrip(_S)
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


_PIECE = re.compile(rf"({ARABIC})\ ?({_ORE}|[几幾])?([十百千拾佰仟{_S}]+)", re.VERBOSE)


def _mixed(match: re.Match[str]) -> Reading:
    """3.5亿, 20多万, 1亿2000万, 3千5百万; 20几万 is a range."""
    total, marker, size = 0.0, "", 1.0
    for digits, vague, scale in _PIECE.findall(match[0]):
        size, marker = read_han(scale) or 1, marker or vague
        times = read_han("".join(char for char in scale if char in _SCALE)) or 1
        total = total * (times if total < size else 1) + scaled(digits, size)
    return _between(total, total + 10 * size) if marker in {"几", "幾"} else _more(total, marker)


def _tail(match: re.Match[str]) -> Reading:
    scale = 1.0
    for word in match["tail"].replace("-", " ").split():
        scale *= SCALE_WORDS[word]
    return _eq(scaled(match["number"], scale))


def _some(match: re.Match[str]) -> Reading:
    """数百万, 几十: one to ten times the scale."""
    low = read_han(match[0][1:])
    return _between(low, low and 10 * low)


# 两三百, 七八个, 三五年: a digit beside the next one; longer runs are digits read one by one.
_PAIR = re.compile(rf"(?<![{_D}])(?:一[二两兩]|[二两兩]三|三四|三五|四五|五六|六七|七八|八九)(?![{_D}])")


@lru_cache(4096)
def _han(surface: str) -> Reading:
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
        low *= _PLURAL[word]
    return _between(low, 10 * low)


def _odds(match: re.Match[str]) -> Reading:
    words = match[0].lower().split()
    return _fraction(_SMALL[words[0]], _SMALL[words[-1]] if words[-1] in _SMALL else scaled(words[-1]))


def _thirds(match: re.Match[str]) -> Reading:
    *above, below = match[0].lower().replace("-", " ").split()
    return _fraction(_SMALL.get(above[0], 1) if above else 1, _PART[below])


def _dozen(match: re.Match[str]) -> Reading:
    words = match[0].lower().replace("-", " ").split()
    return _eq(_BIG[words[-1]] / (2 if words[0] == "half" else 1))


def _spelled(match: re.Match[str]) -> Reading:
    """Two hundred and five thousand; two and a half million; three point five."""
    words = re.sub(r" and (?!(?:a|one)[- ](?:half|quarter|third|fourth)\b)|-|,", " ", match[0].lower()).split()
    if "point" in words:
        i = words.index("point")
        scale = _BIG.get(words[-1], 1)
        digits = "".join(str(int(_ONES[word])) for word in words[i + 1 :] if word in _ONES)
        return _eq(scaled(f"{int(_spell(words[:i]))}.{digits}", scale))
    if match["rest"]:
        i = words.index(match["rest"])
        value = _spell(words[: i - 2]) + 1 / _PART[match["rest"]]
        return _eq(value * (_BIG[words[-1]] if i + 1 < len(words) else 1))
    return _eq(_spell(words))


def _spell(words: list[str]) -> float:
    total = group = 0.0
    for word in words:
        if word == "hundred" or word == "dozen":
            group *= _BIG[word]
        elif word in _BIG:
            total, group = (total + group) * _BIG[word] if group == 0 else total + group * _BIG[word], 0
        else:
            group += _SMALL.get(word, _TENS.get(word, 0))
    return total + group


_READERS: dict[str, Callable[[re.Match[str]], Reading]] = {
    "part": _part,
    "slash": _slash,
    "ratio": _ratio,
    "power": _power,
    "plus": lambda match: _plus(match["number"], match["plus"]),
    "glyphs": lambda match: _eq(scaled(match["number"]) + _GLYPH[match["glyphs"].strip()]),
    "mixed": _mixed,
    "tail": _tail,
    "arabic": lambda match: _eq(scaled(match["number"])),
    "moiety": lambda match: _eq(0.5),
    "some": _some,
    "han": lambda match: _han(match[0]),
    "glyph": lambda match: _eq(_GLYPH[match[0]]),
    "vague": _vague,
    "odds": _odds,
    "thirds": _thirds,
    "dozen": _dozen,
    "words": _spelled,
}


def _numeral(match: re.Match[str]) -> Numeral | None:
    form = match.lastgroup or ""
    reading = _READERS[form](match)
    if reading is None:
        return None
    low, high, cmp = reading
    if form == "han":
        form = _han_form(match[0])
    return Numeral(
        match.start(), match.end(), None if cmp == "range" else low, low, None if cmp == "gt" else high, cmp, form
    )


@lru_cache(4096)
def _han_form(surface: str) -> str:
    """scale: 百, 千万 alone; digits: 二〇二一; else han."""
    if not surface.strip("百千佰仟" + _S):
        return "scale"
    return "digits" if len(surface) > 1 and not surface.strip(_D) else "han"
