"""Engines: run independent tasks here or elsewhere. An engine knows nothing of the work.

An engine takes a function, its tasks and a number of workers, and yields the results in any order. A task may run more
than once (a worker died): the work must give the same result again, which content-named parts do.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Engine = Callable[[Callable[[Any], Any], Sequence[Any], int], Iterator[Any]]

_ATTEMPTS = 3


class WorkerDied(Exception):
    """A task has killed its worker again and again (out of memory, or a fault in a native library)."""


def here(work: Callable[[T], R], tasks: Sequence[T], workers: int = 1) -> Iterator[R]:
    """Run the tasks in this process, one after the other."""
    return map(work, tasks)


def local(work: Callable[[T], R], tasks: Sequence[T], workers: int) -> Iterator[R]:
    """Run the tasks in ``workers`` processes. A worker that dies costs its tasks another start, no more.

    :raises WorkerDied: a task was running each of the three times that workers died.
    """
    workers = min(workers, len(tasks))
    if workers <= 1:
        yield from here(work, tasks)
        return
    todo, attempts = list(range(len(tasks))), [0] * len(tasks)
    while todo:
        left: list[int] = []
        for index, result in _round(work, tasks, todo, workers):
            if isinstance(result, BrokenProcessPool):
                left.append(index)
                attempts[index] += 1
            else:
                yield result
        todo = left
        if todo and min(attempts[index] for index in todo) >= _ATTEMPTS:
            raise WorkerDied(f"a worker died {_ATTEMPTS} times; the last task was {tasks[todo[0]]!r:.200}")


def _round(
    work: Callable[[T], R], tasks: Sequence[T], todo: Sequence[int], workers: int
) -> Iterator[tuple[int, R | BrokenProcessPool]]:
    pool = ProcessPoolExecutor(workers, get_context("fork"), _at_start, (os.getpid(),))
    processes: list[Any] = []
    try:
        running: dict[Future[R], int] = {}
        waiting = iter(todo)
        for index in waiting:
            running[_submit(pool, work, tasks[index])] = index
            processes = list((pool._processes or {}).values())
            if len(running) >= 2 * workers:
                break
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                index = running.pop(future)
                error = future.exception()
                if error is not None and not isinstance(error, BrokenProcessPool):
                    raise error
                yield index, error if isinstance(error, BrokenProcessPool) else future.result()
                for following in waiting:
                    running[_submit(pool, work, tasks[following])] = following
                    break
    except BaseException:
        for process in processes:
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], task: T) -> "Future[R]":
    try:
        return pool.submit(work, task)
    except BrokenProcessPool as error:
        future: Future[R] = Future()
        future.set_exception(error)
        return future


def _at_start(parent: int) -> None:
    """In a worker: leave Ctrl-C to the driver, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    with suppress(Exception):
        os._exit(1)


ENGINES: dict[str, Engine] = {"local": local}
