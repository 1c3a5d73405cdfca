"""What Django logs of an answer, told as the rest of the log is: a refusal in one line, a fault with its trace, once.

Django's own lines hold the address as typed, the host as claimed, and a trace for each form that was too old.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext

from base.logs.requests import answering, was_told
from base.logs.security import SecurityEvent, refused

requests = logging.getLogger("temagrupp.request")
faults = logging.getLogger("temagrupp.fault")

FORBIDDEN, TOO_MANY, OUR_FAULT = 403, 429, 500


class Translated(logging.Handler):
    """The handler of Django's loggers `django.request` and `django.security`, with all below it."""

    def emit(self, record: logging.LogRecord) -> None:
        request, status = getattr(record, "request", None), getattr(record, "status_code", None)
        with answering(request) if request else nullcontext():
            event = _event(record.name, status)
            if not event and (status or OUR_FAULT) >= OUR_FAULT:
                told = {"event": "fault", "status": status or OUR_FAULT}
                faults.error("fault", exc_info=record.exc_info, extra={"told": told})
            elif event:
                if not was_told(request, event):
                    refused(event, status=status)
            else:
                requests.warning("refused", extra={"told": {"event": "refused", "status": status}})


def _event(logger: str, status: int | None) -> SecurityEvent | None:
    """What the security log calls it, where it belongs there. Of a session that another key has signed Django says no
    status: the answer is a page as to anybody who has not signed in.
    """
    if logger == "django.security.csrf":
        return SecurityEvent.CSRF_FAILED
    if logger.startswith("django.security"):
        return SecurityEvent.SUSPICIOUS
    return {FORBIDDEN: SecurityEvent.FORBIDDEN, TOO_MANY: SecurityEvent.LIMIT_REACHED}.get(status or OUR_FAULT)
