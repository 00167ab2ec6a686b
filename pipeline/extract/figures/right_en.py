"""What follows a number in English: scale letter, percent sign, currency, unit, trailing bound."""

import re

from pipeline.numerals import LETTERS

from .figure import Figure
from .lexica import comparators_en, may_be_unit, symbols_lower, units_en
from .measured import apply

_HAN = re.compile("[\u3400-\u9fff]")
_FIRST = re.compile(r"[A-Za-z]*")
_RUN = re.compile(r"[ -]?([A-Za-z%‰°$€£¥ºμµΩ℃℉²³][A-Za-z0-9%°/²³μµ.·^$-]*(?: [A-Za-z0-9²³]+){0,4})")
_WORD_END = re.compile(r"(?![A-Za-z0-9])")
_RIGHT_EN = re.compile(r" ?(\+)(?![A-Za-z0-9])|[ ,-]{1,2}((?:and|or)(?: [a-z]+)|[a-z]+(?: [a-z]+)?)")


def right_en(figure: Figure, text: str) -> None:
    after = text[figure.end : figure.end + 1]
    if not after or "\u2e80" <= after <= "\uff5e" or after in "\n,.;":
        return _bound_en(figure, text)
    run = _RUN.match(text, figure.end)
    if run:
        letter = _letter(figure, text, run)
        if letter:
            run = _RUN.match(text, figure.end)
    if run:
        _measure_en(figure, text, run)
    _bound_en(figure, text)


def _measure_en(figure: Figure, text: str, run: re.Match[str]) -> None:
    symbols, words = units_en()
    start = run.start(1)
    if start == figure.end and figure.currency is None and _SIZES.match(text, start):
        return apply(figure, text, words["metre"], "m", start + 1)
    if run[1][0] in "CF" and start == figure.end and _WORD_END.match(text, start + 1) and _is_warm(figure, text):
        return apply(figure, text, symbols["°" + run[1][0]], run[1][0], start + 1)
    if not may_be_unit(_FIRST.match(run[1])[0]):  # type: ignore[index]
        return None
    blank = start > figure.end
    tokens = run[1].split(" ")
    for count in range(len(tokens), 0, -1):
        surface = " ".join(tokens[:count]).rstrip(".-/")
        measure = words.get(surface.lower().replace("-", " ")) or words.get(surface.lower())
        if measure and surface.istitle() and " " not in surface and surface not in _TITLED:
            measure = None
        if surface == "cup" and (figure.value or 0) > 1 and text[figure.end] == " ":  # two cup ties
            return None
        if measure and surface == "times" and not _is_multiple(figure, text, start + 5):
            measure = None
        if measure and _is_mass(surface, text, figure.end, start + len(surface)):
            measure = words["pound-mass"]
        if measure and not (surface == "won" and (figure.value or 0) < 100):
            return apply(figure, text, measure, surface, start + len(surface))
        measure = symbols.get(surface) or (symbols_lower().get(surface.lower()) if len(surface) > 2 else None)
        if measure and not (blank and _needs_touch(surface)):
            return apply(figure, text, measure, surface, start + len(surface))
    head = re.match(r"[A-Za-z%‰°²³]+", run[1])
    while head and "-" in run[1] and (surface := head[0]):
        measure = words.get(surface.lower()) or symbols.get(surface)
        if measure:
            return apply(figure, text, measure, surface, start + len(surface))
        break
    if run[1][0] in "%‰":
        apply(figure, text, symbols[run[1][0]], run[1][0], start + 1)
    return None


_WARM = {
    "C": re.compile(
        r"\b(?:temperature|heat|hot|cold|warm|cool|mercury|thermometer|degrees|freezing|chill|frost|sunny|weather)",
        re.I,
    ),
    "F": re.compile(
        r"\b(?:temperature|heat|mercury|thermometer|degrees|freezing|chill|frost)|[0-9]C \(|[0-9]F\)", re.I
    ),
}


def _is_warm(figure: Figure, text: str) -> bool:
    """Whether 37C and 98F are degrees: the text around speaks of warmth."""
    return abs(figure.value or 0) < 140 and (
        _WARM[text[figure.end]].search(text, max(0, figure.start - 90), figure.end + 60) is not None
    )


_TITLED = frozenset({"Celsius", "Fahrenheit", "Kelvin"})


def _needs_touch(symbol: str) -> bool:
    """Symbols that are words or names when a blank stands before them: 5 in, Class 5 A."""
    return symbol == "in" or (len(symbol) == 1 and symbol.isalpha() and symbol not in "gmtp")


_COMPARED = re.compile(
    " (?:as|the|more|higher|larger|greater|bigger|faster|stronger|longer|cheaper|heavier|oversubscribed"
    "|subscribed|covered|what|their|her|our|its|his|last|that|earnings|sales|book)\\b"
)


def _is_multiple(figure: Figure, text: str, end: int) -> bool:
    """1.9 times, four times as many; not: won it four times."""
    return _COMPARED.match(text, end) is not None or (figure.value or 0) % 1 != 0


def _is_mass(surface: str, text: str, before: int, end: int) -> bool:
    """Pounds are money but for "two pounds of rice", "a 20-pound bag", and where something weighs so many."""
    if surface not in ("pound", "pounds"):
        return False
    of = text.startswith(" of ", end) and not text.startswith((" of debt", " of public", " of tax"), end)
    return of or text[before] == "-" or _WEIGHS.search(text, max(0, before - 28), before) is not None


_WEIGHS = re.compile(r"\b(?:weigh(?:s|ed|ing|t)?|overweight|heavier)\b[a-z ]*[0-9][0-9.,]*\Z")
_RACES = frozenset({50, 100, 200, 400, 800})  # metres
_SIZES = re.compile(
    r"m (?:(?:high|tall|long|wide|deep|thick|above|below|away|from)\b"
    r"|\((?:about )?[0-9.,]+ ?(?:ft|feet|in|inches|yards|yd|miles)\b)"  # 1.3m (4.2ft)
)
_METRES = re.compile(
    r"m (?:sprint|race|hurdles|final|heats?|relay|butterfly|freestyle|backstroke|breaststroke|medley|dash|steeplechase"
    r"|champion|runner|record|swim|indoor|title|to go)\b"
)


_NEXT = re.compile(r" ([a-z]+)\b")
_MONIES = frozenset(
    {"euros", "dollars", "pounds", "yen", "yuan", "francs", "rupees", "roubles", "rubles", "pesos", "kronor"}
)


def _letter(figure: Figure, text: str, run: re.Match[str]) -> bool:
    """A letter that is a scale here: $5m, $5 m, 133m texts, 25k. Metres and 4K screens are left alone."""
    letter, place = run[1][0], run.start(1)
    if letter not in LETTERS or not _WORD_END.match(text, place + 1):
        return False
    if place != figure.end and (figure.currency is None or text[figure.end] != " "):
        return False
    if figure.currency is None and not _is_scale(figure, text, letter):
        return False
    figure.scale(LETTERS[letter])
    figure.end = figure.core_end = place + 1
    figure.rule = "scale-letter"
    return True


def _is_scale(figure: Figure, text: str, letter: str) -> bool:
    value = figure.value or 0
    if letter == "m":
        if (word := _NEXT.match(text, figure.end + 1)) and word[1] in _MONIES:
            return True  # 100m euros
        return (
            not _HAN.match(text, figure.end + 1)
            and value < 1000
            and not _METRES.match(text, figure.end)
            and not _SIZES.match(text, figure.end)
            and value not in _RACES
        )
    follows = re.compile(r" [a-z]{3,}|[-–.,;)]|$").match(text, figure.end + 1) is not None
    return letter in "kKMB" and follows and not (letter == "K" and value <= 10)


_BOUND_SIGNS = frozenset(" ,+-")


def _bound_en(figure: Figure, text: str) -> None:
    if text[figure.end : figure.end + 1] not in _BOUND_SIGNS:
        return
    match = _RIGHT_EN.match(text, figure.end)
    if not match:
        return
    words = comparators_en()[1]
    if match[1]:
        figure.end = match.end()
        figure.compare("gt")
        return
    for surface in (match[2], match[2].split(" ")[0]):
        if surface in words and surface != "something":
            figure.end = match.start(2) + len(surface)
            figure.compare(words[surface])
            return
