"""What follows a number, in either language: vague marker, percent sign, currency, unit, classifier, trailing bound."""

from pipeline.numerals import Numeral

from .figure import Figure, from_numeral
from .right_en import right_en
from .right_zh import bound_zh, marker_of, right_zh

_PARTS = {"百": 100, "千": 100, "万": 100, "100": 100}


def look_right(figure: Figure, text: str) -> None:
    """Extend a figure by what follows it, and set kind, unit and bounds."""
    if figure.numeral.form == "part" and (factor := _PARTS.get(_below(figure, text))):
        figure.scale(factor)
        figure.kind = figure.rule = "percent"
        figure.unit, figure.unit_text = "%", _below(figure, text) + "分之"
        return bound_zh(figure, text)
    after = text[figure.end : figure.end + 1]
    if after == " " or after == "+":
        after = text[figure.end + 1 : figure.end + 2]
    if "\u3400" <= after <= "\u9fff":
        right_zh(figure, text)
    else:
        if marker := marker_of(figure, text):
            figure.end = figure.core_end = marker.end()
            figure.compare("gt")
        right_en(figure, text)
        if figure.kind != "number" and figure.cmp == "eq" and "\u3400" <= text[figure.end : figure.end + 1] <= "\u9fff":
            bound_zh(figure, text)


def _below(figure: Figure, text: str) -> str:
    """What stands before 分之."""
    return text[figure.numeral.start : figure.numeral.end].partition("分之")[0]


def is_measured_year(text: str, start: int, end: int) -> bool:
    """Whether what looks like a year by itself counts something: 1200 degrees, 2000公里."""
    if end - start != 4 or not text[start:end].isdigit():
        return False
    figure = from_numeral(Numeral(start, end, 1, 1, 1, "eq", "arabic"))
    look_right(figure, text)
    return figure.kind != "number" or (figure.classifier or "个") not in "个次届期级年本部"
