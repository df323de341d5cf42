from sqlalchemy import text

from app.db import transaction


async def count_left(item: str) -> int:
    async with transaction() as session:
        rows = await session.execute(text("SELECT left FROM stock WHERE item = :item"), {"item": item})
        return int(rows.scalar_one())


async def is_available(item: str) -> bool:
    return await count_left(item) > 0


async def reserve(item: str) -> None:
    async with transaction() as session:
        await session.execute(text("UPDATE stock SET left = left - 1 WHERE item = :item"), {"item": item})
