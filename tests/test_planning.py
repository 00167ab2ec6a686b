"""Looking for what has changed in a process of its own."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from store_cases import published

from pipeline import catalog, planning
from pipeline.aside import Died, started
from pipeline.plan import version_of
from pipeline.run import ingest
from pipeline.scan import Entry, scan


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_LARGE_STATE", 0)
    monkeypatch.setattr("pipeline.run._processors", lambda: 2)


def test_the_result_and_the_alert() -> None:
    def loud(alert: Callable[[], None]) -> int:
        alert()
        return 35

    with started(loud) as aside:
        assert aside.alerted()
        assert aside.result() == 35
    with started(loud) as aside:
        assert aside.result() == 35
    with started(lambda alert: os.getpid()) as aside:
        assert not aside.alerted()
        assert aside.result() != os.getpid()


def test_an_error_is_passed_on() -> None:
    with started(lambda alert: [][0]) as aside, pytest.raises(IndexError):
        aside.result()


def test_a_killed_process_is_told() -> None:
    with started(lambda alert: os.kill(os.getpid(), signal.SIGKILL)) as aside:
        assert not aside.alerted()
        with pytest.raises(Died):
            aside.result()


def test_it_ends_with_the_block() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), started(lambda alert: time.sleep(60)):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.usefixtures("apart")
def test_what_is_found_apart_is_what_is_found_here(raw: Path, out: Path, tmp_path: Path) -> None:
    ingest(raw, out)
    (raw / "zebra.txt").write_text("Harbour\n\nOn 3 May 2021 the ferry carried 1,200 people.\n", encoding="utf-8")
    first, second = (raw / entry.disk for entry in scan(raw)[:2])
    first.write_bytes(first.read_bytes() + b"\nThe mill hired 35 people.\n")
    second.unlink()
    done = ingest(raw, out)
    assert (done.processed, done.deleted, done.published) == (2, 1, True)
    ingest(raw, tmp_path / "full")
    assert published(out) == published(tmp_path / "full")
    again = ingest(raw, out)
    assert (again.processed, again.deleted, again.published) == (0, 0, False)


@pytest.mark.usefixtures("apart")
def test_a_killed_look_is_done_again_here(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(raw, out)
    driver, files = os.getpid(), len(scan(raw))

    def deadly(where: Path, seen: Callable[[Entry], None] | None = None) -> list[Entry]:
        if os.getpid() != driver:
            os.kill(os.getpid(), signal.SIGKILL)
        return scan(where, seen)

    monkeypatch.setattr(planning, "scan", deadly)
    done = ingest(raw, out)
    assert (done.files, done.deleted, done.published) == (files, 0, False)


@pytest.mark.usefixtures("apart")
def test_a_folder_that_is_gone_leaves_the_tables(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = len(catalog.load("articles", out))
    raw.rename(raw.with_name("elsewhere"))
    with pytest.raises(FileNotFoundError):
        ingest(raw, out)
    assert len(catalog.load("articles", out)) == before > 0


@pytest.mark.parametrize("changed", [False, True])
def test_lexicons_are_loaded_while_another_process_looks_only_for_a_change(
    raw: Path, out: Path, changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(raw, out)
    if changed:
        (raw / "new.txt").write_text("Harbour\n\nThe ferry carried 1,200 people.\n", encoding="utf-8")
    warmed: list[bool] = []
    monkeypatch.setattr("pipeline.shard.warm", lambda: warmed.append(True))
    _, todo = planning.look_apart(raw, out, version_of(raw))
    assert todo is not None
    assert bool(todo.jobs) == bool(warmed) == changed
