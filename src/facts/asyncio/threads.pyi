from collections.abc import Callable
from typing import ParamSpec, TypeVar
_P = ParamSpec('_P')
_R = TypeVar('_R')
async def to_thread() -> _R: ...
