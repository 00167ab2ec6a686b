"""Who looks like a person: names in Han characters by surnames, in Latin ones by given names and surnames."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.text import simplify

_OFFICES = frozenset("部处處局厅廳署室县縣市区區院系馆館")
_SHOUTED = re.compile(r"[a-z]\w*(?:\s[A-Z]{2,}){2,}$")  # Jane Doe COAST TODAY
_HAN = re.compile("[\u4e00-\u9fff]+")


def is_han_name(name: str) -> bool:
    """Two or three characters, of which the first is a surname; four with a surname of two.

    >>> is_han_name("王小明"), is_han_name("司马小明"), is_han_name("小明")
    (True, True, False)
    """
    single, double = _surnames()
    if len(name) == 3 and name[-1] in _OFFICES:  # 宣传部, 苗栗縣
        return False
    return (len(name) in (2, 3) and name[0] in single) or (len(name) in (3, 4) and name[:2] in double)


def is_person(name: str) -> bool:
    """Surely a person's name, whatever stands beside it: by a common given name, or by initials.

    >>> is_person("Ann Bell"), is_person("J. R. Bell"), is_person("Harbour Works"), is_person("顾小川")
    (True, True, False, True)
    >>> is_person("Virginia Beach"), is_person("Grace Hospital"), is_person("高温")
    (False, False, False)
    >>> is_person("Ann"), is_person("St. James Park"), is_person("Jane Doe COAST TODAY")
    (False, False, False)
    """
    if _HAN.match(name):
        return "·" in name or (is_han_name(name) and simplify(name) not in _surname_words())
    words = name.lower().split()
    places = _words("en-places")
    if (
        len(words) < 2
        or words[0] == "st."
        or words[-1] in _heads()
        or places.issuperset(words)
        or _SHOUTED.search(name)
    ):
        return False
    return words[0].endswith(".") or words[0] in _first_names()


def may_be_place(name: str) -> bool:
    """Whether it ends as names of places do.

    >>> may_be_place("United States"), may_be_place("Ann Bell")
    (True, False)
    """
    return name.lower().rpartition(" ")[2] in _words("en-places")


def has_surname(name: str) -> bool:
    """Likely a person's name where one is spoken of: it ends in a frequent English surname.

    >>> has_surname("Thora Bell"), has_surname("Harbour Works")
    (True, False)
    """
    return " " in name and name.lower().rpartition(" ")[2] in _words("en-last")


@cache
def _first_names() -> frozenset[str]:
    """Given names, without those that are months and seasons too."""
    return _words("en-first") - {"april", "may", "june", "august", "summer", "autumn"}


@cache
def _words(kind: str) -> frozenset[str]:
    """``en-first``, ``en-last`` or ``en-places``, in small letters."""
    lists = {row["list"]: row["words"] for row in lexicon.rows("organization_persons_places.csv")}
    return frozenset(lists[kind].split())


@cache
def _surname_words() -> frozenset[str]:
    """Words that look like names: 高温, 石家庄; in simplified characters."""
    return frozenset(word for line in lexicon.lines("surname_words.txt") for word in line.split())


@cache
def _heads() -> frozenset[str]:
    """What English organizations are called last, in small letters, without what persons are called so, too."""
    heads = {row["head"].lower() for row in lexicon.rows("organization_heads_en.csv") if row["place"] != "first"}
    return frozenset(heads) - _words("en-last")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    single, double = lexicon.lines("han_surnames.txt")
    return frozenset(single), frozenset(double.split())
