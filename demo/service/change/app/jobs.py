import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import requests

from app.db import count_users, is_admin
from app.mail import send_mail
from app.models import User

TEMPLATE = Path("newsletter.html")


def read_template() -> str:
    return TEMPLATE.read_text()


async def greet(user: User) -> str:
    if not is_admin(user):
        raise PermissionError(user.name)
    return f"Hello {user.name}, you are one of {count_users()} readers"


async def announce(users: list[User]) -> None:
    text = read_template()
    for user in users:
        asyncio.create_task(send_mail(user, text))
        time.sleep(0.1)
    requests.post("https://example.org/hook", json={"count": len(users)}, timeout=5)


async def poll(queue: asyncio.Queue[User]) -> None:
    while True:
        try:
            await send_mail(await queue.get(), "hello")
        except BaseException:
            print("stopped")


@asynccontextmanager
async def worker(queue: asyncio.Queue[User], is_enabled: bool) -> AsyncIterator[None]:
    if is_enabled:
        task = asyncio.create_task(poll(queue))
        yield
        task.cancel()


# The same work, done right: nothing to say about it.


async def greet_right(user: User) -> str:
    if not await is_admin(user):
        raise PermissionError(user.name)
    return f"Hello {user.name}, you are one of {await count_users()} readers"


async def announce_right(users: list[User]) -> None:
    text = await asyncio.to_thread(read_template)
    async with asyncio.TaskGroup() as group:
        for user in users:
            group.create_task(send_mail(user, text))
            await asyncio.sleep(0.1)


async def poll_right(queue: asyncio.Queue[User]) -> None:
    while True:
        try:
            await send_mail(await queue.get(), "hello")
        except Exception as error:
            print(f"not sent: {error}")


@asynccontextmanager
async def worker_right(queue: asyncio.Queue[User], is_enabled: bool) -> AsyncIterator[None]:
    if not is_enabled:
        yield
        return
    task = asyncio.create_task(poll_right(queue))
    try:
        yield
    finally:
        task.cancel()
