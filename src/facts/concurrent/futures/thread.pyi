import queue
import sys
from collections.abc import Callable, Iterable, Mapping, Set as AbstractSet
from threading import Lock, Semaphore, Thread
from types import GenericAlias
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, overload, type_check_only
from typing_extensions import Self, TypeVarTuple, Unpack
from weakref import ref
from ._base import BrokenExecutor, Executor, Future
_Ts = TypeVarTuple('_Ts')
_threads_queues: Mapping[Any, Any]
_shutdown: bool
_global_shutdown_lock: Lock
_S = TypeVar('_S')
_Task: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
_C = TypeVar('_C')
_KT = TypeVar('_KT')
_VT = TypeVar('_VT')
class _ResolveTaskFunc(Protocol):
    def __call__(self) -> tuple[_C, tuple[Unpack[_Ts]], dict[_KT, _VT]]: ...
class _WorkItem(Generic[_S]):
    future: Future[_S]
    fn: Callable[..., _S]
    args: Iterable[Any]
    kwargs: Mapping[str, Any]
    def run(self) -> None: ...
class BrokenThreadPool(BrokenExecutor):
    ...
class ThreadPoolExecutor(Executor):
    ...
