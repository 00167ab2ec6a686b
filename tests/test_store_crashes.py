"""Whatever stops a run, readers see one whole state, and the next run ends right."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import published

from pipeline import catalog, plan, shard, store
from pipeline.run import ingest
from pipeline.scan import scan

KILLS = int(os.environ.get("KILLS", "8"))
_EVENTS = ("open", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect")


def edit(raw: Path, version: int) -> None:
    """Put ``raw`` into one of two versions, which differ by an edit, a new file and a deleted one."""
    (raw / "tea.txt").write_text(f"茶叶合作社\n\n合作社第{version}次卖出320吨茶叶。\n", encoding="utf-8")
    (raw / "even.txt").unlink(missing_ok=True)
    (raw / "odd.txt").unlink(missing_ok=True)
    name = "odd.txt" if version % 2 else "even.txt"
    (raw / name).write_text(f"Mill {name}\n\nThe mill hired 35 people.\n", encoding="utf-8")


def killed_at(number: int, raw: Path, out: Path, steps: Path) -> bool:
    """Ingest in a child that is killed when it changes the file system for the ``number``-th time; False: it ended,
    and how often it did so stands in ``steps``."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    count, driver = 0, os.getpid()

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event in _EVENTS and os.getpid() == driver and str(out) in str(args[0]):
            count += 1
            if count == number:
                os.kill(driver, signal.SIGKILL)

    sys.addaudithook(watch)
    ingest(raw, out, workers=1)
    steps.write_text(str(count))
    os._exit(0)


def test_killed_at_every_step(raw: Path, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = []
    for version in (0, 1):
        edit(raw, version)
        ingest(raw, tmp_path / str(version))
        states.append(published(tmp_path / str(version)))
    for version in (0, 1, 0):  # until an ingest does what every later one does
        edit(raw, version)
        ingest(raw, out)
    survived, steps = 0, tmp_path / "steps"
    edit(raw, 1)
    assert not killed_at(0, raw, out, steps)
    every = int(steps.read_text())
    for number in sorted({1 + index * (every - 1) // max(1, KILLS - 1) for index in range(min(KILLS, every))}):
        edit(raw, 0)
        ingest(raw, out)
        edit(raw, 1)
        assert killed_at(number, raw, out, steps), number
        assert published(out) in states, number
        ingest(raw, out)
        assert published(out) == states[1], number
        survived += 1
    told(capsys, f"{survived} of {every} steps that change the file system: killed there and survived")
    assert survived >= min(KILLS, every)
    assert list(catalog.check(out)) == []


def told(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print a line that is seen though the test passes."""
    with capsys.disabled():
        print(f"\n{line}")


def many(raw: Path, number: int) -> None:
    for index in range(number):
        text = f"第{index}号公告\n\n渡口今天运送了{index * 7}名旅客，比昨天多{index % 9}名。\n"
        (raw / f"n{index:04d}.txt").write_text(text, encoding="utf-8")


def start(raw: Path, out: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--out", str(out), "--wait", "30", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def test_killed_at_any_time(raw: Path, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many(raw, 300)
    ingest(raw, tmp_path / "expected")
    expected = published(tmp_path / "expected")
    draw, kills = random.Random(3), max(2, KILLS // 10)
    for _ in range(kills):
        run = start(raw, out, "--full", "--workers", "2")
        time.sleep(draw.uniform(0.3, 2.0))
        run.kill()
        run.communicate()
        assert not out.exists() or published(out) in ({}, expected)
    run = start(raw, out)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 0, errors
    assert published(out) == expected
    assert not list((out / ".store").rglob("*.tmp"))
    told(capsys, f"{kills} kills at random times survived")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_by_a_signal(raw: Path, out: Path, number: int, code: int) -> None:
    many(raw, 2000)
    run = start(raw, out, "--workers", "2")
    while not (out / ".store/parts").exists() and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(number)
    _, errors = run.communicate(timeout=30)
    assert run.returncode == code
    assert errors.splitlines() == ["stopped; the tables are as they were"]
    assert published(out) == {}


def test_full_disk(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = published(out)
    many(raw, 100)

    def shrink() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    words = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--out", str(out)]
    run = subprocess.run(words, capture_output=True, text=True, preexec_fn=shrink, check=False)
    assert run.returncode == 74
    assert len(run.stderr.splitlines()) == 1
    assert "large" in run.stderr or "space" in run.stderr
    assert published(out) == before
    ingest(raw, out)
    assert list(catalog.check(out)) == []


def test_folder_that_cannot_be_written(raw: Path, out: Path) -> None:
    out.write_text("a file")
    run = start(raw, out)
    _, errors = run.communicate(timeout=30)
    assert run.returncode == 74
    assert len(errors.splitlines()) == 1


def test_a_strangers_folder_is_left_alone(raw: Path, out: Path) -> None:
    (out / "figures").mkdir(parents=True)
    (out / "figures/mine.txt").write_text("keep me")
    run = start(raw, out)
    _, errors = run.communicate(timeout=30)
    assert run.returncode == 74
    assert "in the way" in errors
    assert (out / "figures/mine.txt").read_text() == "keep me"


def test_two_at_once(raw: Path, out: Path) -> None:
    with store.lock(out):
        run = subprocess.run(
            [sys.executable, "-m", "pipeline", "ingest", "--raw", str(raw), "--out", str(out), "--wait", "0"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 75
        assert len(run.stderr.splitlines()) == 1
        patient = start(raw, out)
        time.sleep(0.3)
    _, errors = patient.communicate(timeout=30)
    assert patient.returncode == 0, errors


def test_unreadable_state_is_rebuilt(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = published(out)
    (out / ".store/current/state.sqlite").write_bytes(b"not a database")
    done = ingest(raw, out)
    assert "cannot be read" in done.anew
    assert published(out) == before


def test_readers_see_one_state_while_it_is_written(raw: Path, out: Path) -> None:
    edit(raw, 0)
    ingest(raw, out)
    stop, faults, reads = threading.Event(), [], 0

    def read() -> None:
        nonlocal reads
        while not stop.is_set():
            folder = store.current(out)
            seen = {table: len(catalog.load(table, out, columns=["article_id"])) for table in ("articles", "tokens")}
            if folder == store.current(out) and 0 in seen.values():
                faults.append(seen)
            reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for version in range(1, 12):
            edit(raw, version)
            ingest(raw, out)
    finally:
        stop.set()
        reader.join()
    assert reads > 5
    assert faults == []


def deadly(path: str, once: Path | None = None) -> "Iterator[object]":
    real = shard.read_file

    def read_file(source: bytes, name: str) -> Iterator[object]:
        if name == path and not (once and once.exists()):
            if once:
                once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield from real(source, name)

    return read_file


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_dies_is_replaced(
    raw: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    many(raw, 300)
    ingest(raw, tmp_path / "expected")
    monkeypatch.setattr(shard, "read_file", deadly("n0007.txt", tmp_path / "once"))
    done = ingest(raw, out, workers=workers)
    assert (tmp_path / "once").exists()
    assert done.files == 304
    assert published(out) == published(tmp_path / "expected")


def test_a_file_that_kills_its_workers_is_left_out(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(raw, 300)
    os.utime(raw / "n0007.txt", (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr(shard, "read_file", deadly("n0007.txt"))
        ingest(raw, out, workers=2)
    problems = catalog.load("problems", out)
    assert list(problems[problems["error"] == "deadly"]["path"]) == ["n0007.txt"]
    assert len(catalog.load("articles", out, where=("path", "in", ["n0006.txt", "n0008.txt"]))) == 2
    assert not ingest(raw, out).published


def test_a_file_that_kills_the_worker_of_several_shards_is_left_out_alone(
    raw: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "_PER_SHARD", 16)
    many(raw, 300)
    ingest(raw, out)
    changed = [f"n{number:04}.txt" for number in range(0, 300, 40)]
    for name in changed:
        (raw / name).write_text("Harbour\n\nThe ferry carried 1,200 people.\n", encoding="utf-8")
    tasks = plan.make_plan(scan(raw), store.read_state(out), "", set(), raw, out).tasks
    assert len(shard.jobs(tasks)) < len(tasks)
    with monkeypatch.context() as patch:
        patch.setattr(shard, "read_file", deadly(changed[3]))
        ingest(raw, out, workers=2)
    problems = catalog.load("problems", out)
    assert list(problems[problems["error"] == "deadly"]["path"]) == [changed[3]]
    assert set(changed) - set(catalog.load("articles", out)["path"]) == {changed[3]}
    (raw / changed[3]).touch()
    ingest(raw, out)
    ingest(raw, tmp_path / "full")
    assert published(out) == published(tmp_path / "full")
