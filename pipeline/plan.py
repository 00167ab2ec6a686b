"""Plan: which shards must be built, and from what. Light to import: most runs find that there is nothing to do."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import __version__
from pipeline.places import Place
from pipeline.scan import Entry, fingerprint, settings
from pipeline.state import FORMAT, FileState, Part, State

if TYPE_CHECKING:
    from pipeline.shard import Task

_BIG = 1 << 20  # a file above this size is a shard of its own
_PER_SHARD = 128  # files
_SHARD_BYTES = 2 << 20


class Plan(NamedTuple):
    """What is to be done: the shards to build, and what stays as it is."""

    tasks: "tuple[Task, ...]"
    carried: tuple[Part, ...]
    kept: tuple[FileState, ...]
    fresh: int
    deleted: int
    restat: tuple[str, ...]  # files that were touched, with the same content
    anew: str = ""  # why nothing could be taken over


def version_of(raw: Place) -> dict[str, Any]:
    """What all rows rest on, besides the files: code, data, settings."""
    return {"format": FORMAT, "code": fingerprint(), "settings": settings(raw), "pipeline": __version__}


def why_anew(old: State, version: Mapping[str, Any], processed: Place, full: bool = False) -> tuple[str, set[str]]:
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


def make_plan(entries: Sequence[Entry], old: State, anew: str, touched: set[str], raw: Place, processed: Place) -> Plan:
    """Which shards must be built, and from what.

    :param touched: files that are processed though they are as they were
    """
    known = {} if anew else old.files
    fresh, restat = _changes(entries, known, raw)
    if restat:
        known = known | restat
    fresh |= touched & known.keys()
    gone = known.keys() - {entry.path for entry in entries} if known else set()
    same = tuple(path for path in restat if path not in fresh)
    if not fresh and not gone and not anew and old.snapshot:
        return Plan((), old.parts, tuple(known.values()), 0, 0, same)
    return _shards(entries, known, old, fresh - gone, gone, anew, raw, processed)._replace(restat=same)


def _changes(
    entries: Sequence[Entry], known: Mapping[str, FileState], raw: Place
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


def _hash(path: Place) -> str:
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
    return f"{int.from_bytes(digest.digest()[:4]) * shards >> 32:05d}{_end(shards)}"


def _end(shards: int) -> str:
    """How the shards are named, all but big files', where there are so many."""
    return f"of{shards:05d}"


def _shards(
    entries: Sequence[Entry],
    known: Mapping[str, FileState],
    old: State,
    fresh: set[str],
    gone: set[str],
    anew: str,
    raw: Place,
    processed: Place,
) -> Plan:
    from pipeline.shard import Task

    labels = _labels(entries, known)
    dirty = {known[path].shard for path in (*gone, *(fresh & known.keys()))}
    stays: list[FileState] = []
    for entry, label in zip(entries, labels, strict=True):
        if entry.path in fresh:
            dirty.add(label)
        elif (state := known[entry.path]).shard == label:
            stays.append(state)
        else:
            dirty.add(label)
            stays.append(state._replace(shard=label))
    groups: dict[str, list[Entry]] = {}
    for entry, label in zip(entries, labels, strict=True):
        if label in dirty:
            groups.setdefault(label, []).append(entry)
    older: dict[str, list[Part]] = {}
    for part in () if anew else old.parts:
        older.setdefault(part.shard.partition(".")[0], []).append(part)
    tasks = []
    for label in sorted(groups):
        kept = tuple(entry.path for entry in groups[label] if entry.path not in fresh)
        sources = tuple(entry for entry in groups[label] if entry.path in fresh)
        parts = tuple(part for home in sorted({known[path].shard for path in kept}) for part in older.get(home, ()))
        tasks.append(Task(label, str(raw.absolute()), str(processed.absolute()), sources, kept, parts))
    carried = tuple(part for label in set(labels) - dirty for part in older.get(label, ()))
    return Plan(tuple(tasks), carried, tuple(stays), len(fresh), len(gone), (), anew)


def _labels(entries: Sequence[Entry], known: Mapping[str, FileState]) -> list[str]:
    """The shard of each file; that of a known one mostly stands in its state."""
    shards = count_shards(entry.size for entry in entries)
    end, labels = _end(shards), []
    for path, _, size, *_ in entries:
        state = known.get(path)
        stands = state and size <= _BIG and state.shard.endswith(end)
        labels.append(state.shard if state and stands else shard_of(path, size, shards))
    return labels
