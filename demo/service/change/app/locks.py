from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager, suppress

from app.db import stream_users
from app.models import User

busy: set[str] = set()


async def hold(name: str) -> AsyncIterator[None]:
    busy.add(name)
    yield
    busy.discard(name)


@contextmanager
async def exclusive(name: str) -> AsyncIterator[None]:
    if name in busy:
        raise RuntimeError(f"{name} is busy")
    yield


async def rebuild_index() -> None:
    async with hold("index"):
        async with exclusive("users"):
            async with suppress(KeyError):
                busy.remove("index")


def first_active() -> User | None:
    async for user in stream_users():
        if user.is_active:
            return user
    return None


async def greet_first() -> str:
    user = await first_active()
    return "nobody" if user is None else user.name


async def active_users(limit: int) -> AsyncIterator[User]:
    async for user in stream_users():
        if limit == 0:
            raise StopAsyncIteration
        limit -= 1
        yield user


# The same work, done right: nothing to say about it.


@asynccontextmanager
async def hold_right(name: str) -> AsyncIterator[None]:
    busy.add(name)
    yield
    busy.discard(name)


async def rebuild_index_right() -> None:
    async with hold_right("index"):
        with suppress(KeyError):
            busy.remove("index")


async def active_users_right(limit: int) -> AsyncIterator[User]:
    async for user in stream_users():
        if limit == 0:
            return
        limit -= 1
        yield user
