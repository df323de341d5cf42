import abc
import sys
from _io import DEFAULT_BUFFER_SIZE as DEFAULT_BUFFER_SIZE, BlockingIOError as BlockingIOError, BufferedRandom as BufferedRandom, BufferedReader as BufferedReader, BufferedRWPair as BufferedRWPair, BufferedWriter as BufferedWriter, BytesIO as BytesIO, FileIO as FileIO, IncrementalNewlineDecoder as IncrementalNewlineDecoder, StringIO as StringIO, TextIOWrapper as TextIOWrapper, _BufferedIOBase, _IOBase, _RawIOBase, _TextIOBase, _WrappedBuffer as _WrappedBuffer, open as open, open_code as open_code
from typing import Final, Protocol, TypeVar
from _io import text_encoding as text_encoding
_T_co = TypeVar('_T_co')
_T_contra = TypeVar('_T_contra')
SEEK_SET: Final
SEEK_CUR: Final
SEEK_END: Final
class UnsupportedOperation(OSError, ValueError):
    ...
class IOBase(_IOBase, metaclass=abc.ABCMeta):
    ...
class RawIOBase(_RawIOBase, IOBase):
    ...
class BufferedIOBase(_BufferedIOBase, IOBase):
    ...
class TextIOBase(_TextIOBase, IOBase):
    ...
