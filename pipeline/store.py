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
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EEXIST
from json import dumps
from pathlib import Path
from typing import Any

from pipeline import bucket, state
from pipeline.places import Place, Remote
from pipeline.records import TABLES
from pipeline.state import Part, State

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEPT_SNAPSHOTS = 2  # a reader that has opened the one before the last may finish
_count = itertools.count()


class Locked(Exception):
    """Another ingest is writing the same tables."""


def home(processed: Path) -> Path:
    """The store's own folder below ``processed``."""
    return processed / ".store"


@contextmanager
def lock(processed: Place, wait: float = 0.0) -> Iterator[None]:
    """Hold the store for writing; the kernel frees the lock if the process dies. Of an object store this machine alone
    is locked out: another is found out when it publishes.

    :raises Locked: another process still holds it after ``wait`` seconds
    """
    path = _lock_file(processed)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        _flock(descriptor, time.monotonic() + wait)
        yield
    except bucket.Overtaken as overtaken:
        raise Locked(str(overtaken)) from None
    finally:
        os.close(descriptor)


def _lock_file(processed: Place) -> Path:
    if isinstance(processed, Path):
        return home(processed) / "lock"
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "news-pipeline" / f"{hashlib.sha256(processed.url.encode()).hexdigest()[:16]}.lock"


def _flock(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Locked("another ingest is running") from None
            time.sleep(0.05)


def check_way(processed: Place) -> None:
    """Make sure that every table's place is free.

    :raises FileExistsError: something that the store did not write stands there
    """
    if isinstance(processed, Remote):
        return
    for name in (*TABLES, "datapackage.json"):
        if os.path.lexists(processed / name) and not (processed / name).is_symlink():
            raise FileExistsError(EEXIST, "in the way of a table; move it elsewhere", str(processed / name))


# --------------------------------------------------------------------------------------------------------------- parts


def part_path(processed: Place, table: str, name: str) -> Place:
    if isinstance(processed, Remote):
        return processed / f"parts/{table}/{name}"
    return Path(f"{processed}/.store/parts/{table}/{name}")  # at once: there are many


def write_file(path: Place, content: Any) -> None:
    """Write ``path`` aside and rename it; a file that holds the same already is left alone."""
    if isinstance(path, Remote):
        path.write_bytes(content)
        return
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


def read_state(processed: Place) -> State:
    """What the published snapshot was made from; an empty state, with the fault, where there is none to use."""
    if isinstance(processed, Remote):
        return bucket.read_state(processed)
    folder = current(processed)
    if folder is None:
        return State()
    return state.read(folder / "state.sqlite", int(folder.name) if folder.name.isdigit() else 0)


def complete(processed: Place) -> None:
    """What a run does that publishes nothing: what one that was killed right after it had published left undone."""
    if isinstance(processed, Remote):
        bucket.complete(processed)


def published(processed: Place, tables: Sequence[str]) -> dict[str, list[str]] | None:
    """The paths of the published parts of ``tables``, all of one snapshot; None: nothing was published yet.

    Those of an object store are paths of its file system (:attr:`Remote.system`).
    """
    if isinstance(processed, Remote):
        package = bucket.package(processed)
        below = {resource["name"]: resource["path"] for resource in package["resources"]} if package else {}
        return {name: [(processed / path).path for path in below.get(name, ())] for name in tables} if package else None
    folder = current(processed)
    if folder is None:
        return None
    return {name: sorted(str(path) for path in (folder / name).iterdir()) for name in tables}


def publish(processed: Place, old: State, new: State, resources: Iterable[dict[str, Any]]) -> None:
    """Publish the parts of ``new`` as the tables: all of them at once.

    :param old: what is published
    :param resources: what the data package says of each table
    :raises Locked: another ingest, of another machine, has published meanwhile
    """
    if isinstance(processed, Remote):
        bucket.publish(processed, new, package(new.parts, resources, "parts/"))
        bucket.sweep(processed)
        return
    store = home(processed)
    aside = _aside(processed, new.snapshot)
    _fill(aside, store / "parts", new.parts)
    described = package(new.parts, resources)
    (aside / "datapackage.json").write_text(dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if old.files:
        shutil.copyfile(home(processed) / "current/state.sqlite", aside / "state.sqlite")
    state.write(new, aside / "state.sqlite", old)
    folder = store / "snapshots" / f"{new.snapshot:06d}"
    shutil.rmtree(folder, ignore_errors=True)  # left by a run that was stopped before its swap
    os.rename(aside, folder)
    _flush(store)  # all that the tables will consist of is on the disk before they are published
    for name in (*TABLES, "datapackage.json"):
        _point(processed / name, Path(".store/current") / name)
    _point(store / "current", Path("snapshots") / folder.name)
    _flush(store)
    sweep(processed)
    with suppress(OSError):  # no table hangs on it
        _prepare(processed, new)


def _aside(processed: Path, number: int) -> Path:
    """The folder in which a snapshot is built: one that no reader can still need, as most of its parts are the same."""
    snapshots = home(processed) / "snapshots"
    aside = snapshots / f".{os.getpid()}.tmp"
    shutil.rmtree(aside, ignore_errors=True)
    with suppress(OSError):
        os.rename(snapshots / f"{number - _KEPT_SNAPSHOTS:06d}", aside)
    aside.mkdir(parents=True, exist_ok=True)
    return aside


def _prepare(processed: Path, published: State) -> None:
    """Lay the folder that the next snapshot is built in, where no older one is left for it: so the first change after
    a first run takes no longer than later ones."""
    folder = home(processed) / "snapshots" / f"{published.snapshot + 1 - _KEPT_SNAPSHOTS:06d}"
    if not folder.exists():
        aside = _aside(processed, published.snapshot + 1)
        _fill(aside, home(processed) / "parts", published.parts)
        os.rename(aside, folder)


def _fill(folder: Path, parts: Path, wanted: Iterable[Part]) -> None:
    """Make ``folder`` hold a folder a table, with links to the ``wanted`` of the ``parts``, and nothing else."""
    tables: dict[str, set[str]] = {}
    for part in wanted:
        tables.setdefault(part.table, set()).add(part.name)
    for name in set(_names(folder)) - tables.keys():
        _remove(folder / name)
    for table, names in tables.items():
        _match(parts / table, folder / table, names)


def _match(parts: Path, folder: Path, wanted: set[str]) -> None:
    """Make ``folder`` hold links to the ``wanted`` of the ``parts``, and nothing else."""
    folder.mkdir(exist_ok=True)
    written, held = _inodes(parts), _inodes(folder)
    right = {name for name in wanted & held.keys() if held[name] == written.get(name)}
    for name in held.keys() - right:
        _remove(folder / name)
    for name in sorted(wanted - right):
        _link(f"{parts}/{name}", f"{folder}/{name}")


def _inodes(folder: Path) -> dict[str, int]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry.inode() for entry in entries}
    except FileNotFoundError:
        return {}


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


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
                with suppress(FileNotFoundError):
                    os.unlink(f"{store}/parts/{table}/{part}")
    for left in (*processed.glob(".*.tmp"), *store.glob(".*.tmp")):
        left.unlink(missing_ok=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # no folder, or gone
        return []


def package(parts: Iterable[Part], resources: Iterable[dict[str, Any]], below: str = "") -> dict[str, Any]:
    """The Frictionless data package of a snapshot: each table's parts, rows, bytes and columns.

    :param below: what stands in front of the parts' paths
    """
    by_table: dict[str, list[Part]] = {}
    for part in parts:
        by_table.setdefault(part.table, []).append(part)
    described = []
    for resource in resources:
        own = by_table.get(resource["name"], [])
        described.append(
            {
                "name": resource["name"],
                "path": [f"{below}{part.table}/{part.name}" for part in own],
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "size": sum(part.bytes for part in own),  # "bytes" of the standard is that of a single file
                "rows": sum(part.rows for part in own),
            }
            | resource
        )
    return {"$schema": _PROFILE, "name": "news-articles", "resources": described}
