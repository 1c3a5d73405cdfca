"""A request that has come as far as a view."""

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def with_messages(request: WSGIRequest) -> WSGIRequest:
    """The same, with a session and a place for messages."""
    SessionMiddleware(view).process_request(request)
    MessageMiddleware(view).process_request(request)
    return request
