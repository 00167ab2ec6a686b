"""The words around numbers, from the lexicons: what may follow a number, stand before it, and compare it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar

from pipeline import lexicon, numerals
from pipeline.patterns import Pattern
from pipeline.records import Comparator

T = TypeVar("T")
Kind = Literal["number", "percent", "money", "quantity", "ordinal"]


class Measure(NamedTuple):
    """What a number counts: a percentage, a currency, a unit, a classifier."""

    kind: Kind
    factor: float = 1
    unit: str | None = None
    currency: str | None = None
    classifier: str | None = None
    not_before: Pattern | None = None  # what it may be a word with: 个 in 个月

    def in_word(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is part of a longer word: 家长, but not 3家中国企业, 3家中有1家."""
        if not self.not_before or not self.not_before.match(text, end):
            return False
        return self.classifier is None or not _stands_alone(text, start, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    import rjieba

    word = rjieba.cut(text[start : end + 7])[0]
    return start + len(word) == end or (start + len(word) == end + 1 and word[-1] in "中里" and text[start - 1] != "一")


class Longest(Generic[T]):
    """A table that is asked for the longest key at, or ending at, a place of a text."""

    def __init__(self, table: Mapping[str, T]) -> None:
        self.table = dict(table)
        self.heads = self._lengths((key[0], len(key)) for key in table)
        self.tails = self._lengths((key[-1], len(key)) for key in table)

    @staticmethod
    def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
        found: dict[str, set[int]] = {}
        for char, length in pairs:
            found.setdefault(char, set()).add(length)
        return {char: sorted(lengths, reverse=True) for char, lengths in found.items()}

    def at(self, text: str, start: int) -> list[str]:
        """The keys that start at ``start``, the longest first."""
        lengths = self.heads.get(text[start : start + 1])
        return [key for n in lengths if (key := text[start : start + n]) in self.table] if lengths else []

    def before(self, text: str, end: int) -> list[str]:
        """The keys that end at ``end``, the longest first."""
        lengths = self.tails.get(text[end - 1 : end])
        return [key for n in lengths if n <= end and (key := text[end - n : end]) in self.table] if lengths else []


def _alternatives(cell: str) -> list[str]:
    return [word for word in cell.split("|") if word]


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "feet", "ches", "pence", "x", "z", "ese", "rmb", "yuan", "yen", "baht", "rand", "won")):
        return (word,)
    head, _, last = word.partition(" per ")
    plural = (head[:-1] + "ies" if re.search("[^aeiou]y$", head) else head + "s") + (f" per {last}" if last else "")
    return word, plural


@cache
def units_zh() -> Longest[Measure]:
    """What may follow a number in Chinese, in simplified characters."""
    likes = Pattern("[赞击评播名火亮滴餐菜缀拨子位]")  # 点 before these is no point
    places = Pattern("[桥屯店村铺河庄巷沟堡坪]")  # 六里桥, 三里屯
    horses = Pattern("[马布小白黑红灰老野战骏赛绸缎狼]")
    rises = Pattern("[级值温高职学旗势幅迁华空降]")
    others = {"点": likes, "里": places, "焦": Pattern("[虑点急炭糖距煤灼化]"), "升": rises, "匹": horses}
    table = {sign: Measure("percent", unit="%") for sign in ("%", "个百分点", "百分点", "个点", "pct")}
    table |= {
        "折": Measure("percent", 10, "%", not_before=Pattern("[合算旧叠扣射桂腾磨损线]")),
        "m": Measure("quantity", unit="m"),
    }
    # 块 is money at the end of a clause and before coins, else it counts pieces.
    pieces = Pattern("[\u4e00-\u9fff](?<![零一二三四五六七八九的左以上下多起])")
    table["块"] = Measure("money", currency="CNY", not_before=pieces)
    table["欧"] = Measure("money", currency="EUR", not_before=Pattern("[洲盟美亚冠战姆阳式佩派拉文舒德莱罗非日]"))
    table["‰"] = Measure("percent", 0.1, "%")
    for line in lexicon.lines("classifiers.txt"):
        for entry in line.split():
            word, _, follow = entry.partition("!")
            table[word] = Measure("number", classifier=word, not_before=Pattern(follow) if follow else None)
    for row in lexicon.rows("units.csv"):
        for word in _alternatives(row["zh"]):
            table[word] = Measure("quantity", unit=row["ucum"], not_before=others.get(word))
    for row in lexicon.rows("currencies.csv"):
        for word in _alternatives(row["zh"]):
            table[word] = Measure("money", float(row["factor"]), currency=row["code"])
    return Longest(table)


_JOINTS = "成到至-—–~ 多余来或与和"


@cache
def may_start() -> re.Pattern[str]:
    """Where a numeral in signs may be a figure.

    Most single Chinese digits count nothing (一些, 统一): what follows must be counted, or go on with the numeral.
    Where that is only a classifier, 一 is an article (一个, 一家), unless a comparator or a joint stands before it.
    """
    units = units_zh()
    goes_on = f"{numerals.SIGNS}多余来点分几{_JOINTS}"
    measures = [word for word, measure in units.table.items() if measure.kind != "number"]
    pieces = lexicon.pattern(word for word in measures if word[0] == "个")
    heads = {word[0] for word in measures} - {"个"}
    joints = _class(f"第到至与和或{_JOINTS}{''.join(currencies_before().tails)}")
    led = f"(?<={joints}一)|{_compared()}"
    counted, one, number = (_class(chars) for chars in (goes_on + "".join(units.heads), {*goes_on, *heads}, goes_on))
    return re.compile(
        f"[{numerals.SIGNS}](?:(?<![{numerals.HAN_DIGITS}])|(?<![一{_FORMAL}])(?={counted})|(?<=[{_FORMAL}])(?={number})"
        f"|(?<=一)(?={one}|{pieces}|个[亿億])|(?<=一)(?={counted})(?:{led})|(?<=[第 ].))"
    )


_FORMAL = "壹贰叁参肆伍陆柒捌玖"  # digits as on cheques


# Comparators before 一 that say no more than what stands there: 接近一种可能, 过一个节.
_LOOSE = frozenset(
    [
        "接近",
        "逼近",
        "几乎",
        "临近",
        "几近",
        "直逼",
        "近",
        "过",
        "上",
        "破",
        "跨过",
        "跨越",
        "最高",
        "最低",
        "最长",
        "最大",
    ]
)


def _compared() -> str:
    """Whether a comparator stands before 一: 超过一个, 超过了一个."""
    lengths: dict[int, list[str]] = {}
    for word in comparators_zh()[0].table.keys() - _LOOSE:
        lengths.setdefault(len(word), []).append(word)
    return "|".join(
        f"(?<=(?:{'|'.join(map(re.escape, words))}){between}一)"
        for words in lengths.values()
        for between in ("", "[了是为有达]")
    )


def _class(chars: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(set(chars))))}]"


@cache
def units_en() -> tuple[dict[str, Measure], dict[str, Measure]]:
    """What may follow a number in English: symbols and codes as written, and words in lower case."""
    percent = Measure("percent", unit="%")
    symbols = dict.fromkeys(("%", "pc", "pct"), percent) | {"‰": Measure("percent", 0.1, "%")}
    points = ("percentage point", "percentage points", "percent point", "percent points")
    words = dict.fromkeys(("percent", "per cent", "per-cent", *points), percent)
    for row in lexicon.rows("units.csv"):
        measure = Measure("quantity", unit=row["ucum"])
        symbols |= dict.fromkeys(_alternatives(row["symbols"]), measure)
        words |= {form: measure for word in _alternatives(row["en"]) for form in _plurals(word)}
    for row in lexicon.rows("currencies.csv"):
        measure = Measure("money", float(row["factor"]), currency=row["code"])
        words |= {form: measure for word in _alternatives(row["en"]) for form in _plurals(word)}
        symbols |= {sign: measure for sign in _alternatives(row["before"]) if len(sign) < 4 and measure.factor == 1}
    symbols["p"] = Measure("money", 0.01, currency="GBP")
    return symbols, words


@cache
def _first_words() -> frozenset[str]:
    symbols, words = units_en()
    return frozenset(re.split("[^a-z]", key.lower())[0] for key in (*symbols, *words))


def may_be_unit(word: str) -> bool:
    """Whether a unit can start with the word: a quick look before the slow one."""
    return word.lower() in _first_words()


@cache
def symbols_lower() -> dict[str, Measure]:
    """The symbols of three letters and more in lower case: 2.4Ghz."""
    return {symbol.lower(): measure for symbol, measure in units_en()[0].items() if len(symbol) > 2}


@cache
def currencies_before() -> Longest[str]:
    """Signs, codes and words of currencies that stand before a number."""
    return Longest({s: row["code"] for row in lexicon.rows("currencies.csv") for s in _alternatives(row["before"])})


def _comparators(lang: str, side: str) -> dict[str, Comparator]:
    rows = [row for row in lexicon.rows("comparators.csv") if (row["lang"], row["side"]) == (lang, side)]
    return {word: row["cmp"] for row in rows for word in _alternatives(row["words"])}  # type: ignore[misc]


@cache
def comparators_zh() -> tuple[Longest[Comparator], Longest[Comparator]]:
    """Chinese comparators that end right before a number, and that follow its unit."""
    signs: dict[str, Comparator] = {">": "gt", "≥": "ge", "<": "lt", "≤": "le", "~": "approx", "≈": "approx"}
    return Longest(_comparators("zh", "left") | signs), Longest(_comparators("zh", "right"))


@cache
def comparators_en() -> tuple[dict[str, Comparator], dict[str, Comparator]]:
    """English comparators before and after a number, in lower case."""
    return _comparators("en", "left"), _comparators("en", "right")
