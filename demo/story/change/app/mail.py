import asyncio


async def send_mail(address: str, text: str) -> None:
    reader, writer = await asyncio.open_connection("mail.internal", 25)
    writer.write(f"{address}\n{text}\n".encode())
    await writer.drain()
    writer.close()
    await reader.read()


async def send_mails(addresses: list[str], text: str) -> None:
    asyncio.gather(*(send_mail(address, text) for address in addresses))
