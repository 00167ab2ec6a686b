"""What the markup of a page says of the words in an element: people, source, time; by itemprop, rel, class and id.

After the microdata of schema.org, the microformats hAtom and hNews, and usual names of classes
(``data/page_marks.csv``). Parts of the page that are about other pages, or written by readers, are not looked at.
"""

import re
from collections.abc import Iterator
from datetime import tzinfo
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.parse.bylines import is_name, is_outlet, people
from pipeline.parse.dates import Moment, moment

_LONGEST = 80  # characters of a byline
_ELSEWHERE = re.compile(
    r"comment|reply|replies|related|recommend|sidebar|side-bar|(?<!post-)(?<!entry-)(?<!article-)footer|\bnav|menu|popular|latest|trending|newsletter|share|social"
    r"|promo|teaser|card\b|widget|hot\b|bio\b|about",
    re.I,
)
_BY = re.compile(r"^\W{0,3}(?:(?:written|words|story|text|posted|submitted|published)\s)?by:?\s+", re.I)
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,24}(?:\s(?:[a-z]{2,3}\s)?[^\W\d_][\w.'’-]{0,24}){1,3}")
_SPLIT = re.compile(r",\sand\s|\sand\s|[,;，、；|]\s?|\s&\s")
_TIMED = ("datetime", "content", "title", "data-time")


def authors(tree: Any) -> list[str]:
    """Persons that elements named after authors hold, the surest kind of element alone."""
    for path in (
        "//*[@itemprop='author' or @itemprop='creator']",
        "//*[contains(concat(' ', @rel, ' '), ' author ')]",
        _classed("author"),
    ):
        sure = not path.startswith(_CLASSED)
        found = [name for node in _nodes(tree, path) for name in _persons(_words(node), sure)]
        if found:
            return list(dict.fromkeys(found))[:12]
    return []


def source(tree: Any) -> str | None:
    """Who the page is taken from, as an element named after it says."""
    for node in _nodes(tree, _classed("source")):
        text = _words(node)
        name = people([text]).source or text
        if 2 <= len(name) <= 16 and not re.search(r"[\d:：|，。]", name) and "\u4e00" <= name[0] <= "\u9fff":
            return name
    return None


def published(tree: Any, zone: tzinfo) -> Moment | None:
    """The time of publication that an element holds: ``<time itemprop="datePublished">``, ``class="published"``."""
    for path in ("//*[@itemprop='datePublished']", "//time[@pubdate]", _classed("time")):
        for node in _nodes(tree, path):
            written = next((node.get(name) for name in _TIMED if node.get(name)), None) or _words(node)
            found = moment(written, zone)
            if found:
                return found
    return None


def logos(tree: Any) -> list[str]:
    """The site's name, where it stands as a heading that leads to the front page."""
    links = tree.xpath("//h1//a[@href] | //a[@href][h1]")[:20]
    home = (link for link in links if re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+|#)?", link.get("href")))
    return [text for link in home if (text := " ".join(" ".join(link.itertext()).split()))]


_CLASSED = "//body//*[@class or @id]"


@cache
def _classed(role: str) -> str:
    """The elements whose class or id has a part that says ``role``."""
    letters = '"ABCDEFGHIJKLMNOPQRSTUVWXYZ-_", "abcdefghijklmnopqrstuvwxyz"'
    parts = [row["part"] for row in lexicon.rows("page_marks.csv") if row["role"] == role]
    tests = [f'contains(translate(concat(@class, " ", @id), {letters}), "{part}")' for part in parts]
    return f"{_CLASSED}[{' or '.join(tests)}]"


def _nodes(tree: Any, path: str) -> Iterator[Any]:
    """The elements that ``path`` finds in the article's part of the page, of the first forty."""
    for node in tree.xpath(path)[:40]:
        around = [node, *node.iterancestors()]
        named = (f"{up.get('class') or ''} {up.get('id') or ''}" for up in around if up.tag not in ("body", "html"))
        if not any(up.tag in ("aside", "footer", "nav") for up in around) and not any(map(_ELSEWHERE.search, named)):
            yield node


def _words(node: Any) -> str:
    """The words in an element: of one with a name of its own, the name."""
    named = next(iter(node.xpath(".//*[@itemprop='name']")), node)
    return " ".join(" ".join(named.itertext()).split())[: _LONGEST + 1] or node.get("content") or ""


def _persons(text: str, sure: bool) -> list[str]:
    """Names of persons in a byline; in an element that only may be one, what looks like a name as a whole."""
    if not 2 <= len(text) <= _LONGEST:
        return []
    if stated := people([text]).author:
        return stated.split(", ")
    names = [name.strip() for name in _SPLIT.split(_BY.sub("", text))]
    fits = [name for name in names if is_name(name) and not is_outlet(name) and (sure or _looks_like_a_name(name))]
    return fits if len(fits) == len(names) else []


def _looks_like_a_name(name: str) -> bool:
    """Jane van Doe; two or three characters, of which the first is a surname."""
    surnames, *double = lexicon.lines("han_surnames.txt")
    if "\u4e00" <= name[0] <= "\u9fff":
        return (len(name) in (2, 3) and name[0] in surnames) or (len(name) in (3, 4) and name[:2] in double[0].split())
    return bool(_LATIN_NAME.fullmatch(name)) and name[0].isupper()
