"""Figures as the conventions say: what a bare sign of money means, what 两三百 is."""

from collections.abc import Iterable, Mapping

from pipeline import conventions
from pipeline.records import Lang

from .figure import Figure, rounded


def agree(figures: Iterable[Figure], text: str, lang: Lang) -> None:
    """Apply the conventions, where they are not the default."""
    agreed = conventions.current()
    currencies = agreed.currencies(lang)
    for figure in figures if currencies or agreed.pairs != "range" else ():
        if figure.kind == "money" and not figure.explicit and currencies:
            _pay(figure, text, currencies)
        if figure.cmp == "range" and not figure.joined and agreed.pairs == "approx":
            _middle(figure, text)


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
