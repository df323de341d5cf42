import enum
import sys
import types
from builtins import type as Type
from collections.abc import Callable, Iterable, Mapping
from types import GenericAlias
from typing import Any, Final, Generic, Literal, Protocol, TypeVar, overload, type_check_only
from typing_extensions import Never, TypeIs
_T = TypeVar('_T')
_T_co = TypeVar('_T_co')
_DataclassT = TypeVar('_DataclassT')
class _DataclassFactory(Protocol):
    def __call__(self) -> type[_T]: ...
class _MISSING_TYPE(enum.Enum):
    MISSING = enum.auto()
MISSING: Final
class KW_ONLY:
    ...
@overload
def asdict() -> dict[str, Any]: ...
@overload
def asdict() -> _T: ...
@overload
def astuple() -> tuple[Any, ...]: ...
@overload
def astuple() -> _T: ...
@overload
def dataclass() -> type[_T]: ...
@overload
def dataclass() -> Callable[[type[_T]], type[_T]]: ...
class _DefaultFactory(Protocol[_T_co]):
    def __call__(self) -> _T_co: ...
class Field(Generic[_T]):
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_field_type')
    name: str
    type: Type[_T] | str | Any
    default: _T | Literal[_MISSING_TYPE.MISSING]
    default_factory: _DefaultFactory[_T] | Literal[_MISSING_TYPE.MISSING]
    repr: bool
    hash: bool | None
    init: bool
    compare: bool
    metadata: types.MappingProxyType[Any, Any]
    kw_only: bool | Literal[_MISSING_TYPE.MISSING]
@overload
def field() -> _T: ...
@overload
def field() -> Any: ...
def fields() -> tuple[Field[Any], ...]: ...
@overload
def is_dataclass() -> TypeIs[DataclassInstance | type[DataclassInstance]]: ...
@overload
def is_dataclass() -> TypeIs[type[DataclassInstance]]: ...
class FrozenInstanceError(AttributeError):
    ...
class InitVar(Generic[_T]):
    __slots__ = ('type',)
    type: Type[_T]
def make_dataclass() -> type: ...
def replace() -> _DataclassT: ...
