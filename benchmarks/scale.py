"""What an ingest costs in a folder of many files: all of them, none changed, some changed.

    python -m benchmarks.scale [--files 100000] [--changed 100]

The files are short, so that what a run costs besides the work on texts shows. Each run is a process of its own, one
after the other, in a temporary folder.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks import generate, speed

FOLDERS = 100
CHARS = 400  # of each article's source
REST = 2.5  # seconds: a file younger than that may still change, and is looked at again by the next run


def write(raw: Path, files: int) -> None:
    """``files`` short files in a hundred folders: the heads of generated articles."""
    pool = [generate.article(index) for index in range(min(files, 1000))]
    for folder in range(min(FOLDERS, files)):
        (raw / f"{folder:02d}").mkdir(parents=True)
    for index in range(files):
        name, data = pool[index % len(pool)]
        head = data[: data.find(b"\n---", 3) + 5] if data.startswith(b"---") else b""
        text = f"{index}\n".encode() + data[len(head) : len(head) + CHARS]
        (raw / f"{index % FOLDERS:02d}" / f"{index:07d}-{name}").write_bytes(head + text)


def change(raw: Path, count: int) -> None:
    """Change ``count`` of the files."""
    for path in Random(1).sample(sorted(raw.rglob("*.txt")), count):
        path.write_bytes(path.read_bytes() + b"\nOn 3 May 2021 the ferry carried 1,200 people.\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure ingest in a folder of many files.")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=100)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        write(raw, args.files)
        command = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--out", str(out)]
        print(f"{args.files:,} files\n\n| | wall s | CPU s | ms of CPU a file | peak memory MiB |\n|--|--|--|--|--|")
        for name, changed, of in (
            ("all new", 0, args.files),
            ("nothing changed", 0, args.files),
            (f"{args.changed} changed", args.changed, args.changed),
        ):
            change(raw, changed)
            time.sleep(REST)
            run = speed.measure(command)
            print(f"| {name} | {run.wall:.1f} | {run.cpu:.1f} | {run.cpu / of * 1000:.2f} | {run.memory / 2**20:.0f} |")


if __name__ == "__main__":
    main()
