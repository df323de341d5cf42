import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, ClassVar, Final, TypeVar, final, overload
from typing_extensions import Never, Self, deprecated
PIPE_BUF: Final[int]
POLLERR: Final[int]
POLLHUP: Final[int]
POLLIN: Final[int]
POLLMSG: Final[int]
POLLNVAL: Final[int]
POLLOUT: Final[int]
POLLPRI: Final[int]
POLLRDBAND: Final[int]
POLLRDHUP: Final[int]
POLLRDNORM: Final[int]
POLLWRBAND: Final[int]
POLLWRNORM: Final[int]
class poll:
    def register(self) -> None: ...
    def modify(self) -> None: ...
    def unregister(self) -> None: ...
    def poll(self) -> list[tuple[int, int]]: ...
_R = TypeVar('_R')
_W = TypeVar('_W')
_X = TypeVar('_X')
def select() -> tuple[list[_R], list[_W], list[_X]]: ...
error = OSError
class epoll:
    def __enter__(self) -> Self: ...
    def __exit__(self) -> None: ...
    def close(self) -> None: ...
    closed: bool
    def fileno(self) -> int: ...
    def register(self) -> None: ...
    def modify(self) -> None: ...
    def unregister(self) -> None: ...
    def poll(self) -> list[tuple[int, int]]: ...
    @classmethod
    def fromfd(self) -> epoll: ...
EPOLLERR: Final[int]
EPOLLEXCLUSIVE: Final[int]
EPOLLET: Final[int]
EPOLLHUP: Final[int]
EPOLLIN: Final[int]
EPOLLMSG: Final[int]
EPOLLONESHOT: Final[int]
EPOLLOUT: Final[int]
EPOLLPRI: Final[int]
EPOLLRDBAND: Final[int]
EPOLLRDHUP: Final[int]
EPOLLRDNORM: Final[int]
EPOLLWRBAND: Final[int]
EPOLLWRNORM: Final[int]
EPOLL_CLOEXEC: Final[int]
