"""Corpus: what needs all articles at once. Shards leave small digests; the whole is worked out from these alone."""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import duplicates, schema
from pipeline.extract.organizations import describe
from pipeline.garbage import give_back
from pipeline.parts import normal, read_part, read_parts, with_columns, write_part
from pipeline.places import Place, place
from pipeline.records import TABLES
from pipeline.state import Part

if TYPE_CHECKING:
    import pyarrow as pa

DIGESTS = ("_organizations", "_signatures")  # what a shard leaves for the corpus step
_AT_ONCE = 8  # articles parts that are marked in one task

# -------------------------------------------------------------------------------------------------------- organizations


def organization_digest(mentions: "pa.Table", articles: "pa.Table") -> "pa.Table":
    """What a shard knows of its organizations: one row for each id, surface, language, kind, name and day.

    :returns: ``org_id, surface, lang, kind, name, day, mentions, articles``; the days are those of publication. The
        articles of an id are counted in its first row of a day, the other rows hold 0.
    """
    import pyarrow as pa

    days = dict(
        zip(
            _values(articles["article_id"]),
            _values(articles["published_at"].cast(pa.date32(), safe=False)),
            strict=True,
        )
    )
    names = ("org_id", "surface", "lang", "kind", "name", "article_id")
    mentioned: dict[tuple[Any, ...], int] = {}
    seen: dict[tuple[Any, ...], set[str]] = {}
    for *key, article_id in zip(*(_values(mentions[name]) for name in names), strict=True):
        day = days[article_id]
        if key[0] is not None:
            mentioned[(*key, day)] = mentioned.get((*key, day), 0) + 1
            seen.setdefault((key[0], day), set()).add(article_id)
    rows = [
        (*key, count, len(seen.pop((key[0], key[-1]), ())))
        for key, count in sorted(mentioned.items(), key=lambda item: (*item[0][:-1], item[0][-1] or date.max))
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(_digest())
    return pa.table([pa.array(*pair) for pair in zip(columns, _digest().types, strict=True)], schema=_digest())


def _values(column: "pa.ChunkedArray") -> list[Any]:
    """What ``to_pylist`` gives, several times as fast."""
    import pyarrow as pa

    plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return plain.to_numpy().astype(object).tolist()  # type: ignore[no-any-return]


@cache
def _digest() -> "pa.Schema":
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    return pa.schema(
        {"org_id": text, "surface": text, "lang": text, "kind": text, "name": text, "day": pa.date32(),
         "mentions": number, "articles": number}
    )  # fmt: skip


def organizations(digests: Iterable["pa.Table"]) -> "pa.Table":
    """The organizations table from the digests of all shards."""
    import pyarrow as pa

    tables = [digest for digest in digests if digest.num_rows]
    if not tables:
        return schema.from_columns("organizations", [])
    keys, sums = ["org_id", "surface", "lang", "kind", "name"], [("mentions", "sum"), ("articles", "sum")]
    whole = pa.concat_tables(tables).group_by(keys).aggregate([*sums, ("day", "min"), ("day", "max")])
    whole = whole.sort_by([("org_id", "ascending")])
    columns = [whole[name].to_pylist() for name in (*keys, "mentions_sum", "articles_sum", "day_min", "day_max")]
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for row in zip(*columns, strict=True):
        groups.setdefault(row[0], []).append(row)
    rows = [_organization(org_id, group) for org_id, group in groups.items()]
    return schema.from_columns("organizations", list(zip(*rows, strict=True)))


def _organization(org_id: str, rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    names = _tally((row[4], row[5]) for row in rows)
    zh = [name for name in names if not name.isascii()]
    en = [name for name in names if name.isascii()]
    surfaces = sorted({row[1] for row in rows})
    known = describe(org_id)
    return (
        org_id,
        names[0],
        zh[0] if zh else _first(_tally((row[1], row[5]) for row in rows if row[2].startswith("zh")), ascii=False),
        en[0] if en else _first(_tally((row[1], row[5]) for row in rows), ascii=True),
        _tally((row[3], row[5]) for row in rows)[0],
        surfaces,
        list(known.tickers) if known else [],
        sum(row[5] for row in rows),
        sum(row[6] for row in rows),
        min((row[7] for row in rows if row[7]), default=None),
        max((row[8] for row in rows if row[8]), default=None),
    )


def _tally(pairs: Iterable[tuple[str, int]]) -> list[str]:
    """The words by how often they were met, ties in the order of the words."""
    counts: dict[str, int] = {}
    for word, number in pairs:
        counts[word] = counts.get(word, 0) + number
    return sorted(counts, key=lambda word: (-counts[word], word))


def _first(names: Iterable[str], ascii: bool) -> str | None:
    return next((name for name in names if name.isascii() == ascii), None)


# -------------------------------------------------------------------------------------------------------------- finish


Duplicates = dict[str, tuple[str, float]]  # by id: the id of the first, and the score


class Marking(NamedTuple):
    """Some articles parts and what is to be marked in each."""

    shard: str  # the first of them
    processed: str
    packed: bytes  # each part with its duplicates: one string, since forked workers hold whatever the driver does


class Marked(NamedTuple):
    """The parts that have taken their place."""

    shard: str
    parts: tuple[Part, ...]


def mark(task: Marking) -> Marked:
    """Write articles parts anew with their duplicates marked."""
    return Marked(task.shard, tuple(_mark(place(task.processed), *each) for each in pickle.loads(task.packed)))


def _mark(processed: Place, part: Part, repeats: Duplicates) -> Part:
    articles = normal("articles", read_part(processed, part))
    found = [repeats.get(article_id, (None, None)) for article_id in articles["article_id"].to_pylist()]
    articles = with_columns(articles, dict(zip(duplicates.MARKS, zip(*found, strict=True), strict=True)))
    return write_part(processed, "articles", part.shard, articles)


class Ready(NamedTuple):
    """All parts of a snapshot, and what the corpus step found."""

    parts: tuple[Part, ...]
    marks: dict[str, str]  # for each articles part's shard, what was marked in it
    cut_chars: int


def finish(
    processed: Place,
    parts: Iterable[Part],
    marked: Mapping[str, str],
    run: Callable[[Callable[[Marking], Marked], list[Marking]], Iterable[Marked]],
    before: Iterable[Part] = (),
) -> Ready:
    """The corpus step: organizations, duplicates, and a part for every table.

    :param marked: what is marked in articles parts that were taken over; others hold no marks
    :param run: maps a function over tasks
    :param before: the parts of the last snapshot, if the same settings hold: organizations that rest on the same
        digests are the same
    """
    by: dict[str, dict[str, Part]] = {name: {} for name in (*TABLES, *DIGESTS)}
    for part in parts:
        by[part.table][f"{part.shard}/{part.name}" if part.table not in ("articles", *DIGESTS) else part.shard] = part
    by["organizations"] = {"all": _organizations(processed, set(by["_organizations"].values()), list(before))}
    tasks, marks, cut_chars = _repeated(processed, by["_signatures"], by["articles"], marked)
    give_back()
    for done in run(mark, tasks):
        by["articles"] |= {part.shard: part for part in done.parts}
    for name in TABLES:
        if not by[name]:
            by[name]["none"] = write_part(processed, name, "none", schema.from_columns(name, []))
    every = tuple(by[name][key] for name in by for key in sorted(by[name]))
    return Ready(every, dict(sorted(marks.items())), cut_chars)


def _repeated(
    processed: Place, signatures: Mapping[str, Part], articles: Mapping[str, Part], marked: Mapping[str, str]
) -> tuple[list[Marking], dict[str, str], int]:
    """The articles parts that must be marked anew, what is marked in each part, and how many characters were cut."""
    import pyarrow as pa
    import pyarrow.compute as pc

    signed = dict(zip(signatures, read_parts(processed, signatures.values()), strict=True))
    repeats, at = duplicates.find(signed.values()), 0
    marks, changed = {}, list[tuple[Part, Duplicates]]()
    for shard, table in signed.items():
        found = repeats.slice(at, table.num_rows)
        at += table.num_rows
        columns = [found[name].to_pylist() for name in duplicates.MARKS]
        mark_hash = hashlib.sha256(repr(columns).encode()).hexdigest()[:16] if any(columns[0]) else ""
        if mark_hash != marked.get(shard, ""):
            rows = zip(table["article_id"].to_pylist(), *columns, strict=True)
            changed.append((articles[shard], {i: (first, score) for i, first, score in rows if first}))
        if mark_hash:
            marks[shard] = mark_hash
    some = [changed[start : start + _AT_ONCE] for start in range(0, len(changed), _AT_ONCE)]
    tasks = [Marking(each[0][0].shard, str(processed.absolute()), pickle.dumps(each)) for each in some]
    cut_chars = pc.sum(pa.chunked_array([table["cut_chars"].combine_chunks() for table in signed.values()], pa.int32()))
    return tasks, marks, cut_chars.as_py() or 0


def _organizations(processed: Place, digests: set[Part], before: Sequence[Part]) -> Part:
    standing = [part for part in before if part.table == "organizations"]
    if standing and digests == {part for part in before if part.table == "_organizations"}:
        return standing[0]
    # in one order, whatever order they were made in
    table = organizations(read_parts(processed, sorted(digests)))
    return write_part(processed, "organizations", "all", table)
