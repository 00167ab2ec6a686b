"""The lexicon of known organizations: who they are, and where a text names them."""

import string
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from pipeline import lexicon
from pipeline.extract.organizations.names import key
from pipeline.garbage import no_garbage
from pipeline.records import OrganizationKind
from pipeline.text import simplify

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

FILES = ("organizations.csv", "organizations_cedict.csv")
_COLUMNS = ("org_id", "name_zh", "name_en", "kind", "country", "tickers", "parent", "aliases", "flags")
LOCAL = "organizations.local.csv"  # the user's own, in pipeline/data/ or in raw/; wins


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
    exclude_after: tuple[str, ...]  # not when followed by one of these
    exclude_before: tuple[str, ...]  # not when preceded by one of these


class Hit(NamedTuple):
    start: int
    end: int
    alias: Alias


class Gazetteer(NamedTuple):
    aliases: list[Alias]
    automaton: "AhoCorasick"
    surfaces: dict[str, Alias]
    picky: dict[str, Alias]  # those that mean nobody beside some words
    picky_starts: frozenset[str]  # their first two characters


def _flag(flags: list[str], name: str) -> tuple[str, ...]:
    return tuple(part for flag in flags if flag.startswith(name + ":") for part in flag[len(name) + 1 :].split("/"))


def _alias(text: str, owners: tuple[str], context: bool) -> Alias:
    """An alias as the lexicon writes it, ``苹果~context~not:汁/树``, taken apart."""
    if "~" not in text:
        return Alias(simplify(text.strip()), owners, context, (), ())
    surface, *flags = text.split("~")
    return Alias(
        simplify(surface.strip()),
        owners,
        context or "context" in flags,
        _flag(flags, "not"),
        _flag(flags, "notafter"),
    )


@lru_cache(maxsize=4)
def _rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a file of the lexicon: none if it is not there."""
    if not (lexicon.DATA / name).exists():
        return ()
    return tuple(lexicon.rows(name) if name in FILES else _wanted(lexicon.rows(name)))


def _wanted(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for row in rows:
        yield {column: row.get(column, "").strip() for column in _COLUMNS}


def _aliases(row: dict[str, str]) -> Iterator[Alias]:
    """The names of a row; flags of a full name stand where it is repeated among the aliases."""
    context, owners = "context" in row["flags"], (row["org_id"],)
    listed = {}
    if row["aliases"]:
        aliases = [_alias(text, owners, context) for text in row["aliases"].split("|") if text]
        listed = {alias.surface: alias for alias in aliases}
    for name in (row["name_zh"], row["name_en"]):
        if name and simplify(name) not in listed:
            yield _alias(name, owners, context)
    yield from listed.values()


def _joined(old: Alias, new: Alias) -> Alias:
    """One alias of several owners."""
    return Alias(
        new.surface,
        tuple(dict.fromkeys(old.owners + new.owners)),
        old.context or new.context,
        old.exclude_after + new.exclude_after,
        old.exclude_before + new.exclude_before,
    )


def _organization(row: dict[str, str]) -> Organization:
    return Organization(
        row["org_id"],
        row["name_zh"],
        row["name_en"],
        cast(OrganizationKind, row["kind"] or "company"),
        row["country"],
        tuple(filter(None, row["tickers"].split("|"))),
        row["parent"],
    )


_own: ContextVar[str] = ContextVar("the user's own lexicon, as CSV", default="")


@contextmanager
def using(own: Path | None) -> Iterator[None]:
    """Find organizations with the user's own lexicon added, a file like ``organizations.csv``; None: without."""
    token = _own.set(own.read_text("utf-8-sig", "replace") if own else "")
    try:
        yield
    finally:
        _own.reset(token)


def _local(own: str) -> Iterator[dict[str, str]]:
    return chain(_rows(LOCAL), _wanted(lexicon.rows_of(own.splitlines())))


@lru_cache(maxsize=2)
def _organizations(own: str) -> dict[str, Organization]:
    """Who is in the lexicon, by id; quick to read."""
    rows = chain(*map(_rows, FILES), _local(own))
    return {row["org_id"]: _organization(row) for row in rows}


def gazetteer() -> Gazetteer:
    """The lexicon, with what the user added to it."""
    return _gazetteer(_own.get())


@lru_cache(maxsize=2)
@no_garbage()  # there is none, and it takes time to look for
def _gazetteer(own: str) -> Gazetteer:
    """The lexicon, read and compiled once."""
    from ahocorasick_rs import AhoCorasick, Implementation

    found: dict[str, Alias] = {}
    for name in FILES:
        for row in _rows(name):
            for alias in _aliases(row):
                old = found.get(alias.surface)
                found[alias.surface] = _joined(old, alias) if old else alias
    for row in _local(own):
        found |= {alias.surface: alias for alias in _aliases(row)}
    aliases = [found[surface] for surface in sorted(found)]  # in order they are quicker to compile
    automaton = AhoCorasick([alias.surface for alias in aliases], implementation=Implementation.ContiguousNFA)
    picky = {alias.surface: alias for alias in aliases if alias.exclude_after or alias.exclude_before}
    return Gazetteer(aliases, automaton, found, picky, frozenset(surface[:2] for surface in picky))


def _initials(name: str) -> str:
    """What names of one normal form begin with alike: two plain letters, digits or Han characters, or one with a sign
    behind it; else nothing."""
    first = name.casefold().removeprefix("the ")[:2]
    return first if _is_plain(first[1:]) and _is_plain(first[0]) else first[:1] if _is_plain(first[:1]) else ""


def _is_plain(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or "\u4e00" <= char <= "\u9fff"


@lru_cache(maxsize=2)
def _by_initials(own: str) -> dict[str, list[Alias]]:
    groups: dict[str, list[Alias]] = {}
    for alias in _gazetteer(own).aliases:
        groups.setdefault(_initials(alias.surface), []).append(alias)
    return groups


@lru_cache(maxsize=1 << 14)
def _keys(own: str, initials: str) -> dict[str, tuple[str, ...]]:
    """The owners of each name in its normal form, of the names that begin alike: they are worked out when asked for."""
    keys: dict[str, tuple[str, ...]] = {}
    for alias in _by_initials(own).get(initials, ()):
        name = key.__wrapped__(alias.surface)  # the names that are remembered are those of texts
        keys[name] = tuple(dict.fromkeys(keys.get(name, ()) + alias.owners)) if name in keys else alias.owners
    return keys


def _owners_by_key(own: str, name: str) -> tuple[str, ...]:
    alike = (
        _keys(own, initials).get(name, ()) for initials in dict.fromkeys((_initials(name), _initials(name)[:1], ""))
    )
    return tuple(dict.fromkeys(chain.from_iterable(alike)))


_LATIN = frozenset(string.ascii_letters + string.digits)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin alias is only part of a longer word."""
    before = start > 0 and text[start] in _LATIN and text[start - 1] in _LATIN
    return before or (end < len(text) and text[end] in _LATIN and text[end - 1] in _LATIN)


def _excluded(alias: Alias, text: str, start: int, end: int) -> bool:
    return (bool(alias.exclude_after) and text.startswith(alias.exclude_after, end)) or (
        bool(alias.exclude_before) and text.endswith(alias.exclude_before, 0, start)
    )


def find(text: str) -> list[Hit]:
    """Where ``text`` (folded, simplified) writes a name of the lexicon; names may overlap."""
    book = gazetteer()
    hits = []
    for index, start, end in book.automaton.find_matches_as_indexes(text, overlapping=True):
        alias = book.aliases[index]
        if not _inside_word(text, start, end) and not _excluded(alias, text, start, end):
            hits.append(Hit(start, end, alias))
    return hits


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether the lexicon says that the name there means something else: 苹果 in 苹果汁."""
    book = gazetteer()
    if text[start : start + 2] not in book.picky_starts:
        return False
    picky = book.picky
    for stop in range(start + 2, end + 1):
        alias = picky.get(text[start:stop])
        if alias is not None and _excluded(alias, text, start, stop):
            return True
    return False


def is_listed(name: str) -> bool:
    """Whether a text means an organization by ``name`` without further signs."""
    alias = gazetteer().surfaces.get(name)
    return alias is not None and not alias.context


def with_article(text: str, start: int, end: int) -> str:
    """The name there, with the article before it where it is listed with that: The Sun is no Sun Microsystems."""
    whole = text[start - 4 : end]
    return whole if whole.startswith("The ") and whole in gazetteer().surfaces else text[start:end]


def owners(name: str) -> tuple[str, ...]:
    """The organizations of the lexicon that go by ``name``; more than one: it is ambiguous.

    A name listed as it stands goes first: 联想 is Lenovo, though 联想控股 (Legend Holdings) has the same key.
    """
    book = gazetteer()
    listed = book.surfaces.get(simplify(name))
    return listed.owners if listed else _owners_by_key(_own.get(), key(name))


def describe(org_id: str) -> Organization | None:
    """What the lexicon knows of an organization: names in both languages, kind, tickers, parent."""
    return _organizations(_own.get()).get(org_id)


def changed(before: str, after: str) -> tuple[set[str], set[str]]:
    """What differs between two versions of the user's own lexicon: ids; names, as written and compared."""
    one, other = (
        [tuple(row.items()) for row in _wanted(lexicon.rows_of(text.splitlines()))] for text in (before, after)
    )
    both = set(one) & set(other)
    if [row for row in one if row in both] != [row for row in other if row in both]:
        both = set()  # of rows with the same alias the last one counts
    rows = [dict(row) for row in {*one, *other} - both]
    names = {alias.surface for row in rows for alias in _aliases(row)}
    return {row["org_id"] for row in rows}, names | set(map(key, names))
