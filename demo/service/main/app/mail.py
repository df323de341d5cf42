import asyncio

from app.models import User


async def send_mail(user: User, text: str) -> None:
    await asyncio.sleep(0.01)
    print(f"to {user.email}: {text}")


async def mail_limits() -> tuple[int, int]:
    return 100, 1000
