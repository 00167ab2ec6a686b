"""Bucket: the store where the tables lie on an object store, which knows no links, locks or renames.

    processed/parts/TABLE/part-SHARD-HASH.parquet   named by their content, and put first
    processed/parts/_state/state-HASH.sqlite        what the snapshot was made from
    processed/snapshots/000007.json                 the data package of a snapshot: putting it publishes all tables
    processed/datapackage.json                      the same again, for other programs

A snapshot is put only where there is none of that number: of two runs that were started at once one is published, the
other fails. Readers take the snapshot with the highest number.
"""

import json
from typing import Any

from pipeline import state
from pipeline.places import Remote
from pipeline.state import State

_KEPT = 2  # snapshots


class Overtaken(Exception):
    """Another ingest has published meanwhile."""


def latest(processed: Remote) -> int:
    """The number of the published snapshot; 0: there is none."""
    return max(_numbers(processed), default=0)


def _numbers(processed: Remote) -> list[int]:
    names = (listed.path.partition(".") for listed in (processed / "snapshots").find())
    return [int(number) for number, _, end in names if end == "json" and number.isdigit()]


def package(processed: Remote) -> dict[str, Any] | None:
    """The data package of the published snapshot, None if there is none."""
    number = latest(processed)
    if not number:
        return None
    found: dict[str, Any] = json.loads(_snapshot(processed, number).read_bytes())
    return found


def _snapshot(processed: Remote, number: int) -> Remote:
    return processed / "snapshots" / f"{number:06d}.json"


def read_state(processed: Remote) -> State:
    """What the published snapshot was made from."""
    number = latest(processed)
    if not number:
        return State()
    try:
        found = json.loads(_snapshot(processed, number).read_bytes())
        return state.read((processed / found["state"]).read_bytes(), number)
    except (ValueError, KeyError, FileNotFoundError) as error:
        return State(number, fault=f"the store's state cannot be read ({error})")


def publish(processed: Remote, new: State, described: dict[str, Any]) -> None:
    """Publish the parts of ``new``, which have been put already, as the tables.

    :param described: the data package, with the parts' paths below ``processed``
    :raises Overtaken: another ingest has published meanwhile
    """
    content = state.write(new)
    name = f"parts/_state/state-{state.content_hash(content)}.sqlite"
    (processed / name).write_bytes(content)
    digests = [f"parts/{part.table}/{part.name}" for part in new.parts if part.table.startswith("_")]
    package = json.dumps({**described, "state": name, "digests": digests}, ensure_ascii=False).encode()
    try:
        _snapshot(processed, new.snapshot).create(package)
    except FileExistsError:
        raise Overtaken("another ingest has published meanwhile") from None
    if latest(processed) != new.snapshot:  # so late that the one which overtook it has been swept up
        raise Overtaken("another ingest has published meanwhile")
    (processed / "datapackage.json").write_bytes(package)


def complete(processed: Remote) -> None:
    """Write the data package that a process which was killed right after it had published did not write any more."""
    number, whole = latest(processed), processed / "datapackage.json"
    if not number:
        return
    published = _snapshot(processed, number).read_bytes()
    try:
        stands = whole.read_bytes() == published
    except FileNotFoundError:
        stands = False
    if not stands:
        whole.write_bytes(published)


def sweep(processed: Remote) -> None:
    """Remove all snapshots but the last two, and the parts that neither of them holds."""
    numbers = sorted(_numbers(processed))
    held: set[str] = set()
    for number in numbers[-_KEPT:]:
        found = json.loads(_snapshot(processed, number).read_bytes())
        held.update(found["digests"], [found["state"]], *(resource["path"] for resource in found["resources"]))
    processed.remove(f"snapshots/{number:06d}.json" for number in numbers[:-_KEPT])
    parts = (f"parts/{listed.path}" for listed in (processed / "parts").find())
    processed.remove(part for part in parts if part not in held)
