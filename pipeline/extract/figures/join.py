"""Join two neighbouring numbers to a range: 3%至5%, 200-300万元, between £190m and £265m."""

import re
from collections.abc import Iterable

from pipeline import numerals

from .figure import Figure, rounded

_GAP = re.compile(
    r"(?:\(不?含\))? ?(?:到|至|—{1,2}|-{1,2}|–|~|——)(?: ?(?:约|近))? ?| to (?:about |around |nearly )?| or |或者?"
    "|-to-|- to "
)
_AND = re.compile(" and (?:about |around )?|与|和|and ")
_SCALE_ZH = re.compile("[百千佰仟万亿]+$")
_WHOLE_SCALE = re.compile(r"[万亿]+\Z")
_HAN_SCALE = re.compile("(?<=[一二两三四五六七八九])[百千佰仟]?[万亿]*$|[万亿]+$")
_BEFORE = re.compile(r"(?:\b([Bb]etween|[Ff]rom) |(介于|[从由]))\Z")
_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|rising|f[ae]ll|fallen|increas|decreas|drop|cut|gr[eo]w|up|down|slow|improv|lower|rais|widen|gain|add|los[est]|shed|advanc|"
    r"narrow|expand|jump|climb|sli[dp]|declin|boost|reduc|sw[eo]ll|shr[iau]nk|went|mov|chang|revis|upgrad|downgrad|soar)"
)


def join(figures: Iterable[Figure], text: str) -> list[Figure]:
    """Merge each pair that is one range; mark the ends of ``between A (...) and B``."""
    joined: list[Figure] = []
    for figure in figures:
        if joined and figure.core_start - joined[-1].end <= 12 and (merged := _pair(joined[-1], figure, text)):
            joined[-1] = merged
        else:
            joined.append(figure)
    for i, figure in enumerate(joined[:-1] if "etween " in text else ()):
        if not figure.joined and text.endswith(("between ", "Between "), 0, figure.start):
            _open_range(figure, joined[i + 1 : i + 3], text)
    return joined


def _pair(a: Figure, b: Figure, text: str) -> Figure | None:
    return _compound(a, b, text) or _merge(a, b, text)


# A smaller unit that goes on behind a larger one, and how many of it make one: 6ft 2in, 3 dollars 50 cents.
_SMALLER = {("[ft_i]", "[in_i]"): 12, ("[lb_av]", "[oz_av]"): 16, ("[stone_av]", "[lb_av]"): 14}
_AND_SMALLER = re.compile(",? ?(?:and )?")


def _compound(a: Figure, b: Figure, text: str) -> Figure | None:
    """One figure of two units, in the larger one."""
    if a.value is None or b.value is None or a.kind == "number" or not _AND_SMALLER.fullmatch(text, a.end, b.start):
        return None
    parts = _SMALLER.get((a.unit or "", b.unit or "")) if a.unit else None
    if a.kind == b.kind == "money" and a.currency == b.currency and a.factor == 1 and b.factor < 1:
        parts = 1  # cents are folded into the currency already
    if not parts or b.value >= max(parts, 1) * a.factor:
        return None
    a.value = a.low = a.high = round(a.value + b.value / parts, 6)
    a.end = a.core_end = b.end
    return a


def _merge(a: Figure, b: Figure, text: str) -> Figure | None:
    if a.cmp == b.cmp == "range":
        return _merge_vague(a, b, text)
    if a.cmp != "eq" or b.cmp == "range" or a.value is None or b.value is None:
        return None
    gap = text[a.end : b.start]
    intro = _BEFORE.search(text, max(0, a.start - 8), a.start)
    word = (intro[1] or intro[2]).lower() if intro else ""
    if not _GAP.fullmatch(gap) and not (_AND.fullmatch(gap) and (word == "between" or _among(b, text))):
        return None
    if not _same_measure(a, b) or _is_change(a, b, word, text):
        return None
    low, high = _inherit(a, b, text)
    if low > high and high < 0:
        low, high = high, low
    if low == high and gap.strip() in ("-", "–"):  # 1-1, a score
        return None
    if low > high or (gap.strip() in {"or", "或", "或者"} and not low < high <= 2 * low + 1):
        return None
    if _AND.fullmatch(gap) and word != "between":
        b.end += 2 if text.startswith("之间", b.end) else 1
        b.bound = True
    if intro and word in ("between", "from", "从", "由", "介于") and not (word in "从由" and gap.strip() not in "到至"):
        a.start = intro.start()
    return _range(a, b, low, high)


def _merge_vague(a: Figure, b: Figure, text: str) -> Figure | None:
    """数万至数十万: from the lower end of the first to the upper end of the second."""
    if a.joined or b.joined or text[a.end : b.start].strip() not in _TO or not _same_measure(a, b):
        return None
    low, high = a.low or 0, b.high or 0
    return _range(a, b, low, high) if low < (b.low or 0) else None


_TO = frozenset({"到", "至", "—", "-", "–", "~", "to"})


def _leaps(a: Figure, b: Figure) -> bool:
    """Whether the second number is far above the first, as a level is above its change: rose 32,000 to 1.41 million."""
    return a.value is not None and b.value is not None and a.value > 100 and b.value >= 5 * a.value


def _is_change(a: Figure, b: Figure, word: str, text: str) -> bool:
    """From a level to another, by an amount to a level: rose 16 pence to 293. But "rose 5 to 7 percent" is a range."""
    by = text.endswith("by ", 0, a.start)
    if by and a.numeral.form == b.numeral.form == "tail" and word != "between":
        return True
    if word == "between" or (word != "from" and a.kind == "number" and not _leaps(a, b)):
        return False
    far = max(0, a.start - (110 if word == "from" else 17 if by else 12))
    return _CHANGE.search(text, max(far, text.rfind(". ", far, a.start)), a.start) is not None


def _among(b: Figure, text: str) -> bool:
    return text.startswith(("之间", "间"), b.end)


_SHARES = frozenset({"thirds", "odds", "ratio", "part", "moiety"})  # cut by a third to £42m


def _same_measure(a: Figure, b: Figure) -> bool:
    if (a.unit_text or "").endswith("点") and not (b.unit_text or "").endswith("点"):
        return False  # 收窄0.2个百分点至0.5%: by so many points to a level
    if a.numeral.form in _SHARES and b.kind != "percent":
        return b.kind == "number" and b.numeral.form in _SHARES
    if a.currency and (b.currency or b.kind == "number"):
        return b.currency in (a.currency, None) and b.classifier is None and (a.factor == b.factor or not b.currency)
    if a.kind == "number" and a.classifier is None:
        return a.core_end == a.numeral.end or not b.unit
    return (a.kind, a.unit, a.classifier) == (b.kind, b.unit, b.classifier)


def _inherit(a: Figure, b: Figure, text: str) -> tuple[float, float]:
    """The scale and factor of the second number hold for a bare first one: 200到300万, 3 to 5 million."""
    low, high = a.value or 0, b.value or 0
    if a.kind == "number" and a.classifier is None and b.kind == "percent" and b.unit:
        low = rounded(low * (10 if text[b.core_end - 1] in "成半折" and low < 10 else 1))
    scale = _scale(b, text)
    if scale > 1 and _scale(a, text) == 1 and low <= high / scale:
        low *= scale
    elif (ends := _WHOLE_SCALE.search(text, b.numeral.start, b.numeral.end)) and text[a.numeral.end - 1] in "百千":
        scale = numerals.read_han(ends[0]) or 1  # 一千到两千万
        low *= scale if low <= high / scale else 1
    return low, high


def _scale(figure: Figure, text: str) -> float:
    surface = text[figure.numeral.start : figure.numeral.end]
    if figure.rule == "scale-letter" or (figure.numeral.value and figure.kind == "money" and figure.value):
        folded = (figure.value or 0) / (figure.numeral.value or 1)
        if folded >= 1000:
            return folded
    if figure.numeral.form == "mixed":
        match = _SCALE_ZH.search(surface)
        return numerals.read_han(match[0]) or 1 if match else 1
    if figure.numeral.form in {"han", "scale"}:
        match = _HAN_SCALE.search(surface)
        return numerals.read_han(match[0]) or 1 if match and match[0] else 1
    if figure.numeral.form in {"tail", "words"}:
        word = re.split("[ -]|(?<=[0-9])(?=[a-z])", surface)[-1]
        return numerals.SCALE_WORDS.get(word, 1)
    return 1


def _range(a: Figure, b: Figure, low: float, high: float) -> Figure:
    b.start, b.core_start = a.start, a.core_start
    b.value, b.low, b.high, b.cmp = None, low, high, "range"
    b.joined, b.currency, b.kind = True, b.currency or a.currency, a.kind if b.kind == "number" else b.kind
    b.explicit = b.explicit if a.explicit is None else a.explicit
    b.rule = "range"
    return b


def _open_range(a: Figure, following: list[Figure], text: str) -> None:
    for b in following:
        if b.cmp == "eq" and text.endswith("and ", 0, b.start) and "\n" not in text[a.end : b.start]:
            a.start -= len("between ")
            a.compare("ge")
            b.compare("le")
            b.joined = True
            return
