"""Merging: the rows of files that stay, from older parts, and those made anew, in the order of a full run."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.duplicates import MARKS
from pipeline.parts import normal, plain, read_parts, with_columns
from pipeline.places import Place
from pipeline.records import TABLES
from pipeline.state import Part

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]


class Merged(NamedTuple):
    """The tables of a shard; ``standing`` has the parts that hold theirs already."""

    tables: "dict[str, pa.Table]"
    standing: dict[str, Part]


class _Order(NamedTuple):
    """The paths or articles of a shard as a full run has them, and which of them are made anew."""

    keys: "pa.Array"
    anew: "Array"

    def rows(self, old: "pa.ChunkedArray", new: "pa.ChunkedArray") -> "tuple[Array, Array, Array]":
        """Which rows of an old and a new table, one behind the other, make the table, in order; the rows of the old one
        that are not among them, and those of the new one that are. The columns hold the rows' keys."""
        import numpy as np

        old_rank, new_rank = self._rank(old), self._rank(new)
        stays = old_rank >= 0
        stays[stays] = ~self.anew[old_rank[stays]]
        kept, own = np.flatnonzero(stays), np.flatnonzero(new_rank >= 0)
        rank = np.concatenate([old_rank[kept], new_rank[own]])
        rows = np.concatenate([kept, own + len(old)])
        return rows[rank.argsort(kind="stable")], np.flatnonzero(~stays), own

    def _rank(self, column: "pa.ChunkedArray") -> "Array":
        import pyarrow.compute as pc

        return pc.index_in(column, self.keys).fill_null(-1).to_numpy()  # type: ignore[no-any-return]


def merge(
    processed: Place,
    shard: str,
    older: Sequence[Part],
    fresh: "Mapping[str, pa.Table]",
    kept: Sequence[str],
    anew: Sequence[str],
) -> Merged:
    """Merge the tables of a shard.

    :param older: parts that hold the rows of the files ``kept``
    :param fresh: the rows of the files ``anew``, and of other shards' files; of all tables, by name, strings in place
        of dictionaries
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, list[tuple[Part, pa.Table]]] = {name: [] for name in fresh}
    wanted = [part for part in older if part.table in fresh]
    for part, table in zip(wanted, read_parts(processed, wanted), strict=True):
        found[part.table].append((part, plain(table)))
    whole, these = sorted({*kept, *anew}), set(anew)
    paths = _Order(pa.array(whole, pa.string()), np.array([path in these for path in whole], bool))
    articles = _both(found["articles"], fresh["articles"])
    rows, *_ = paths.rows(articles[0]["path"], articles[1]["path"])
    keys = pa.concat_tables([table.select(["article_id", "path"]) for table in articles]).take(rows)
    changed = pa.array(anew, pa.string())
    by_id = _Order(keys["article_id"].combine_chunks(), pc.is_in(keys["path"], changed).to_numpy())
    merged = Merged({}, {})
    for name, table in fresh.items():
        if not found[name] and not table.num_rows:
            merged.tables[name] = table
            continue
        order, by = (paths, "path") if name in ("articles", "problems") else (by_id, "article_id")
        old, new = _both(found[name], table)
        rows, gone, own = order.rows(old[by], new[by])
        parts = [part for part, _ in found[name]]
        if name != "articles" and [part.shard for part in parts] == [shard] and old.take(gone).equals(new.take(own)):
            merged.tables[name], merged.standing[name] = old, parts[0]  # what was made anew is as it was
        else:
            merged.tables[name] = _ordered(name, pa.concat_tables([old, new]), rows)
    return merged


def _both(found: "Sequence[tuple[Part, pa.Table]]", new: "pa.Table") -> "tuple[pa.Table, pa.Table]":
    import pyarrow as pa

    return pa.concat_tables([table for _, table in found]) if found else new.slice(0, 0), new


def _ordered(name: str, table: "pa.Table", rows: "Array") -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    if name == "articles":
        table = with_columns(table, dict.fromkeys(MARKS, [None] * len(table)))
    starts = np.flatnonzero(np.diff(rows, prepend=-2) != 1).tolist()  # of runs: an article's rows lie together
    ends = [*starts, len(rows)][1:]
    runs = [table.slice(rows[start], end - start) for start, end in zip(starts, ends, strict=True)]
    table = pa.concat_tables(runs) if runs else table.slice(0, 0)
    return normal(name, table) if name in TABLES else table.combine_chunks()
