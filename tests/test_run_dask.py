"""A Dask cluster over TCP gives the same bytes as the processes of one machine, though a worker is killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import published

from pipeline import catalog
from pipeline.run import ingest

pytest.importorskip("distributed")


def start(*words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-W", "ignore", "-m", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file)]
    started = [start("distributed.cli.dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    try:
        while not file.exists():
            time.sleep(0.1)
        for number in range(2):
            alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / str(number))]
            started.append(start("distributed.cli.dask_worker", *common, *alone))
        import json

        yield json.loads(file.read_text())["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.timeout(180)
def test_same_bytes_and_no_row_twice_though_a_worker_is_killed(raw: Path, out: Path, tmp_path: Path) -> None:
    for index in range(1200):
        text = f"第{index}号公告\n\n" + "渡口今天运送了旅客，比昨天多。\n" * 20
        (raw / f"n{index:04d}.txt").write_text(text, encoding="utf-8")
    ingest(raw, tmp_path / "local", workers=2)
    with cluster(tmp_path) as (address, workers):
        words = ["ingest", "--raw", str(raw), "--out", str(out), "--engine", f"dask:{address}"]
        run = subprocess.Popen([sys.executable, "-m", "pipeline", *words], stderr=subprocess.PIPE, text=True)
        while not list((out / ".store/parts").glob("tokens/part-*")) and run.poll() is None:
            time.sleep(0.02)
        os.kill(workers[0].pid, signal.SIGKILL)
        _, errors = run.communicate(timeout=150)
    assert run.returncode == 0, errors
    assert published(out) == published(tmp_path / "local")
    assert list(catalog.check(out)) == []
