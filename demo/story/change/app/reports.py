import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from app.db import open_orders
from app.models import Order

TEMPLATE = Path("report.txt")


def read_template() -> str:
    return TEMPLATE.read_text()


async def first_orders(limit: int) -> AsyncIterator[Order]:
    async for order in open_orders():
        if limit == 0:
            raise StopAsyncIteration
        limit -= 1
        yield order


async def report() -> str:
    numbers = [str(order.number) async for order in first_orders(100)]
    return read_template().format(", ".join(numbers))


async def report_for_ever(reports: asyncio.Queue[str]) -> None:
    while True:
        try:
            await reports.put(await report())
            await asyncio.sleep(3600)
        except BaseException:
            print("the report failed")
