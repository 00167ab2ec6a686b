"""What the reading of a date depends on, and how its words are read as numbers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline import numerals
from pipeline.records import Lang
from pipeline.temporal import Expression
from pipeline.temporal.calendar import Period


@dataclass(slots=True)
class Context:
    """Where a date stands. ``last`` changes while a passage is read."""

    anchor: date | None  # the day of publication
    lang: Lang
    text: str  # the passage, folded
    day_first: bool | None = None  # 3/4/2020 is 3 April; None: by the sign between
    last: Period | None = None  # the date named before, in full
    last_end: int = 0  # where it ended in the text
    day: Period | None = None  # the day named before, also if by a relation
    month: Period | None = None  # the day or month named before, also if by a relation
    latest: Period | None = None  # the day, month, quarter, half or year named before, also if by a relation
    latest_end: int = 0  # where that ended in the text
    here: int = 0  # where the expression stands that is being read

    def year_before(self, parts: Mapping[str, str]) -> int | None:
        """The year of the day or month named in full shortly before in the sentence, if this one follows it in time."""
        last = self.last.start if self.last and self.last.grain in ("day", "month") else None
        if last is None or not 0 < self.here - self.last_end <= 40 or not self.lang.startswith("zh"):
            return None
        follows = month_number(parts["m"]) >= last.month and not _FULL_STOP.search(self.text, self.last_end, self.here)
        return last.year if follows else None

    def glossed(self) -> bool:
        """Whether what is read says in brackets once more when the date before it was: 2036年（十年后）."""
        return self.last_end == self.here - 1 and self.text[self.last_end] in "(（"

    def compared(self) -> bool:
        """Whether what is read is compared to a period named before it in the sentence: 5月……，比上月下降2%."""
        if (
            self.latest is None
            or self.here - self.latest_end > 80
            or self.text[self.here - 1 : self.here] not in "比较"
        ):
            return False
        return not _STOP.search(self.text, self.latest_end, self.here)


@dataclass(slots=True)
class Reading:
    """What an expression means."""

    period: Period | None  # None: only a relation, nothing to count from
    relative: bool = False
    edtf: str | None = None  # where the period does not say it: XXXX-05-07
    opened: Period | None = None  # what the text names, of a period that a word has opened at one side


_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i + 1 for i, name in enumerate(_NAMES)}
_RANKS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"
)  # fmt: skip
_ORDINALS = {word: i + 1 for i, word in enumerate(_RANKS)} | {"final": 4, "last": 4}  # of quarters
_LUNAR_MONTHS = {"正月": 1, "大年": 1, "冬月": 11, "腊月": 12}


@lru_cache(4096)
def number(word: str) -> int:
    """A whole number as written: 7, 7th, 七, 廿三, 初五, 元, seven, seventh.

    :raises ValueError: where it is none
    """
    if word.isdigit():
        return int(word)
    word = word.strip().lower()
    if digits := re.match("[0-9]+", word):
        return int(digits[0])
    if word in _ORDINALS:
        return _ORDINALS[word]
    if word == "元":
        return 1
    value = numerals.read_han(word.removeprefix("初").replace("廿", "二十").replace("卅", "三十").replace("○", "〇"))
    if value is None:
        value = numerals.read(word)
    if value is None or value != int(value):
        raise ValueError(word)
    return int(value)


def month_number(word: str) -> int:
    """A month as written: 5, 五, May, Sept., 正月.

    :raises ValueError: where it is none
    """
    return _MONTHS.get(word[:3].lower()) or _LUNAR_MONTHS.get(word) or number(word)


def full_year(two_digits: int, anchor: date | None) -> int:
    """The year of '97 or 07年: in this century up to ten years ahead, else in the last."""
    this = anchor.year if anchor else 2025
    return two_digits + (this // 100 * 100 if two_digits <= this % 100 + 10 else this // 100 * 100 - 100)


_FUTURE = re.compile(
    r"\b(?:will|shall|due|scheduled|expected|set to|upcoming|going to|is to|are to|resumes?|begins?|starts?)\b"
    r"|\b(?:by|until|till|next|from)(?: the)? ?$"
    r"|将|会于|拟|计划|预计|预定|即将",
    re.I,
)
_THEN = re.compile(r",? (?:[\w'’.-]+ ){0,4}?(?:will|is to|are to)\b|.{0,3}(?:将|拟)")
_FULL_STOP = re.compile("[。！？!?\\n]")
_STOP = re.compile(r"[。！？!?\n;；]|\. ")


def looks_ahead(context: Context, expression: Expression) -> bool:
    """Whether the clause of a date speaks of the future: by what leads to it, or what follows where it comes first."""
    before = _STOP.split(context.text[max(0, expression.start - 40) : expression.start])[-1]
    if _FUTURE.search(before):
        return True
    first = before.strip().lower() in ("", "on", "in") or context.lang.startswith("zh")
    return first and _THEN.match(context.text, expression.end, expression.end + 40) is not None


_HAPPENED = re.compile(
    r"\b(?:was|were|had|did|went|came|began|said|won|lost|took|made|left|rose|fell|became|got|saw|met|died|sold|bought"
    r"|gave|held|found|told|paid|wrote|spoke|led|hit|broke|ran|stood|fled|grew"
    r"|(?!(?:plann|expect|schedul|suppos|propos|delay|postpon|need|call)ed)[a-z]{2,}(?<!e)ed)\b"
    r"(?!.*\bto (?!the |an? |his |her |their |its )[a-z])"
)


def has_told(context: Context, expression: Expression) -> bool:
    """Whether the English clause before a date tells of what has happened."""
    if context.lang.startswith("zh"):
        return False
    before = _STOP.split(context.text[max(0, expression.start - 40) : expression.start])[-1]
    return _HAPPENED.search(before) is not None


def nearest(
    make: Callable[[int], Period | None],
    context: Context,
    ahead: Callable[[], bool] = lambda: False,
    told: Callable[[], bool] = lambda: False,
) -> Period | None:
    """Of the periods that ``make`` gives for the years around the anchor, the nearest one.

    News looks back: the past counts as nearer than it is, unless the words look ``ahead``, and more so where they have
    ``told`` what happened; and in Chinese the year of
    publication is meant unless another one is much nearer.
    """
    anchor = context.anchor
    if anchor is None:
        return None
    made = [_made(make, anchor.year + step) for step in (0, -1, 1)]
    if not any(made):
        made = [_made(make, anchor.year + step) for step in range(-4, 5)]  # 29 February
    home = 150 if context.lang.startswith("zh") else 0
    back, fair, past = (_best(made, anchor, home, weight) for weight in (_PAST, 1, _TOLD))
    if back == fair == past:
        return back
    return fair if ahead() else past if told() else back


# How near the past is against the future: at all, and where the clause tells of what has happened.
_PAST, _TOLD = 0.6, 0.35


def _best(made: list[Period | None], anchor: date, home: int, past: float) -> Period | None:
    best: tuple[float, Period] | None = None
    for period in made:
        if period and period.start and period.end:
            days: float = (period.start - anchor).days
            if days <= 0:
                days = past * max((anchor - period.end).days, 0)
            days += home * (period.start.year != anchor.year)
            if best is None or days < best[0]:
                best = (days, period)
    return best[1] if best else None


def _made(make: Callable[[int], Period | None], y: int) -> Period | None:
    try:
        return make(y)
    except (ValueError, OverflowError):
        return None
