import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import requests

from app.db import open_orders
from app.mail import send_mail
from app.models import Order

CARRIER = "https://carrier.example/parcels"


async def ship_paid_orders() -> int:
    shipped = 0
    for order in open_orders():
        if order.is_paid:
            await ship(order)
            shipped += 1
    return shipped


async def ship(order: Order) -> None:
    response = requests.post(CARRIER, json={"order": order.number}, timeout=10)
    if response.status_code == 429:
        time.sleep(1)
    asyncio.create_task(send_mail(order.email, f"Order {order.number} is on its way."))


@asynccontextmanager
async def background_shipping() -> AsyncIterator[None]:
    task = asyncio.create_task(ship_paid_orders())
    try:
        yield
    finally:
        task.cancel()
