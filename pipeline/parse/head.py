"""What a page says about itself: ``<meta>`` elements, JSON-LD, ``<title>``, canonical link."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline import lexicon
from pipeline.parse.names import turned

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Story|Review|NewsItem|VideoObject", re.I)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h\d)\b[^<>]{0,200}>", re.I)
_TAG = re.compile(r"<[^>]{1,200}>")
_CATALOGUED = ("citation", "dc", "bepress", "prism")  # names stand as in a catalogue: Doe, Jane
_LABELS = re.compile("(?:written )?by|author|作者|撰文", re.I)
_LONGEST_JSON = 500_000


class Head(NamedTuple):
    """Values by column (``title``, ``author``, ``site``, ...), best first; a column that is not named is missing."""

    found: Mapping[str, Sequence[str]]

    def first(self, column: str) -> str | None:
        return next(iter(self.found.get(column, ())), None)

    def all(self, column: str) -> list[str]:
        return list(dict.fromkeys(self.found.get(column, ())))


@cache
def _meta_columns() -> dict[str, tuple[int, str]]:
    rows = lexicon.rows("page_meta.csv")
    return {row["name"]: (rank, row["column"]) for rank, row in enumerate(rows)}


def read_head(metas: Sequence[Mapping[str, str]], scripts: Sequence[str]) -> Head:
    """Gather the columns from the attributes of ``<meta>`` elements and the texts of JSON-LD scripts."""
    ranked: list[tuple[int, str, str]] = []
    for meta in metas:
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        rank, column = _meta_columns().get(name, (0, ""))
        value = " ".join(meta.get("content", "").split())
        if column == "author" and name.startswith(_CATALOGUED):
            value = "; ".join(map(turned, value.split(";")))
        if column and value:
            ranked.append((rank, column, value))
    found: dict[str, list[str]] = {}
    said = {(meta.get("name") or "").lower(): meta.get("content", "").strip() for meta in metas}
    # A pair says what it tells: twitter:label1, Written by; twitter:data1, Jane Doe.
    told = [said.get(f"twitter:data{n}") for n in "12" if _LABELS.fullmatch(said.get(f"twitter:label{n}", ""))]
    ranked += [(len(_meta_columns()), "author", name) for name in told if name]
    nodes = [node for script in scripts for node in _nodes(script)]
    persons = {str(node["@id"]): node for node in nodes if node.get("@type") == "Person" and "@id" in node}
    for item in (node for node in nodes if _is_article(node)):
        for column, values in _item(item, persons).items():
            found.setdefault(column, []).extend(values)
    if "author" not in found and len(persons) == 1:  # of a page that is not marked as an article
        found["author"] = _names(list(persons.values()))
    for _, column, value in sorted(ranked, key=lambda entry: entry[0]):
        found.setdefault(column, []).append(value)
    return Head(found)


def _is_article(node: Mapping[str, Any]) -> bool:
    kind = node.get("@type")
    return any(_ARTICLE_TYPES.search(str(name)) for name in (kind if isinstance(kind, list) else [kind]))


def _nodes(script: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD script, wherever they stand in it."""
    try:
        todo = [json.loads(script[:_LONGEST_JSON].strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(500):
        if not todo:
            return
        value = todo.pop(0)
        if isinstance(value, list):
            todo = value[:50] + todo
        elif isinstance(value, dict):
            yield value
            todo += [
                value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in value
            ]


def _item(item: Mapping[str, Any], persons: Mapping[str, Any]) -> dict[str, list[str]]:
    written = item.get("author") or item.get("creator")
    authors = [_resolved(one, persons) for one in (written if isinstance(written, list) else [written])]
    columns = {
        "title": _names(item.get("headline")),
        "author": _names([one for one in authors if not _is_organization(one)]),
        "agency": _names([one for one in authors if _is_organization(one)]),
        "editor": _names(item.get("editor")),
        "site": _names(item.get("publisher")),
        "published_at": _names(item.get("datePublished") or item.get("uploadDate")),
        "summary": _names(item.get("description")),
        "categories": _names(item.get("articleSection")),
        "lead_image": _names(item.get("image"), "url"),
        "body": _paragraphs(item.get("articleBody")) + _updates(item.get("liveBlogUpdate")),
    }
    return {column: values for column, values in columns.items() if values}


def _is_organization(value: Any) -> bool:
    return isinstance(value, dict) and "Organization" in str(value.get("@type"))


def _resolved(value: Any, persons: Mapping[str, Any]) -> Any:
    """A person that is only referred to by its identifier, as it stands elsewhere in the page."""
    named = not isinstance(value, dict) or value.get("name")
    return value if named else persons.get(str(value.get("@id")), value)


def _paragraphs(value: Any) -> list[str]:
    """A text that a page repeats in its metadata, in paragraphs, as far as its line breaks and tags show them."""
    text = html.unescape(_BREAK.sub("\n", value)) if isinstance(value, str) else ""
    return [line.strip() for line in _TAG.sub("", text).split("\n") if line.strip()]


def _updates(value: Any) -> list[str]:
    """The entries of a live blog."""
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    return [line for entry in entries for line in _names(entry.get("headline")) + _paragraphs(entry.get("articleBody"))]


def _names(value: Any, key: str = "name") -> list[str]:
    if isinstance(value, str):
        text = " ".join(_TAG.sub("", html.unescape(value)).split())
        return [text] if text else []
    if isinstance(value, dict):
        return _names(value.get(key))
    if isinstance(value, list):
        return [name for part in value[:50] for name in _names(part, key)]
    return []
