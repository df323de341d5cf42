import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from types import FrameType
from typing import Any, Final, TypeAlias, final
from typing_extensions import Never
NSIG: int
class Signals(IntEnum):
    SIGFPE = 8
    SIGILL = 4
    SIGINT = 2
    SIGSEGV = 11
    SIGTERM = 15
    SIGABRT = 6
    SIGALRM = 14
    SIGBUS = 7
    SIGCHLD = 17
    SIGCONT = 18
    SIGHUP = 1
    SIGIO = 29
    SIGIOT = 6
    SIGKILL = 9
    SIGPIPE = 13
    SIGPROF = 27
    SIGQUIT = 3
    SIGSTOP = 19
    SIGSYS = 31
    SIGTRAP = 5
    SIGTSTP = 20
    SIGTTIN = 21
    SIGTTOU = 22
    SIGURG = 23
    SIGUSR1 = 10
    SIGUSR2 = 12
    SIGVTALRM = 26
    SIGWINCH = 28
    SIGXCPU = 24
    SIGXFSZ = 25
    SIGCLD = 17
    SIGPOLL = 29
    SIGPWR = 30
    SIGRTMAX = 64
    SIGRTMIN = 34
    SIGSTKFLT = 16
class Handlers(IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1
SIG_DFL: Final
SIG_IGN: Final
_SIGNUM: TypeAlias = int | Signals
_HANDLER: TypeAlias = Callable[[int, FrameType | None], Any] | int | Handlers | None
def default_int_handler() -> Never: ...
def getsignal() -> _HANDLER: ...
def signal() -> _HANDLER: ...
SIGABRT: Final
SIGFPE: Final
SIGILL: Final
SIGINT: Final
SIGSEGV: Final
SIGTERM: Final
SIGALRM: Final
SIGBUS: Final
SIGCHLD: Final
SIGCONT: Final
SIGHUP: Final
SIGIO: Final
SIGIOT: Final
SIGKILL: Final
SIGPIPE: Final
SIGPROF: Final
SIGQUIT: Final
SIGSTOP: Final
SIGSYS: Final
SIGTRAP: Final
SIGTSTP: Final
SIGTTIN: Final
SIGTTOU: Final
SIGURG: Final
SIGUSR1: Final
SIGUSR2: Final
SIGVTALRM: Final
SIGWINCH: Final
SIGXCPU: Final
SIGXFSZ: Final
class ItimerError(OSError):
    ...
ITIMER_PROF: int
ITIMER_REAL: int
ITIMER_VIRTUAL: int
class Sigmasks(IntEnum):
    SIG_BLOCK = 0
    SIG_UNBLOCK = 1
    SIG_SETMASK = 2
SIG_BLOCK: Final
SIG_UNBLOCK: Final
SIG_SETMASK: Final
def alarm() -> int: ...
def getitimer() -> tuple[float, float]: ...
def pause() -> None: ...
def pthread_kill() -> None: ...
def pthread_sigmask() -> set[_SIGNUM]: ...
def setitimer() -> tuple[float, float]: ...
def siginterrupt() -> None: ...
def sigpending() -> Any: ...
def sigwait() -> _SIGNUM: ...
SIGCLD: Final
SIGPOLL: Final
SIGPWR: Final
SIGRTMAX: Final
SIGRTMIN: Final
SIGSTKFLT: Final
class struct_siginfo(structseq[int], tuple[int, int, int, int, int, int, int]):
    @property
    def si_signo(self) -> int: ...
    @property
    def si_code(self) -> int: ...
    @property
    def si_errno(self) -> int: ...
    @property
    def si_pid(self) -> int: ...
    @property
    def si_uid(self) -> int: ...
    @property
    def si_status(self) -> int: ...
    @property
    def si_band(self) -> int: ...
def sigtimedwait() -> struct_siginfo | None: ...
def sigwaitinfo() -> struct_siginfo: ...
def strsignal() -> str | None: ...
def valid_signals() -> set[Signals]: ...
def raise_signal() -> None: ...
def set_wakeup_fd() -> int: ...
def pidfd_send_signal() -> None: ...
