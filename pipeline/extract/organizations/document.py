"""One article as a whole: what its passages name, what they declare, and every other place where they say it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline import lexicon
from pipeline.extract.organizations import chinese, declared, english, features, gazetteer, scorer
from pipeline.extract.organizations.names import initials, key
from pipeline.extract.organizations.resolve import resolve
from pipeline.extract.organizations.spans import Span, longest
from pipeline.records import OrganizationMentionRow, Passage
from pipeline.text import simplify


class View(NamedTuple):
    """A passage and what was found in it."""

    passage: Passage
    text: str  # folded, simplified: same length
    hits: list[gazetteer.Hit]
    rules: list[Span]
    reading: "Reading | None"


class Reading(NamedTuple):
    """What the scorer makes of a text."""

    model: scorer.Model
    scores: "scorer.Floats"
    found: list[tuple[int, int]]  # spans in the text
    starts: dict[int, int] | None  # position of the unit that starts, or ends, at an offset; None: the offset itself
    ends: dict[int, int] | None

    def margin(self, start: int, end: int) -> float:
        """Log odds of a name there; very low where the scorer's units do not meet the span."""
        if self.starts is None or self.ends is None:
            return scorer.margin(self.model, self.scores, start, end)
        first, last = self.starts.get(start), self.ends.get(end)
        if first is None or last is None or first > last:
            return -20.0
        return scorer.margin(self.model, self.scores, first, last + 1)


def _read(lang: str, grid: features.Grid) -> Reading | None:
    model = scorer.load(lang)
    if model is None or not grid.features:
        return None
    scores = scorer.emissions(model, grid.features)
    found = [grid.place(first, end) for first, end in scorer.decode(model, scores, grid.breaks)]
    if grid.offsets is None:
        return Reading(model, scores, found, None, None)
    starts, ends = zip(*grid.offsets, strict=True)
    index = range(len(starts))
    return Reading(model, scores, found, dict(zip(starts, index, strict=True)), dict(zip(ends, index, strict=True)))


def look(passage: Passage) -> View:
    """What lexicon, rules and scorer see in one passage."""
    text = simplify(passage.folded)
    hits = gazetteer.find(text)
    if passage.lang == "en":
        rules = english.find(text)
        return View(passage, text, hits, rules, _read("en", features.of_english(text, hits)))
    tagged = chinese.tag(text)
    rules = chinese.find(text, tagged)
    hits = chinese.whole(hits, tagged)
    return View(passage, text, hits, rules, _read("zh", features.of_chinese(text, tagged, hits, rules)))


# Log odds that the scorer must give, at least, by what else speaks for a name.
LEXICON_MIN, CONTEXT_MIN, WEAK_MIN = -4.0, 0.0, 0.0
RULE_MIN = {"declared": -9.0, "media": -4.0, "body": -9.0, "head": -3.0, "context": -3.0, "suffix": -1.0, "rank": 0.0}


def _from_lexicon(view: View, sure: set[str]) -> Iterator[Span]:
    """Names of the lexicon; those that need a context count where the article names their owner otherwise."""
    for start, end, alias in view.hits:
        odds = view.reading.margin(start, end) if view.reading else 0.0
        if odds > (LEXICON_MIN if not alias.context or not sure.isdisjoint(alias.owners) else CONTEXT_MIN):
            yield Span(start, end, "lexicon", 0.7 if alias.context else 0.9)


def _from_model(view: View) -> Iterator[Span]:
    if view.reading:
        for start, end in view.reading.found:
            odds = view.reading.margin(start, end)
            trimmed = _TRIM.match(view.text[start:end])
            if trimmed:
                name = start + trimmed.start("name"), start + trimmed.end("name")
                for part in english.parted(view.text, *name):
                    yield Span(*part, "model", scorer.confidence(odds))


_TRIM = re.compile(r"(?:[Tt]he (?=[A-Z])|[《“\"'‘(\[])?(?P<name>.+?)(?:['’]s|[》”\"'’)\],;:])?$")


def _needed(span: Span) -> float:
    return WEAK_MIN if span.score < 0.65 and span.evidence == "suffix" else RULE_MIN[span.evidence]


def _from_rules(view: View) -> Iterator[Span]:
    for span in view.rules:
        if view.reading is None or view.reading.margin(span.start, span.end) > _needed(span):
            yield span


def _sure(views: Iterable[View]) -> set[str]:
    """Ids that a name without need of context means."""
    aliases = (hit.alias for view in views for hit in view.hits)
    return {alias.owners[0] for alias in aliases if not alias.context and len(alias.owners) == 1}


_NO_NAME = re.compile(r".$|\d[\d.,:%\s]*(?:\.?[A-Z]{1,2})?$")  # a number, a ticker


def _generic(surface: str) -> bool:
    return surface.casefold() in lexicon.words("organization_generic.txt") or _NO_NAME.match(surface) is not None


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
    views = [look(passage) for passage in passages]
    sure = _sure(views)
    found = [_accepted(view, sure) for view in views]
    shorts = [list(declared.find(view.text, spans)) for view, spans in zip(views, found, strict=True)]
    aliases: dict[str, str] = {}
    names: set[str] = set()
    for view, spans, ds in zip(views, found, shorts, strict=True):
        aliases |= {_surface(view, d.short): _surface(view, d.full) for d in ds}
        names |= {_surface(view, span) for span in spans if span.score < 0.9}
    repeated = _propagate(views, names | set(aliases))
    return [
        _row(view, span, aliases, sure)
        for view, spans, ds, again in zip(views, found, shorts, repeated, strict=True)
        for span in longest([*spans, *(d.short for d in ds), *again])
    ]


def _accepted(view: View, sure: set[str]) -> list[Span]:
    spans = longest([*_from_model(view), *_from_lexicon(view, sure)])
    spans = longest([*spans, *_from_rules(view)])
    return [span for span in spans if not _generic(_surface(view, span)) and not _abbreviates(view, span, spans)]


_BEFORE = re.compile(r"((?:[A-Z][\w\-]* (?:of |and |for |the |& )?){1,8})\($")


def _abbreviates(view: View, span: Span, spans: Sequence[Span]) -> bool:
    """Whether a bracket holds the acronym of something that is no organization: Intensive Care Units (ICUs)."""
    before = _BEFORE.search(view.text, max(span.start - 80, 0), span.start)
    if before is None or any(other.end in (span.start - 1, span.start - 2) for other in spans):
        return False
    return initials(before[1])[-len(_surface(view, span).rstrip("s")) :] == _surface(view, span).rstrip("s")


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
