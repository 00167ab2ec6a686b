"""What candidates misread in English: events, persons, what somebody is in an organization, a country in front."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.extract.organizations import english
from pipeline.extract.organizations.reading import View
from pipeline.extract.organizations.spans import Span, members, words

_EVENT = re.compile(rf"(?: [A-Z][a-z]+)? (?:{'|'.join(words('en-events'))}|(?:\d|Six|Five) Nations)\b")
_NO_BODY = re.compile(rf" (?:{'|'.join(words('en-events-last'))})$")
_COMPOUND = re.compile(r"[A-Z][\w]*-(?:based|owned|language|backed|listed|led|born|run) (?=[A-Z])")
_ROLE = re.compile(r"(?P<role>[A-Z][\w\-]*(?: (?:and )?[A-Z][\w\-]*){0,4}) (?:of|for|at)(?: the)? (?=[A-Z])")
_FIRST = re.compile(r"[A-Z][a-z]+$")
_COUNTRIES = [re.compile(rf"(?P<country>[A-Z][\w.]+{more}) (?=[A-Z])") for more in ("", r" [A-Z]\w+")]


@cache
def _nations() -> frozenset[str]:
    return members("en-demonyms") | members("en-states") | {"us", "u.s.", "uk", "u.k.", "us-based", "uk-based"}


def mended(view: View, spans: Iterable[Span]) -> Iterator[Span]:
    """``spans`` with each begun where the name begins; without events and persons."""
    known = {(_start(view.text, hit.start), hit.end) for hit in view.hits if not hit.alias.context}
    listed = {(hit.start, hit.end) for hit in view.hits}
    bounds = {article: (start, end) for article, start, end in view.articles()}
    persons: dict[tuple[int, str], bool] = {}
    spans = list(spans)
    ends = {span.end for span in spans if " " in view.surface(span)}
    for span in spans:
        span = span._replace(start=_start(view.text, span.start))
        if _EVENT.match(view.text, span.end):
            continue
        if (span.start, span.end) not in known:
            if _NO_BODY.search(view.surface(span)):
                continue
            name = view.article(span.start), view.surface(span)
            if name not in persons:
                persons[name] = _is_surname(view.text, name[1], *bounds[name[0]], ends)
            if persons[name]:
                continue
            begun = _begun(view.text, span, known, listed)
            if begun is None:
                continue
            span = begun
        yield span


def _start(text: str, start: int) -> int:
    """Where a name starts without its article: Sunday Times."""
    return start + 4 if text.startswith("The ", start) else start


def _begun(text: str, span: Span, known: set[tuple[int, int]], listed: set[tuple[int, int]]) -> Span | None:
    """A span without the country or the person before the name in it; None where only a person is left."""
    for country in _COUNTRIES:
        nation = country.match(text, span.start, span.end)
        if nation and nation["country"].lower() in _nations() and (nation.end(), span.end) in known:
            return span._replace(start=nation.end())
    if compound := _COMPOUND.match(text, span.start, span.end):
        return span._replace(start=compound.end())
    role = _ROLE.match(text, span.start, span.end)
    if role is None:
        return span
    said = role["role"].split()
    if any(word in english.heads() for word in said):
        return span
    person = len(said) > 1 and said[0].lower() in members("en-first")
    office = said[-1].lower() in members("en-titles") or said[-1] in members("en-offices")
    if office or person or (len(said) > 1 and (role.end(), span.end) in listed):
        rest = text[role.end() : span.end]
        places = all(word.lower() in members("en-places") for word in rest.split())
        return None if places and (role.end(), span.end) not in known else span._replace(start=role.end())
    return span


def _is_surname(text: str, name: str, start: int, end: int, ends: set[int]) -> bool:
    """Whether a text has a first name before a single word somewhere: Dunne, where it has Richard Dunne.

    :param ends: where longer names of organizations end: Andersen is none, where it has Arthur Andersen
    """
    if not name.isalpha() or name in english.heads():
        return False
    at = text.find(f" {name}", start, end)
    while at >= 0:
        first, after = _FIRST.search(text, max(at - 12, start), at), text[at + len(name) + 1 :][:1]
        if first and first[0].lower() in members("en-first") and not after.isalnum() and at + 1 + len(name) not in ends:
            return True
        at = text.find(f" {name}", at + 1, end)
    return False
