from dataclasses import dataclass


@dataclass
class User:
    name: str
    email: str
    is_active: bool = True
