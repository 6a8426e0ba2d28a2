"""Who does the work, behind the interface of ``concurrent.futures``."""

import logging
import multiprocessing
import multiprocessing.connection
import multiprocessing.resource_tracker
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from experiments.runner.signals import deaf
from experiments.study.faults import StudyRefused

HOW_TO_GET = '--dask needs Dask: pip install -e ".[scale]"'
CONNECT_SECONDS = "20s"
ADDRESS = re.compile(
    r"(?:(?:tcp|tls|ws|wss|ucx)://)?(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d+)/?"
)
NO_CERTIFICATE = "needs certificates in DASK_DISTRIBUTED__COMM__TLS__...; docs/howto/studies.md"


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:
            future.set_exception(fault)
        return future


@contextmanager
def executor(workers: int, dask: str | None) -> Iterator[Executor]:
    """This process for one worker, a pool for several, or Dask at an address (or ``local``)."""
    if dask is not None:
        with _dask(workers, dask) as found:
            yield found
    elif workers == 1:
        yield Inline()
    else:
        with _pool(workers) as pool:
            yield pool


class Quiet(Executor):
    """A pool whose processes never hear Ctrl-C, from their first moment; their parent ends them."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool = pool

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with deaf():  # it starts a process if none is idle
            return self.pool.submit(fn, *args, **kwargs)


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Processes that end with this one, whatever ends it."""
    context = multiprocessing.get_context("spawn")  # threads of compiled code don't survive a fork
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=die_with_parent)
    # It would be started with the first process, and let Ctrl-C in again.
    multiprocessing.resource_tracker.ensure_running()
    try:
        yield Quiet(pool)
    except BaseException:
        children = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.kill()
        raise
    pool.shutdown()


def die_with_parent() -> None:
    """End this worker as soon as its parent has ended; leave Ctrl-C to the parent."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        multiprocessing.connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def check_dask(address: str) -> None:
    """Refuse an address at which no scheduler answers, before anything is written."""
    if address == "local":
        return
    found = ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"][:6]) < 65536:
        raise StudyRefused(
            f"--dask = {address}: must be 'local' or a scheduler's address, such as "
            "tls://localhost:8786"
        )
    _client(address).close()


def _client(address: str) -> Any:
    """A connection to the scheduler at ``address``."""
    try:
        from distributed import Client
    except ImportError as fault:
        raise StudyRefused(HOW_TO_GET) from fault
    try:
        return Client(address, timeout=CONNECT_SECONDS)
    except TypeError as fault:  # how Dask says that it was given no certificates
        raise StudyRefused(f"--dask = {address}: {NO_CERTIFICATE}") from fault
    except (OSError, ValueError, RuntimeError) as fault:
        secured = "" if address.startswith("tls") else "; if it speaks TLS, begin with tls://"
        raise StudyRefused(f"--dask = {address}: no scheduler answers there{secured}") from fault


@contextmanager
def _dask(workers: int, address: str) -> Iterator[Executor]:
    if address != "local":
        with _client(address) as client:
            yield client.get_executor(pure=False)
        return
    try:
        from distributed import Client, LocalCluster
    except ImportError as fault:
        raise StudyRefused(HOW_TO_GET) from fault
    multiprocessing.resource_tracker.ensure_running()
    with deaf():  # the thread that starts the workers, now and later, is started in here
        local = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    with local as cluster, Client(cluster) as client:
        yield client.get_executor(pure=False)


def is_dead_worker(fault: BaseException) -> bool:
    """Whether a future failed because its worker ended, and not because of the work."""
    names = {kind.__name__ for kind in type(fault).__mro__}
    return bool(names & {"BrokenExecutor", "KilledWorker"})
