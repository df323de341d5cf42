import sys
from _asyncio import Future as Future
from concurrent.futures._base import Future as _ConcurrentFuture
from typing import TypeVar
from .base_futures import isfuture as isfuture
from .events import AbstractEventLoop
_T = TypeVar('_T')
def wrap_future() -> Future[_T]: ...
