"""Articles as a whole: what their passages name, what they declare, and every other place where they say it."""

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from pipeline.extract.organizations import declared, gazetteer
from pipeline.extract.organizations.candidates import accepted, is_generic, sure_owners
from pipeline.extract.organizations.names import key
from pipeline.extract.organizations.reading import View, look
from pipeline.extract.organizations.resolve import Resolved, resolve
from pipeline.extract.organizations.spans import Span, longest
from pipeline.records import Lang, OrganizationMentionRow, Passage
from pipeline.text import simplify


def _places(text: str, name: str, start: int, end: int) -> Iterator[int]:
    """Where a text says a name, and not as part of a longer Latin word."""
    first, last = (char.isascii() and char.isalnum() for char in (name[0], name[-1]))
    at = text.find(name, start, end)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (first and before.isascii() and before.isalnum()) and not (last and after.isascii() and after.isalnum()):
            yield at
        at = text.find(name, at + len(name), end)


def _short_forms(surface: str) -> list[str]:
    """A name and what is left of it without its legal form, if that cannot be taken for a common word."""
    bare = key(surface)
    at = simplify(surface).casefold().find(bare)
    short = surface[at : at + len(bare)] if at >= 0 else surface
    long_enough = len(short) > 2 if re.search("[\u3400-\u9fff]", short) else len(short) > 3
    return [surface, short] if short != surface and long_enough and not is_generic(short) else [surface]


def _propagate(view: View, names: Sequence[set[str]]) -> Iterator[Span]:
    """All other places where each article says one of its ``names``."""
    for article, start, end in view.articles():
        for form in {form for name in names[article] for form in _short_forms(name)}:
            for at in _places(view.text, form, start, end):
                if not gazetteer.is_excluded(view.text, at, at + len(form)):
                    yield Span(at, at + len(form), "repeated", 0.5)


def mentions(articles: Sequence[Sequence[Passage]]) -> list[list[OrganizationMentionRow]]:
    """The rows of each article, in order; what comes of one does not depend on the others."""
    views = look(articles)
    sure = sure_owners(views, len(articles))
    aliases: list[dict[str, str]] = [{} for _ in articles]
    names: list[set[str]] = [set() for _ in articles]
    said: list[set[str]] = [set() for _ in articles]
    found = []
    for view in views:
        spans = accepted(view, sure)
        brackets = list(declared.find(view.text, spans))
        for short in brackets:
            aliases[view.article(short.full.start)][view.surface(short.short)] = view.surface(short.full)
        for span in spans:
            said[view.article(span.start)].add(view.surface(span))
            if span.evidence != "lexicon" or not gazetteer.is_listed(view.surface(span)):
                names[view.article(span.start)].add(view.surface(span))
        found.append([*spans, *(short.short for short in brackets)])
    for known, all_said, declarations in zip(names, said, aliases, strict=True):
        declarations.update(declared.implied(known - declarations.keys()))
        declarations.update(declared.first_words(all_said - declarations.keys()) | declarations)
        known.update(declarations)
        shorts = declared.shortened(all_said).items()
        declarations.update({short: full for short, full in shorts if not gazetteer.owners(short)} | declarations)
    rows: list[list[tuple[int, int, OrganizationMentionRow]]] = [[] for _ in articles]
    resolved: dict[tuple[int, Lang, str], Resolved] = {}
    for view, spans in zip(views, found, strict=True):
        for span in longest([*spans, *_propagate(view, names)]):
            piece, shift = view.piece(span.start)
            name = (piece.article, piece.passage.lang, gazetteer.with_article(view.text, span.start, span.end))
            if name not in resolved:
                resolved[name] = resolve(name[2], name[1], aliases[piece.article], sure[piece.article])
            row = _row(piece.passage, span, shift, resolved[name])
            rows[piece.article].append((piece.number, row.start, row))
    return [[row for _, _, row in sorted(each, key=itemgetter(0, 1))] for each in rows]


def _row(passage: Passage, span: Span, shift: int, who: Resolved) -> OrganizationMentionRow:
    start, end = span.start + shift, span.end + shift
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
