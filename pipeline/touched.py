"""Touched: the files whose rows a change of the settings in ``raw/`` can change; the others stay as they are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.cleaning import by_hand
from pipeline.extract import organizations
from pipeline.parts import read_parts
from pipeline.places import Place
from pipeline.scan import OVERRIDES
from pipeline.state import Part
from pipeline.text import simplify

if TYPE_CHECKING:
    import pyarrow as pa

_NO_LETTERS = re.compile(r"[\W_]+")


def touched(old: Mapping[str, str], new: Mapping[str, str], processed: Place, parts: Iterable[Part]) -> set[str] | None:
    """The paths of files that the settings' change from ``old`` to ``new`` may touch; None: any file.

    :param old: the settings' content by name, as :func:`pipeline.scan.settings` gives it
    :param parts: the tables that were made with ``old``
    """
    found: set[str] = set()
    for name in old.keys() | new.keys():
        before, after = old.get(name, ""), new.get(name, "")
        if before == after:
            continue
        if name == OVERRIDES and _strictness(before) == _strictness(after):
            found |= _decided_otherwise(before, after)
        elif name == organizations.LOCAL:
            found |= set(_naming(*organizations.changed(before, after), processed, list(parts)))
        else:  # cuts more or less everywhere; a word more changes the chances of all others
            return None
    return found


def _strictness(toml: str) -> str:
    try:
        return by_hand.strictness(toml)
    except ValueError:
        return ""


def _decided_otherwise(before: str, after: str) -> set[str]:
    try:
        one, other = by_hand.read(before), by_hand.read(after)
    except ValueError:  # said when they are to be obeyed
        return set()
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def _naming(ids: set[str], names: set[str], processed: Place, parts: list[Part]) -> Iterator[str]:
    """The paths of articles that mention an organization of ``ids``, or hold one of ``names`` in whatever writing."""
    from ahocorasick_rs import AhoCorasick

    pattern = AhoCorasick(sorted({_squeezed(name) for name in names} - {""}))
    mentioning = {
        article_id
        for table in _tables("organization_mentions", processed, parts)
        for article_id, org_id in zip(table["article_id"].to_pylist(), table["org_id"].to_pylist(), strict=True)
        if org_id in ids
    }
    for table in _tables("articles", processed, parts):
        columns = (table[name].to_pylist() for name in ("article_id", "path", "title", "text"))
        for article_id, path, title, text in zip(*columns, strict=True):
            if article_id in mentioning or pattern.find_matches_as_indexes(_squeezed(f"{title} {text}")):
                yield path


def _tables(name: str, processed: Place, parts: list[Part]) -> "Iterator[pa.Table]":
    return read_parts(processed, (part for part in parts if part.table == name))


def _squeezed(text: str) -> str:
    """Letters and digits alone, without case, width and script: no two ways of writing a name differ."""
    return _NO_LETTERS.sub("", simplify(unicodedata.normalize("NFKC", text)).casefold())
