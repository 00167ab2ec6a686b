"""Engines: run independent tasks here or elsewhere. An engine knows nothing of the work.

An engine takes a function, its tasks and a number of workers, and yields the results in any order. A task may run more
than once (a worker died): the work must give the same result again, which content-named parts do.
"""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Engine = Callable[[Callable[[Any], Any], Sequence[Any], int], Iterator[Any]]

_ATTEMPTS = 3


class WorkerDied(Exception):
    """One of ``tasks`` has killed its worker again and again (out of memory, or a fault in a native library)."""

    def __init__(self, tasks: Sequence[Any]) -> None:
        super().__init__(f"workers died {_ATTEMPTS} times over the same work: out of memory?")
        self.tasks = tasks


def here(work: Callable[[T], R], tasks: Sequence[T], workers: int = 1) -> Iterator[R]:
    """Run the tasks in this process, one after the other."""
    return map(work, tasks)


def local(work: Callable[[T], R], tasks: Sequence[T], workers: int, method: str = "fork") -> Iterator[R]:
    """Run the tasks in ``workers`` processes. A worker that dies costs its tasks another start, no more.

    :param method: ``fork``, so that they share what is loaded; ``spawn`` where this process has threads, as a client of
        an object store has: a lock that one of them held would never be free in a fork
    :raises WorkerDied: workers died three times over the same tasks
    """
    workers = min(workers, len(tasks))
    todo, deaths = set(range(len(tasks))), [0] * len(tasks)
    while todo:
        try:
            for index, result in _round(work, tasks, sorted(todo), workers, method):
                todo.remove(index)
                yield result
        except _Broken as broken:
            for index in broken.running:
                deaths[index] += 1
            suspects = [tasks[index] for index in todo if deaths[index] >= _ATTEMPTS]
            if suspects:
                raise WorkerDied(suspects) from None


class _Broken(Exception):
    """A worker of the pool died, and the pool with it."""

    def __init__(self, running: Iterable[int]) -> None:
        self.running = tuple(running)  # what may have killed it


def _round(
    work: Callable[[T], R], tasks: Sequence[T], todo: Iterable[int], workers: int, method: str
) -> Iterator[tuple[int, R]]:
    """The results of ``todo`` from a new pool, with the index of each, until a worker dies."""
    pool = ProcessPoolExecutor(workers, get_context(method), _at_start, (os.getpid(),))
    running: dict[Future[R], int] = {}
    processes: list[Any] = []
    waiting = iter(todo)
    try:
        for index in islice(waiting, 2 * workers):
            running[_submit(pool, work, tasks[index])] = index
            processes = list((pool._processes or {}).values())
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = [running[future] for future in done if isinstance(future.exception(), BrokenProcessPool)]
            for future in done:
                index = running.pop(future)
                if index not in broken:
                    yield index, future.result()
            if broken:
                raise _Broken([*broken, *running.values()])
            for index in islice(waiting, len(done)):
                running[_submit(pool, work, tasks[index])] = index
    except BaseException:
        for process in processes:
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def survives(work: Callable[[], object], method: str = "fork") -> bool:
    """Whether a process lives through ``work``; what it returns or raises is of no account."""
    process = get_context(method).Process(target=_try, args=(work,))  # type: ignore[attr-defined]
    process.start()
    process.join()
    return bool(process.exitcode >= 0)


def _try(work: Callable[[], object]) -> None:
    with suppress(Exception):
        work()


spawned = partial(local, method="spawn")


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], task: T) -> "Future[R]":
    try:
        return pool.submit(work, task)
    except BrokenProcessPool as error:
        future: Future[R] = Future()
        future.set_exception(error)
        return future


def _at_start(parent: int) -> None:
    """In a worker: leave Ctrl-C to the driver, and do not outlive it; the garbage collector works between tasks."""
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    with suppress(Exception):
        os._exit(1)


def dask(address: str = "") -> Engine:
    """Run the tasks on a Dask cluster that sees the same files and has this package.

    :param address: of its scheduler, such as ``tcp://host:8786``; empty: a cluster of processes on this machine
    """

    def run(work: Callable[[T], R], tasks: Sequence[T], workers: int) -> Iterator[R]:
        distributed: Any = import_module("distributed")
        with ExitStack() as stack:
            where = address or stack.enter_context(
                distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            )
            client = stack.enter_context(distributed.Client(where))
            futures = dict(zip(client.map(work, tasks, pure=False), tasks, strict=True))
            for future in distributed.as_completed(list(futures)):
                try:
                    result = future.result()
                except distributed.KilledWorker:
                    raise WorkerDied([futures[future]]) from None
                future.release()
                yield result

    return run


NAMES = ("local", "dask")


def find(name: str) -> Engine:
    """The engine of a name: ``local``, ``dask``, or ``dask:tcp://host:8786``.

    :raises ValueError: there is none of that name
    """
    kind, _, address = name.partition(":")
    if kind not in NAMES:
        raise ValueError(f"no engine {name!r}; there are: {', '.join(NAMES)}")
    return dask(address) if kind == "dask" else local
