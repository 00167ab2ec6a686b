"""The lexicon of known organizations: who they are, and where a text names them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from pipeline import lexicon
from pipeline.extract.organizations.names import key
from pipeline.records import OrganizationKind
from pipeline.text import simplify

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

FILES = ("organizations.csv", "organizations_cedict.csv")
LOCAL = "organizations.local.csv"  # the user's own; wins


class Organization(NamedTuple):
    """One organization of the lexicon."""

    org_id: str
    name_zh: str
    name_en: str
    kind: OrganizationKind
    country: str
    tickers: tuple[str, ...]
    parent: str


class Alias(NamedTuple):
    """One name of organizations: ``context`` names mean them only where something else says so."""

    surface: str
    owners: tuple[str, ...]
    context: bool
    exclude_after: tuple[str, ...]


class Hit(NamedTuple):
    start: int
    end: int
    alias: Alias


class Gazetteer(NamedTuple):
    organizations: dict[str, Organization]
    aliases: list[Alias]
    automaton: "AhoCorasick"
    keys: dict[str, tuple[str, ...]]  # normalised name -> owners


def _declared(text: str) -> tuple[str, bool, tuple[str, ...]]:
    """An alias as the lexicon writes it, ``苹果~context~not:汁/树``, taken apart."""
    surface, *flags = text.split("~")
    after = tuple(part for flag in flags if flag.startswith("not:") for part in flag[4:].split("/"))
    return surface.strip(), "context" in flags, after


def _rows() -> Iterator[dict[str, str]]:
    for name in (*FILES, LOCAL):
        if (lexicon.DATA / name).exists():
            yield from lexicon.rows(name)


def _names(row: dict[str, str]) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    listed = [_declared(text) for text in row["aliases"].split("|") if text]
    seen = {surface for surface, _, _ in listed}
    yield from ((name, False, ()) for name in (row["name_zh"], row["name_en"]) if name and name not in seen)
    yield from listed


def _organization(row: dict[str, str]) -> Organization:
    return Organization(
        row["org_id"],
        row["name_zh"],
        row["name_en"],
        cast(OrganizationKind, row["kind"]),
        row["country"],
        tuple(filter(None, row["tickers"].split("|"))),
        row["parent"],
    )


@cache
def gazetteer() -> Gazetteer:
    """The lexicon, read and compiled once."""
    from ahocorasick_rs import AhoCorasick, Implementation

    organizations: dict[str, Organization] = {}
    found: dict[str, Alias] = {}
    for row in _rows():
        organizations[row["org_id"]] = _organization(row)
        for surface, context, after in _names(row):
            folded = simplify(surface)
            old = found.get(folded)
            owners = (row["org_id"],) if old is None else tuple(dict.fromkeys((*old.owners, row["org_id"])))
            found[folded] = Alias(
                folded, owners, context or bool(old and old.context), after + (old.exclude_after if old else ())
            )
    keys: dict[str, tuple[str, ...]] = {}
    for alias in found.values():
        name = key(alias.surface)
        keys[name] = tuple(dict.fromkeys(keys.get(name, ()) + alias.owners))
    aliases = list(found.values())
    automaton = AhoCorasick([alias.surface for alias in aliases], implementation=Implementation.ContiguousNFA)
    return Gazetteer(organizations, aliases, automaton, keys)


_WORD = re.compile(r"[A-Za-z0-9]")


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin alias is only part of a longer word."""
    before = start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1])
    after = end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end])
    return bool(before or after)


def find(text: str) -> list[Hit]:
    """Where ``text`` (folded, simplified) writes a name of the lexicon; names may overlap."""
    book = gazetteer()
    hits = []
    for index, start, end in book.automaton.find_matches_as_indexes(text, overlapping=True):
        alias = book.aliases[index]
        if _inside_word(text, start, end) or (alias.exclude_after and text.startswith(alias.exclude_after, end)):
            continue
        hits.append(Hit(start, end, alias))
    return hits


def owners(name: str) -> tuple[str, ...]:
    """The organizations of the lexicon that go by ``name``; more than one: it is ambiguous."""
    return gazetteer().keys.get(key(name), ())


def describe(org_id: str) -> Organization | None:
    """What the lexicon knows of an organization: names in both languages, kind, tickers, parent."""
    return gazetteer().organizations.get(org_id)
