"""Which shapes a numeral may have: the words from the lexicon, and the expressions made of them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline import lexicon


def _table(*kinds: str) -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in lexicon.rows("numerals.csv") if row["kind"] in kinds}


def _any(words: Iterable[str], capital: bool = True) -> str:
    """One of the words, the longest first; ``capital``: the first letter in either case."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" if capital else w for w in ordered)


DIGIT, UNIT, SCALE = _table("han-digit"), _table("han-unit"), _table("han-scale")
ONES, TENS, BIG = _table("en-one"), _table("en-ten"), _table("en-scale")
SMALL = _table("en-one", "en-teen")
PLURAL, PART, GLYPH = _table("en-plural"), _table("en-part"), _table("glyph")
SCALE_WORDS = _table("tail") | BIG
LETTERS = _table("letter")  # letters behind digits that are a scale in some contexts only: 10m, 5k

# Groups are bounded, so that a long run of them costs no second look from every start.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]{1,3}(?:\ [0-9]{3}){1,6}(?![0-9]|[,:/\-][0-9])|[0-9]+)"
    r"(?:\.[0-9]+)?"
)
D, _U, S, _G = ("".join(table) for table in (DIGIT, UNIT, SCALE, GLYPH))
HAN = f"[{D}{_U}{S}]{{1,24}}"
SIGNS = f"0123456789{D}{_U}{S}{_G}数數几幾半"  # what a numeral may start with that is no word
ORE = "[多余餘来來]"
# 千, 兆 and 百 before a measure belong to it: 5千克, 300兆瓦, 960百帕; so does 百 to 百分之.
# 參 is a three among the digits of cheques alone: 參佰萬, but not 参数.
_FREE = (
    "(?<!千(?=[瓦克米卡伏赫焦帕牛兆]|字节))(?<!兆(?=[瓦赫焦帕比]|字节))(?<!百(?=帕|分之))"
    "(?<![参參](?![拾佰仟万萬亿億零壹贰貳肆伍陆陸柒捌玖元圆圓角分]))"
)
_SCALES = f"(?:[十百千拾佰仟{S}]{_FREE}){{1,4}}"
_COUNTED = "个多?(?=[亿億](?![万级吨]))"  # 20个亿, but not 三个亿万富翁
_LOWER = "(?:[0-9],[0-9]{3}|[0-9]{1,4})"  # what goes on below a scale: 5億2,640萬
_RUN = f"(?:[{D}{_U}{S}几幾]{_FREE}){{1,24}}"
_DECIMALS = f"点[{D}]{{1,12}}(?![{_U}分刻半钟鐘点])[{S}]{{0,2}}"
_UNDER_100 = rf"(?:(?:{_any(TENS)})(?:[-\ ](?:{_any(ONES)})\b)?|(?:{_any(SMALL)}))(?:\b|(?=fold\b))"
_UNDER_1000 = rf"(?:{_UNDER_100}(?:[-\ ]hundred\b(?:(?:\ and)?\ {_UNDER_100})?)?)"
_SCALE_WORD = f"(?:{_any(BIG, False)})"
WORDS = rf"(?:{_UNDER_1000}(?:[-\ ]{_SCALE_WORD}\b(?:,?(?:\ and)?\ {_UNDER_1000})?){{0,4}})"
_TIME = r"(?![-\ ](?:years?|months?|weeks?|days?|hours?|minutes?)\b)"

_SIGNS = rf"""
    (?P<part>(?:{ARABIC}|{HAN})分之(?:{HAN}(?:{_DECIMALS})?|{ARABIC}))
  | (?P<slash>[0-9]{{1,4}}/[0-9]{{1,4}}(?![0-9A-Za-z_/]|[.,:-][0-9]))
  | (?P<number>{ARABIC})(?:
        (?P<power>(?:\ ?[x×]\ ?10\^?-?|[eE][-+]?)[0-9]{{1,2}}(?![0-9A-Za-z]))
      | (?P<glyphs>\ ?[{_G}])
      | (?P<plus>\ [0-9]/[0-9]{{1,2}}(?![0-9/]))
      | (?P<mixed>\ ?(?:{ORE}|[几幾])?(?:{_COUNTED})?{_SCALES}(?:{_LOWER}(?:\.[0-9]+)?{_SCALES}){{0,3}})
      | (?P<tail>[-\ ]?(?:{_any(SCALE_WORDS, False)})(?![A-Za-z0-9])(?:\ {_SCALE_WORD}\b)?)
      | (?P<ratio>\ (?:in|out\ of)\ (?:every\ )?(?:10|20|50|100|1,000|10,000|100,000)(?![0-9,.%])\b{_TIME})
      | (?P<arabic>)
    )
  | (?P<moiety>一半(?![天年月个])|半数|半(?=公[里斤升顷]|[斤吨升亩磅]|米(?!饭)|英[里尺]))
  | (?P<some>[数數几幾](?:{_COUNTED})?{_SCALES})
  | (?P<han>{_RUN}(?:{ORE}[百千{S}]{{1,3}}{_FREE}|{ORE}?{_COUNTED}[亿億]|{_DECIMALS})?)
  | (?P<glyph>[{_G}])
"""
_WORDS = rf"""
    (?P<vague>(?:(?!tens|[Ss]cores|Tens)|(?=\w+\ of\ ))(?:{_any(PLURAL)})(?:\ of\ (?:{_any(PLURAL, False)}))?\b(?!-))
  | (?P<odds>(?:{_any(ONES)})\ (?:in|out\ of)\ (?:every\ )?
        (?:{_any(SMALL, False)}|[1-9][0-9]{{0,2}}(?:,000){{0,2}}(?![0-9%]|[.,][0-9]))\b{_TIME})
  | (?P<thirds>(?:{_any(SMALL)})[-\ ](?:{_any(PART, False)})\b(?!-)
        |[Aa]n?\ (?:{_any(PART, False)})\b(?!-|\ an?\b)|[Hh]alf\b(?!-|\ an?\b))
  | (?P<dozen>(?:[Hh]alf[-\ ]an?[-\ ]|[Aa]n?\ )?(?:{_any(BIG)})\b)
  | (?P<words>{WORDS}(?:\ and\ (?:a|one)[-\ ](?P<rest>half|quarter|third|fourth)\b(?:\ {_SCALE_WORD}\b)?
        |\ point(?:\ (?:{_any(ONES, False)})\b){{1,6}}(?:\ {_SCALE_WORD}\b)?)?)
"""


class Places(NamedTuple):
    """Where a numeral may start: a quick look for signs, for words behind a boundary, and for a word at the head."""

    sign: re.Pattern[str]
    word: re.Pattern[str]
    first: re.Pattern[str]


@cache
def places() -> Places:
    words = {*SMALL, *TENS, *BIG, *PLURAL, "half"}
    either = lexicon.pattern({*words, *map(str.capitalize, words)})
    word = rf"(?:{either}|[Aa]n?\ {lexicon.pattern([*PART, *BIG])})(?:\b|(?=fold\b))"
    return Places(re.compile(f"[{SIGNS}]"), re.compile(rf"\W{word}"), re.compile(word))


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What to match at such a place: led by a sign, or by a word."""
    return re.compile(_SIGNS, re.VERBOSE), re.compile(_WORDS, re.VERBOSE)
