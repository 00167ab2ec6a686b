"""Give a figure its unit: percent sign, currency, unit of measure or classifier, and what it is per."""

import re

from .figure import Figure
from .lexica import Measure, units_en, units_zh

TENTHS = {char: i % 10 for i, char in enumerate("零一二三四五六七八九", 10)} | {"两": 2}

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


def apply(figure: Figure, text: str, measure: Measure, surface: str, end: int) -> None:
    figure.kind, figure.unit = measure.kind, measure.unit
    figure.classifier = measure.classifier
    if measure.unit:
        figure.unit_text = surface
    if measure.currency and not (figure.currency and surface[0] in "元块圆d"):
        figure.currency, figure.explicit = measure.currency, surface not in ("元", "块", "块钱", "角", "毛", "dollar")
    if measure.kind == "percent" and surface.startswith("成") and len(surface) == 2 and figure.value is not None:
        figure.value += 0.5 if surface[1] == "半" else TENTHS[surface[1]] / 10
        figure.low = figure.high = figure.value
    factor = 1 if surface == "折" and (figure.value or 0) > 10 else measure.factor  # 85折 is 8.5折
    figure.scale(factor)
    figure.factor = factor
    figure.end = figure.core_end = end
    if measure.kind == "quantity":
        _rate(figure, text)
    figure.rule = measure.kind if measure.kind != "number" else "classifier"
