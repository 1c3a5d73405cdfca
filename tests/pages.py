"""What stands on a page."""

from django.test import Client


def text_of(client: Client, address: str = "/") -> str:
    """The page there, the start page unless another is asked for, on one line."""
    return " ".join(client.get(address).content.decode().split())
