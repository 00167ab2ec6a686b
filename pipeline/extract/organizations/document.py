"""One article as a whole: what its passages name, what they declare, and every other place where they say it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline import lexicon
from pipeline.extract.organizations import chinese, declared, english, gazetteer
from pipeline.extract.organizations.names import key
from pipeline.extract.organizations.resolve import resolve
from pipeline.extract.organizations.spans import Span, longest
from pipeline.records import OrganizationMentionRow, Passage
from pipeline.text import simplify


class View(NamedTuple):
    """A passage and what was found in it."""

    passage: Passage
    text: str  # folded, simplified: same length
    hits: list[gazetteer.Hit]
    spans: list[Span]


def _view(passage: Passage) -> View:
    text = simplify(passage.folded)
    spans: list[Span] = []
    if passage.lang != "en":
        spans += chinese.find(text, chinese.tag(text))
    if passage.lang in ("en", "mixed"):
        spans += english.find(text)
    return View(passage, text, gazetteer.find(text), spans)


def _from_lexicon(view: View, sure: set[str]) -> list[Span]:
    """Names of the lexicon; those that need a context count where the article names their owner otherwise."""
    return [
        Span(hit.start, hit.end, "lexicon", 0.7 if hit.alias.context else 0.9)
        for hit in view.hits
        if not hit.alias.context or not sure.isdisjoint(hit.alias.owners)
    ]


def _sure(views: Iterable[View]) -> set[str]:
    """Ids that a name without need of context means."""
    aliases = (hit.alias for view in views for hit in view.hits)
    return {alias.owners[0] for alias in aliases if not alias.context and len(alias.owners) == 1}


def _generic(surface: str) -> bool:
    return surface.casefold() in lexicon.words("organization_generic.txt") or len(surface) < 2


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
    return [surface, short] if short != surface and long_enough and not _generic(short) else [surface]


def _propagate(views: Sequence[View], names: Iterable[str]) -> list[list[Span]]:
    """All other places where the article says one of ``names``."""
    forms = sorted({form for name in names for form in _short_forms(name)}, key=lambda form: (-len(form), form))
    if not forms:
        return [[] for _ in views]
    pattern = re.compile("|".join(map(_bounded, forms)))
    return [[Span(*m.span(), "repeated", 0.5) for m in pattern.finditer(view.text)] for view in views]


def _surface(view: View, span: Span) -> str:
    return view.text[span.start : span.end]


def mentions(passages: Sequence[Passage]) -> list[OrganizationMentionRow]:
    """The rows of one article."""
    views = [_view(passage) for passage in passages]
    sure = _sure(views)
    found = [_accepted(view, sure) for view in views]
    shorts = [list(declared.find(view.text, spans)) for view, spans in zip(views, found, strict=True)]
    aliases: dict[str, str] = {}
    names: set[str] = set()
    for view, spans, ds in zip(views, found, shorts, strict=True):
        aliases |= {_surface(view, d.short): _surface(view, d.full) for d in ds}
        names |= {_surface(view, span) for span in spans if span.evidence != "lexicon"}
    repeated = _propagate(views, names | set(aliases))
    return [
        _row(view, span, aliases, sure)
        for view, spans, ds, again in zip(views, found, shorts, repeated, strict=True)
        for span in longest([*spans, *(d.short for d in ds), *again])
    ]


def _accepted(view: View, sure: set[str]) -> list[Span]:
    spans = longest([*view.spans, *_from_lexicon(view, sure)])
    return [span for span in spans if not _generic(view.text[span.start : span.end])]


def _row(view: View, span: Span, aliases: dict[str, str], sure: set[str]) -> OrganizationMentionRow:
    passage = view.passage
    who = resolve(view.text[span.start : span.end], passage.lang, aliases, sure)
    return OrganizationMentionRow(
        passage.field,
        span.start,
        span.end,
        passage.text[span.start : span.end],
        passage.lang,
        who.org_id,
        who.kind,
        span.evidence,
        span.score,
        who.name,
    )
