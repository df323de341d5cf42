from app.db import fetch_users, open_session, session_scope, stream_users
from app.mail import mail_limits, send_mail
from app.models import User


async def send_newsletter(text: str) -> int:
    users = await stream_users()
    for user in users:
        send_mail(user, text)
    return len(users)


async def count_active() -> int:
    active = 0
    for user in await stream_users():
        active += user.is_active
    return active


async def names() -> list[str]:
    return [user.name for user in stream_users()]


async def addresses() -> list[str]:
    found = []
    async for user in fetch_users():
        found.append(user.email)
    return found


async def remaining(sent: int) -> int:
    hourly, daily = mail_limits()
    return min(hourly, daily) - sent


async def add_user(user: User) -> None:
    with session_scope() as session:
        await session.add(user)


async def rename_user(user: User, name: str) -> None:
    async with open_session() as session:
        user.name = name
        await session.merge(user)


async def delete_user(user: User) -> None:
    session = await session_scope()
    await session.delete(user)
    await session.flush()


# The same work, done right: nothing to say about it.


async def send_newsletter_right(text: str) -> int:
    users = [user async for user in stream_users()]
    for user in users:
        await send_mail(user, text)
    return len(users)


async def count_active_right() -> int:
    active = 0
    async for user in stream_users():
        active += user.is_active
    return active


async def addresses_right() -> list[str]:
    return [user.email for user in await fetch_users()]


async def remaining_right(sent: int) -> int:
    hourly, daily = await mail_limits()
    return min(hourly, daily) - sent


async def add_user_right(user: User) -> None:
    async with session_scope() as session:
        session.add(user)


async def rename_user_right(user: User, name: str) -> None:
    async with await open_session() as session:
        user.name = name
        await session.merge(user)
