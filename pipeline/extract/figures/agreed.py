"""Figures as the conventions say: what a bare sign of money means, what 两三百 is."""

import re
from collections.abc import Iterable, Mapping

from pipeline import conventions
from pipeline.records import Lang

from .figure import Figure, rounded


def agree(figures: Iterable[Figure], text: str, lang: Lang) -> None:
    """Apply the conventions, where they are not the default."""
    agreed = conventions.current()
    currencies = agreed.currencies(lang)
    if lang == "zh-Hant" and "元" not in currencies and (code := _local_currency(text)):
        currencies = {**currencies, "元": code, "块": code}
    for figure in figures if currencies or agreed.pairs != "range" else ():
        if figure.kind == "money" and not figure.explicit and currencies:
            _pay(figure, text, currencies)
        if figure.cmp == "range" and not figure.joined and agreed.pairs == "approx":
            _middle(figure, text)


# What a text in traditional characters says of where it was written (looked up in simplified ones).
_LOCAL = {
    "TWD": re.compile(
        r"新?台币|NT\$|台股|台湾|台北|行政院|立法院|民国|新北|桃园|台中|高雄|台积电|金管会|年增|月增|季增|营收"
    ),
    "HKD": re.compile(r"港元|港币|港圆|HK\$|本港|香港|港股|恒指|恒生|港府|特首|港铁|九龙|新界|北水"),
    "CNY": re.compile("人民币|国务院|中共中央|新华社|央视|沪指|深成指|两市"),
}


def _local_currency(text: str) -> str | None:
    """The currency that a bare 元 is in the place that the text speaks of most; None: no word of it says."""
    counts = {code: len(words.findall(text)) for code, words in _LOCAL.items()}
    code = max(counts, key=counts.__getitem__)
    return code if counts[code] else None


def _pay(figure: Figure, text: str, currencies: Mapping[str, str]) -> None:
    surface = text[figure.start : figure.end]
    figure.currency = next((code for sign, code in currencies.items() if sign in surface), figure.currency)


def _middle(figure: Figure, text: str) -> None:
    """两三百 is about 250; 几百 and dozens stay ranges."""
    numeral = figure.numeral
    if numeral.form == "han" and "几" not in text[numeral.start : numeral.end]:
        figure.value = rounded(((figure.low or 0) + (figure.high or 0)) / 2)
        figure.low = figure.high = figure.value
        figure.cmp = "approx"
