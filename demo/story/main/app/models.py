from dataclasses import dataclass


@dataclass
class Order:
    number: int
    email: str
    item: str
    is_paid: bool = False
