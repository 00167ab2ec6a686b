"""What the markup of a page says of the words in an element: people, source, time; by itemprop, rel, class and id.

After the microdata of schema.org, the microformats hAtom and hNews, and usual names of classes
(``data/page_marks.csv``). Parts of the page that are about other pages, or written by readers, are not looked at.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from functools import cache, cached_property
from typing import Any

from pipeline import lexicon
from pipeline.parse.bylines import people
from pipeline.parse.dates import Moment, moment
from pipeline.parse.names import bare, is_name, is_outlet
from pipeline.parse.persons import is_han_name

_LONGEST = 80  # characters of a byline
_ELSEWHERE = re.compile(
    r"comment|reply|replies|related|recommend|sidebar|side-bar|(?<!post-)(?<!entry-)(?<!article-)footer|\bnav|menu|popular|latest|trending|newsletter|share|social"
    r"|promo|teaser|(?<!author-)card\b|widget|hot\b|bio\b|about",
    re.I,
)
_BY = re.compile(r"^\W{0,3}(?:(?:written|words|story|text|posted|submitted|published)\s)?by:?\s+", re.I)
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,24}(?:\s(?:[a-z]{2,3}\s)?[^\W\d_][\w.'’-]{0,24}){1,3}")
_SPLIT = re.compile(r",\sand\s|\sand\s|[,;，、；|]\s?|\s&\s")
_OF = re.compile(r"^(?:本文|文章|稿件)?(?:来源|來源|出处|出處|转自|轉自)[于於]?[\s:：]{0,3}")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|#)?")
# Links above the text, of which a standfirst and a note may be the first long paragraphs.
_ABOVE = "(//p[string-length(normalize-space(.)) > 80])[position() <= 3][last()]/preceding::a[@href]"
_MOST_LINKS = 4  # more of them are a list of writers
_MOST_UNSURE = 6  # so are more names
_PERSONAL = re.compile(
    r"/(?:authors?|by|contributors?|staff|profiles?|writers?|reporters?|journalists?|columnists?)/"
    r"(?:\w/)?[^/?#]{2,80}/?$"
)
_TIMED = ("datetime", "content", "title", "data-time")


class Marks:
    """The elements of a page that say what they hold, looked up once."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree

    @cached_property
    def classed(self) -> dict[str, list[Any]]:
        """By role, the elements whose class or id has a part that says it."""
        found: dict[str, list[Any]] = {role: [] for role in _roles().values()}
        for node in self.tree.xpath("//body//*[@class or @id or @data-testid]"):
            for role in {_roles()[part] for part in _parts().findall(_folded(_named(node)))}:
                found[role].append(node)
        return found

    def authors(self) -> list[str]:
        """Persons that elements named after authors hold, the surest kind of element alone."""
        for nodes, sure in self._by_authors():
            found = [names for node in _of_the_article(nodes) if (names := _persons(_words(node), sure))]
            if found:
                several = dict.fromkeys(name for names in found for name in names)
                listed = not sure and len(several) > _MOST_UNSURE  # those of other articles
                return list(found[0] if listed else several)[:12]
        return []

    def _by_authors(self) -> Iterator[tuple[list[Any], bool]]:
        """Elements that may hold authors, the surest kind first, and whether they surely do."""
        yield self.tree.xpath("//*[@itemprop='author' or @itemprop='creator']"), True
        yield self.tree.xpath("//*[contains(concat(' ', @rel, ' '), ' author ')]"), True
        yield self.classed["author"], False
        yield self.tree.xpath("//address"), False
        links = [link for link in self.tree.xpath(_ABOVE)[-200:] if _PERSONAL.search(link.get("href"))]
        links = [link for link in links if not any(len(_words(up)) > _LONGEST for up in link.iterancestors("p", "li"))]
        yield links if len({link.get("href") for link in links}) <= _MOST_LINKS else [], False

    def source(self) -> str | None:
        """Who a Chinese page is taken from, as an element named after it says."""
        for node in _of_the_article(self.classed["source"]):
            text = _words(node)
            name = people([text]).source or _OF.sub("", text).partition(" ")[0]
            if 2 <= len(name) <= 16 and not re.search(r"[\d:：|，。]", name) and "\u4e00" <= name[0] <= "\u9fff":
                return name
        return None

    def published(self, zone: tzinfo) -> Moment | None:
        """The time of publication that an element holds: ``<time itemprop="datePublished">``, ``class="published"``."""
        for path in ("//*[@itemprop='datePublished']", "//time[@pubdate]", ""):
            for node in _of_the_article(self.tree.xpath(path) if path else self.classed["time"]):
                written = next((node.get(name) for name in _TIMED if node.get(name)), None) or _words(node)
                found = moment(written, zone)
                if found:
                    return found
        return None

    def logos(self) -> list[str]:
        """The site's name, where it stands as a heading that leads to the front page."""
        links = self.tree.xpath("//h1//a[@href] | //a[@href][h1]")[:20]
        home = (link for link in links if _HOME.fullmatch(link.get("href")))
        return [text for link in home if (text := " ".join(" ".join(link.itertext()).split()))]


@cache
def _roles() -> dict[str, str]:
    return {row["part"]: row["role"] for row in lexicon.rows("page_marks.csv")}


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(lexicon.pattern(_roles()))


def _named(node: Any) -> str:
    return f"{(node.get('class') or '')[:200]} {(node.get('id') or '')[:100]} {(node.get('data-testid') or '')[:100]}"


def _folded(named: str) -> str:
    return named.lower().replace("-", "").replace("_", "")


def _of_the_article(nodes: Sequence[Any]) -> Iterator[Any]:
    """Those of the first forty elements that stand in the article's part of the page."""
    for node in nodes[:40]:
        around = [node, *node.iterancestors()]
        named = (_named(up) for up in around if up.tag not in ("body", "html"))
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
    names = [bare(name) for name in _SPLIT.split(_BY.sub("", text))]
    fits = [name for name in names if is_name(name) and not is_outlet(name) and (sure or _looks_like_a_name(name))]
    return fits if len(fits) == len(names) else []


def _looks_like_a_name(name: str) -> bool:
    return is_han_name(name) or (name[0].isupper() and bool(_LATIN_NAME.fullmatch(name)))
