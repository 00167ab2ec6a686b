"""A figure on its way from a numeral to a row."""

from dataclasses import dataclass
from typing import Literal

from pipeline.numerals import Numeral
from pipeline.records import Comparator

from .lexica import Kind

Direction = Literal["up", "down"]
Basis = Literal["yoy", "mom"]


@dataclass(slots=True)
class Figure:
    """What the rules have found out so far. Offsets are into the passage; ``core`` is the number with its unit."""

    numeral: Numeral
    start: int
    end: int
    core_start: int
    core_end: int
    value: float | None
    low: float | None
    high: float | None
    cmp: Comparator
    kind: Kind = "number"
    unit: str | None = None
    unit_text: str | None = None
    classifier: str | None = None
    currency: str | None = None
    explicit: bool | None = None
    direction: Direction | None = None
    basis: Basis | None = None
    rule: str = "number"
    factor: float = 1  # of the unit: 0.01 for cents
    bound: bool = False  # a comparator or a bound was found
    joined: bool = False  # made of two numbers

    def scale(self, factor: float) -> None:
        """Multiply value and bounds."""
        if factor != 1:
            self.value, self.low, self.high = (x and rounded(x * factor) for x in (self.value, self.low, self.high))

    def compare(self, cmp: Comparator) -> None:
        """Apply a comparator, unless the number is a range already or the comparator says nothing."""
        self.bound = True
        if self.cmp == "range":
            return
        self.cmp = cmp
        self.low = None if cmp in ("lt", "le") else self.value
        self.high = None if cmp in ("gt", "ge") else self.value


def rounded(value: float) -> float:
    """Without the noise of binary fractions: 0.356 * 100 is 35.6."""
    return float(f"{value:.12g}") if abs(value) < 1e12 else value


def from_numeral(numeral: Numeral) -> Figure:
    """The figure that a numeral is without anything around it."""
    n = numeral
    figure = Figure(n, n.start, n.end, n.start, n.end, n.value, n.low, n.high, n.cmp)
    figure.bound = n.cmp not in ("eq", "range")
    return figure
