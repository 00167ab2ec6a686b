"""Shard: the unit of work. Some files in, content-named parts of all tables out; nothing else is read or written.

A shard's rows do not depend on which of its files were processed anew and which were taken over from older parts.
"""

import gc
import hashlib
import pickle
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from itertools import chain, repeat
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pipeline import corpus, duplicates, schema
from pipeline.engines import survives
from pipeline.garbage import give_back, no_garbage
from pipeline.merging import Merged, merge
from pipeline.parts import plain, write_part
from pipeline.places import Place, Remote, place
from pipeline.records import TABLES, Document, ProblemRow, Raw
from pipeline.scan import Entry, settings_folder
from pipeline.state import FileState, Part
from pipeline.steps import STEPS, Spent, process_all, process_file, read_file, using

if TYPE_CHECKING:
    import pyarrow as pa

PER_FILE = tuple(name for name in TABLES if name != "organizations")
_SIGNATURES = "_signatures"
_FLUSH_CHARS = 2_000_000  # a big container is written in several parts, so that memory stays flat
_TOGETHER, _FILE_BYTES = 8, 1 << 17  # files in a job of several shards; a bigger file counts as several
_DEADLY = "deadly"
_WHOLE = 1 << 20  # files up to this size are read at once


class Task(NamedTuple):
    """One shard: files to process, and files whose rows are taken over from older parts."""

    shard: str
    raw: str
    processed: str
    fresh: tuple[Entry, ...] = ()
    kept: tuple[str, ...] = ()
    older: tuple[Part, ...] = ()
    settings: str = ""  # a mark of the settings' version


class Job(NamedTuple):
    """Shards that are built together."""

    shard: str  # the first of them
    packed: bytes  # their tasks: pickled they take a fifth of the memory, all of which a forked worker would hold, too

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(pickle.loads(self.packed))

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Self:
        return cls(tasks[0].shard, pickle.dumps(tasks, pickle.HIGHEST_PROTOCOL))


class Done(NamedTuple):
    """What came of a job."""

    shard: str
    parts: tuple[Part, ...]
    files: tuple[FileState, ...]
    spent: Spent  # seconds by stage; those of "extract" hold those of the extractors


def jobs(tasks: Iterable[Task], settings: str = "") -> list[Job]:
    """The tasks as they are built: shards of which few files have changed together, as files are quicker among others.

    Memory stays that of one shard: their older rows are read one shard after the other.

    :param settings: a mark of the settings' version
    """
    made, room = list[list[Task]](), 0
    for task in tasks:
        changed = sum(1 + entry.size // _FILE_BYTES for entry in task.fresh) or 1
        weight = changed if task.kept else _TOGETHER
        if weight > room:
            made.append([])
            room = _TOGETHER
        made[-1].append(task._replace(settings=settings))
        room -= weight
    return [*map(Job.of, made)]


def build(job: Job) -> Done:
    """Process the shards of a job. Doing it again gives the same parts."""
    import pyarrow as pa

    tasks = job.tasks
    with using(settings_folder(place(tasks[0].raw), tasks[0].settings)), no_garbage():
        try:
            return _build(tasks, Batch())
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return _build(tasks, CarefulBatch())
        finally:
            give_back()


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


def _build(tasks: Sequence[Task], batch: "Batch") -> Done:
    parts: list[Part] = []
    files: list[FileState] = []
    spent, began, first = Spent(float), perf_counter(), tasks[0]
    for document in process_all(chain.from_iterable(_read(task, files) for task in tasks), spent):
        batch.add(document)
        if batch.chars >= _FLUSH_CHARS and len(first.fresh) == 1 and not first.kept:
            parts += _write(first, Merged(_signed(batch.tables(), spent), {}), len(parts), spent)
            batch = type(batch)()
    fresh = _signed(batch.tables(), spent)
    if first.kept:
        parts += _merged(tasks, fresh, spent)
    else:
        parts += _write(first, Merged(fresh, {}), len(parts), spent)
    spent["read, columns"] = perf_counter() - began - sum(spent[name] for name in (*dict(STEPS), "digests", "write"))
    return Done(first.shard, tuple(parts), tuple(files), spent)


def _merged(tasks: Iterable[Task], fresh: "dict[str, pa.Table]", spent: Spent) -> Iterator[Part]:
    """The parts of shards that keep rows, written; ``fresh`` has the rows of all their files that were processed."""
    fresh = {name: plain(table) for name, table in fresh.items()}
    for task in tasks:
        anew = [entry.path for entry in task.fresh]
        made = merge(place(task.processed), task.shard, task.older, fresh, task.kept, anew)
        yield from _write(task, made, 0, spent)


def _read(task: Task, files: list[FileState]) -> Iterator[Raw | Document]:
    """What the files to be processed hold; appends what is now known of each file."""
    raw = place(task.raw)
    for entry, content in _fetched(raw, task.fresh) if isinstance(raw, Remote) else zip(task.fresh, repeat(None)):
        yield from _read_file(raw, entry, content, files)
        files[-1] = files[-1]._replace(shard=task.shard)


def _fetched(raw: Remote, entries: Sequence[Entry]) -> "Iterator[tuple[Entry, bytes | OSError | None]]":
    """The entries in their order, with the bytes of those that are read at once: many are fetched together."""
    small = [entry.disk for entry in entries if not entry.fault and entry.size <= _WHOLE]
    content = dict(raw.read_many(small))
    return ((entry, content.pop(entry.disk, None)) for entry in entries)


def _read_file(
    raw: Place, entry: Entry, content: bytes | OSError | None, files: list[FileState]
) -> Iterator[Raw | Document]:
    known = FileState(entry.path, entry.size, entry.mtime_ns, entry.inode, entry.fault)
    if entry.fault:
        files.append(known if entry.fault != _DEADLY else known._replace(sha256=""))
        yield _faulty(entry.path, entry.fault, _FAULTS.get(entry.fault, entry.fault))
        return
    try:
        if isinstance(content, OSError):
            raise content
        if content is not None:
            yield from _read_whole(content, known, files)
            return
        with (raw / entry.disk).open("rb") as file:
            data = file.read(_WHOLE + 1)
            if len(data) <= _WHOLE:
                yield from _read_whole(data, known, files)
            else:
                file.seek(0)
                yield from read_file(file, entry.path)
                files.append(known)
    except OSError as error:
        files.append(FileState(entry.path, -1, -1, -1, ""))
        fault = "no-permission" if isinstance(error, PermissionError) else "unreadable"
        yield _faulty(entry.path, fault, error.strerror or str(error))


def _read_whole(data: bytes, known: FileState, files: list[FileState]) -> Iterator[Raw | Document]:
    files.append(known._replace(size=len(data), sha256=hashlib.sha256(data).hexdigest()))
    yield from read_file(data, known.path)


_FAULTS = {
    _DEADLY: "it has killed the process that worked on it: out of memory, or a fault in a library",
    "symlink-loop": "a link to a folder that holds it",
    "broken-link": "a link that leads nowhere",
    "no-regular-file": "no regular file (a pipe, socket or device)",
    "no-permission": "no permission to read it",
}


def isolate(job: Job) -> Job:
    """The job with those of its files marked that kill the process that works on them."""
    return Job.of([task._replace(fresh=tuple(map(partial(_isolate, task), task.fresh))) for task in job.tasks])


def _isolate(task: Task, entry: Entry) -> Entry:
    alone = task._replace(fresh=(entry,), kept=(), older=())
    method = "spawn" if isinstance(place(task.raw), Remote) else "fork"
    return entry if survives(partial(_rehearse, alone), method) else entry._replace(fault=_DEADLY)


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


def _signed(tables: "dict[str, pa.Table]", spent: Spent) -> "dict[str, pa.Table]":
    """The tables, and what tells the duplicates among the articles."""
    began = perf_counter()
    tables[_SIGNATURES] = duplicates.signatures(tables["articles"], tables["tokens"])
    spent["digests"] += perf_counter() - began
    return tables


def _write(task: Task, made: Merged, before: int, spent: Spent) -> list[Part]:
    shard = task.shard if not before else f"{task.shard}.{before:05d}"
    tables, began = made.tables, perf_counter()
    tables["_organizations"] = corpus.organization_digest(tables["organization_mentions"], tables["articles"])
    spent["digests"] += perf_counter() - began
    processed, began = place(task.processed), perf_counter()
    parts = [
        made.standing.get(name) or write_part(processed, name, shard, table)
        for name, table in tables.items()
        if table.num_rows
    ]
    spent["write"] += perf_counter() - began
    return parts
