"""Orders of the shop."""

from app.db import find_order, save_order, transaction
from app.mail import send_mail
from app.models import Order
from app.stock import count_left, is_available, reserve


async def place_order(order: Order) -> None:
    if not is_available(order.item):
        raise LookupError(order.item)
    reserve(order.item)
    await save_order(order)
    await send_mail(order.email, f"Thank you for order {order.number}.")


async def pay_order(number: int) -> None:
    order = await find_order(number)
    if order is None:
        raise LookupError(number)
    order.is_paid = True
    await save_order(order)


async def describe_stock(item: str) -> str:
    return f"{item}: {count_left(item)} left"


async def cancel_order(order: Order) -> None:
    with transaction() as session:
        await session.delete(order)
