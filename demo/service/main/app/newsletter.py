from app.db import fetch_users
from app.mail import send_mail


async def send_newsletter(text: str) -> int:
    users = await fetch_users()
    for user in users:
        await send_mail(user, text)
    return len(users)
