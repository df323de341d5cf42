from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.models import Order

engine = create_async_engine("postgresql+asyncpg://localhost/shop")
new_session = async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncSession]:
    async with new_session() as session, session.begin():
        yield session


async def open_orders() -> AsyncIterator[Order]:
    async with transaction() as session:
        async for order in await session.stream_scalars(select(Order)):
            yield order


async def find_order(number: int) -> Order | None:
    async with transaction() as session:
        return await session.get(Order, number)


async def save_order(order: Order) -> None:
    async with transaction() as session:
        session.add(order)
