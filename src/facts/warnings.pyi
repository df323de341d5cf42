import re
import sys
from _warnings import warn as warn, warn_explicit as warn_explicit
from collections.abc import Sequence
from types import ModuleType, TracebackType
from typing import Any, Generic, Literal, TextIO, TypeAlias, overload
from typing_extensions import LiteralString, TypeVar
_T = TypeVar('_T')
_W_co = TypeVar('_W_co')
_ActionKind: TypeAlias = Literal['default', 'error', 'ignore', 'always', 'all', 'module', 'once']
filters: Sequence[tuple[str, re.Pattern[str] | None, type[Warning] | tuple[type[Warning], ...], re.Pattern[str] | None, int]]
def showwarning() -> None: ...
def formatwarning() -> str: ...
def filterwarnings() -> None: ...
def simplefilter() -> None: ...
def resetwarnings() -> None: ...
class _OptionError(Exception):
    ...
class WarningMessage:
    message: Warning | str
    category: type[Warning]
    filename: str
    lineno: int
    file: TextIO | None
    line: str | None
    source: Any | None
class catch_warnings(Generic[_W_co]):
    def __enter__(self) -> _W_co: ...
    def __exit__(self) -> None: ...
