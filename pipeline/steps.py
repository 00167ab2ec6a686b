"""The pipeline itself: the steps in their order, the extractors, and what runs them over one article."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO, Literal

from pipeline import conventions, schema
from pipeline.cleaning import Cleaned, apply_cuts, by_hand, find_all, find_cuts
from pipeline.cleaning.spam import Strictness
from pipeline.extract import dates, figures, organizations
from pipeline.parse import parse
from pipeline.read import from_text, read
from pipeline.read.faults import NoText, named
from pipeline.records import Article, ArticleRow, Document, Lang, Passage, ProblemRow, Raw
from pipeline.scan import CONVENTIONS, OVERRIDES, USER_DICTIONARY, BadSetting
from pipeline.segment import segment, tokenize
from pipeline.segment import using as cutting_with
from pipeline.text import language, passage

Format = Literal["text", "html", "auto"]

# What day it is where a text's readers are: Chinese news is read in China, the rest is taken as UTC.
_ZONES = {"zh-Hans": timezone(timedelta(hours=8)), "zh-Hant": timezone(timedelta(hours=8))}


# Seconds by step and extractor
Spent = defaultdict[str, float]


@dataclass(slots=True)
class Draft:
    """An article on its way: what each step has made of it so far."""

    raw: Raw
    document: Document
    article: Article = field(init=False)
    cleaned: Cleaned = field(init=False)
    lang: Lang = "other"
    passages: list[Passage] = field(default_factory=list)
    fault: Exception | None = None  # what stopped it


_decided: ContextVar[Mapping[str, by_hand.ByHand]] = ContextVar("what a person decided, by path", default={})  # noqa: B039

_strictness: ContextVar[Strictness] = ContextVar("how readily spam is cut", default="balanced")


@contextmanager
def using(raw: Path) -> Iterator[None]:
    """Process with the settings in the folder ``raw``: user dictionary, own lexicon, decisions by hand, conventions.

    :raises BadSetting: the decisions or conventions are not of their form
    """
    words, names, decisions = (raw / name for name in (USER_DICTIONARY, organizations.LOCAL, OVERRIDES))
    try:
        toml = decisions.read_text("utf-8") if decisions.is_file() else ""
        decided, strictness = by_hand.read(toml), by_hand.strictness(toml)
    except ValueError as error:
        raise BadSetting(f"{decisions}: {error}") from None
    with (
        cutting_with(words if words.is_file() else None),
        organizations.using(names if names.is_file() else None),
        conventions.using(_conventions(raw / CONVENTIONS)),
    ):
        tokens = _decided.set(decided), _strictness.set(strictness)
        try:
            yield
        finally:
            _decided.reset(tokens[0])
            _strictness.reset(tokens[1])


def _conventions(file: Path) -> conventions.Conventions:
    try:
        return conventions.read(file.read_text("utf-8")) if file.is_file() else conventions.Conventions()
    except ValueError as error:
        raise BadSetting(f"{file}: {error}") from None


def _parse(draft: Draft) -> None:
    draft.article = parse(draft.raw)
    draft.document.problems += draft.article.problems
    if not draft.article.text.strip() and not draft.article.title:
        raise NoText("there is neither a title nor a text in it")


def _clean(drafts: Sequence[Draft], _: Spent) -> None:
    decided = [_decided.get().get(draft.raw.path, by_hand.NOTHING) for draft in drafts]
    found = find_all([draft.article for draft in drafts], _strictness.get(), decided)
    for draft, cuts, by in zip(drafts, found, decided, strict=True):
        draft.cleaned = apply_cuts(draft.article, cuts)
        draft.document.problems += [
            ProblemRow(
                draft.raw.path, draft.raw.record, "clean", "override-matches-nothing", f"not in it: {words}", False
            )
            for words in by_hand.unmatched(draft.article.text, by)
        ]
        _view(draft)


def _view(draft: Draft) -> None:
    draft.lang = language(draft.cleaned.text or draft.article.title)
    published = draft.article.published_at
    day = published and published.astimezone(_ZONES.get(draft.lang, UTC)).date()
    draft.passages = [
        passage("title", draft.article.title, draft.lang, day),
        passage("text", draft.cleaned.text, draft.lang, day),
    ]


def _segment(draft: Draft) -> None:
    draft.document.sentences, draft.document.tokens = segment(draft.passages)


def _extract(drafts: Sequence[Draft], spent: Spent) -> None:
    for name, extract in EXTRACTORS:
        began = perf_counter()
        found = extract([draft.passages for draft in drafts])
        for draft, rows in zip(drafts, found, strict=True):
            setattr(draft.document, name, rows)
        spent[name] += perf_counter() - began


def _rows(draft: Draft) -> None:
    document, article, cleaned, raw = draft.document, draft.article, draft.cleaned, draft.raw
    document.origin, document.cuts = cleaned.origin, cleaned.cuts
    document.images, document.links, document.table_cells = cleaned.images, cleaned.links, cleaned.cells
    document.article = ArticleRow(
        article_id=document.article_id,
        path=raw.path,
        record=raw.record,
        sha256=raw.sha256,
        format=article.format,
        encoding=raw.encoding,
        lang=draft.lang,
        title=article.title,
        author=article.author,
        editor=article.editor,
        site=article.site,
        source=article.source,
        categories=list(article.categories),
        tags=list(article.tags),
        url=article.url,
        published_at=article.published_at,
        published_from=article.published_from,
        summary=article.summary,
        lead_image=article.lead_image,
        front_matter=json.dumps(article.front_matter, ensure_ascii=False) if article.front_matter else None,
        text=cleaned.text,
        chars=len(cleaned.text),
        tokens=len(document.tokens),
        cut_chars=sum(len(cut.text) for cut in cleaned.cuts),
        spam_chars=sum(len(cut.text) for cut in cleaned.cuts if cut.kind == "spam"),
    )


Step = Callable[[Sequence[Draft], Spent], None]
Extractor = Callable[[Sequence[Sequence[Passage]]], list[list[Any]]]  # articles' passages to each one's rows


def _each(step: Callable[[Draft], None]) -> Step:
    """A step that takes the articles one by one; one that it fails on does not stop the others."""

    def run(drafts: Sequence[Draft], spent: Spent) -> None:
        for draft in drafts:
            try:
                step(draft)
            except Exception as error:  # whatever it is, the other files go on
                draft.fault = error

    return run


def _together(step: Step) -> Step:
    """A step that takes many articles at once, which is quicker; if it fails, each by itself, to find the one."""

    def run(drafts: Sequence[Draft], spent: Spent) -> None:
        try:
            step(drafts, spent)
        except Exception:
            _each(lambda draft: step([draft], spent))(drafts, spent)

    return run


def _one_by_one(extract: Callable[[Sequence[Passage]], list[Any]]) -> Extractor:
    return lambda articles: [extract(passages) for passages in articles]


STEPS: tuple[tuple[str, Step], ...] = (
    ("parse", _each(_parse)),
    ("clean", _together(_clean)),
    ("segment", _each(_segment)),
    ("extract", _together(_extract)),
    ("rows", _each(_rows)),
)

EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("dates", _one_by_one(dates.extract)),
    ("figures", _one_by_one(figures.extract)),
    ("organization_mentions", organizations.extract_all),
)

_BATCH = 32  # articles that take the steps together
_BATCH_CHARS = 200_000  # of their sources; a batch ends when it has them


def article_id(path: str, record: str | None = None) -> str:
    """16 hex digits that stay the same for a path (and record of a container)."""
    key = path if record is None else f"{path}\0{record}"
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def read_file(source: bytes | BinaryIO, path: str = "") -> Iterator[Raw | Document]:
    """The articles of one file as they were read, one or one a record; a document with a problem where that fails.

    :param source: the file's bytes, or the file opened for reading bytes
    """
    try:
        yield from read(source, path)
    except Exception as error:
        yield Document(path, problems=[_problem(path, None, "read", error)])


def process_all(read: Iterable[Raw | Document], spent: Spent | None = None) -> Iterator[Document]:
    """Take articles through all steps, some at a time. Never raises: a step that fails leaves a row in ``problems``.

    What comes of an article does not depend on the others.

    :param read: what :func:`read_file` gave
    :param spent: takes the seconds of each step
    :returns: a document for each of ``read``, in their order
    """
    spent = Spent(float) if spent is None else spent
    batch: list[Raw | Document] = []
    chars = 0
    for item in read:
        batch.append(item)
        chars += len(item.text) if isinstance(item, Raw) else 0
        if len(batch) == _BATCH or chars >= _BATCH_CHARS:
            yield from _process(batch, spent)
            batch, chars = [], 0
    yield from _process(batch, spent)


def _process(batch: Sequence[Raw | Document], spent: Spent) -> Iterator[Document]:
    drafts = [Draft(item, _begun(item)) for item in batch if isinstance(item, Raw)]
    live = [draft for draft in drafts if not any(problem.fatal for problem in draft.raw.problems)]
    for name, step in STEPS:
        began = perf_counter()
        step(live, spent)
        spent[name] += perf_counter() - began
        for draft in live:
            if draft.fault:
                draft.document.problems.append(_problem(draft.raw.path, draft.raw.record, name, draft.fault))
        live = [draft for draft in live if not draft.fault]
    done = iter(drafts)
    return (next(done).document if isinstance(item, Raw) else item for item in batch)


def _begun(raw: Raw) -> Document:
    return Document(
        raw.path, raw.record, article_id(raw.path, raw.record), source=raw.text, problems=list(raw.problems)
    )


def process_file(source: bytes | BinaryIO, path: str = "") -> Iterator[Document]:
    """The articles of one file: one document, or one a record for a container. Never raises.

    :param source: the file's bytes, or the file opened for reading bytes
    """
    return process_all(read_file(source, path))


def process(data: bytes, path: str = "") -> Document:
    """Process one article file.

    :param data: the file's bytes; of a container (JSONL, WARC, archive) the first article is taken
    :param path: its name, for its ending and for a date in it
    :returns: a :class:`~pipeline.records.Document`; what went wrong stands in its ``problems``. Never raises.
    """
    return next(process_all(islice(read_file(data, path), 1)), Document(path))


def _problem(path: str, record: str | None, step: str, error: Exception) -> ProblemRow:
    return ProblemRow(path, record, step, *named(error), True)


def locate(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Where ``document.text[start:end]`` stands in the decoded file ``document.source``.

    :returns: code-point offsets, end exclusive; None where the span holds only characters the parser put in
    """
    return document.origin.locate(start, end)


def clean(raw: str, format: Format = "auto") -> dict[str, Any]:
    """Cut spam and boilerplate from one article.

    :param raw: the article as it stands; with ``format="text"`` it is body text, whose title stays inside
    :returns: ``title``, ``text`` and ``cuts``: ``start``, ``end`` (code points in ``raw``), ``kind``, ``reason``,
        ``score``, ``text``
    """
    source = from_text(raw) if format == "auto" else Raw("", raw, format="body" if format == "text" else format)
    article = parse(source)
    cleaned = apply_cuts(article, find_cuts(article))
    cuts = [
        {"start": c.raw_start, "end": c.raw_end, "kind": c.kind, "reason": c.reason, "score": c.score, "text": c.text}
        for c in cleaned.cuts
    ]
    return {"title": article.title, "text": cleaned.text, "cuts": cuts}


def annotate(text: str, lang: Lang | None = None, published: date | datetime | str | None = None) -> dict[str, Any]:
    """Find dates, figures, organizations and tokens in a text, which is taken as it is (no cleaning).

    :param published: the day that relative dates count from; a string is read as ISO 8601
    :returns: ``dates``, ``figures``, ``organizations``: lists of rows as in the tables, as dictionaries; ``tokens``:
        ``[start, end]`` pairs. Offsets are code points in ``text``.
    """
    whole = passage("text", text, lang)
    passages = [whole._replace(published=_day(published, whole.lang))]
    found: dict[str, Any] = {
        name.replace("organization_mentions", "organizations"): [
            {key: value for key, value in row.items() if key != "article_id"}
            for row in schema.as_dicts(name, "", extract([passages])[0])
        ]
        for name, extract in EXTRACTORS
    }
    return found | {"tokens": [[start, end] for start, end in tokenize(text)]}


def _day(published: date | datetime | str | None, lang: Lang) -> date | None:
    """The day in the zone of the article's readers; a time without a zone is UTC."""
    if isinstance(published, str):
        try:
            published = datetime.fromisoformat(published)
        except ValueError:
            return None
    if not isinstance(published, datetime):
        return published
    moment = published if published.tzinfo else published.replace(tzinfo=UTC)
    return moment.astimezone(_ZONES.get(lang, UTC)).date()
