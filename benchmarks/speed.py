"""How fast ``python -m pipeline ingest`` is, beside a plain script and the floor, and whether its cost is linear.

    python -m benchmarks.speed [--files N] [--update]

Each runs as a subprocess, one after the other, the best of ``--repeat`` counts. CPU seconds are of the process and its
children; memory is the sampled peak of the proportional set size of the whole process tree (shared pages counted once)
where the system tells it, else the largest process. Only a temporary folder is written to, except with ``--update``,
which makes the table in docs/performance.md anew.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
MARKS = ("<!-- bench: begin -->", "<!-- bench: end -->")
PACKAGES = ("jieba", "rjieba", "selectolax", "pyarrow", "beautifulsoup4", "python-frontmatter", "pandas")


class Run(NamedTuple):
    """One measured subprocess; seconds, and bytes of memory."""

    wall: float
    cpu: float
    memory: int
    worker: int = 0  # the largest process that it started, shared pages and all; 0: none, or the system does not tell
    course: tuple[int, ...] = ()  # the largest such process at each look


def _tree(root: int) -> list[int]:
    """``root`` and its descendants that live now."""
    found = [root]
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _memory(root: int) -> tuple[int, int]:
    """Proportional set size of a process tree, and the largest resident set size of those below its root, in bytes; 0
    where the system does not tell."""
    total = largest = 0
    for pid in _tree(root):
        try:
            sizes = dict(
                re.findall(r"^(Rss|Pss):\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            )
        except OSError:
            continue
        total += int(sizes.get("Pss", 0)) * 1024
        if pid != root:
            largest = max(largest, int(sizes.get("Rss", 0)) * 1024)
    return total, largest


def measure(command: list[str]) -> Run:
    """Run ``command`` to its end and measure it.

    :raises subprocess.CalledProcessError: it failed
    """
    peak, course, done = 0, list[int](), threading.Event()

    def watch(pid: int) -> None:
        nonlocal peak
        while not done.wait(0.1):
            total, largest = _memory(pid)
            peak = max(peak, total)
            course.append(largest)

    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        watcher = threading.Thread(target=watch, args=(process.pid,))
        watcher.start()
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output.decode(errors="replace"))
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, peak or largest, max(course, default=0), tuple(course))


def best(command: list[str], out: Path, repeat: int) -> Run:
    """The quickest of ``repeat`` runs, each into a folder of its own."""
    runs = [measure([*command, str(out / str(number))]) for number in range(repeat)]
    return min(runs, key=lambda run: run.wall)


def _student(raw: Path) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "benchmarks.student", str(raw)]


def _floor(raw: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.floor", str(raw)]


def _pipeline(raw: Path, workers: int | None) -> list[str]:
    chosen = ["--workers", str(workers)] if workers else []
    return [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), *chosen, "--out"]


def _row(name: str, run: Run, files: int, size: int) -> str:
    return (
        f"| {name} | {files / run.wall:,.0f} | {size / run.wall / 1e6:.2f} | {run.wall:.1f} | {run.cpu:.1f} "
        f"| {run.memory / 2**20:.0f} |"
    )


def table(files: int, repeat: int = 1) -> str:
    """Generate ``files`` files, run all on them, and describe the outcome in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        raw, part, out = Path(folder, "raw"), Path(folder, "part"), Path(folder, "out")
        size, part_size = generate.write(raw, files), generate.write(part, files // 4)
        plain = best(_student(raw), out / "student", repeat)
        floor = best(_floor(raw), out / "floor", repeat)
        single = best(_pipeline(raw, 1), out / "single", repeat)
        whole = best(_pipeline(raw, None), out / "whole", repeat)
        quarter = best(_pipeline(part, 1), out / "quarter", repeat)
    rest = (single.cpu - quarter.cpu) / (files - files // 4)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return "\n".join(
        [
            f"`python -m benchmarks.speed --files {files}`: {files:,} files, {size / 1e6:.1f} MB.",
            "",
            "| | files/s | MB/s | wall s | CPU s | peak memory MiB |",
            "|--|--|--|--|--|--|",
            _row("plain script (`benchmarks/student.py`)", plain, files, size),
            _row("floor: read, markup off, cut, Parquet (`benchmarks/floor.py`)", floor, files, size),
            _row("`ingest --workers 1`", single, files, size),
            _row("`ingest`", whole, files, size),
            _row(f"`ingest --workers 1`, {files // 4:,} files", quarter, files // 4, part_size),
            "",
            f"`ingest` is **{plain.wall / whole.wall:.1f} times** as fast as the plain script, with one worker "
            f"{plain.wall / single.wall:.1f} times, and takes {whole.cpu / plain.cpu:.2f} of its CPU time and "
            f"{whole.cpu / floor.cpu:.1f} times that of the floor. With all workers it is "
            f"{single.wall / whole.wall:.1f} times as fast as with one. "
            f"A file costs {quarter.cpu / (files // 4) * 1000:.2f} ms of CPU among {files // 4:,}, start included, and "
            f"{rest * 1000:.2f} ms more for each file after that.",
            "",
            f"{platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f} when it ended; Python "
            f"{platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES) + ".",
        ]
    )


def update(page: Path, text: str) -> None:
    """Put ``text`` between the marks of ``page``."""
    before, _, rest = page.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure ingest beside a plain script.")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=1, help="best of so many runs")
    parser.add_argument("--update", action="store_true", help="write the table into docs/performance.md")
    args = parser.parse_args()
    try:
        text = table(args.files, args.repeat)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.output}")
    print(text)
    if args.update:
        update(PAGE, text)


if __name__ == "__main__":
    main()
