"""Heads of labelled lines above a text, and tails below it: of mail, news groups, databases, notices and crawlers.

Labels stand in ``data/record_labels.csv`` and, with those of front matter, in ``data/front_matter_keys.csv``.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.parse.wrapped import Line

_LONGEST = 60  # lines above which a head ends
_APART = 2  # other lines between two labelled ones
_LEAST, _LEAST_TOLD = 3, 2  # labelled lines of a head; of them, those that tell something of the article
_SIGNATURE = 12  # lines of a signature and what a server adds below it
_POSTED = {"newsgroups", "messageid"}
_BRACKETED = re.compile(r"[【\[]\s?([^【】\[\]:：]{2,12}?)\s?[】\]]\s{0,3}[:：]?\s{0,9}")
_PLAIN = re.compile(
    r"(?:\d{1,2}\.\s?|[-*•]\s)?([^\W\d_][\w -]{1,22}?|[\u4e00-\u9fff][\u4e00-\u9fff /\u3000]{1,7})"
    r"(?:\s?[:：]\s{0,9}|\s{2,}|\t)"
)
_NEXT = re.compile(r"(?:\t|\s{3,}|[,，]\s?)(?=[^\s:：]{2,12}\s?[:：])")  # before another label of the same line
_NAME_KEY = re.compile(r"[_\s.\u3000-]")
_MAILED = re.compile(r"\s*\"?([^<>\"()]*?)\"?\s*<[^<>]*>|\S+@\S+\s*\(([^()]*)\)")


class Labelled(NamedTuple):
    """What labels tell of the article, the lines that do so, and the line of the headline among them."""

    told: dict[str, str]  # by a key of front matter
    lines: set[int]
    headline: int | None


class _Entry(NamedTuple):
    column: str  # empty: it tells nothing
    key: str
    value: str


@cache
def _columns() -> dict[str, str]:
    """The column of each label."""
    front = {row["key"]: row["column"] for row in lexicon.rows("front_matter_keys.csv")}
    return front | {row["label"]: row["column"] for row in lexicon.rows("record_labels.csv")}


def _entries(text: str) -> list[_Entry]:
    """What a line says by labels; nothing, if it begins with none."""
    found: list[_Entry] = []
    for part in _NEXT.split(text[:1000]):
        match = _BRACKETED.match(part) or _PLAIN.match(part)
        key = _NAME_KEY.sub("", match[1]).lower() if match else ""
        if not match or key not in _columns():
            break
        found.append(_Entry(_columns()[key], key, part[match.end() :].strip()))
    return found


def read(lines: Sequence[Line], body: int) -> Labelled | None:
    """The labelled head of a text, and a tail if there is a head.

    :param body: where the text's sentences begin
    """
    said = _said(lines, range(min(body, _LONGEST)))
    region = _region(sorted(said))
    told = sum(bool(entry.column) for n in region for entry in said[n])
    if len(region) < _LEAST or told < _LEAST_TOLD:
        return None
    tail = _said(lines, range(max(body, region[-1] + 1), len(lines)))
    below = _region(sorted(tail)[::-1])[::-1]
    between = [
        n for part in (region, below[-1:] and [*below, len(lines)]) if part for n in range(part[0], part[-1] + 1)
    ]
    values: dict[str, str] = {}
    for n in sorted((*region, *below), key=lambda n: not _numbered(lines[n])):  # these are of what a posting cites
        for entry in (said | tail)[n]:
            if entry.value:
                values.setdefault(entry.column if entry.column not in ("", "body") else f"_{entry.key}", entry.value)
    labels = {entry.key for n in region for entry in said[n]}
    if labels & _POSTED:
        between += _signature(lines)
    headline = next((n for n in region if any(e.value and e.value == values.get("title") for e in said[n])), None)
    if headline is not None and values["title"] not in lines[headline].text:
        headline += 1
    return Labelled(_of_article(values, labels), {n for n in between if n < len(lines)}, headline)


def _signature(lines: Sequence[Line]) -> range:
    """The last lines from one of two hyphens on (RFC 3676, 4.3)."""
    first = max(len(lines) - _SIGNATURE, 0)
    return next((range(n, len(lines)) for n in range(first, len(lines)) if lines[n].text == "--"), range(0))


def _said(lines: Sequence[Line], numbers: range) -> dict[int, list[_Entry]]:
    """What lines say by labels. A label alone, with a number before it, has its value in the next line."""
    said = {n: entries for n in numbers if (entries := _entries(lines[n].text))}
    for n in [n for n in said if n + 1 in numbers and n + 1 not in said and _numbered(lines[n])]:
        if not said[n][-1].value and said[n][-1].column != "body":
            said[n][-1] = said[n][-1]._replace(value=lines[n + 1].text)
    return said


def _numbered(line: Line) -> bool:
    return line.text[0].isdigit()


def _region(numbers: Sequence[int]) -> list[int]:
    """The longest run of labelled lines with few others between them."""
    best: list[int] = []
    run: list[int] = []
    for n in numbers:
        run = [*run, n] if run and abs(n - run[-1]) <= _APART + 1 else [n]
        best = max(best, run, key=len)
    return best


def _of_article(values: dict[str, str], labels: set[str]) -> dict[str, str]:
    """Without the labels that tell nothing; who posts to a news group has written it, who sends mail need not."""
    told = {column: value for column, value in values.items() if not column.startswith("_")}
    if "from" in labels and labels & {"subject", "newsgroups", "sent"}:
        sender = told.pop("source", "")
        if "newsgroups" in labels and (named := _MAILED.match(sender)):
            told.setdefault("author", (named[1] or named[2] or "").strip())
    return told
