"""Shard: the unit of work. Some files in, content-named parts of all tables out; nothing else is read or written.

A shard's rows do not depend on which of its files were processed anew and which were taken over from older parts.
"""

import gc
import hashlib
import os
import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import corpus, duplicates, schema
from pipeline.engines import survives
from pipeline.garbage import no_garbage
from pipeline.parts import normal, read_part, with_columns, write_part
from pipeline.records import TABLES, Document, ProblemRow, Raw
from pipeline.steps import STEPS, Spent, process_all, process_file, read_file, using
from pipeline.store import FileState, Part

if TYPE_CHECKING:
    import pyarrow as pa

PER_FILE = tuple(name for name in TABLES if name != "organizations")
_SIGNATURES = "_signatures"
_FLUSH_CHARS = 2_000_000  # a big container is written in several parts, so that memory stays flat
_DEADLY = "deadly"
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
    spent: Spent  # seconds by stage; those of "extract" hold those of the extractors


def build(task: Task) -> Done:
    """Process a shard. Doing it again gives the same parts."""
    import pyarrow as pa

    with using(Path(task.raw)), no_garbage():
        try:
            return _build(task, Batch())
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return _build(task, CarefulBatch())


def warm() -> None:
    """Load what every file needs, so that processes forked from this one share it.

    The garbage collector rests meanwhile, and leaves what is loaded alone from then on: it is large, and never garbage.
    """
    with no_garbage():
        without_pandas()
        _load()
    gc.freeze()


class _NoPandas(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == "pandas":
            raise ImportError(fullname)


def without_pandas() -> None:
    """Keep pyarrow from importing pandas, 0.2 seconds and 40 MB, to ask of the first list whether it is a Series.

    It asks once; what needs pandas later imports it all the same.
    """
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(finder)


def _load() -> None:
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401 - for the processes forked from this one

    for text in ("渡口开航\n\n本报讯 2021年5月3日，第一艘船开航。\n", "Ferry\n\nThe ferry opened on 3 May 2021.\n"):
        list(process_file(text.encode(), "warm.txt"))


def _build(task: Task, batch: "Batch") -> Done:
    parts: list[Part] = []
    files: list[FileState] = []
    spent, began = Spent(float), perf_counter()
    for document in process_all(_read(task, files), spent):
        batch.add(document)
        if batch.chars >= _FLUSH_CHARS and len(task.fresh) == 1 and not task.kept:
            parts += _write(task, _signed(batch.tables(), spent), len(parts), spent)
            batch = type(batch)()
    tables = _signed(batch.tables(), spent)
    if task.kept:
        tables = _merge(task, tables)
    parts += _write(task, tables, len(parts), spent)
    spent["read, columns"] = perf_counter() - began - sum(spent[name] for name in (*dict(STEPS), "digests", "write"))
    return Done(task.shard, tuple(parts), tuple(files), spent)


def _read(task: Task, files: list[FileState]) -> Iterator[Raw | Document]:
    """What the files to be processed hold; appends what is now known of each file."""
    for source in task.fresh:
        yield from _read_source(Path(task.raw), source, files)


def _read_source(raw: Path, source: Source, files: list[FileState]) -> Iterator[Raw | Document]:
    if source.fault:
        files.append(_faulty_state(raw, source))
        yield _faulty(source.path, source.fault, _FAULTS.get(source.fault, source.fault))
        return
    try:
        with open(raw / source.disk, "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read(_WHOLE + 1)
            known = FileState(source.path, status.st_size, status.st_mtime_ns, status.st_ino, "")
            if len(data) <= _WHOLE:
                files.append(known._replace(sha256=hashlib.sha256(data).hexdigest()))
                yield from read_file(data, source.path)
            else:
                file.seek(0)
                yield from read_file(file, source.path)
                files.append(known)
    except OSError as error:
        files.append(FileState(source.path, -1, -1, -1, ""))
        fault = "no-permission" if isinstance(error, PermissionError) else "unreadable"
        yield _faulty(source.path, fault, error.strerror or str(error))


_FAULTS = {
    _DEADLY: "it has killed the process that worked on it: out of memory, or a fault in a library",
    "symlink-loop": "a link to a folder that holds it",
    "broken-link": "a link that leads nowhere",
    "no-regular-file": "no regular file (a pipe, socket or device)",
    "no-permission": "no permission to read it",
}


def _faulty_state(raw: Path, source: Source) -> FileState:
    if source.fault != _DEADLY:
        return FileState(source.path, -1, -1, -1, source.fault)
    status = os.stat(raw / source.disk)
    return FileState(source.path, status.st_size, status.st_mtime_ns, status.st_ino, "")


def isolate(task: Task) -> Task:
    """The task with those of its files marked that kill the process that works on them."""
    return task._replace(fresh=tuple(map(partial(_isolate, task), task.fresh)))


def _isolate(task: Task, source: Source) -> Source:
    alone = task._replace(fresh=(source,), kept=(), older=())
    return source if survives(partial(_rehearse, alone)) else source._replace(fault=_DEADLY)


def _rehearse(task: Task) -> None:
    for _ in process_all(_read(task, [])):
        pass


def _faulty(path: str, fault: str, message: str) -> Document:
    return Document(path, problems=[ProblemRow(path, None, "scan", fault, message, True)])


class Batch:
    """Rows of many documents, gathered by column."""

    def __init__(self) -> None:
        self.chars = 0
        self._articles: dict[str, list[str]] = {name: [] for name in PER_FILE}
        self._counts: dict[str, list[int]] = {name: [] for name in PER_FILE}
        self._columns: dict[str, list[list[Any] | array[int]]] = {}

    def add(self, document: Document) -> None:
        """Take the document's rows; of one that no article came of, only the problems."""
        self.chars += len(document.source)
        for name in PER_FILE if document.article else ("problems",):
            rows = getattr(document, name)
            if rows:
                self._add(name, document.article_id, rows)

    def _add(self, name: str, article_id: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._articles[name].append(article_id)
        self._counts[name].append(len(rows))
        columns = schema.by_column(rows)
        if name not in self._columns:  # arrays stay arrays
            self._columns[name] = [array("i") if isinstance(column, array) else [] for column in columns]
        for column, values in zip(self._columns[name], columns, strict=True):
            column.extend(values)

    def tables(self) -> "dict[str, pa.Table]":
        return {
            name: schema.from_columns(name, [*schema.keys(name, articles, self._counts[name]), *self._columns[name]])
            if articles
            else schema.from_columns(name, [])
            for name, articles in self._articles.items()
        }


class CarefulBatch(Batch):
    """Tries each document by itself: one whose rows do not fit the tables becomes a problem, the others go on."""

    def add(self, document: Document) -> None:
        alone = Batch()
        alone.add(document)
        try:
            alone.tables()
        except Exception as error:
            fault = ProblemRow(document.path, document.record, "rows", type(error).__name__, str(error)[:500], True)
            document = Document(document.path, document.record, problems=[fault])
        super().add(document)


def _merge(task: Task, fresh: "dict[str, pa.Table]") -> "dict[str, pa.Table]":
    """The rows of the files that are kept, from older parts, and the fresh ones, in the order of a full run."""
    import pyarrow as pa
    import pyarrow.compute as pc

    older = {name: _older(task, name) for name in fresh}
    paths = pa.array(sorted({*task.kept, *(source.path for source in task.fresh)}), pa.string())
    kept = pa.array(task.kept, pa.string())
    articles = pa.concat_tables([_of(older["articles"], "path", kept), fresh["articles"]])
    rank = pc.index_in(articles["path"], paths).to_numpy()
    ids = articles["article_id"].take(rank.argsort(kind="stable")).combine_chunks()
    kept_ids = _of(older["articles"], "path", kept)["article_id"]
    merged = {}
    for name, table in fresh.items():
        by, order = ("path", paths) if name == "problems" else ("article_id", ids)
        table = pa.concat_tables([_of(older[name], by, kept if name == "problems" else kept_ids), table])
        if name == "articles":
            table = with_columns(table, dict.fromkeys(corpus.MARKS, [None] * len(table)))
        table = table.take(pc.index_in(table[by], order).to_numpy().argsort(kind="stable"))
        merged[name] = table.combine_chunks() if name == _SIGNATURES else normal(name, table)
    return merged


def _of(table: "pa.Table", column: str, values: Any) -> "pa.Table":
    import pyarrow.compute as pc

    values = values.combine_chunks() if hasattr(values, "combine_chunks") else values
    return table.filter(pc.is_in(table[column], values))


def _older(task: Task, name: str) -> "pa.Table":
    import pyarrow as pa

    tables = [read_part(Path(task.processed), part) for part in task.older if part.table == name]
    if name == _SIGNATURES:
        return pa.concat_tables([duplicates.empty(), *tables])
    return pa.concat_tables([normal(name, t) for t in tables]) if tables else schema.from_columns(name, [])


def _signed(tables: "dict[str, pa.Table]", spent: Spent) -> "dict[str, pa.Table]":
    """The tables, and what tells the duplicates among the articles."""
    began = perf_counter()
    tables[_SIGNATURES] = duplicates.signatures(tables["articles"], tables["tokens"])
    spent["digests"] += perf_counter() - began
    return tables


def _write(task: Task, tables: "dict[str, pa.Table]", before: int, spent: Spent) -> list[Part]:
    shard = task.shard if not before else f"{task.shard}.{before:05d}"
    began = perf_counter()
    tables["_organizations"] = corpus.organization_digest(tables["organization_mentions"], tables["articles"])
    spent["digests"] += perf_counter() - began
    processed, began = Path(task.processed), perf_counter()
    parts = [write_part(processed, name, shard, table) for name, table in tables.items() if table.num_rows]
    spent["write"] += perf_counter() - began
    return parts
