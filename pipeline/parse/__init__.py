"""Parse: decoded text to an Article, each character's place in the source kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline import lexicon
from pipeline.parse import zones
from pipeline.parse.bbcode import without_bbcode
from pipeline.parse.build import Body
from pipeline.parse.bylines import People, people, settled, source_of
from pipeline.parse.dates import BEIJING, day_in, day_in_path
from pipeline.parse.escaped import without_escapes
from pipeline.parse.fields import Fields, dated_by_path, fields, unread_date
from pipeline.parse.fragment import Document, parse_html
from pipeline.parse.names import is_outlet
from pipeline.parse.plain import parse_body, parse_lines, source_lines
from pipeline.parse.shortcodes import without_shortcodes
from pipeline.parse.titles import as_shown, in_full, restored, size, without_last, without_marks
from pipeline.parse.wrapped import Line, unwrapped
from pipeline.records import Article, ProblemRow, Raw
from pipeline.text import count_han

_MARKUP = re.compile(
    r"</?(?:p|div|br|article|section|html|body|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|span|a|img|strong|em|b|i"
    r"|font|pre|style|script|center|main|header|iframe)\b[^<>]{0,2000}>",
    re.I,
)
_PARAGRAPH = re.compile(r"<(?:p|br|div|section|td|li|font|center|span)\b", re.I)
_BLANK_LINE = re.compile(r"\w[^\s\w]{0,9}\s?\n[ \t\r]{0,9}\n\s{0,9}(?=[^\s<]|<[abeis]\b|<(?:em|strong)\b)")
_PARTED = 2  # such breaks
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_ABOVE = 10  # lines above its first sentences
_BELOW = 6  # lines below an article's sentences that its own bylines stand among
_BARS = ("|", "｜", "»")  # sites part their names from headlines with them; headlines have none
_NAMING = 4  # lines at either end of a text where a site may name itself
_SHOWN = 16  # lines at the top of a text among which its headline may be shown
_RULER = 120  # characters below a head of labels that a line drawn under it may have
_UNDER_DECK = 3  # lines below the first long one, where the day may stand
_HEAD_LINES = 40  # lines among which a head of labels is looked for above Markdown
_SLUG = re.compile(r"/(?:\d{1,12}-)?([a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){3,30}?)(?:-\d{5,12})?/?(?:\.s?html?)?(?:[?#]|$)")
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.I)


MAX_TEXT = 300_000  # characters


def parse(raw: Raw) -> Article:
    """The article in ``raw``, nothing cut yet. Never raises on odd input: it comes out as text.

    A text of more than ``MAX_TEXT`` characters ends there, at a line's end if one is near, with a problem that says so.
    """
    article = _parse(raw)
    size = len(article.text)
    if size <= MAX_TEXT or raw.format == "body":
        return article
    end = article.text.rfind("\n", MAX_TEXT - 20_000, MAX_TEXT)
    end = MAX_TEXT if end < 0 else end
    _, kept = article.origin.locate(end - 1, end) or (0, 0)
    article = _parse(replace(raw, text=raw.text[: max(kept, raw.body)]))
    problem = _problem(
        raw, "long-text", f"{size:,} characters of text: what comes after {len(article.text):,} is left out"
    )
    return replace(article, problems=(*article.problems, problem))


def _parse(raw: Raw) -> Article:
    if (source := without_escapes(raw.text, raw.body)) is not raw.text:
        raw = replace(raw, text=source)
    form = _format(raw)
    known = fields(raw.front)
    unread = None if known.published_at else unread_date(raw.front)
    problems = [_problem(raw, "unread-date", f"no date: {unread[:100]}")] if unread else []
    title = ""
    near: tuple[str, ...] = ()
    if form == "body":
        return _article("text", parse_body(raw.text, raw.body), known, raw, problems)
    if form == "page":
        from pipeline.parse.page import parse_page

        body, known = parse_page(raw.text, raw.body, known)
        return _article("html", body, known, raw, problems)
    source, shortcodes = without_shortcodes(without_bbcode(raw.text, raw.body), raw.body, form == "markdown")
    if shortcodes:
        problems.append(_problem(raw, "shortcodes", f"{shortcodes} shortcodes left out"))
    if form == "html":
        document = parse_html(source, raw.body, base=known.url)
        body = document.body
        title = document.title or _headline(document)
        if not raw.front:
            body, known = _without_head(body, unwrapped(source_lines(source, raw.body))[:_HEAD_LINES], known)
    elif form == "markdown":
        from pipeline.parse.markdown import parse_markdown

        body, title = parse_markdown(source, raw.body, known.url, lift_title=not known.title)
        if not raw.front:
            body, known = _without_head(body, unwrapped(source_lines(source, raw.body))[:_HEAD_LINES], known)
    else:
        body, title, near, told = parse_lines(source, raw.body, lift_title=not known.title)
        known = _filled(known, fields(told)) if told else known
    known = _completed(known._replace(title=known.title or title), body, raw, near)
    return _article("front-matter" if raw.has_front_matter else form, body, known, raw, problems)


def _without_head(body: Body, lines: Sequence[Line], known: Fields) -> tuple[Body, Fields]:
    """What a head of labelled lines tells, as exports of notebooks have it above their Markdown; the head is aside."""
    page = zones.read(lines, lift_title=False)
    if not page.told:
        return body, known
    prose = next((n for n, line in enumerate(lines) if zones.is_prose(line.text)), len(lines))
    heads = [(lines[n].start, lines[n].end) for n in page.asides if n < prose]
    below = max((end for _, end in heads), default=0) + _RULER
    blocks = []
    for block in body.blocks:
        place = body.origin.locate(block.start, block.end)
        within = place is not None and place[1] <= below and any(start <= place[0] < end for start, end in heads)
        blocks.append(block._replace(aside=block.aside or within))
    return body._replace(blocks=tuple(blocks)), _filled(known, fields(page.told))


def _filled(known: Fields, told: Fields) -> Fields:
    """``known``, and what labelled lines tell where nothing is known."""
    more = {name: value for name, value in told._asdict().items() if value and not getattr(known, name)}
    if "published_at" in more and told.published_from != "crawl-time":
        more["published_from"] = "text"
    return known._replace(**more)


def _headline(document: Document) -> str:
    """Of a piece of HTML that starts with its headline; which stays in the text, as do others' headings."""
    body, at = document.body, next(iter(document.headings), -1)
    found = next((block for block in body.blocks[:4] if block.start == at and not block.hidden), None)
    title = body.text[found.start : found.end] if found else ""
    return " ".join(title.split()) if 2 <= len(title) <= 200 else ""


def _problem(raw: Raw, error: str, message: str) -> ProblemRow:
    return ProblemRow(raw.path, raw.record, "parse", error, message, False)


def _format(raw: Raw) -> str:
    """body, page, html, markdown or text."""
    if raw.format != "auto":
        return raw.format
    head = raw.text[raw.body : raw.body + 200_000]
    if _WHOLE_PAGE.search(head):
        return "page"
    tags = sum(1 for _ in zip(range(3), _MARKUP.finditer(head), strict=False))
    named = bool(_MARKDOWN_NAME.search(raw.path))
    if not head.lstrip().startswith("<div>"):
        from pipeline.parse.markdown import signs

        marks = signs(head)
        if marks and (named or raw.front or marks == 3):
            return "markdown"
    if tags >= (1 if raw.front else 3):
        return "markdown" if _parted_by_blank_lines(head) else "html"
    return "markdown" if named or (raw.front and not _one_paragraph_a_line(head)) else "text"


def _parted_by_blank_lines(text: str) -> bool:
    """Paragraphs without tags of their own, as WordPress and others store them."""
    return not _PARAGRAPH.search(text) and len(_BLANK_LINE.findall(text.strip())) >= _PARTED


def _one_paragraph_a_line(text: str) -> bool:
    """Neighbouring lines are paragraphs of their own, rather than lines of one paragraph wrapped at a width."""
    return not re.search(r"[a-z,]\n[a-z]", text)


def _completed(known: Fields, body: Body, raw: Raw, near: Sequence[str]) -> Fields:
    """What the text itself says: bylines, and the time of publication where nothing else gives it.

    :param near: lines where that stands likelier than elsewhere
    """
    known = dated_by_path(known, "")
    lines = [body.text[block.start : block.end] for block in body.blocks if not block.hidden]
    menu = next((n for n, block in enumerate(body.blocks) if not block.aside), 0)
    found = _people(
        [body.text[block.start : block.end] for block in body.blocks[max(menu - 8, 0) :] if not block.hidden]
    )
    if known.published_at is None or known.published_from == "crawl-time":
        told = _stated([*near, *_heads(lines)], count_han(known.title) > 0)
        days = (dated for day in told if (dated := _dated(known, day, "text")))
        known = next(days, None) or _dated(known, day_in_path(known.url or ""), "path") or known
    author, outlet = settled(known.author, found, known.site)
    shown = [*map(without_marks, lines[:_SHOWN]), *_SLUG.findall(known.url or "")]
    title = as_shown(without_marks(in_full(known.title, lines)), shown)
    ends = [*lines[:_NAMING], *lines[-_NAMING:]]
    title = without_last(title, lambda name, sign: _is_site(name, sign, ends))
    title = restored(title, body.text) if raw.has_front_matter else title
    return known._replace(
        title=title,
        author=author,
        editor=known.editor or found.editor,
        source=source_of(known.source, found) or outlet,
    )


def _people(lines: Sequence[str]) -> People:
    """The bylines of a text; those around its sentences before those farther down, where a page has others'."""
    first, end = zones.extent(lines)
    top, end = first - _ABOVE, end + _BELOW
    parts = [lines[top:end]] if top > 0 else []
    parts += [lines[:end], lines] if end < len(lines) else [lines]
    found = People()
    for part in parts:
        found = People(*(near or far for near, far in zip(found, people(part), strict=True)))
        if all(found):
            break
    return found


def _is_site(name: str, sign: str, ends: Sequence[str]) -> bool:
    """Whether the last part of a title that looks like a name is a site's.

    :param ends: the lines at either end of the text
    """
    known = is_outlet(name) or name in lexicon.words("platforms.txt") or name.lower().startswith("powered by ")
    # A mirror's underscore may stand for another sign.
    return known or sign[:1] in _BARS or (sign != "_" and any(name in line for line in ends))


def _dated(known: Fields, day: datetime | None, told_by: Literal["text", "path"]) -> Fields | None:
    """``known`` with the time that the article states, unless it was had that day already: by then, or sooner."""
    if day is None or (known.published_at and day.date() >= known.published_at.astimezone(day.tzinfo).date()):
        return None
    return known._replace(published_at=day, published_from=told_by)


def _heads(lines: Sequence[str]) -> list[str]:
    """Lines where the day may stand: above the first long one and some below, as it may be a deck; right above the
    article's sentences.
    """
    first = next((n for n, line in enumerate(lines) if size(line) >= 16), len(lines))
    body, _ = zones.extent(lines)
    below = [*lines[first + 1 : first + 1 + _UNDER_DECK], *lines[max(first + 1, body - _ABOVE) : body]]
    return [*lines[: min(first + 1, 40)], *(line for line in below if not zones.is_prose(line))]


def _stated(lines: Sequence[str], chinese: bool) -> Iterator[datetime]:
    """The days in short lines at the top of the page."""
    zone: Any = BEIJING if chinese else UTC
    return (found.at for line in lines if len(line) <= 100 and (found := day_in(line, zone)))


def _article(form: str, body: Body, known: Fields, raw: Raw, problems: Sequence[ProblemRow] = ()) -> Article:
    known = dated_by_path(known, f"{raw.path}/{raw.record or ''}")
    lead = known.lead_image or next((image.url for image in body.images if image.url), None)
    values = known._replace(lead_image=lead)._asdict()
    return Article(
        body.text,
        body.origin,
        format=form,
        blocks=body.blocks,
        images=body.images,
        links=body.links,
        cells=body.cells,
        problems=tuple(problems),
        **values,
    )
