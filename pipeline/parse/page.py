"""Parse a saved web page: which of its text is the article, and what the page says about it.

All the page's text is kept, with its place in the source; what is not part of the article is marked ``aside``.
"""

import html
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.parse import titles, zones
from pipeline.parse.article_lines import chosen
from pipeline.parse.build import Body
from pipeline.parse.bylines import People, people, settled
from pipeline.parse.dates import BEIJING, day_in, moment
from pipeline.parse.fields import Fields
from pipeline.parse.fragment import Document, parse_html
from pipeline.parse.head import Head, read_head
from pipeline.parse.images import real_address
from pipeline.parse.markup import Marks
from pipeline.parse.names import bare, cleared, is_name, is_outlet, same
from pipeline.records import Block
from pipeline.text import count_han

MAX_CHARS = 5_000_000
MAX_TAGS = 60_000
MAX_DEPTH = 250
_FAR_TITLE = 20  # lines above the article's first sentence where the headline stands
_ADDRESS = re.compile(r"https?://|^@|^/")
_NO_PERSON = re.compile(r"https?://|^@|/|[():]")
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b|更新|修改", re.I)
_FIRST = re.compile(r"\b(?:posted|published|created)\b|发布|發布|發佈|发表|發表|出版", re.I)
_OF_MEMBER = re.compile(r"\b(?:joined|member since|last (?:visit|seen|active))\b|注册|註冊|最[后後]登[录錄]", re.I)
_CAPITALS = re.compile("[A-Z]{2,12}")
_NAMES = re.compile(r",\sand\s|\sand\s|[,;，、；|]\s?|\s&\s")

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # their complaints about odd pages are not for users


def parse_page(source: str, start: int, known: Fields) -> tuple[Body, Fields]:
    """The page in ``source[start:]``.

    :param known: what is known already, from front matter; it is kept
    :returns: the text with its asides marked, and the fields completed
    """
    document = parse_html(source, start, base=known.url)
    head = read_head(document.metas, document.scripts)
    page = source[start:] if start else source
    tree = _tree(document, page)
    lines = document.body.text.split("\n")
    main = chosen(document.body, lines, tree, head.all("body"))
    fields = _fields(document, head, lines, main, tree, known)
    body = _with_asides(document.body, lines, main, fields.title)
    return body, fields


def _tree(document: Document, page: str) -> Any:
    """The page as lxml reads it; None where it is too large or too deep for what walks over it."""
    if document.tags > MAX_TAGS or document.depth > MAX_DEPTH or len(page) > MAX_CHARS:
        return None
    import trafilatura

    return trafilatura.load_html(page)


def _with_asides(body: Body, lines: Sequence[str], main: Sequence[bool], title: str) -> Body:
    """Mark the blocks of lines that are not part of the article; its headline, which has a column, is one of them."""
    blocks: list[Block] = []
    spans = []
    at = 0
    wanted = titles.folded(title)
    for line, is_main in zip(lines, main, strict=True):
        spans.append((at, at + len(line), is_main and titles.folded(line) != wanted))
        at += len(line) + 1
    n = 0
    for block in body.blocks:
        while spans[n][1] < block.end and n + 1 < len(spans):
            n += 1
        blocks.append(block if spans[n][2] else block._replace(aside=True))
    kept = [(block.start, block.end) for block in blocks if not block.aside]
    first, last = (kept[0][0] - 400, kept[-1][1] + 1) if kept else (0, -1)
    images = tuple(image for image in body.images if first <= image.position <= last)
    links = tuple(link for link in body.links if link.text or first <= link.start <= last)  # embeds have no words
    return body._replace(blocks=tuple(blocks), images=images, links=links)


def _fields(
    document: Document, head: Head, lines: Sequence[str], main: Sequence[bool], tree: Any, known: Fields
) -> Fields:
    site = known.site or _site(head)
    headings = [document.body.text[at:].partition("\n")[0] for at in document.headings[:20]]
    marks = Marks(tree) if tree is not None else None
    logos = marks.logos() if marks else []
    headings = [text for text in headings if text not in logos]
    named, written = list(map(html.unescape, head.all("title"))), html.unescape(document.title)  # often escaped twice
    title = known.title
    if not title:
        stated = titles.choose(headings, named, written, site or next(iter(logos), None), zones.above(lines, main))
        title = zones.likelier(stated, lines, main)
    url = known.url or _canonical(document) or head.first("url")
    credits = people(_around(lines, main, title), head=_FAR_TITLE + 20)
    zone = BEIJING if count_han(title) else UTC
    called = site or titles.last_part(written)
    author, outlet = settled(known.author or _author(head, credits, called, marks), credits, site)
    published = known.published_at or _published(head, _around(lines, main), marks, zone, url)
    return known._replace(
        title=title,
        author=author,
        editor=known.editor or credits.editor or head.first("editor"),
        site=site,
        source=known.source
        or _source(head, credits, (site or "", document.title), marks if count_han(title) else None)
        or (None if any(same(outlet or "", logo) for logo in logos) else outlet),
        categories=known.categories or tuple(head.all("categories")[:5]),
        tags=known.tags or _tags(head),
        url=url,
        published_at=published,
        published_from=known.published_from or ("page" if published else None),
        summary=known.summary or head.first("summary"),
        lead_image=known.lead_image or real_address(head.first("lead_image"), url),
    )


def _around(lines: Sequence[str], main: Sequence[bool], title: str = "") -> list[str]:
    """The article's lines, with some before and after them, where bylines stand.

    :param title: from which on they may, if it is near
    """
    places = [n for n, is_main in enumerate(main) if is_main and titles.size(lines[n]) >= 8] or [0]
    first, last = next((n for n in places if zones.is_prose(lines[n])), places[0]), places[-1]
    wanted = titles.folded(title)
    shown = (
        n for n in range(first - 1, max(first - _FAR_TITLE, -1), -1) if wanted and titles.folded(lines[n]) == wanted
    )
    top = min(max(first - 8, 0), next(shown, first))
    end = first + zones.extent(lines[first:])[1]  # below it, readers' words may have been taken for the article's
    credited = range(max(end - 2, first + 4), min(end + 6, last - 3))
    return [
        *lines[top : first + 4],
        *(lines[n] for n in credited),
        *lines[max(last - 3, first + 4) : last + 6],
    ]


def _site(head: Head) -> str | None:
    return next((name for name in head.all("site") if not _ADDRESS.search(name) and len(name) <= 60), None)


def _canonical(document: Document) -> str | None:
    for link in document.metas:
        if link.get("rel", "").lower() == "canonical" and link.get("href", "").startswith("http"):
            return link["href"]
    return None


def _tags(head: Head) -> tuple[str, ...]:
    parts = [part.strip() for value in head.all("tags") for part in re.split(r"[,，;；]", value)]
    return tuple(dict.fromkeys(part for part in parts if part))[:30]


def _author(head: Head, credits: People, site: str | None, marks: Marks | None) -> str | None:
    """Persons only: a byline that names the site or another outlet is none. Of one name written twice, once."""
    names: dict[frozenset[str], str] = {}
    for written in head.all("author"):
        parts = (people([written]).author or "").split(", ") if count_han(written) else []
        parts = parts if any(parts) else _NAMES.split(cleared(written))
        for part in [written] if frozenset(_words(written)) in names else parts:
            name = bare(part)
            key = frozenset(_words(name))
            person = is_name(name) and not _NO_PERSON.search(name) and not is_outlet(name) and not same(name, site)
            if key and person and (key not in names or names[key].islower()):
                names[key] = name
    if any(" " in name for name in names.values()):  # beside whole names, a word in capitals is an outlet
        names = {key: name for key, name in names.items() if not _CAPITALS.fullmatch(name)}
    persons = list(names.values())[:12] or ([] if credits.author or marks is None else marks.authors())
    return ", ".join(persons) or None


def _source(head: Head, credits: People, where: Sequence[str], marks: Marks | None) -> str | None:
    """Who it is taken from; of an English page, the site itself is none."""
    source = credits.source or people([head.first("source") or ""]).source or head.first("source")
    if source is None and marks is not None:
        source = marks.source()
    if source and source.isascii() and _is_itself(source, head, where):
        source = None
    return source or next((name for name in head.all("agency") if not _is_itself(name, head, where)), None)


def _is_itself(name: str, head: Head, where: Sequence[str]) -> bool:
    """The site, as it is called in its metadata or in the title of the page."""
    name, site, title = map(titles.folded, (name, *where))
    return any(other in name for other in (site, *map(titles.folded, head.all("site"))) if other) or title.endswith(
        name
    )


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _rank(line: str) -> int:
    """A line that says when the page was published comes first, and one that says when it was changed last."""
    return -1 if _FIRST.search(line) else int(bool(_UPDATED.search(line)))


def _published(head: Head, around: Sequence[str], marks: Marks | None, zone: Any, url: str | None) -> datetime | None:
    stated = [found for written in head.all("published_at") if (found := moment(written, zone))]
    near = sorted((line for line in around[:10] if len(line) <= 120 and not _OF_MEMBER.search(line)), key=_rank)
    shown = [found for line in near if (found := day_in(line, zone))]
    marked = marks.published(zone) if marks is not None and not (stated and stated[0].has_time) else None
    known = [*stated[:1], *([marked] if marked else []), *shown[:1]]
    if known:
        that = known[0].day(zone)
        timed = (found for found in [*known, *shown] if found.has_time and found.day(zone) == that)
        return next(timed, known[0]).at
    if marks is None:
        return None
    from htmldate import find_date

    for extensive in (False, True):
        day = find_date(marks.tree, extensive_search=extensive, original_date=True, url=url)
        if day and (found := moment(day, UTC)):
            return found.at
    return None
