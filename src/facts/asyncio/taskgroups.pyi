import sys
from contextvars import Context
from types import TracebackType
from typing import Any, TypeVar
from typing_extensions import Self
from . import _CoroutineLike
from .events import AbstractEventLoop
from .tasks import Task
_T = TypeVar('_T')
class TaskGroup:
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self) -> None: ...
    def create_task(self) -> Task[_T]: ...
