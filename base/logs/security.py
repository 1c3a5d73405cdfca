"""The security log: who came in, who was turned away, and what changed in who may do what.

An entry is a word of `SecurityEvent` and numbers. The types take nothing else, so that no name, no address and nothing
that anybody typed comes into it. Who acts, in which request and by which route stands on every line of the log anyway.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import transaction

from base.logs.requests import asked, note_told

logger = logging.getLogger("temagrupp.security")


class SecurityEvent(StrEnum):
    """What is told of. `about` is the member whom it concerns, where it is not she who acts."""

    # What was done
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    RESET_ASKED = "reset_asked"
    RESET_DONE = "reset_done"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  what is told, not what is secret
    ADDRESS_CHANGED = "address_changed"
    INVITED = "invited"
    INVITATION_ACCEPTED = "invitation_accepted"
    MEMBER_ENTERED = "member_entered"
    MEMBER_CLOSED = "member_closed"
    MEMBER_OPENED = "member_opened"
    COORDINATOR_GIVEN = "coordinator_given"
    COORDINATOR_TAKEN = "coordinator_taken"
    READER_GIVEN = "reader_given"
    READER_TAKEN = "reader_taken"
    HANDLER_GIVEN = "handler_given"
    HANDLER_TAKEN = "handler_taken"
    SEAT_GIVEN = "seat_given"
    SEAT_ENDED = "seat_ended"
    SEAT_WITHDRAWN = "seat_withdrawn"
    ACCESS_GIVEN = "access_given"
    ACCESS_TAKEN = "access_taken"
    RESTRICTED = "restricted"
    RESTRICTION_LIFTED = "restriction_lifted"
    RESTRICTED_OPENED = "restricted_opened"
    ORIGINAL_OPENED = "original_opened"
    OWN_DATA_TAKEN = "own_data_taken"
    FEED_MADE = "feed_made"
    FEED_ENDED = "feed_ended"
    DEMO_STARTED = "demo_started"

    # What was refused
    SIGN_IN_FAILED = "sign_in_failed"
    LIMIT_REACHED = "limit_reached"
    REAUTHENTICATION_FAILED = "reauthentication_failed"
    FORBIDDEN = "forbidden"
    CSRF_FAILED = "csrf_failed"
    SUSPICIOUS = "suspicious"


MET_FROM_OUTSIDE = {SecurityEvent.SIGN_IN_FAILED, SecurityEvent.LIMIT_REACHED}
"""The refusals that tell the address of who asked: there is nobody else to tell of, and it is what one shuts out."""


def happened(event: SecurityEvent, **numbers: int | None) -> None:
    """Tell of what was done, once it is saved: what is rolled back did not happen.

    `about` is the key of a member, `organisation`, `issue` and so on of a thing; None is left out.
    """
    entry = _entry(event, numbers)
    transaction.on_commit(lambda: logger.info(event, extra=entry), robust=True)  # a partial has no name for the log


def refused(event: SecurityEvent, **numbers: int | None) -> None:
    """Tell of what was refused, at once: what belongs to it is rolled back, and it happened all the same."""
    logger.warning(event, extra=_entry(event, numbers))
    note_told(event)


@contextmanager
def untold() -> Iterator[None]:
    """While it lasts nothing is told: for what is invented, and did not happen."""
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = False


def _entry(event: SecurityEvent, numbers: dict[str, int | None]) -> dict[str, object]:
    told = {name: number for name, number in numbers.items() if number is not None}
    told_of = {"event": str(event), **told}
    return {"told": told_of, "asked": asked(), "tells_address": event in MET_FROM_OUTSIDE}
