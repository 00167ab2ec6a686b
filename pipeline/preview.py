"""Preview: what an ingest would do. Nothing is written, and nothing is locked."""

from typing import NamedTuple

from pipeline import store
from pipeline.places import Place, place
from pipeline.plan import make_plan, version_of, why_anew
from pipeline.scan import scan


class Preview(NamedTuple):
    """The files below ``raw`` as an ingest would find them, each list sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int
    anew: str  # why the unchanged ones would be processed as well; empty: they would not

    def __str__(self) -> str:
        lines = [f"{what:8} {path}" for what in ("new", "changed", "deleted") for path in getattr(self, what)]
        again = f" (to be done anew: {self.anew})" if self.anew and self.unchanged else ""
        lines.append(
            f"{len(self.new)} new, {len(self.changed)} changed, {len(self.deleted)} deleted, "
            f"{self.unchanged} unchanged{again}; nothing was written"
        )
        return "\n".join(lines)


def preview(raw: str | Place = "raw", processed: str | Place = "processed", full: bool = False) -> Preview:
    """What :func:`pipeline.ingest` would do.

    :raises OSError: ``raw`` cannot be read
    """
    raw, processed = place(raw), place(processed)
    entries, old = scan(raw), store.read_state(processed)
    anew, touched = why_anew(old, version_of(raw), processed, full)
    tasks = make_plan(entries, old, "", touched, raw, processed).tasks
    fresh = {source.path for task in tasks for source in task.fresh}
    return Preview(
        tuple(sorted(fresh - old.files.keys())),
        tuple(sorted(fresh & old.files.keys())),
        tuple(sorted(old.files.keys() - {entry.path for entry in entries})),
        len(entries) - len(fresh),
        anew,
    )
