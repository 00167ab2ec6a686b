"""How what can be read in two ways is read: the defaults, and what a file of settings says instead.

The file is TOML (docs/figures.md, docs/dates.md)::

    [dates]
    day_first = true            # 3/4/2020 is 3 April

    [figures]
    pairs = "approx"            # 两三百 is about 250, and no range

    [currency]
    "$" = "CAD"                 # a bare sign or word, in every language ...

    [currency.zh-Hant]
    "元" = "HKD"                # ... or in one
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, get_args

from pipeline.records import Lang

Pairs = Literal["range", "approx"]
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Conventions:
    """What is decided; the defaults are those of the documentation."""

    day_first: bool | None = None  # None: the month first, but the day first if written with full stops
    pairs: Pairs = "range"
    currency: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by language ("": all), by sign

    def currencies(self, lang: Lang) -> Mapping[str, str]:
        """What the bare signs and words mean in a language, where it is not the default."""
        return {**self.currency.get("", _NONE), **self.currency.get(lang, _NONE)} if self.currency else _NONE


_DEFAULT = Conventions()
_current: ContextVar[Conventions] = ContextVar("conventions", default=_DEFAULT)


def current() -> Conventions:
    return _current.get()


@contextmanager
def using(conventions: Conventions) -> Iterator[None]:
    """Read by these conventions."""
    token = _current.set(conventions)
    try:
        yield
    finally:
        _current.reset(token)


def read(text: str) -> Conventions:
    """The conventions that a file of settings says.

    :raises ValueError: it is no TOML, or says what there is not to say

    >>> read('[dates]\\nday_first = true').day_first
    True
    """
    said = tomllib.loads(text)
    dates, figures, currency = (_table(said, name) for name in ("dates", "figures", "currency"))
    unknown = [*(said.keys() - {"dates", "figures", "currency"}), *(dates.keys() - {"day_first"})]
    unknown += figures.keys() - {"pairs"}
    day_first, pairs = dates.get("day_first"), figures.get("pairs", "range")
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if not isinstance(day_first, bool | None) or pairs not in get_args(Pairs):
        raise ValueError(f"day_first is true or false; pairs is one of {', '.join(get_args(Pairs))}")
    return Conventions(day_first, "approx" if pairs == "approx" else "range", _currencies(currency))


def _table(said: dict[str, object], name: str) -> dict[str, object]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f"{name} is a table")
    return table


def _currencies(table: dict[str, object]) -> dict[str, dict[str, str]]:
    tables = {"": {key: value for key, value in table.items() if not isinstance(value, dict)}}
    tables |= {key: value for key, value in table.items() if isinstance(value, dict)}
    for key, signs in tables.items():
        if key and key not in get_args(Lang):
            raise ValueError(f"currency: there is no language {key}")
        if not all(isinstance(code, str) and len(code) == 3 and code.isupper() for code in signs.values()):
            raise ValueError("currency: a code has three capital letters, as USD")
    return {key: {sign: str(code) for sign, code in signs.items()} for key, signs in tables.items() if signs}
