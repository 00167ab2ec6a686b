"""Front-matter keys to the columns of an article, by the map in ``data/front_matter_keys.csv``."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from pipeline import lexicon
from pipeline.parse import titles
from pipeline.parse.bylines import people
from pipeline.parse.dates import BEIJING, day_in_path, moment
from pipeline.parse.images import real_address
from pipeline.parse.names import parted
from pipeline.parse.persons import is_han_name
from pipeline.parse.wiki import plain
from pipeline.text import count_han

_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
_NAIVE_SECONDS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:amp|quot|lt|gt|nbsp|apos|hellip|[lr][sd]quo|[mn]dash|#\d{2,5}|#x[0-9a-f]{2,4});", re.I)
_BREAK = re.compile(r"\s?<br\s?/?>\s?", re.I)
_WITHIN = "a|b|i|em|strong|u|s|sub|sup|span|font|small|big|mark|tt|cite|q|ins|del|wbr"
_INLINE = re.compile(rf"</?(?:{_WITHIN})(?:\s[^<>]{{0,300}})?/?>", re.I)

_SINGLE = frozenset(("title", "published_at", "clipped_at", "summary", "url", "lead_image"))
_TIMES = ("published_at", "clipped_at")


class Fields(NamedTuple):
    """What the front matter says, by column; what has no column stays in ``front_matter``."""

    title: str = ""
    author: str | None = None
    editor: str | None = None
    site: str | None = None
    source: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    published_from: Literal["front-matter", "page", "text", "path", "crawl-time"] | None = None
    summary: str | None = None
    lead_image: str | None = None
    front_matter: Mapping[str, Any] = {}


@cache
def _columns() -> dict[str, tuple[int, str | None]]:
    """Rank and column of each key."""
    return {row["key"]: (rank, row["column"]) for rank, row in enumerate(lexicon.rows("front_matter_keys.csv"))}


@lru_cache(maxsize=1000)
def _column(key: str) -> tuple[int, str | None]:
    """Rank and column of a key, however it is written."""
    return _columns().get(re.sub(r"[_\s.-]", "", key).lower(), (len(_columns()), None))


def fields(front: Mapping[str, Any]) -> Fields:
    """The columns that front matter fills."""
    found: dict[str, list[str]] = {}
    rest: dict[str, Any] = {}
    columns = {key: _column(key[:200]) for key in front}
    for key in sorted(front, key=lambda key: columns[key][0]):
        values, column = _strings(front[key]), columns[key][1]
        unread = column in _TIMES and values and moment(values[0]) is None
        beside = column in _SINGLE and (column in found or (column == "clipped_at" and "published_at" in found))
        if column == "lead_image":  # a placeholder is none
            values = [address for value in values if (address := real_address(value))]
        if column == "title" and values and _is_barer(values[0], found.get("title", [""])[0]):
            found["title"] = values[:1]  # the others have the site's name, or an agency's mark, beside it
        elif column in (None, "lang", "body") or unread or beside:
            rest[key] = front[key]
        elif values:
            if column in ("tags", "categories") and len(values) == 1:
                values = [part for part in map(str.strip, re.split(r"[,，;；、|]", values[0])) if part]
            found.setdefault(column, []).extend(value for value in values if value not in found.get(column, ()))
    return _fields(found, {key: rest[key] for key in front if key in rest})


def _is_barer(title: str, other: str) -> bool:
    """Whether a title is the other one with less around it."""
    return titles.size(title) >= 3 and len(title) < len(other) and titles.folded(title) in titles.folded(other)


def unread_date(front: Mapping[str, Any]) -> str | None:
    """A date in front matter that could not be read."""
    keys = (key for key in front if _column(key[:200])[1] in _TIMES)
    return next((values[0] for key in keys if (values := _strings(front[key]))), None)


def dated_by_path(known: Fields, path: str) -> Fields:
    """``known`` with the day that stands in a path or address, where nothing else gives one."""
    if known.published_at is not None:
        return known
    kept = (str(known.front_matter[key]) for key in ("path", "slug", "aliases") if key in known.front_matter)
    at = next((day for where in (path, known.url or "", *kept) if (day := day_in_path(where))), None)
    return known._replace(published_at=at, published_from="path" if at else None)


def _fields(found: dict[str, list[str]], rest: dict[str, Any]) -> Fields:
    title = _UNSEEN.sub("", without_tags(_unescaped(_first(found, "title") or "")))
    categories = found.get("categories", [])
    names = found.get("author", [])
    # The name that is also a category is the site's: an article is filed under its site, not under its writer.
    site = next((name for name in found.get("site", []) if not _ADDRESS.match(name)), None)
    site = (site or next((name for name in names if name in categories), "")).rstrip("©®™ ") or None
    credits = [_credits(name) for name in names if name != site]
    authors = [author for author, _ in credits if author]
    editors = found.get("editor", []) + [editor for _, editor in credits if editor]
    sources = found.get("source", [])
    addresses = [value for value in found.get("url", []) + sources + found.get("site", []) if _ADDRESS.match(value)]
    stated = found.get("published_at") or found.get("clipped_at", [])
    written = next((value for value in stated if ":" in value), next(iter(stated), ""))
    # A feed's time has a zone. A naive one to the second is when the crawler came by, where the feed gave none. So is
    # the time of a note that names the address it was clipped from.
    zone = BEIJING if count_han(title) else UTC
    when = moment(written, zone)
    crawled = bool(when and site and not when.has_zone and _NAIVE_SECONDS.fullmatch(written))
    crawled |= bool(addresses) and "published_at" not in found
    return Fields(
        title=titles.without_name(" ".join(title.split()), site),
        author=", ".join(dict.fromkeys(filter(None, authors))) or None,
        editor=", ".join(editors) or None,
        site=site,
        source=next((value for value in sources if not _ADDRESS.match(value)), None),
        categories=tuple(categories),
        tags=tuple(found.get("tags", [])),
        url=addresses[0] if addresses else None,
        published_at=when.at if when else None,
        published_from=None if when is None else "crawl-time" if crawled else "front-matter",
        summary=_first(found, "summary"),
        lead_image=_first(found, "lead_image"),
        front_matter=rest,
    )


def _credits(written: str) -> tuple[str | None, str | None]:
    """Author and editor in an author's field: a byline, or names."""
    written = _ADDRESS.sub("", written).strip()
    stated = people([written]) if count_han(written) or ":" in written else None
    if stated and stated.author:
        return stated.author, stated.editor
    if stated and stated.editor:  # 王小五 编辑：李小六
        return next((name for name in written.split()[:1] if is_han_name(name)), None), stated.editor
    words = written.split()
    if (
        len(words) > 1
        and is_han_name(words[0])
        and all(2 <= len(word) <= 4 and count_han(word) == len(word) for word in words)
    ):
        return ", ".join(words), None
    return ", ".join(filter(None, parted(written))) or None, None


def _unescaped(title: str) -> str:
    """A title with what its entities mean, though it was escaped twice."""
    once = html.unescape(title)
    return html.unescape(once) if _ENTITY.search(once) else once


def without_tags(title: str) -> str:
    """A title without the tags of a few words in it; others may be what it is about: How to use <table>.

    >>> without_tags('A <b>bold</b> title<br>on <abbr> and 1 < 2')
    'A bold title on <abbr> and 1 < 2'
    """
    return _INLINE.sub("", _BREAK.sub(" ", title)) if "<" in title else title


def _first(found: Mapping[str, list[str]], column: str) -> str | None:
    return next(iter(found.get(column, ())), None)


def _strings(value: Any) -> list[str]:
    """The strings in a value: itself, its items, or the names and addresses in mappings."""
    if isinstance(value, str):
        if value.startswith("<![CDATA["):
            value = value.removeprefix("<![CDATA[").removesuffix("]]>")
        value = plain(" ".join(value.split()))
        return [value] if value and value.lower() not in ("null", "none", "~") else []
    if isinstance(value, Mapping):
        keys = [key for key in ("name", "title", "url", "src", "image") if key in value]
        return _strings(value[keys[0]]) if keys else []
    return [text for item in value for text in _strings(item)][:200]
