"""What a run says of itself: how far it is, what it did, where the time went. Light to import."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.run import Summary

_EXTRACTORS = ("dates", "figures", "organization_mentions")


@contextmanager
def shown() -> Iterator[Callable[[int, int], None]]:
    """Show how far the run is: a bar on a terminal, now and then a line elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Any) -> Text:
            return Text(f"{task.finished_speed or task.speed or 0:.0f} files/s")

    columns = BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)


class _Lines:
    """A plain line every ten seconds."""

    def __init__(self) -> None:
        self._began = self._last = monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = monotonic()
        if now - self._last >= 10 and done:
            self._last, rate = now, done / (now - self._began)
            left = (total - done) / rate
            print(f"{done} of {total} files, {rate:.0f} files/s, {left:.0f} s left", file=sys.stderr, flush=True)


def summary(done: "Summary") -> str:
    """What an ingest did, for people: a few lines."""
    rows = {name: count for name, count in done.rows.items() if name not in ("articles", "problems")}
    same = done.files - done.processed
    lines = [f"everything is done anew: {done.anew}"] if done.anew not in ("", "asked for") else []
    lines += [
        f"{done.files} files: {done.processed} processed, {same} unchanged, {done.deleted} deleted",
        f"{done.rows['articles']} articles, {done.rows['problems']} problems, {done.cut_chars} characters cut",
        "rows: " + ", ".join(f"{name} {count}" for name, count in rows.items()),
        f"{'done' if done.published else 'nothing to write'} in {done.seconds:.2f} s",
    ]
    return "\n".join(lines)


def profile(done: "Summary") -> str:
    """The time of each stage, over all workers, the longest first; the extractors are parts of "extract"."""
    whole = sum(seconds for name, seconds in done.spent.items() if name not in _EXTRACTORS) or 1.0
    lines = [f"{'stage':24} {'seconds':>8} {'share':>7} {'ms a file':>10}"]
    for name, seconds in sorted(done.spent.items(), key=lambda item: -item[1]):
        share, each = seconds / whole, 1000 * seconds / max(done.processed, 1)
        lines.append(f"{'  ' * (name in _EXTRACTORS) + name:24} {seconds:8.2f} {share:7.1%} {each:10.3f}")
    return "\n".join(lines)
