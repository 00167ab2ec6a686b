"""Tags of HTML: which end a line, which hold no text, and what their attributes say of how they look."""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.parse import furniture
from pipeline.parse.hiding import hides
from pipeline.records import BlockKind

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
))  # fmt: skip
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_CLOSED_BY_NEXT = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "option"))
# Their content is no text of the page.
NO_TEXT = frozenset((
    "script", "style", "template", "title", "svg", "math", "textarea", "iframe", "object", "audio",
    "video", "canvas",
))  # fmt: skip
CELLS = frozenset(("td", "th"))
ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))
KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), "list"),
    "blockquote": "quote",
    "table": "table",
    "pre": "code",
    "figcaption": "caption",
    "caption": "caption",
}
STATEFUL = frozenset((*KINDS, *furniture.TAGS, "figure", "noscript"))
_BREAKS = BLOCKS - STATEFUL - {"h1", "tr", "button"}  # tags that do no more than end a line
CONTAINERS = _BREAKS - {"p", "li", "dd", "dt"}
_MORE = BLOCKS | STATEFUL | VOID | NO_TEXT | CELLS | {"a"}  # all others are inline tags, which do nothing
_FLAT = VOID | NO_TEXT | _CLOSED_BY_NEXT

STEP = re.compile(r"([^<]*+)<(/?)([A-Za-z][A-Za-z0-9]*+)((?:[^<>\"'=]++|=\"[^\"<>]*+\")*+)>")  # text and a sound tag
LONGEST_PLAIN = 300
_LONGEST_ATTRIBUTES = 100_000
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_TELLING = re.compile(r"\bhidden\b|style|class|label|align", re.I)
_NAME = re.compile(r"\b(?:id|role)\s*+=\s*+[\"']?+([^\"'\s>]*[a-z]{3}[^\"'>]*)", re.I)
_CAPTION_CLASS = re.compile(
    r"(?:img|image|pic|photo|picture|media|wp)[-_]?(?:desc|caption|text|title|info|note)|\bcaption\b", re.I
)


class Look(NamedTuple):
    """What the attributes of a tag say of how it looks."""

    hidden: bool = False
    caption: bool = False
    centred: bool = False
    classes: frozenset[str] = frozenset()  # a <style> in the page may hide these
    furniture: str = ""  # by which word its names say that it is the site's
    id: str = ""  # so may a <style> or a script

    @property
    def tells(self) -> bool:
        return self.hidden or self.caption or self.centred or bool(self.furniture)


NO_LOOK = Look()


def look_of(written: str) -> Look:
    """What the attributes ``written`` in a tag say of how it looks."""
    return _look(written) if len(written) < LONGEST_PLAIN else _look.__wrapped__(written)


@lru_cache(maxsize=4096)
def _look(written: str) -> Look:
    if not written:
        return NO_LOOK
    word = furniture.word_of(" ".join(_NAME.findall(written))) if "id=" in written or "role=" in written else ""
    if not _TELLING.search(written):
        name = attributes(written).get("id", "") if "id=" in written else ""
        return Look(furniture=word, id=name) if word or name else NO_LOOK
    found = attributes(written)
    names = found.get("class", "")
    return Look(
        "hidden" in found or hides(found.get("style", "")),
        "图片描述" in found.get("label", "") or bool(_CAPTION_CLASS.search(names)),
        "center" in found.get("align", "") + found.get("style", ""),
        frozenset(names.split()),
        furniture.surer(furniture.word_of(names), word) if names else word,
        found.get("id", ""),
    )


class Plain(NamedTuple):
    """A sound tag that ends a line (``breaks``), or does nothing; without a name: one that does more."""

    name: str = ""
    breaks: bool = False
    level: int = 0


NOT_PLAIN = Plain()


@lru_cache(maxsize=4096)
def plain(written: str) -> Plain:
    """``written``, a whole tag, as far as it is plain; where the page has no style sheet that hides classes."""
    match = STEP.fullmatch(written)
    name = match[3].lower() if match else ""
    breaks = name in _BREAKS
    look = look_of(match[4]) if match and not match[2] else NO_LOOK
    if not match or not (breaks or name not in _MORE) or look.tells or (look.classes and name in CONTAINERS):
        return NOT_PLAIN
    return Plain(name, breaks, level_of(name, match[2]))


def level_of(name: str, close: str | None) -> int:
    return 0 if name in _FLAT else -1 if close else 1


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, entities resolved; of a name given twice the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written[:_LONGEST_ATTRIBUTES]):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found
