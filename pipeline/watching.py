"""Watching: ingest whenever files below ``raw/`` change, once they have come to rest."""

from collections.abc import Callable
from pathlib import Path

from pipeline.extras import need
from pipeline.scan import is_passing

_LONGEST = 60.0  # seconds: a folder that never rests is ingested all the same


def watch(raw: Path, ingest: Callable[[], None], quiet: float = 1.0) -> None:
    """Call ``ingest`` now, and again each time that files below ``raw`` have changed and then rested for ``quiet``
    seconds; what changes while it runs counts for the next time. Returns at an interrupt (Ctrl-C).

    :raises Missing: the package watchfiles is not installed
    :raises OSError: ``raw`` cannot be watched
    """
    need("watchfiles", "watch", "watch")
    from watchfiles import watch

    raw = raw.resolve(strict=True)

    def counts(_: object, path: str) -> bool:
        """Whether a change matters: what :func:`pipeline.scan.scan` leaves out does not."""
        return not any(map(is_passing, Path(path).relative_to(raw).parts))

    changes = watch(
        raw, watch_filter=counts, step=int(1000 * quiet), debounce=int(1000 * _LONGEST), raise_interrupt=False,
        rust_timeout=200, yield_on_timeout=True,
    )  # fmt: skip
    next(changes, None)  # nothing that changes from here on is missed
    ingest()
    for change in changes:
        if change:
            ingest()
