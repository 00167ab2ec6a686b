"""Run: plan what has changed, map the shards over an engine, work out the corpus, commit. The no-op path is light."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import __version__, store
from pipeline.garbage import no_garbage
from pipeline.records import TABLES
from pipeline.scan import Entry, fingerprint, scan, settings
from pipeline.store import FileState, Part, State

if TYPE_CHECKING:
    from pipeline.engines import Engine
    from pipeline.shard import Task

_RACY_NS = 2_000_000_000  # a file as young as this may change again within one tick of its clock
_BIG = 1 << 20  # a file above this size is a shard of its own
_PER_SHARD = 128  # files
_SHARD_BYTES = 2 << 20
_KEPT_RUNS = 200
_RESTAT = 1000  # so many touched files are worth a commit of their own

Progress = Callable[[int, int], None]  # files done, files to do


class Plan(NamedTuple):
    """What is to be done: the shards to build, and what stays as it is."""

    tasks: "tuple[Task, ...]"
    carried: tuple[Part, ...]
    kept: tuple[FileState, ...]
    fresh: int
    deleted: int
    restat: int  # files that were touched, with the same content
    anew: str = ""  # why nothing could be taken over


class Summary(NamedTuple):
    """What an ingest did. ``rows`` counts the rows of each table as published."""

    files: int
    processed: int
    deleted: int
    cut_chars: int
    rows: dict[str, int]
    seconds: float
    published: bool
    anew: str
    spent: dict[str, float]  # seconds by stage, over all workers


def ingest(
    raw: str | Path = "raw",
    processed: str | Path = "processed",
    *,
    workers: int | None = None,
    engine: str = "local",
    full: bool = False,
    wait: float = 3.0,
    progress: Progress | None = None,
) -> Summary:
    """Bring the tables in ``processed`` up to date with the files in ``raw``.

    :param workers: processes; by default as many as there are processors
    :param full: process every file anew, changed or not
    :param wait: seconds to wait for another ingest to end
    :raises store.Locked: another ingest is running
    :raises OSError: ``raw`` cannot be read or ``processed`` cannot be written; the tables stay as they were
    """
    raw, processed = Path(raw), Path(processed)
    began, clock = time.time_ns(), time.monotonic()
    with no_garbage():
        entries = scan(raw)
    version = version_of(raw)
    with store.lock(processed, wait), no_garbage():
        old = store.read_state(processed)
        plan = make_plan(entries, old, *why_anew(old, version, processed, full), raw, processed)
        new, spent = old, dict[str, float]()
        other_settings = old.meta.get("settings") != version["settings"]
        if plan.tasks or plan.deleted or plan.restat > _RESTAT or other_settings or plan.anew:
            from pipeline.steps import using

            store.check_way(processed)
            with using(raw):
                new = _work(plan, old, version, processed, engine, workers or _processors(), began, progress, spent)
        if new is not old:
            before = time.perf_counter()
            new = _publish(new, old, processed, plan, began, clock)
            spent["commit"] = time.perf_counter() - before
        return Summary(
            len(entries), plan.fresh, plan.deleted, new.meta.get("cut_chars", 0), count_rows(new.parts),
            time.monotonic() - clock, new is not old, plan.anew, spent,
        )  # fmt: skip


def version_of(raw: Path) -> dict[str, Any]:
    """What all rows rest on, besides the files: code, data, settings."""
    return {"format": store.FORMAT, "code": fingerprint(), "settings": settings(raw), "pipeline": __version__}


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count_rows(parts: Iterable[Part]) -> dict[str, int]:
    """Rows a table."""
    rows = dict.fromkeys(TABLES, 0)
    for part in parts:
        if part.table in rows:
            rows[part.table] += part.rows
    return rows


# ---------------------------------------------------------------------------------------------------------------- plan


def why_anew(old: State, version: Mapping[str, Any], processed: Path, full: bool = False) -> tuple[str, set[str]]:
    """Why no row of an earlier run can be taken over, empty if they can or if there are none; and if they can, the
    paths of the files that a change of the settings touches all the same."""
    if old.fault or not old.snapshot:
        return old.fault, set()
    if full:
        return "asked for", set()
    if old.meta.get("code") != version["code"]:
        return "the pipeline was changed", set()
    if old.meta["settings"] == version["settings"]:
        return "", set()
    from pipeline.touched import touched

    paths = touched(old.meta["settings"], version["settings"], processed, old.parts)
    return ("the settings in raw/ were changed", set()) if paths is None else ("", paths)


def make_plan(entries: Sequence[Entry], old: State, anew: str, touched: set[str], raw: Path, processed: Path) -> Plan:
    """Which shards must be built, and from what.

    :param touched: files that are processed though they are as they were
    """
    known = {} if anew else old.files
    fresh, restat = _changes(entries, known, raw)
    if restat:
        known = known | restat
    fresh |= touched & known.keys()
    gone = known.keys() - {entry.path for entry in entries} if known else set()
    if not fresh and not gone and not anew and old.snapshot:
        return Plan((), old.parts, tuple(known.values()), 0, 0, len(restat))
    return _shards(entries, known, old, fresh - gone, gone, anew, raw, processed)._replace(restat=len(restat))


def _changes(
    entries: Sequence[Entry], known: Mapping[str, FileState], raw: Path
) -> tuple[set[str], dict[str, FileState]]:
    """The paths whose content is not known yet, and what is now known of those that have only been touched."""
    fresh: set[str] = set()
    restat: dict[str, FileState] = {}
    for entry in entries:
        state = known.get(entry.path)
        if state and state.size == entry.size and state.mtime_ns == entry.mtime_ns and state.inode == entry.inode:
            if entry.fault and entry.fault != state.sha256:
                fresh.add(entry.path)
        elif state and state.size == entry.size and state.sha256 and state.sha256 == _hash(raw / entry.disk):
            restat[entry.path] = state._replace(mtime_ns=entry.mtime_ns, inode=entry.inode)
        else:
            fresh.add(entry.path)
    return fresh, restat


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def count_shards(sizes: Iterable[int]) -> int:
    """How many shards files of these sizes make: a power of two that grows with them, so that a changed file rewrites
    little and a shard fits into memory."""
    small = [size for size in sizes if size <= _BIG]
    return 1 << max((len(small) - 1) // _PER_SHARD, (sum(small) - 1) // _SHARD_BYTES, 0).bit_length()


def shard_of(path: str, size: int, shards: int) -> str:
    """The shard of a file: the first bits of its path's hash; a big file has its own."""
    digest = sha256(path.encode("utf-8", "surrogateescape"))
    if size > _BIG:
        return f"big-{digest.hexdigest()[:16]}"
    return f"{int.from_bytes(digest.digest()[:4]) * shards >> 32:05d}of{shards:05d}"


def _shards(
    entries: Sequence[Entry],
    known: Mapping[str, FileState],
    old: State,
    fresh: set[str],
    gone: set[str],
    anew: str,
    raw: Path,
    processed: Path,
) -> Plan:
    from pipeline.shard import Source, Task

    shards = count_shards(entry.size for entry in entries)
    homes = {path: state.shard for path, state in known.items()}
    groups: dict[str, list[Entry]] = {}
    stays: list[FileState] = []
    dirty = {homes[path] for path in (*gone, *(fresh & known.keys()))}
    same = f"of{shards:05d}"
    for entry in entries:
        label = homes.get(entry.path, "")
        if entry.size > _BIG or not label.endswith(same):
            label = shard_of(entry.path, entry.size, shards)
        groups.setdefault(label, []).append(entry)
        if homes.get(entry.path) != label or entry.path in fresh:
            dirty.add(label)
        if entry.path not in fresh:
            state = known[entry.path]
            stays.append(state if state.shard == label else state._replace(shard=label))
    older: dict[str, list[Part]] = {}
    for part in () if anew else old.parts:
        older.setdefault(part.shard.partition(".")[0], []).append(part)
    tasks = []
    for label in sorted(dirty & groups.keys()):
        kept = tuple(entry.path for entry in groups[label] if entry.path not in fresh)
        sources = tuple(Source(e.path, e.disk, e.fault) for e in groups[label] if e.path in fresh)
        parts = tuple(part for home in sorted({homes[path] for path in kept}) for part in older.get(home, ()))
        tasks.append(Task(label, str(raw.absolute()), str(processed.absolute()), sources, kept, parts))
    carried = tuple(part for label in groups.keys() - dirty for part in older.get(label, ()))
    return Plan(tuple(tasks), carried, tuple(stays), len(fresh), len(gone), 0, anew)


# ---------------------------------------------------------------------------------------------------------------- work


def _work(
    plan: Plan,
    old: State,
    version: Mapping[str, Any],
    processed: Path,
    engine: str,
    workers: int,
    began: int,
    progress: Progress | None,
    spent: dict[str, float],
) -> State:
    """The state that the snapshot to come is made from; ``old`` itself if that would be the same."""
    from pipeline.corpus import finish
    from pipeline.engines import find
    from pipeline.shard import build, warm

    run = partial(_rescued, find(engine))
    if plan.fresh:
        warm()
    parts, files, done = list(plan.carried), {state.path: _settle(state, began) for state in plan.kept}, 0
    for result in run(build, plan.tasks, workers):
        parts += result.parts
        files |= {state.path: _settle(state, began)._replace(shard=result.shard) for state in result.files}
        done += len(result.files)
        for name, seconds in result.spent.items():
            spent[name] = spent.get(name, 0.0) + seconds
        if progress:
            progress(done, plan.fresh)
    clock = time.perf_counter()
    marks = old.meta.get("marks", {}) if plan.carried else {}
    built = {task.shard for task in plan.tasks}
    ready = finish(processed, parts, {label: mark for label, mark in marks.items() if label not in built},
                   lambda work, tasks: run(work, tasks, workers),
                   () if plan.anew or old.meta.get("settings") != version["settings"] else old.parts)  # fmt: skip
    spent["corpus"] = time.perf_counter() - clock
    meta = {**version, "marks": ready.marks, "cut_chars": ready.cut_chars}
    if plan.anew:
        return State(old.snapshot + 1, meta, files, ready.parts, old.runs)
    same_files = {(f.path, f.sha256) for f in files.values()} == {(f.path, f.sha256) for f in old.files.values()}
    if old.snapshot and ready.parts == old.parts and meta == old.meta and same_files and plan.restat <= _RESTAT:
        return old
    return State(old.snapshot + 1, meta, files, ready.parts, old.runs)


def _rescued(engine: "Engine", work: Callable[[Any], Any], tasks: Sequence[Any], workers: int) -> Iterator[Any]:
    """Run the tasks; of one that kills its workers, find the files that do it and go on without them."""
    from pipeline.engines import WorkerDied
    from pipeline.shard import Task, isolate

    while tasks:
        finished = set()
        try:
            for result in engine(work, tasks, workers):
                finished.add(result.shard)
                yield result
            return
        except WorkerDied as died:
            rescued = {task: isolate(task) for task in died.tasks if isinstance(task, Task)}
            if all(task == other for task, other in rescued.items()):
                raise
            tasks = [rescued.get(task, task) for task in tasks if task.shard not in finished]


def _settle(state: FileState, began: int) -> FileState:
    """A file that changed just before the run may change again unseen: its time is not to be trusted."""
    return state._replace(mtime_ns=-2) if state.mtime_ns > began - _RACY_NS else state


def _publish(new: State, old: State, processed: Path, plan: Plan, began: int, clock: float) -> State:
    from pipeline import schema

    rows = count_rows(new.parts)
    run = {
        "run": len(old.runs) and old.runs[-1]["run"] + 1,
        "started": datetime.fromtimestamp(began / 1e9, UTC).isoformat(timespec="milliseconds"),
        "seconds": round(time.monotonic() - clock, 3),
        "files": len(new.files),
        "processed": plan.fresh,
        "deleted": plan.deleted,
        "articles": rows["articles"],
        "problems": rows["problems"],
        "anew": plan.anew,
        "pipeline": __version__,
    }
    new = new._replace(runs=(*old.runs, json.loads(json.dumps(run)))[-_KEPT_RUNS:])
    store.publish(processed, new, store.package(new.parts, map(schema.resource, TABLES)))
    store.sweep(processed)
    return new
