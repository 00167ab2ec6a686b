"""Engines: every task's result once, whatever becomes of the workers."""

import os
import signal
from pathlib import Path

import pytest

from pipeline.engines import WorkerDied, here, local, survives


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("engine", [here, local])
@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("tasks", [0, 1, 17])
def test_every_task_once(engine, workers: int, tasks: int) -> None:
    assert sorted(engine(square, list(range(tasks)), workers)) == [n * n for n in range(tasks)]


def test_an_error_is_passed_on() -> None:
    with pytest.raises(OSError, match="No space left"):
        list(local(fail, [1, 2, 3], 2))


class DieOnce:
    def __init__(self, folder: Path, deadly: set[int]) -> None:
        self.folder, self.deadly = folder, deadly

    def __call__(self, number: int) -> int:
        mark = self.folder / str(number)
        if number in self.deadly and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def test_dead_workers_are_replaced(tmp_path: Path) -> None:
    assert sorted(local(DieOnce(tmp_path, {3, 11}), list(range(20)), 2)) == list(range(20))


def die(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_task_that_always_kills_is_named() -> None:
    found = []
    with pytest.raises(WorkerDied) as caught:
        found.extend(local(die, list(range(8)), 2))
    assert 5 in caught.value.tasks


def test_survives() -> None:
    assert survives(lambda: None)
    assert survives(lambda: 1 / 0)
    assert not survives(lambda: os.kill(os.getpid(), signal.SIGKILL))
