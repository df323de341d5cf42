import email.message
import io
import ssl
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from email._policybase import _MessageT
from socket import socket
from typing import BinaryIO, Final, TypeAlias, TypeVar, overload
from typing_extensions import Self, deprecated
_DataType: TypeAlias = SupportsRead[bytes] | Iterable[ReadableBuffer] | ReadableBuffer
_T = TypeVar('_T')
_HeaderValue: TypeAlias = ReadableBuffer | str | int
HTTP_PORT: Final
HTTPS_PORT: Final
CONTINUE: Final
SWITCHING_PROTOCOLS: Final
PROCESSING: Final
EARLY_HINTS: Final
OK: Final
CREATED: Final
ACCEPTED: Final
NON_AUTHORITATIVE_INFORMATION: Final
NO_CONTENT: Final
RESET_CONTENT: Final
PARTIAL_CONTENT: Final
MULTI_STATUS: Final
ALREADY_REPORTED: Final
IM_USED: Final
MULTIPLE_CHOICES: Final
MOVED_PERMANENTLY: Final
FOUND: Final
SEE_OTHER: Final
NOT_MODIFIED: Final
USE_PROXY: Final
TEMPORARY_REDIRECT: Final
PERMANENT_REDIRECT: Final
BAD_REQUEST: Final
UNAUTHORIZED: Final
PAYMENT_REQUIRED: Final
FORBIDDEN: Final
NOT_FOUND: Final
METHOD_NOT_ALLOWED: Final
NOT_ACCEPTABLE: Final
PROXY_AUTHENTICATION_REQUIRED: Final
REQUEST_TIMEOUT: Final
CONFLICT: Final
GONE: Final
LENGTH_REQUIRED: Final
PRECONDITION_FAILED: Final
REQUEST_ENTITY_TOO_LARGE: Final
REQUEST_URI_TOO_LONG: Final
UNSUPPORTED_MEDIA_TYPE: Final
REQUESTED_RANGE_NOT_SATISFIABLE: Final
EXPECTATION_FAILED: Final
IM_A_TEAPOT: Final
MISDIRECTED_REQUEST: Final
UNPROCESSABLE_ENTITY: Final
LOCKED: Final
FAILED_DEPENDENCY: Final
TOO_EARLY: Final
UPGRADE_REQUIRED: Final
PRECONDITION_REQUIRED: Final
TOO_MANY_REQUESTS: Final
REQUEST_HEADER_FIELDS_TOO_LARGE: Final
UNAVAILABLE_FOR_LEGAL_REASONS: Final
INTERNAL_SERVER_ERROR: Final
NOT_IMPLEMENTED: Final
BAD_GATEWAY: Final
SERVICE_UNAVAILABLE: Final
GATEWAY_TIMEOUT: Final
HTTP_VERSION_NOT_SUPPORTED: Final
VARIANT_ALSO_NEGOTIATES: Final
INSUFFICIENT_STORAGE: Final
LOOP_DETECTED: Final
NOT_EXTENDED: Final
NETWORK_AUTHENTICATION_REQUIRED: Final
responses: dict[int, str]
class HTTPMessage(email.message.Message[str, str]):
    def getallmatchingheaders(self) -> list[str]: ...
@overload
def parse_headers() -> _MessageT: ...
@overload
def parse_headers() -> HTTPMessage: ...
class HTTPResponse(io.BufferedIOBase, BinaryIO):
    msg: HTTPMessage
    headers: HTTPMessage
    version: int
    debuglevel: int
    fp: io.BufferedReader
    closed: bool
    status: int
    reason: str
    chunked: bool
    chunk_left: int | None
    length: int | None
    will_close: bool
    url: str
    def peek(self) -> bytes: ...
    def read(self) -> bytes: ...
    def read1(self) -> bytes: ...
    def readinto(self) -> int: ...
    def readline(self) -> bytes: ...
    @overload
    def getheader(self) -> str | None: ...
    @overload
    def getheader(self) -> str | _T: ...
    def getheaders(self) -> list[tuple[str, str]]: ...
    def isclosed(self) -> bool: ...
    def __iter__(self) -> Iterator[bytes]: ...
    def __enter__(self) -> Self: ...
    def __exit__(self) -> None: ...
    def info(self) -> HTTPMessage: ...
    def geturl(self) -> str: ...
    def getcode(self) -> int: ...
    def begin(self) -> None: ...
class HTTPConnection:
    blocksize: int
    auto_open: int
    debuglevel: int
    default_port: int
    response_class: type[HTTPResponse]
    timeout: float | None
    host: str
    port: int
    sock: socket | MaybeNone
    def request(self) -> None: ...
    def getresponse(self) -> HTTPResponse: ...
    def set_debuglevel(self) -> None: ...
    def get_proxy_response_headers(self) -> HTTPMessage | None: ...
    def set_tunnel(self) -> None: ...
    def connect(self) -> None: ...
    def close(self) -> None: ...
    def putrequest(self) -> None: ...
    def putheader(self) -> None: ...
    def endheaders(self) -> None: ...
    def send(self) -> None: ...
class HTTPSConnection(HTTPConnection):
    sock: ssl.SSLSocket | MaybeNone
class HTTPException(Exception):
    ...
error = HTTPException
class NotConnected(HTTPException):
    ...
class InvalidURL(HTTPException):
    ...
class UnknownProtocol(HTTPException):
    ...
class UnknownTransferEncoding(HTTPException):
    ...
class UnimplementedFileMode(HTTPException):
    ...
class IncompleteRead(HTTPException):
    partial: bytes
    expected: int | None
class ImproperConnectionState(HTTPException):
    ...
class CannotSendRequest(ImproperConnectionState):
    ...
class CannotSendHeader(ImproperConnectionState):
    ...
class ResponseNotReady(ImproperConnectionState):
    ...
class BadStatusLine(HTTPException):
    ...
class LineTooLong(HTTPException):
    ...
class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    ...
