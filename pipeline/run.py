"""Run: plan what has changed, map the shards over an engine, work out the corpus, commit. The no-op path is light."""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import __version__, store
from pipeline.garbage import give_back, no_garbage
from pipeline.places import Place, Remote, place
from pipeline.plan import Plan, version_of
from pipeline.planning import is_large, look, look_apart, mark_of
from pipeline.records import TABLES
from pipeline.scan import scan, settings_folder
from pipeline.state import FileState, Part, State

if TYPE_CHECKING:
    from pipeline.engines import Engine
    from pipeline.shard import Job

_RACY_NS = 2_000_000_000  # a file as young as this may change again within one tick of its clock
_KEPT_RUNS = 200
_RESTAT = 1000  # so many touched files are worth a commit of their own

Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]  # maps a function over tasks
Progress = Callable[[int, int], None]  # files done, files to do


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
    raw: str | Place = "raw",
    processed: str | Place = "processed",
    *,
    workers: int | None = None,
    engine: str = "local",
    full: bool = False,
    wait: float = 3.0,
    progress: Progress | None = None,
) -> Summary:
    """Bring the tables in ``processed`` up to date with the files in ``raw``.

    :param raw: a folder, or an address such as ``s3://bucket/raw``
    :param processed: a folder or an address
    :param workers: processes; by default as many as there are processors
    :param full: process every file anew, changed or not
    :param wait: seconds to wait for another ingest to end
    :raises store.Locked: another ingest is running
    :raises OSError: ``raw`` cannot be read or ``processed`` cannot be written; the tables stay as they were
    """
    raw, processed = place(raw), place(processed)
    began, clock = time.time_ns(), time.monotonic()
    apart = not full and _processors() > 1 and is_large(raw, processed)
    with no_garbage():
        entries = [] if apart else scan(raw)
    version = version_of(raw)
    with store.lock(processed, wait), no_garbage():
        old, todo = look_apart(raw, processed, version) if apart else (store.read_state(processed), None)
        found, jobs, plan = todo or look(scan(raw) if apart else entries, old, version, raw, processed, full)
        entries, new, spent = [], old, dict[str, float]()  # what this process holds, workers forked from it hold, too
        other_settings = old.meta.get("settings") != version["settings"]
        if jobs or plan.deleted or len(plan.restat) > _RESTAT or other_settings or plan.anew:
            from pipeline.steps import using

            store.check_way(processed)
            run = partial(_rescued, _engine(engine, raw, processed), workers or _processors())
            with using(settings_folder(raw, mark_of(version))):
                new = _work(plan, jobs, old, version, processed, run, began, progress, spent)
        if new is not old:
            before = time.perf_counter()
            new = _publish(new, old, processed, plan, began, clock)
            spent["commit"] = time.perf_counter() - before
        else:
            store.complete(processed)
        return Summary(
            found, plan.fresh, plan.deleted, new.meta.get("cut_chars", 0), count_rows(new.parts),
            time.monotonic() - clock, new is not old, plan.anew, spent,
        )  # fmt: skip


def _engine(name: str, *places: Place) -> "Engine":
    from pipeline.engines import find, here, spawned

    remote = [where.protocol for where in places if isinstance(where, Remote)]
    if "memory" in remote:  # another process would have a memory of its own
        return here
    return spawned if remote and name == "local" else find(name)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count_rows(parts: Iterable[Part]) -> dict[str, int]:
    """Rows a table."""
    rows = dict.fromkeys(TABLES, 0)
    for part in parts:
        if part.table in rows:
            rows[part.table] += part.rows
    return rows


# ---------------------------------------------------------------------------------------------------------------- work


def _work(
    plan: Plan,
    jobs: "Sequence[Job]",
    old: State,
    version: Mapping[str, Any],
    processed: Place,
    run: Run,
    began: int,
    progress: Progress | None,
    spent: dict[str, float],
) -> State:
    """The state that the snapshot to come is made from; ``old`` itself if that would be the same."""
    from pipeline.corpus import finish
    from pipeline.shard import build, warm

    if plan.fresh:
        warm()
    give_back()
    parts, files, done = list(plan.carried), {state.path: state for state in plan.kept}, 0
    for path in plan.restat:
        files[path] = _settle(files[path], began)
    for result in run(build, jobs):
        parts += result.parts
        files |= {state.path: _settle(state, began) for state in result.files}
        done += len(result.files)
        for name, seconds in result.spent.items():
            spent[name] = spent.get(name, 0.0) + seconds
        if progress:
            progress(done, plan.fresh)
    clock = time.perf_counter()
    marks, carried = old.meta.get("marks", {}), {part.shard for part in plan.carried}
    ready = finish(processed, parts, {label: mark for label, mark in marks.items() if label in carried},
                   run,
                   () if plan.anew or old.meta.get("settings") != version["settings"] else old.parts)  # fmt: skip
    spent["corpus"] = time.perf_counter() - clock
    meta = {**version, "marks": ready.marks, "cut_chars": ready.cut_chars}
    if plan.anew:
        return State(old.snapshot + 1, meta, files, ready.parts, old.runs)
    same = old.snapshot and ready.parts == old.parts and meta == old.meta and len(plan.restat) <= _RESTAT
    if same and _contents(files) == _contents(old.files):
        return old
    return State(old.snapshot + 1, meta, files, ready.parts, old.runs)


def _contents(files: Mapping[str, FileState]) -> set[tuple[str, str]]:
    return {(state.path, state.sha256) for state in files.values()}


def _rescued(engine: "Engine", workers: int, work: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[Any]:
    """Run the tasks; of one that kills its workers, find the files that do it and go on without them."""
    from pipeline.engines import WorkerDied
    from pipeline.shard import Job, isolate

    while tasks:
        finished = set()
        try:
            for result in engine(work, tasks, workers):
                finished.add(result.shard)
                yield result
            return
        except WorkerDied as died:
            rescued = {task: isolate(task) for task in died.tasks if isinstance(task, Job)}
            if all(task == other for task, other in rescued.items()):
                raise
            tasks = [rescued.get(task, task) for task in tasks if task.shard not in finished]


def _settle(state: FileState, began: int) -> FileState:
    """A file that changed just before the run may change again unseen: its time is not to be trusted."""
    return state._replace(mtime_ns=-2) if state.mtime_ns > began - _RACY_NS else state


def _publish(new: State, old: State, processed: Place, plan: Plan, began: int, clock: float) -> State:
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
    store.publish(processed, State() if plan.anew else old, new, map(schema.resource, TABLES))
    return new
