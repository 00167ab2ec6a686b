"""Names that the text itself declares, or shows, to be short for another."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.organizations.names import initials, key
from pipeline.extract.organizations.spans import Span, members


class Declared(NamedTuple):
    """``short`` stands for the organization named at ``full``."""

    full: Span
    short: Span


_ZH = re.compile(
    r"\s?[（(][^（()）\n]{0,12}?(?:以下简称|下称|简称|又称|原名|前身为|全称)[为：:\s]{0,2}[“\"「『《]?"
    r"(?P<short>[\w\u3400-\u9fff·\-]{2,20}?)[”\"」』》]?[）),，、]"
)
_EN = re.compile(
    r",? ?[(（](?:(?:hereinafter|hereafter|also|formerly|now)? ?(?:referred to as|known as)|here(?:in)?after|or)?"
    r" ?(?:the )?[“\"‘]?(?P<short>[A-Z][\w&.\-]{1,12}(?: [A-Z][\w&\-]{1,12})?)[”\"’]?[)）]"
)
_TICKER = re.compile(r"[A-Z]{1,5}\.[A-Z]{1,2}")  # NVDA.O
_ACRONYM = re.compile(r"\s?[（(](?P<short>[A-Z][A-Za-z&\-]{1,9})[）)]")


def _plausible(full: str, short: str) -> bool:
    """Whether a bracket after a name holds its acronym."""
    letters = initials(full)
    return short.isupper() and (letters.startswith(short) or short in letters or letters in short)


def find(text: str, spans: Sequence[Span]) -> Iterator[Declared]:
    """Declared short names right behind ``spans``: Full Name (hereinafter referred to as X), 某公司（以下简称“X”）."""
    for span in spans:
        for pattern in (_ZH, _EN, _ACRONYM):
            match = pattern.match(text, span.end)
            if (
                match
                and not _TICKER.fullmatch(match["short"])
                and _fits(pattern, text[span.start : span.end], match["short"], match[0])
            ):
                yield Declared(span, Span(*match.span("short"), "declared", 0.9))
                break


def _fits(pattern: re.Pattern[str], full: str, short: str, bracket: str) -> bool:
    if pattern is _ZH:
        return True
    if pattern is _ACRONYM and re.search("[\u3400-\u9fff]", full):
        return True
    return _plausible(full, short) or re.search(r"referred|known|called|hereinafter|hereafter", bracket) is not None


def implied(names: Iterable[str]) -> dict[str, str]:
    """Bare names that begin exactly one registered name of their article: 宁海汽车 of 宁海汽车零部件股份有限公司."""
    keys = {name: key(name) for name in names}
    registered = {name: bare for name, bare in keys.items() if _LEGAL.search(name)}
    found = {}
    for short, bare in keys.items():
        if len(bare) < 3 or short in registered or "集团" in short or bare in registered.values():
            continue
        longer = {
            other: name
            for name, other in registered.items()
            if other.startswith(bare if not bare.isascii() else bare + " ")
        }
        if len(longer) == 1:
            found[short] = next(iter(longer.values()))
    return found


def shortened(names: Iterable[str]) -> dict[str, str]:
    """English words that begin or end exactly one longer name of their article: United of Manchester United.

    :param names: all that the article names; what the lexicon knows by the word alone is for the caller to leave out
    """
    longer: dict[str, set[str]] = {}
    for name in names:
        if " " in name and name.isascii():
            for word in (name.split(" ")[0], name.split(" ")[-1]):
                longer.setdefault(word, set()).add(name)
    return {name: next(iter(full)) for name in names if len(full := longer.get(name, set())) == 1}


_LISTS = ("en-places", "en-first", "en-demonyms", "en-states", "en-openers", "en-titles", "en-calendar")


def first_words(names: Iterable[str]) -> dict[str, str]:
    """First words of firms' registered English names that no other name begins with: Acme of Acme Robotics Inc."""
    found: dict[str, set[str]] = {}
    for name in names:
        first, *more = name.split(" ")
        if more and _LEGAL.search(name) and len(first) > 3 and first.isascii() and first.isalpha():
            found.setdefault(first, set()).add(key(name))
    kept = {
        first
        for first, keys in found.items()
        if len(keys) == 1 and not any(first.lower() in members(n) for n in _LISTS)
    }
    return {name.split(" ")[0]: name for name in names if name.split(" ")[0] in kept and _LEGAL.search(name)}


_LEGAL = re.compile(r"(?:公司|\b(?:Inc|Corp|Ltd|Limited|plc|PLC|LLC|AG|SE)\.?)$")
