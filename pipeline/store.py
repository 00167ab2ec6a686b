"""Store: the one place that writes ``processed/``.

    processed/figures          -> .store/current/figures: a folder of Parquet parts, one a shard
    processed/datapackage.json -> .store/current/datapackage.json
    processed/.store/current   -> snapshots/000007: swapped by one rename, which publishes all tables together
    processed/.store/parts/    the parts, named by their content; a snapshot holds hard links to them

A part is written aside and renamed; a snapshot is built aside, flushed to disk and published last. So whatever stops a
run, the tables are those of the run before; what it left behind is swept up by the next one.
"""

import fcntl
import hashlib
import itertools
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.records import TABLES

if TYPE_CHECKING:
    pass

FORMAT = 2  # of the store itself; another one is rebuilt
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEPT_SNAPSHOTS = 2  # a reader that has opened the one before the last may finish
_count = itertools.count()


class Part(NamedTuple):
    """One file of one table."""

    table: str
    shard: str
    name: str
    rows: int
    bytes: int


class FileState(NamedTuple):
    """What is known of a file that has been ingested."""

    path: str
    size: int
    mtime_ns: int
    inode: int
    sha256: str
    shard: str = ""


class State(NamedTuple):
    """What the published snapshot was made from."""

    snapshot: int = 0
    meta: dict[str, Any] = {}  # noqa: RUF012 - never written to
    files: dict[str, FileState] = {}  # noqa: RUF012
    parts: tuple[Part, ...] = ()
    runs: tuple[dict[str, Any], ...] = ()
    fault: str = ""  # why there is none, or why it cannot be used


class Locked(Exception):
    """Another ingest is writing the same tables."""


def home(processed: Path) -> Path:
    """The store's own folder below ``processed``."""
    return processed / ".store"


@contextmanager
def lock(processed: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the store for writing; the kernel frees the lock if the process dies.

    :raises Locked: another process still holds it after ``wait`` seconds.
    """
    home(processed).mkdir(parents=True, exist_ok=True)
    path = home(processed) / "lock"
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        _flock(descriptor, time.monotonic() + wait)
        yield
    finally:
        os.close(descriptor)


def _flock(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Locked("another ingest is running") from None
            time.sleep(0.05)


def check_way(processed: Path) -> None:
    """Make sure that every table's place is free.

    :raises FileExistsError: something that the store did not write stands there
    """
    for name in (*TABLES, "datapackage.json"):
        if os.path.lexists(processed / name) and not (processed / name).is_symlink():
            raise FileExistsError(EEXIST, "in the way of a table; move it elsewhere", str(processed / name))


# --------------------------------------------------------------------------------------------------------------- parts


def part_path(processed: Path, table: str, name: str) -> Path:
    return home(processed) / "parts" / table / name


def content_hash(content: Any) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def write_file(path: Path, content: Any) -> None:
    """Write ``path`` aside and rename it; a file that holds the same already is left alone."""
    with suppress(OSError):
        if path.stat().st_size == len(memoryview(content)) and path.read_bytes() == bytes(content):
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{os.getpid()}-{next(_count)}.tmp")
    try:
        with open(aside, "wb") as file:
            file.write(content)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


# ----------------------------------------------------------------------------------------------------------- snapshots


def current(processed: Path) -> Path | None:
    """The folder of the published snapshot; it stays whole while a reader uses it. None: nothing was published yet."""
    link = home(processed) / "current"
    try:
        return link.parent / os.readlink(link)
    except OSError:
        return None


def read_state(processed: Path) -> State:
    """What the published snapshot was made from; an empty state, with the fault, where there is none to use."""
    folder = current(processed)
    if folder is None:
        return State(fault="")
    number = int(folder.name) if folder.name.isdigit() else 0
    try:
        with _open(folder / "state.sqlite") as db:
            meta = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM meta")}
            if meta.get("format") != FORMAT:
                return State(number, fault="the tables were made by another version of the store")
            files = {row[0]: FileState(*row) for row in db.execute("SELECT * FROM files")}
            parts = tuple(Part(*row) for row in db.execute("SELECT tbl,shard,name,rows,bytes FROM parts"))
            runs = tuple(json.loads(row[0]) for row in db.execute("SELECT run FROM runs ORDER BY id"))
    except (sqlite3.Error, ValueError, TypeError) as error:
        return State(number, fault=f"the store's state cannot be read ({error})")
    return State(number, meta, files, parts, runs)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield db
    finally:
        db.close()


def write_state(path: Path, state: State) -> None:
    """Write the state of a snapshot that is being built aside, so without a journal."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
            "CREATE TABLE files(path TEXT PRIMARY KEY, size INT, mtime_ns INT, inode INT, sha256 TEXT, shard TEXT)"
            " WITHOUT ROWID;"
            "CREATE TABLE parts(tbl TEXT, shard TEXT, name TEXT, rows INT, bytes INT);"
            "CREATE TABLE runs(id INTEGER PRIMARY KEY, run TEXT);BEGIN"
        )
        db.executemany("INSERT INTO meta VALUES(?,?)", ((key, json.dumps(v)) for key, v in state.meta.items()))
        db.executemany("INSERT INTO files VALUES(?,?,?,?,?,?)", state.files.values())
        db.executemany("INSERT INTO parts VALUES(?,?,?,?,?)", state.parts)
        db.executemany("INSERT INTO runs(run) VALUES(?)", ((json.dumps(run),) for run in state.runs))
        db.execute("COMMIT")
    finally:
        db.close()


def publish(processed: Path, state: State, package: dict[str, Any]) -> None:
    """Publish the parts of ``state`` as the tables: all of them at once, by one rename."""
    store = home(processed)
    aside = store / "snapshots" / f".{os.getpid()}.tmp"
    shutil.rmtree(aside, ignore_errors=True)
    for table in sorted({part.table for part in state.parts}):
        (aside / table).mkdir(parents=True)
    parts = str(store / "parts")
    for part in state.parts:  # there are many: no Path objects
        _link(f"{parts}/{part.table}/{part.name}", f"{aside}/{part.table}/{part.name}")
    (aside / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_state(aside / "state.sqlite", state)
    folder = store / "snapshots" / f"{state.snapshot:06d}"
    shutil.rmtree(folder, ignore_errors=True)  # left by a run that was stopped before its swap
    os.rename(aside, folder)
    _flush(store)  # all that the tables will consist of is on the disk before they are published
    for name in (*TABLES, "datapackage.json"):
        _point(processed / name, Path(".store/current") / name)
    _point(store / "current", Path("snapshots") / folder.name)
    _flush(store)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        if not os.path.exists(source):
            raise
        os.symlink(os.path.relpath(source, os.path.dirname(target)), target)


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and os.readlink(link) == str(target):
        return
    aside = link.with_name(f".{link.name}.{os.getpid()}.tmp")
    aside.unlink(missing_ok=True)
    os.symlink(target, aside)
    os.replace(aside, link)


def _flush(folder: Path) -> None:
    """Flush the file system that holds ``folder`` to disk: one call, where an fsync a file would be thousands."""
    import ctypes

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
            raise OSError(ctypes.get_errno(), "cannot be flushed to disk", str(folder))
    except AttributeError:  # a system without it
        os.sync()
    finally:
        os.close(descriptor)


def sweep(processed: Path) -> None:
    """Remove snapshots that no reader can still need, parts that none of the others holds, and what crashes left."""
    store, now = home(processed), current(processed)
    last = int(now.name) if now and now.name.isdigit() else 0
    for name in _names(store / "snapshots"):
        if not (name.isdigit() and last - _KEPT_SNAPSHOTS < int(name) <= last):
            shutil.rmtree(store / "snapshots" / name, ignore_errors=True)
    kept = {
        (table, part)
        for snapshot in _names(store / "snapshots")
        for table in _names(store / "snapshots" / snapshot)
        for part in _names(store / "snapshots" / snapshot / table)
    }
    for table in _names(store / "parts"):
        for part in _names(store / "parts" / table):
            if (table, part) not in kept:
                (store / "parts" / table / part).unlink(missing_ok=True)
    for left in (*processed.glob(".*.tmp"), *store.glob(".*.tmp")):
        left.unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # no folder, or gone
        return []


def package(parts: Iterable[Part], resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The Frictionless data package of a snapshot: each table's parts, rows, bytes and columns."""
    by_table: dict[str, list[Part]] = {}
    for part in parts:
        by_table.setdefault(part.table, []).append(part)
    described = []
    for resource in resources:
        own = by_table.get(resource["name"], [])
        described.append(
            {
                "name": resource["name"],
                "path": [f"{part.table}/{part.name}" for part in own],
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "size": sum(part.bytes for part in own),  # "bytes" of the standard is that of a single file
                "rows": sum(part.rows for part in own),
            }
            | resource
        )
    return {"$schema": _PROFILE, "name": "news-articles", "resources": described}
