"""One article as a whole: what its passages name, what they declare, and every other place where they say it."""

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.organizations import declared
from pipeline.extract.organizations.candidates import accepted, is_generic, sure_owners
from pipeline.extract.organizations.names import key
from pipeline.extract.organizations.reading import View, look
from pipeline.extract.organizations.resolve import resolve
from pipeline.extract.organizations.spans import Span, longest
from pipeline.records import OrganizationMentionRow, Passage
from pipeline.text import simplify

_LATIN = re.compile(r"[A-Za-z0-9]")


def _bounded(name: str) -> str:
    """A pattern for a name that is not part of a longer Latin word."""
    before = r"(?<![A-Za-z0-9])" if _LATIN.match(name[0]) else ""
    return before + re.escape(name) + (r"(?![A-Za-z0-9])" if _LATIN.match(name[-1]) else "")


def _short_forms(surface: str) -> list[str]:
    """A name and what is left of it without its legal form, if that cannot be taken for a common word."""
    bare = key(surface)
    at = simplify(surface).casefold().find(bare)
    short = surface[at : at + len(bare)] if at >= 0 else surface
    long_enough = len(short) > 2 if re.search("[\u3400-\u9fff]", short) else len(short) > 3
    return [surface, short] if short != surface and long_enough and not is_generic(short) else [surface]


def _propagate(views: Sequence[View], names: Iterable[str]) -> list[list[Span]]:
    """All other places where the article says one of ``names``."""
    forms = sorted({form for name in names for form in _short_forms(name)}, key=lambda form: (-len(form), form))
    if not forms:
        return [[] for _ in views]
    pattern = re.compile("|".join(map(_bounded, forms)))
    return [[Span(*m.span(), "repeated", 0.5) for m in pattern.finditer(view.text)] for view in views]


def mentions(passages: Sequence[Passage]) -> list[OrganizationMentionRow]:
    """The rows of one article."""
    views = [view for passage in passages for view in look(passage)]
    sure = sure_owners(views)
    found = [accepted(view, sure) for view in views]
    shorts = [list(declared.find(view.text, spans)) for view, spans in zip(views, found, strict=True)]
    aliases: dict[str, str] = {}
    names: set[str] = set()
    for view, spans, ds in zip(views, found, shorts, strict=True):
        aliases |= {view.surface(d.short): view.surface(d.full) for d in ds}
        names |= {view.surface(span) for span in spans if span.score < 0.9}
    repeated = _propagate(views, names | set(aliases))
    return [
        _row(view, span, aliases, sure)
        for view, spans, ds, again in zip(views, found, shorts, repeated, strict=True)
        for span in longest([*spans, *(d.short for d in ds), *again])
    ]


def _row(view: View, span: Span, aliases: dict[str, str], sure: set[str]) -> OrganizationMentionRow:
    passage = view.passage
    start, end = view.at + span.start, view.at + span.end
    who = resolve(view.surface(span), passage.lang, aliases, sure)
    return OrganizationMentionRow(
        passage.field,
        start,
        end,
        passage.text[start:end],
        passage.lang,
        who.org_id,
        who.kind,
        span.evidence,
        span.score,
        who.name,
    )
