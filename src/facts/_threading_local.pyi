from threading import RLock
from typing import Any, TypeAlias
from typing_extensions import Self
from weakref import ReferenceType
_LocalDict: TypeAlias = dict[Any, Any]
class _localimpl:
    __slots__ = ('key', 'dicts', 'localargs', 'locallock', '__weakref__')
    key: str
    dicts: dict[int, tuple[ReferenceType[Any], _LocalDict]]
    localargs: tuple[list[Any], dict[str, Any]]
    locallock: RLock
    def get_dict(self) -> _LocalDict: ...
    def create_dict(self) -> _LocalDict: ...
class local:
    __slots__ = ('_local__impl', '__dict__')
