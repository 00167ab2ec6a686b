"""Shard: the unit of work. Some files in, content-named parts of all tables out; nothing else is read or written.

A shard's rows do not depend on which of its files were processed anew and which were taken over from older parts.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import corpus, schema
from pipeline.records import TABLES, Document, ProblemRow
from pipeline.scan import USER_DICTIONARY
from pipeline.segment import using
from pipeline.steps import process_file
from pipeline.store import FileState, Part, part_path, write_part

if TYPE_CHECKING:
    import pyarrow as pa

PER_FILE = tuple(name for name in TABLES if name != "organizations")
DIGESTS = ("_organizations", "_signatures")
_FLUSH_CHARS = 2_000_000  # a big container is written in several parts, so that memory stays flat
_WHOLE = 1 << 20  # files up to this size are read at once


class Source(NamedTuple):
    """A file to be processed."""

    path: str
    disk: str  # below raw, as the file system has it
    fault: str = ""


class Task(NamedTuple):
    """One shard: files to process, and files whose rows are taken over from older parts."""

    shard: str
    raw: str
    processed: str
    fresh: tuple[Source, ...] = ()
    kept: tuple[str, ...] = ()
    older: tuple[Part, ...] = ()


class Done(NamedTuple):
    shard: str
    parts: tuple[Part, ...]
    files: tuple[FileState, ...]


def build(task: Task) -> Done:
    """Process a shard. Doing it again gives the same parts."""
    words = Path(task.raw) / USER_DICTIONARY
    with using(words if words.is_file() else None):
        return _build(task)


def warm() -> None:
    """Load what every file needs, so that processes forked from this one share it."""
    for text in ("渡口开航\n\n本报讯 2021年5月3日，第一艘船开航。\n", "Ferry\n\nThe ferry opened on 3 May 2021.\n"):
        list(process_file(text.encode(), "warm.txt"))


def _build(task: Task) -> Done:
    batch = Batch()
    parts: list[Part] = []
    files: list[FileState] = []
    for source in task.fresh:
        for document in _documents(Path(task.raw), source, files):
            batch.add(document)
            if batch.chars >= _FLUSH_CHARS:
                parts += _write(task, batch.tables(), len(parts))
                batch = Batch()
    tables = batch.tables()
    if task.kept:
        tables = _merge(task, tables)
    parts += _write(task, tables, len(parts))
    return Done(task.shard, tuple(parts), tuple(files))


def _documents(raw: Path, source: Source, files: list[FileState]) -> Iterator[Document]:
    """The documents of one file; appends what is now known of the file."""
    if source.fault:
        files.append(FileState(source.path, -1, -1, -1, source.fault))
        yield _faulty(source.path, source.fault, _FAULTS.get(source.fault, source.fault))
        return
    try:
        with open(raw / source.disk, "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read(_WHOLE + 1)
            known = FileState(source.path, status.st_size, status.st_mtime_ns, status.st_ino, "")
            if len(data) <= _WHOLE:
                files.append(known._replace(sha256=hashlib.sha256(data).hexdigest()))
                yield from process_file(data, source.path)
            else:
                file.seek(0)
                yield from process_file(file, source.path)
                files.append(known)
    except OSError as error:
        files.append(FileState(source.path, -1, -1, -1, ""))
        fault = "no-permission" if isinstance(error, PermissionError) else "unreadable"
        yield _faulty(source.path, fault, error.strerror or str(error))


_FAULTS = {
    "symlink-loop": "a link to a folder that holds it",
    "broken-link": "a link that leads nowhere",
    "no-regular-file": "no regular file (a pipe, socket or device)",
    "no-permission": "no permission to read it",
}


def _faulty(path: str, fault: str, message: str) -> Document:
    return Document(path, problems=[ProblemRow(path, None, "scan", fault, message, True)])


class Batch:
    """Rows of many documents, gathered by column."""

    def __init__(self) -> None:
        self.chars = 0
        self._columns: dict[str, list[list[Any]]] = {name: [[] for _ in schema.columns(name)] for name in PER_FILE}

    def add(self, document: Document) -> None:
        """Take the document's rows; of one that no article came of, only the problems."""
        self.chars += len(document.source)
        for name in PER_FILE if document.article else ("problems",):
            rows = schema.prefixed(name, document.article_id, getattr(document, name))
            for column, values in zip(self._columns[name], rows, strict=False):
                column.extend(values)

    def tables(self) -> "dict[str, pa.Table]":
        return {name: schema.from_columns(name, columns) for name, columns in self._columns.items()}


def _merge(task: Task, fresh: "dict[str, pa.Table]") -> "dict[str, pa.Table]":
    """The rows of the files that are kept, from older parts, and the fresh ones, in the order of a full run."""
    import pyarrow as pa
    import pyarrow.compute as pc

    older = {name: _read(task, name) for name in PER_FILE}
    paths = pa.array(sorted({*task.kept, *(source.path for source in task.fresh)}), pa.string())
    kept = pa.array(task.kept, pa.string())
    articles = pa.concat_tables([_of(older["articles"], "path", kept), fresh["articles"]])
    rank = pc.index_in(articles["path"], paths).to_numpy()
    ids = articles["article_id"].take(rank.argsort(kind="stable"))
    kept_ids = _of(older["articles"], "path", kept)["article_id"]
    merged = {}
    for name in PER_FILE:
        by, old_values, order = ("path", kept, paths) if name == "problems" else ("article_id", kept_ids, ids)
        table = pa.concat_tables([_of(older[name], by, old_values), fresh[name]])
        if name == "articles":
            table = without_duplicates(table)
        places = pc.index_in(table[by], order.combine_chunks() if name != "problems" else order).to_numpy()
        merged[name] = normal(name, table.take(places.argsort(kind="stable")))
    return merged


def _of(table: "pa.Table", column: str, values: Any) -> "pa.Table":
    import pyarrow.compute as pc

    values = values.combine_chunks() if hasattr(values, "combine_chunks") else values
    return table.filter(pc.is_in(table[column], values))


def without_duplicates(articles: "pa.Table") -> "pa.Table":
    """The articles as their shard alone knows them."""
    import pyarrow as pa

    for name in ("duplicate_of", "duplicate_score"):
        index = articles.schema.get_field_index(name)
        field = articles.schema.field(index)
        articles = articles.set_column(index, field, pa.nulls(len(articles), field.type))
    return articles


def normal(name: str, table: "pa.Table") -> "pa.Table":
    """A table as :func:`schema.from_columns` makes it: one chunk a column, dictionaries in the order of first use."""
    import pyarrow as pa

    target = schema.arrow_schema(name)
    arrays = []
    for field, column in zip(target, table.columns, strict=True):
        if pa.types.is_dictionary(field.type):
            column = column.cast(pa.string()).combine_chunks().dictionary_encode()
        arrays.append(column if isinstance(column, pa.Array) else column.combine_chunks())
    return pa.Table.from_arrays(arrays, schema=target)


def _read(task: Task, name: str) -> "pa.Table":
    import pyarrow as pa

    tables = [read_part(Path(task.processed), part) for part in task.older if part.table == name]
    return pa.concat_tables([normal(name, t) for t in tables]) if tables else schema.from_columns(name, [])


def read_part(processed: Path, part: Part) -> "pa.Table":
    import pyarrow.parquet as pq

    return pq.read_table(part_path(processed, part.table, part.name), partitioning=None)


def _write(task: Task, tables: "dict[str, pa.Table]", before: int) -> list[Part]:
    shard = task.shard if not before else f"{task.shard}.{before:05d}"
    digests = {
        "_organizations": corpus.organization_digest(tables["organization_mentions"], tables["articles"]),
        "_signatures": corpus.signatures(tables["articles"]),
    }
    processed = Path(task.processed)
    return [write_part(processed, name, shard, table) for name, table in (tables | digests).items() if table.num_rows]


class Marking(NamedTuple):
    """An articles part and what its duplicates are."""

    processed: str
    part: Part
    duplicates: dict[str, tuple[str, float]]


def mark(task: Marking) -> Part:
    """Write an articles part anew with its duplicates marked."""
    import pyarrow as pa

    articles = normal("articles", read_part(Path(task.processed), task.part))
    found = [task.duplicates.get(article_id, (None, None)) for article_id in articles["article_id"].to_pylist()]
    for name, values in zip(("duplicate_of", "duplicate_score"), zip(*found, strict=True), strict=True):
        index = articles.schema.get_field_index(name)
        field = articles.schema.field(index)
        articles = articles.set_column(index, field, pa.array(values, field.type))
    return write_part(Path(task.processed), "articles", task.part.shard, articles)


class Ready(NamedTuple):
    """All parts of a snapshot, and what the corpus step found."""

    parts: tuple[Part, ...]
    marks: dict[str, str]  # for each articles part's shard, what was marked in it
    cut_chars: int


def finish(
    processed: Path,
    parts: Iterable[Part],
    marked: Mapping[str, str],
    run: Callable[[Callable[[Marking], Part], list[Marking]], Iterable[Part]],
) -> Ready:
    """The corpus step: organizations, duplicates, and a part for every table.

    :param marked: what is marked in articles parts that were taken over; others hold no marks
    :param run: maps a function over tasks
    """
    import pyarrow.compute as pc

    by: dict[str, dict[str, Part]] = {name: {} for name in (*TABLES, *DIGESTS)}
    for part in parts:
        by[part.table][f"{part.shard}/{part.name}" if part.table not in ("articles", *DIGESTS) else part.shard] = part
    by["organizations"] = {"all": _organizations(processed, by["_organizations"].values())}
    signed = {shard: read_part(processed, part) for shard, part in by["_signatures"].items()}
    duplicates = corpus.duplicates(signed.values())
    marks, tasks = {}, []
    for shard, table in signed.items():
        found = {i: duplicates[i] for i in table["article_id"].to_pylist() if i in duplicates}
        mark_hash = hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16] if found else ""
        if mark_hash != marked.get(shard, ""):
            tasks.append(Marking(str(processed), by["articles"][shard], found))
        if mark_hash:
            marks[shard] = mark_hash
    for part in run(mark, tasks):
        by["articles"][part.shard] = part
    for name in TABLES:
        if not by[name]:
            by[name]["none"] = write_part(processed, name, "none", schema.from_columns(name, []))
    cut_chars = sum(pc.sum(table["cut_chars"]).as_py() or 0 for table in signed.values())
    every = tuple(by[name][key] for name in by for key in sorted(by[name]))
    return Ready(every, dict(sorted(marks.items())), cut_chars)


def _organizations(processed: Path, digests: Iterable[Part]) -> Part:
    table = corpus.organizations(read_part(processed, part) for part in digests)
    return write_part(processed, "organizations", "all", table)
