"""Orders of the shop."""

from app.db import find_order, save_order
from app.mail import send_mail
from app.models import Order


async def place_order(order: Order) -> None:
    await save_order(order)
    await send_mail(order.email, f"Thank you for order {order.number}.")


async def pay_order(number: int) -> None:
    order = await find_order(number)
    if order is None:
        raise LookupError(number)
    order.is_paid = True
    await save_order(order)
