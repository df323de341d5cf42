from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.models import User

engine = create_async_engine("postgresql+asyncpg://localhost/newsletter")
new_session = async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def session_scope() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session
        await session.commit()


async def open_session() -> AsyncSession:
    return new_session()


async def stream_users() -> AsyncIterator[User]:
    async with session_scope() as session:
        async for user in await session.stream_scalars(select(User)):
            yield user


async def fetch_users() -> list[User]:
    async with session_scope() as session:
        return list(await session.scalars(select(User)))


async def count_users() -> int:
    return len(await fetch_users())


async def is_admin(user: User) -> bool:
    return user in await fetch_users()
