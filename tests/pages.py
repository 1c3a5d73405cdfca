"""What stands on a page."""

from typing import Any, Protocol

from django.core.handlers.wsgi import WSGIRequest
from django.http.response import ResponseHeaders
from django.test import Client


class Response(Protocol):
    """What Django's test client gives back; the type checker's own name for it cannot be imported."""

    status_code: int
    content: bytes
    context: Any
    headers: ResponseHeaders
    request: dict[str, Any]
    redirect_chain: list[tuple[str, int]]
    wsgi_request: WSGIRequest

    def __getitem__(self, header: str) -> str: ...

    def json(self) -> Any: ...


def text_of(client: Client, address: str = "/") -> str:
    """The page there, the start page unless another is asked for, on one line."""
    return " ".join(client.get(address).content.decode().split())
