import sys
from collections.abc import Callable, Generator, Iterable, Mapping, MutableMapping, MutableSequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext, Process
from multiprocessing.queues import Queue, SimpleQueue
from threading import Lock, Semaphore, Thread
from types import TracebackType
from typing import Any, Final, Generic, TypeVar, overload
from typing_extensions import TypeVarTuple, Unpack
from weakref import ref
from ._base import BrokenExecutor, Executor, Future
_T = TypeVar('_T')
_Ts = TypeVarTuple('_Ts')
_threads_wakeups: MutableMapping[Any, Any]
_global_shutdown: bool
class _ThreadWakeup:
    def close(self) -> None: ...
    def wakeup(self) -> None: ...
    def clear(self) -> None: ...
EXTRA_QUEUED_CALLS: Final
_MAX_WINDOWS_WORKERS: Final
class _RemoteTraceback(Exception):
    tb: str
class _ExceptionWithTraceback:
    exc: BaseException
    tb: TracebackType
class _WorkItem(Generic[_T]):
    future: Future[_T]
    fn: Callable[..., _T]
    args: Iterable[Any]
    kwargs: Mapping[str, Any]
class _ResultItem:
    work_id: int
    exception: Exception
    result: Any
    exit_pid: int | None
class _CallItem:
    work_id: int
    fn: Callable[..., Any]
    args: Iterable[Any]
    kwargs: Mapping[str, Any]
class _SafeQueue(Queue[Future[Any]]):
    pending_work_items: dict[int, _WorkItem[Any]]
    thread_wakeup: _ThreadWakeup
class _ExecutorManagerThread(Thread):
    thread_wakeup: _ThreadWakeup
    shutdown_lock: Lock
    executor_reference: ref[Any]
    processes: MutableMapping[int, Process]
    call_queue: Queue[_CallItem]
    result_queue: SimpleQueue[_ResultItem]
    work_ids_queue: Queue[int]
    pending_work_items: dict[int, _WorkItem[Any]]
    def run(self) -> None: ...
    def add_call_item_to_queue(self) -> None: ...
    def wait_result_broken_or_wakeup(self) -> tuple[Any, bool, str]: ...
    def process_result_item(self) -> None: ...
    def is_shutting_down(self) -> bool: ...
    def terminate_broken(self) -> None: ...
    def flag_executor_shutting_down(self) -> None: ...
    def shutdown_workers(self) -> None: ...
    def join_executor_internals(self) -> None: ...
    def get_n_children_alive(self) -> int: ...
_system_limits_checked: bool
_system_limited: bool | None
class BrokenProcessPool(BrokenExecutor):
    ...
class ProcessPoolExecutor(Executor):
    ...
