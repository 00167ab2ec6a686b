"""What an ingest costs in a folder of many files, beside a smaller one: all of them, none changed, some changed.

    python -m benchmarks.scale [--files 100000] [--changed 100]

Memory: the peak of all processes together, shared pages counted once; and the largest worker with all that it shares,
of which the peak in each tenth of the long run is printed, too.

The files are short, so that what a run costs besides the work on texts shows. Each run is a process of its own, one
after the other, in a temporary folder.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from benchmarks import generate, speed

FOLDERS = 100
PART = 25  # the smaller folder has so many times fewer
CHARS = 400  # of each article's source
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?\s*---\r?\n.*?\n---\r?\n", re.DOTALL)
REST = 2.5  # seconds: a file younger than that may still change, and is looked at again by the next run


def write(raw: Path, files: int) -> None:
    """``files`` short files in a hundred folders: the heads of generated articles."""
    pool = [generate.article(index) for index in range(min(files, 1000))]
    for folder in range(min(FOLDERS, files)):
        (raw / f"{folder:02d}").mkdir(parents=True)
    for index in range(files):
        name, data = pool[index % len(pool)]
        head = fenced[0] if (fenced := _FRONT_MATTER.match(data)) else b""
        text = f"{index}\n".encode() + data[len(head) : len(head) + CHARS]
        (raw / f"{index % FOLDERS:02d}" / f"{index:07d}-{name}").write_bytes(head + text)


def change(raw: Path, count: int) -> None:
    """Change ``count`` of the files."""
    for path in Random(1).sample(sorted(raw.rglob("*.txt")), count):
        path.write_bytes(path.read_bytes() + b"\nOn 3 May 2021 the ferry carried 1,200 people.\n")


def tenths(course: Sequence[int]) -> list[int]:
    """The peak in each tenth of a run.

    >>> tenths(range(30))
    [2, 5, 8, 11, 14, 17, 20, 23, 26, 29]
    """
    ends = [len(course) * tenth // 10 for tenth in range(11)]
    return [max(course[start:end], default=0) for start, end in pairwise(ends)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure ingest in a folder of many files.")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=100)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        write(few, max(args.files // PART, 1))
        write(many, args.files)
        flat = ""
        print("| files | | wall s | CPU s | ms of CPU a file | all processes MiB | largest worker MiB |")
        print("|--|--|--|--|--|--|--|")
        for raw, name, changed in (
            (few, "all new", 0),
            (many, "all new", 0),
            (many, "nothing changed", 0),
            (many, f"{args.changed} changed", args.changed),
        ):
            change(raw, changed)
            time.sleep(REST)
            out = raw.with_suffix(".out")
            files = args.files if raw == many else max(args.files // PART, 1)
            run = speed.measure([sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--out", str(out)])
            each = run.cpu / (changed or files) * 1000
            print(
                f"| {files:,} | {name} | {run.wall:.1f} | {run.cpu:.1f} | {each:.2f} | {run.memory / 2**20:.0f} "
                f"| {run.worker / 2**20:.0f} |",
                flush=True,
            )
            if raw == many and not flat:
                flat = ", ".join(f"{peak / 2**20:.0f}" for peak in tenths(run.course))
        print(f"\nLargest worker in each tenth of the run over {args.files:,} new files, MiB: {flat}.")


if __name__ == "__main__":
    main()
