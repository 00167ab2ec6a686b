"""Ordinals: 第八, 第3个, 21st, third."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.numerals import Numeral

from .figure import Figure, from_numeral
from .lexica import units_zh

_NAMES = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_WORDS = {word: i for i, word in enumerate(_NAMES.split(), 1)}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


_MINUTE = re.compile("分钟|小时|秒钟?")  # 第84分钟


@cache
def _english() -> re.Pattern[str]:
    tens, words = (lexicon.pattern([*table, *map(str.capitalize, table)]) for table in (_TENS, _WORDS))
    return re.compile(rf"(?:(?P<digits>[0-9]{{1,4}})(?:st|nd|rd|th)|(?:(?P<tens>{tens})[- ])?(?P<word>{words}))\b")


@cache
def _places() -> re.Pattern[str]:
    heads = lexicon.pattern({word[:3] for word in [*_WORDS, *_TENS]})
    capitals = lexicon.pattern({word[:3].capitalize() for word in [*_WORDS, *_TENS]})
    return re.compile(rf"\W(?=[0-9]{{1,4}}[snrt]|{heads}|{capitals})")


def is_ordinal(figure: Figure, text: str) -> bool:
    """Make a number behind 第 an ordinal, with its classifier."""
    start = figure.numeral.start
    mark = start - 1 - (text[start - 1 : start] == " ")
    if mark < 0 or text[mark] != "第" or figure.value is None:
        return False
    figure.kind, figure.rule, figure.start, figure.core_start = "ordinal", "ordinal", mark, mark
    pos = figure.end + (text[figure.end : figure.end + 1] == " ")
    if minute := _MINUTE.match(text, pos):
        figure.classifier, figure.end, figure.core_end = minute[0], minute.end(), minute.end()
        return True
    for key in units_zh().at(text, pos):
        measure, end = units_zh().table[key], pos + len(key)
        if measure.classifier and not measure.in_word(text, pos, end):
            figure.classifier, figure.end, figure.core_end = key, end, end
            break
    return True


def find_ordinals(text: str, taken: list[tuple[int, int]]) -> list[Figure]:
    """English ordinals outside of the sorted spans of dates and codes."""
    if not text.isascii() and not re.search("[a-z]{3}", text):
        return []
    found, i = [], 0
    for place in (0, *(place.end() for place in _places().finditer(text))):
        match = _english().match(text, place)
        if not match:
            continue
        if match["digits"]:
            value = float(match["digits"])
        else:
            value = _TENS.get((match["tens"] or "").lower(), 0) + _WORDS[match["word"].lower()]
        while i < len(taken) and taken[i][1] <= match.start():
            i += 1
        if i == len(taken) or taken[i][0] >= match.end():
            numeral = Numeral(match.start(), match.end(), value, value, value, "eq", "ordinal")
            figure = from_numeral(numeral)
            figure.kind = figure.rule = "ordinal"
            found.append(figure)
    return found
