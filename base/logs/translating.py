"""What Django and waitress log of an answer, told as the rest of the log is: a refusal in one line, a fault with its
trace, once.

Their own lines hold the address as typed, the host as claimed, and a trace for each form that was too old.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext

from base.logs.requests import answering, was_told
from base.logs.security import SecurityEvent, refused

requests = logging.getLogger("temagrupp.request")
faults = logging.getLogger("temagrupp.fault")
server = logging.getLogger("temagrupp.server")

NOT_UNDERSTOOD, FORBIDDEN, TOO_MANY, OUR_FAULT = 400, 403, 429, 500


class Translated(logging.Handler):
    """The handler of Django's loggers `django.request` and `django.security`, with all below it."""

    def emit(self, record: logging.LogRecord) -> None:
        request, status = getattr(record, "request", None), getattr(record, "status_code", None)
        with answering(request) if request else nullcontext():
            event = _event(record.name, status)
            if event:
                if not was_told(request, event):
                    refused(event, status=status)
            elif status and status < OUR_FAULT:
                tell_of_refusal(status)
            else:
                _tell_of_fault(record, status or OUR_FAULT)


class OfTheServer(logging.Handler):
    """The handler of waitress's loggers, which say what was asked for and what a proxy claimed."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            _tell_of_fault(record, OUR_FAULT)
        elif record.module == "proxy_headers":
            tell_of_refusal(NOT_UNDERSTOOD)
        else:
            server.log(record.levelno, record.getMessage())


def tell_of_refusal(status: int) -> None:
    """Of what is nothing for the security log: the status, and who asked, where it was a request."""
    requests.warning("refused", extra={"told": {"event": "refused", "status": status}})


def _tell_of_fault(record: logging.LogRecord, status: int) -> None:
    faults.error("fault", exc_info=record.exc_info, extra={"told": {"event": "fault", "status": status}})


def _event(logger: str, status: int | None) -> SecurityEvent | None:
    """What the security log calls it, where it belongs there. Of a session that another key has signed Django says no
    status: the answer is a page as to anybody who has not signed in.
    """
    if logger == "django.security.csrf":
        return SecurityEvent.CSRF_FAILED
    if logger.startswith("django.security"):
        return SecurityEvent.SUSPICIOUS
    return {FORBIDDEN: SecurityEvent.FORBIDDEN, TOO_MANY: SecurityEvent.LIMIT_REACHED}.get(status or OUR_FAULT)
