"""Parse a saved web page: which of its text is the article, and what the page says about it.

All the page's text is kept, with its place in the source; what is not part of the article is marked ``aside``. What is
part of it is decided by trafilatura (Barbaresi 2021, set to precision), whose text is looked up among our lines.
"""

import html
import logging
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.parse import titles, zones
from pipeline.parse.align import covered
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
_LINKED = 0.8  # of the characters of a line
_LEAST_SHARE = 0.15  # of the words of the page's prose that an article has
_GAP = 12  # lines between two of the article that trafilatura may have left out
_BUTTONS = 3  # times that a line stands on the page
_GAP_SHARE = 2.0  # of the words of the two lines around it that a gap may have
_TO_MORE = 3  # lines between what is shown of an article and what asks for the rest
_MORE = re.compile(
    r"\W{0,3}(?:点击|點擊|点此|點此)?(?:(?:展开|展開|阅读|閱讀|查看|显示|顯示|浏览|瀏覽)(?:阅读|閱讀)?"
    r"(?:全文|全部|更多|剩余|余下)|余下全文|继续阅读|繼續閱讀|展开|展開)\W{0,3}"
    r"|\W{0,3}(?:continue reading|expand|(?:read|show|view|see) "
    r"(?:more|full text|(?:the )?(?:full|whole|rest of the) (?:article|story)))\W{0,3}",
    re.I,
)
_OF_THIS = re.compile("全文|余下|继续|繼續|continue|full|whole|rest", re.I)
_FAR = 9  # lines between the article's and a stray one
_NUMBERED = re.compile(r"\d{1,2}[.、)]\s?\D")
_ADDRESS = re.compile(r"https?://|^@|^/")
_NO_PERSON = re.compile(r"https?://|^@|/|[():]")
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b|更新|修改", re.I)
_FIRST = re.compile(r"\b(?:posted|published|created)\b|发布|發布|發佈|发表|發表|出版", re.I)
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
    kinds = _kinds(document.body)
    main = _without_teasers(kinds, _main_lines(lines, kinds, tree, head.all("body")))
    main = _without_strays(lines, main)
    main = _with_rest(lines, kinds, _with_gaps(lines, kinds, main))
    fields = _fields(document, head, lines, main, tree, known)
    body = _with_asides(document.body, lines, main, fields.title)
    return body, fields


def _tree(document: Document, page: str) -> Any:
    """The page as lxml reads it; None where it is too large or too deep for what walks over it."""
    if document.tags > MAX_TAGS or document.depth > MAX_DEPTH or len(page) > MAX_CHARS:
        return None
    import trafilatura

    return trafilatura.load_html(page)


class _Kind(NamedTuple):
    """What the markup says of a line."""

    listed: bool = False
    linked: bool = False  # it is a link as a whole
    heading: bool = False
    hidden: bool = False
    around: bool = False  # hidden, a caption, or in an element for matter around the article


def _main_lines(lines: Sequence[str], kinds: Sequence[_Kind], tree: Any, repeated: Sequence[str]) -> list[bool]:
    """Which lines are part of the article: those that trafilatura takes; if it leaves out much of what the page's
    metadata repeat (the entries of a live blog, say), these too.

    If it takes next to nothing of the page's prose, it is asked again for all that may be the article.
    """
    stated = [share >= 0.5 for share in covered(lines, repeated)]
    if tree is None or not (taken := _taken(lines, tree)):
        return stated if any(stated) else [titles.size(line) >= 12 for line in lines]
    prose = [titles.size(line) if _is_prose(line, kind) else 0.0 for line, kind in zip(lines, kinds, strict=True)]
    if sum(size for size, has in zip(prose, taken, strict=True) if has) < _LEAST_SHARE * sum(prose):
        taken = _taken(lines, tree, all_that_may_be=True) or taken
    missed = sum(len(line) for line, known, has in zip(lines, stated, taken, strict=True) if known and not has)
    if missed <= 0.3 * sum(len(line) for line, known in zip(lines, stated, strict=True) if known):
        return taken
    return [has or known for has, known in zip(taken, stated, strict=True)]


def _taken(lines: Sequence[str], tree: Any, all_that_may_be: bool = False) -> list[bool]:
    """The lines that trafilatura takes; none at all, if it finds no article."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        deepcopy(tree),
        favor_precision=not all_that_may_be,
        favor_recall=all_that_may_be,
        include_comments=False,
        with_metadata=False,
    )
    if found is None or found.body is None:
        return []
    return [share >= 0.5 for share in covered(lines, [str(piece) for piece in found.body.itertext()])]


def _is_prose(line: str, kind: _Kind) -> bool:
    return not (kind.linked or kind.around) and zones.is_prose(line)


def _kinds(body: Body) -> list[_Kind]:
    """Of each line."""
    kinds: list[_Kind] = []
    blocks = iter(body.blocks)
    block = next(blocks, None)
    at = 0
    for line in body.text.split("\n"):
        listed, heading, hidden, around, links = False, False, False, False, 0
        at += len(line) + 1
        while block is not None and block.end < at:
            listed, links = listed or block.kind == "list", links + block.link_chars
            heading = heading or block.kind == "heading"
            hidden = hidden or block.hidden
            around = around or block.hidden or block.kind == "caption" or block.furniture > 0
            block = next(blocks, None)
        kinds.append(_Kind(listed, links >= _LINKED * len(line) > 0, heading, hidden, around))
    return kinds


def _without_teasers(kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Leave out the opening lines of other stories in a list under the article: each stands alone under a link.

    Three at least: a list that belongs to the article has its items together, and no links of their own between them.
    """
    places = [n for n, is_main in enumerate(main) if is_main]
    alone = {n for n in places if kinds[n].listed and n and not main[n - 1] and kinds[n - 1].linked}
    first = min(alone, default=len(main))
    after = [n for n in places if n >= first]
    if len(alone) < 3 or len(alone) < 0.5 * len(after) or not any(n < first for n in places):
        return list(main)
    return [is_main and n < first for n, is_main in enumerate(main)]


def _without_strays(lines: Sequence[str], main: Sequence[bool]) -> list[bool]:
    """Leave out one or two last lines that stand alone far below the article's others: the opening of another story."""
    places = [n for n, is_main in enumerate(main) if is_main]
    whole = list(main)
    for last in (1, 2):
        if len(places) > last + 1 and places[-last] - places[-last - 1] > _FAR:
            for n in places[-last:]:
                whole[n] = False
            break
    return whole


def _with_gaps(lines: Sequence[str], kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Take in the short lines between the article's: headings, items and rows, but no links, no line that comes back as
    buttons do, and nothing that markup or length says is something else."""
    whole = list(main)
    places = [n for n, is_main in enumerate(main) if is_main]
    often = {line for line, times in Counter(lines).items() if times >= _BUTTONS}
    for before, behind in pairwise(places):
        gap = range(before + 1, behind)
        last = behind - 1  # a heading, or the number of an entry, stands right above what it heads
        if not kinds[last].around and (kinds[last].heading or _NUMBERED.match(lines[last])):
            whole[last] = True
        if not gap or len(gap) > _GAP or any(kinds[n].linked or kinds[n].around for n in gap):
            continue
        if sum(map(titles.size, lines[before + 1 : behind])) <= _GAP_SHARE * (
            titles.size(lines[before]) + titles.size(lines[behind])
        ):
            whole[before + 1 : behind] = [lines[n] not in often for n in gap]
    return whole


def _with_rest(lines: Sequence[str], kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Take in what follows of the article below a line that asks its readers on, as 展开全文 does: what the page hides,
    or, if the line speaks of this article, all that is not marked as something else, to the next two lines that are.
    """
    whole = list(main)
    shown = (n for n, is_main in enumerate(main) if is_main and zones.is_prose(lines[n]))
    last = max(shown, default=len(lines))
    more = next((n for n in range(last + 1, min(last + 1 + _TO_MORE, len(lines))) if _MORE.fullmatch(lines[n])), None)
    if more is None:
        return whole
    hidden_only = _OF_THIS.search(lines[more]) is None
    others = 0
    for n in range(more + 1, len(lines)):
        kind = kinds[n]
        whole[n] = not kind.linked and (kind.hidden if hidden_only else kind.hidden or not kind.around)
        others = 0 if whole[n] else others + 1
        if others > (0 if hidden_only else 1):
            break
    return whole


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
    stated = titles.choose(headings, named, written, site or next(iter(logos), None), zones.above(lines, main))
    title = known.title or zones.likelier(stated, lines, main)
    url = known.url or _canonical(document) or head.first("url")
    credits = people(_around(lines, main))
    zone = BEIJING if count_han(title) else UTC
    called = site or titles.last_part(written)
    author, outlet = settled(known.author or _author(head, credits, called, marks), credits, site)
    published = known.published_at or _published(head, lines, main, marks, zone, url)
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


def _around(lines: Sequence[str], main: Sequence[bool]) -> list[str]:
    """The article's lines, with some before and after them, where bylines stand."""
    places = [n for n, is_main in enumerate(main) if is_main and titles.size(lines[n]) >= 8] or [0]
    first, last = next((n for n in places if zones.is_prose(lines[n])), places[0]), places[-1]
    return [*lines[max(first - 8, 0) : first + 4], *lines[max(last - 3, first + 4) : last + 6]]


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


def _is_update(line: str) -> bool:
    """A line that says when the page was changed, not when it was published."""
    return bool(_UPDATED.search(line) and not _FIRST.search(line))


def _published(
    head: Head, lines: Sequence[str], main: Sequence[bool], marks: Marks | None, zone: Any, url: str | None
) -> datetime | None:
    stated = [found for written in head.all("published_at") if (found := moment(written, zone))]
    near = sorted((line for line in _around(lines, main)[:10] if len(line) <= 120), key=_is_update)
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
