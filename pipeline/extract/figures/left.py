"""What stands before a number: sign, currency, comparator."""

import re
from functools import cache

from .figure import Figure
from .lexica import comparators_en, comparators_zh, currencies_before

_SIGNS = frozenset(".-负 下")
_MINUS = re.compile(r"(?:^|[ (（:：，,、为至到于在<>=≤≥$])-\Z")
_NEGATIVE = re.compile(r"(?:^|[^A-Za-z])([Mm]inus[ -]|[Nn]egative )\Z")
_WORD = re.compile(r"[A-Za-z]")
_HAN = re.compile("[\u4e00-\u9fff]")
_WINDOW = 40
# One character that ends a longer word is no comparator: 英超, 附近, 合约, 经过.
_PART_OF_WORD = re.compile(
    r"(?:[英中意德法港亚赶女荷葡]超|[最附接靠临邻远亲新相]近|[合预签节制条契违公特邀履]约|[经通]过)\Z"
)
_DISTANT = re.compile(
    r"(约占|约为|约合|占比约|(?:超过|不到|不足)(?=[总全其本])|至少占|占近)[^0-9，。；、：（）一二三四五六七八九十]{1,14}\Z"
)
_DISTANT_CMP = {"超过": "gt", "不到": "lt", "不足": "lt", "至少占": "ge", "占近": "lt"}


def look_left(figure: Figure, text: str) -> None:
    """Extend a figure by sign and currency before it. Comparators come after the unit is known."""
    start = figure.start
    before = text[start - 1 : start] if start else ""
    if before in _SIGNS:
        _sign(figure, text, before)
    _currency(figure, text)


def _sign(figure: Figure, text: str, before: str) -> None:
    """A decimal point without a zero, and what makes a number negative."""
    start = figure.start
    if before == "." and not text[max(0, start - 2) : start - 1].isalnum() and figure.numeral.form == "arabic":
        figure.scale(10.0 ** -(figure.numeral.end - start))
        figure.start = figure.core_start = start = start - 1
        before = text[start - 1 : start] if start else ""
    if before in {"-", "负"} and (
        before == "负" or _MINUS.search(text, max(0, start - 2), start) or _fell(figure, text)
    ):
        figure.scale(-1)
        figure.start = figure.core_start = start - 1
    elif before in " -" and (match := _NEGATIVE.search(text, max(0, start - 10), start)):
        figure.scale(-1)
        figure.start = figure.core_start = match.start(1)
    elif text.endswith("零下", 0, start):
        figure.scale(-1)
        figure.start = figure.core_start = start - 2


_BEHIND_HAN = re.compile("[\u4e00-\u9fff]-\\Z")
_MEASURED = re.compile(r" ?(?:[%‰万亿元℃]|°C|个?百分点|bp\b|BP\b|[美港欧日]元|摄氏度|度|米|公里|倍)")


def _fell(figure: Figure, text: str) -> bool:
    """Whether a hyphen behind a Chinese word is a minus: 净利润-3.2亿元; not in a range, nor in a name (爱国者-3)."""
    start, end = figure.start, figure.numeral.end
    measured = text[end - 1] in "万亿" or _MEASURED.match(text, end)
    if not measured or not _BEHIND_HAN.search(text, max(0, start - 2), start):
        return False
    return not any(map(str.isdigit, text[max(0, start - 6) : start - 1]))


def _currency(figure: Figure, text: str) -> None:
    end = figure.start - (text[figure.start - 1 : figure.start] == " ")
    table = currencies_before()
    if text[end - 1 : end] not in table.tails:
        return
    for key in table.before(text, end):
        start = end - len(key)
        if key[0].isalpha() and key[0].isascii() and start and _WORD.match(text[start - 1]):
            continue
        if key == "COP" and text[end] != " ":  # COP27: a summit
            continue
        figure.kind, figure.currency, figure.explicit = "money", table.table[key], key not in {"$", "¥"}
        if key == "¥" and not _HAN.search(text, max(0, start - 40), start + 40):
            figure.currency = "JPY"
        figure.start = figure.core_start = start
        figure.rule = "money"
        if text[start - 1 : start] == "-" and _MINUS.search(text, max(0, start - 2), start):
            figure.scale(-1)
            figure.start = figure.core_start = start - 1
        return


def compare_left(figure: Figure, text: str) -> None:
    """Extend a figure by the comparator before it."""
    start = figure.start
    if start == 0:
        return
    before = text[start - 1]
    if before == " " and start > 1 and text[start - 2].isascii():
        _compare_en(figure, text)
        if figure.kind == "number" and text.endswith(_AGED, 0, figure.start):
            figure.kind, figure.unit, figure.unit_text = "quantity", "a", "aged"
    else:
        _compare_zh(figure, text)


_SERIES = frozenset("场期届轮战局季次回")
_RECENT, _FEW = 30, 10  # how many of a series are the latest ones; of what is counted one by one, too


def _is_recent(figure: Figure) -> bool:
    """近五期, 近10场: the latest ones, and not nearly so many."""
    few = _FEW if figure.classifier in ("次", "回") else _RECENT
    return figure.classifier in _SERIES and figure.value is not None and figure.value <= few


def _compare_zh(figure: Figure, text: str) -> None:
    end = figure.start - (text[figure.start - 1] == " ")
    words = comparators_zh()[0]
    found = words.before(text, end)
    if not found and text[end - 1] in "了是为有达" and (found := words.before(text, end - 1)):
        end -= 1
    for key in found:
        if _PART_OF_WORD.search(text, max(0, end - 2), end) and len(key) == 1:
            continue
        if key in {"超", "过"} and text[end - 2 : end - 1] in {"买", "卖"}:  # 买超: net purchases
            continue
        if key == "近" and _is_recent(figure):
            continue
        if key in {"不只", "不止"} and text[end] == "是":  # not only
            continue
        if key in {"上", "过", "破"} and figure.numeral.form != "scale":
            continue
        figure.start = end - len(key)
        figure.compare(words.table[key])
        _currency(figure, text) if figure.currency is None and figure.kind == "number" else None
        return
    if figure.cmp != "eq" or figure.kind not in {"percent", "money"}:
        return
    if match := _DISTANT.search(text, max(0, end - 20), end):
        figure.compare(_DISTANT_CMP.get(match[1], "approx"))  # type: ignore[arg-type]
        figure.bound = False


_AGED = (" aged ", " age of ", " ages of ", "Aged ", " aged between ")


@cache
def _last_words() -> frozenset[str]:
    return frozenset(key.rpartition(" ")[2] for key in comparators_en()[0])


# What pushes rates up to 2% sets no bound. Without an object it does: send up to 300 troops, take on up to 20.
_MOVED = re.compile(
    r"\b(?:push|driv|drove|lift|send|sent|t[ao]k|took|br[io][nu]g|forc|mov|edg|inch|creep|crept|nudg|pull|bid)[a-z]*"
    r"(?: [A-Za-z’'-]+){1,4}(?<! on)(?<! in)(?<! out)(?<! off)(?<! over)(?<! away)(?<! for)(?<! at)(?<! of)(?<! to) \Z"
)


_EDGED = re.compile(r"\b(?:edg|inch|creep|crept|nudg|tick|mov|shoot|shot|climb|back|went|go)[a-z]* \Z")


def _compare_en(figure: Figure, text: str) -> None:
    end = figure.start - 1
    words = text[max(0, end - _WINDOW) : end].rpartition("\n")[2].split(" ")
    table = comparators_en()[0]
    if words[-1].lstrip("(“\"'‘[—–-").lower() not in _last_words():
        return
    for count in range(min(5, len(words)), 0, -1):
        surface = " ".join(words[-count:])
        surface = surface.lstrip("(“\"'‘[—–-")
        key = surface.lower()
        if key in table:
            if key == "up to" and (
                _MOVED.search(text, max(0, end - 60), end - 5) or _EDGED.search(text, max(0, end - 20), end - 5)
            ):
                return
            figure.start = end - len(surface)
            figure.compare(table[key])
            return
