import sys
from collections.abc import Awaitable, Coroutine, Generator
from typing import Any, TypeAlias, TypeVar
from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .streams import *
from .subprocess import *
from .tasks import *
from .threads import *
from .transports import *
from .taskgroups import *
from .timeouts import *
_T_co = TypeVar('_T_co')
_AwaitableLike: TypeAlias = Awaitable[_T_co]
_CoroutineLike: TypeAlias = Coroutine[Any, Any, _T_co]
