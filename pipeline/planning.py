"""Planning: what a run has to do. Where there are many files, another process looks through them, while this one loads
what the workers will need. Light to import."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import store
from pipeline.places import Place
from pipeline.plan import Plan, make_plan, why_anew
from pipeline.scan import Entry, is_setting, scan, settings_folder
from pipeline.state import State

if TYPE_CHECKING:
    from pipeline.shard import Job

_LARGE_STATE = 4 << 20  # bytes: that of some twenty thousand files


class Todo(NamedTuple):
    """What is to be done."""

    files: int  # how many there are
    jobs: "list[Job]"
    plan: Plan  # without its tasks


def mark_of(version: Mapping[str, Any]) -> str:
    """A mark of the settings."""
    return sha256(json.dumps(version["settings"], sort_keys=True).encode()).hexdigest()


def look(
    entries: Sequence[Entry], old: State, version: Mapping[str, Any], raw: Place, processed: Place, full: bool
) -> Todo:
    """What is to be done with the files, compared with what was published."""
    plan = make_plan(entries, old, *why_anew(old, version, processed, full), raw, processed)
    if not plan.tasks:
        return Todo(len(entries), [], plan)
    from pipeline.shard import jobs

    return Todo(len(entries), jobs(plan.tasks, mark_of(version)), plan._replace(tasks=()))


def is_large(raw: Place, processed: Place) -> bool:
    """Whether so many files are known that it pays to look through them in a process of its own."""
    if not isinstance(raw, os.PathLike) or not isinstance(processed, os.PathLike):
        return False
    folder = store.current(processed)
    with suppress(OSError):
        return folder is not None and os.stat(folder / "state.sqlite").st_size >= _LARGE_STATE
    return False


def look_apart(raw: Place, processed: Place, version: Mapping[str, Any]) -> tuple[State, Todo | None]:
    """The state that is published, and what is to be done; None if the process that looked was killed.

    As soon as it meets a file that has changed, this process loads what the workers will need.
    """
    from pipeline.aside import Died, started

    with started(partial(_look, raw, processed, version)) as aside:
        old = store.read_state(processed)
        if aside.alerted():
            from pipeline.shard import warm
            from pipeline.steps import using

            with using(settings_folder(raw, mark_of(version))):
                warm()
        try:
            todo, gone = aside.result()
        except Died:
            return old, None
    moved = {state.path for state in todo.plan.kept}
    same = (state for path, state in old.files.items() if path not in gone and path not in moved)
    return old, todo._replace(plan=todo.plan._replace(kept=(*same, *todo.plan.kept)))


def _look(raw: Place, processed: Place, version: Mapping[str, Any], alert: Callable[[], None]) -> tuple[Todo, set[str]]:
    """What is to be done, but of the files that are kept only those of which something is known anew; and the paths of
    those that were known and are not kept."""
    old = store.read_state(processed)
    known, quiet = old.files, True

    def seen(entry: Entry) -> None:
        nonlocal quiet
        if quiet:
            state = known.get(entry.path)
            if (state is None or state.size != entry.size) and not is_setting(entry.path):
                quiet = False
                alert()

    todo = look(scan(raw, seen), old, version, raw, processed, False)
    kept = todo.plan.kept
    gone = known.keys() - {state.path for state in kept}
    return todo._replace(plan=todo.plan._replace(kept=tuple(s for s in kept if known.get(s.path) is not s))), gone
