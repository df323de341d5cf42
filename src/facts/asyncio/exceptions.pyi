import sys
class CancelledError(BaseException):
    ...
from builtins import TimeoutError as TimeoutError
class InvalidStateError(Exception):
    ...
class SendfileNotAvailableError(RuntimeError):
    ...
class IncompleteReadError(EOFError):
    expected: int | None
    partial: bytes
class LimitOverrunError(Exception):
    consumed: int
class BrokenBarrierError(RuntimeError):
    ...
