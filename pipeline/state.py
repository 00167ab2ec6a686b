"""State: what a published snapshot was made from. It lies in the snapshot, as a database of SQLite."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

FORMAT = 2  # of the store itself; another one is rebuilt


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


def content_hash(content: Any) -> str:
    """What a part is named by."""
    return hashlib.sha256(content).hexdigest()[:16]


def read(source: Path | bytes, number: int) -> State:
    """The state of snapshot ``number``, from its file or bytes; an empty one, with the fault, if it is of no use."""
    try:
        with _opened(source) as db:
            meta = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM meta")}
            if meta.get("format") != FORMAT:
                return State(number, fault="the tables were made by another version of the store")
            files = {row[0]: FileState._make((*row[:5], intern(row[5]))) for row in db.execute("SELECT * FROM files")}
            parts = tuple(map(Part._make, db.execute("SELECT tbl,shard,name,rows,bytes FROM parts")))
            runs = tuple(json.loads(row[0]) for row in db.execute("SELECT run FROM runs ORDER BY id"))
    except (sqlite3.Error, ValueError, TypeError) as error:
        return State(number, fault=f"the store's state cannot be read ({error})")
    return State(number, meta, files, parts, runs)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[sqlite3.Connection]:
    if isinstance(source, bytes):
        db = sqlite3.connect(":memory:")
    else:
        db = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        if isinstance(source, bytes):
            db.deserialize(source)
        yield db
    finally:
        db.close()


def write(new: State, path: Path | str = ":memory:", old: State | None = None) -> bytes:
    """Write the state of a snapshot that is being built aside, so without a journal.

    :param old: the state that lies at ``path`` already; only what differs is written
    :returns: the bytes of the database, if it has no ``path``
    """
    before = old.files if old else {}
    gone = [(path,) for path in before.keys() - new.files.keys()]
    fresh = [state for path, state in new.files.items() if before.get(path) is not state]
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE IF NOT EXISTS files"
            "(path TEXT PRIMARY KEY, size INT, mtime_ns INT, inode INT, sha256 TEXT, shard TEXT) WITHOUT ROWID;"
            "DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS parts; DROP TABLE IF EXISTS runs;"
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
            "CREATE TABLE parts(tbl TEXT, shard TEXT, name TEXT, rows INT, bytes INT);"
            "CREATE TABLE runs(id INTEGER PRIMARY KEY, run TEXT);BEGIN"
        )
        db.executemany("DELETE FROM files WHERE path = ?", gone)
        db.executemany("INSERT OR REPLACE INTO files VALUES(?,?,?,?,?,?)", fresh)
        db.executemany("INSERT INTO meta VALUES(?,?)", ((key, json.dumps(v)) for key, v in new.meta.items()))
        db.executemany("INSERT INTO parts VALUES(?,?,?,?,?)", new.parts)
        db.executemany("INSERT INTO runs(run) VALUES(?)", ((json.dumps(run),) for run in new.runs))
        db.execute("COMMIT")
        return db.serialize() if path == ":memory:" else b""
    finally:
        db.close()
