import sys
from abc import abstractmethod
from types import MappingProxyType
from typing import AbstractSet as Set, AsyncGenerator as AsyncGenerator, AsyncIterable as AsyncIterable, AsyncIterator as AsyncIterator, Awaitable as Awaitable, ByteString as ByteString, Callable as Callable, ClassVar, Collection as Collection, Container as Container, Coroutine as Coroutine, Generator as Generator, Generic, Hashable as Hashable, ItemsView as ItemsView, Iterable as Iterable, Iterator as Iterator, KeysView as KeysView, Mapping as Mapping, MappingView as MappingView, MutableMapping as MutableMapping, MutableSequence as MutableSequence, MutableSet as MutableSet, Protocol, Reversible as Reversible, Sequence as Sequence, Sized as Sized, TypeVar, ValuesView as ValuesView, final, runtime_checkable
_KT_co = TypeVar('_KT_co')
_VT_co = TypeVar('_VT_co')
class dict_keys(KeysView[_KT_co], Generic[_KT_co, _VT_co]):
    @property
    def mapping(self) -> MappingProxyType[_KT_co, _VT_co]: ...
class dict_values(ValuesView[_VT_co], Generic[_KT_co, _VT_co]):
    @property
    def mapping(self) -> MappingProxyType[_KT_co, _VT_co]: ...
class dict_items(ItemsView[_KT_co, _VT_co]):
    @property
    def mapping(self) -> MappingProxyType[_KT_co, _VT_co]: ...
class Buffer(Protocol):
    __slots__ = ()
