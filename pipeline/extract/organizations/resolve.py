"""From a name to an id: lexicon, then what the document declares, then a new id that follows from the name."""

from collections.abc import Mapping, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.organizations import chinese, english, gazetteer
from pipeline.extract.organizations.names import key, new_id
from pipeline.records import Lang, OrganizationKind


class Resolved(NamedTuple):
    org_id: str | None
    name: str
    kind: OrganizationKind


def resolve(surface: str, lang: Lang, declared: Mapping[str, str], present: Set[str]) -> Resolved:
    """Who a name means.

    :param declared: the document's short names and what they are short for
    :param present: ids that other names of the document mean for sure: they settle who an ambiguous name means
    :returns: without an id where the name has several owners and nothing tells which
    """
    full = declared.get(surface, surface)
    owners = gazetteer.owners(full) or (gazetteer.owners(surface) if surface != full else ())
    if len(owners) > 1:
        settled = [owner for owner in owners if owner in present or _entry(owner).parent in present]
        owners = tuple(settled) if len(settled) == 1 else owners
    if len(owners) > 1:
        return Resolved(None, surface, _entry(owners[0]).kind)
    if owners:
        entry = _entry(owners[0])
        return Resolved(entry.org_id, display(entry, lang), entry.kind)
    return Resolved(new_id(full), full, kind(full))


def _entry(org_id: str) -> gazetteer.Organization:
    entry = gazetteer.describe(org_id)
    assert entry is not None
    return entry


def display(entry: gazetteer.Organization, lang: Lang) -> str:
    """The name to show in a text of ``lang``."""
    names = (entry.name_en, entry.name_zh) if lang == "en" else (entry.name_zh, entry.name_en)
    return names[0] or names[1] or entry.org_id


@lru_cache(maxsize=1 << 13)
def kind(name: str) -> OrganizationKind:
    """What sort of organization a name tells of; a company if it does not."""
    for length in range(min(len(name), 7), 1 if len(name) < 4 else 0, -1):
        if name[-length:] in chinese.heads():
            return chinese.heads()[name[-length:]][0]
    words = key(name).title().split()
    for word in [*reversed(words), *name.split()]:
        if word in english.heads():
            return english.heads()[word][0]
    return "company"
