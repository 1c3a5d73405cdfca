from __future__ import annotations

from django.db import models
from django.utils.crypto import get_random_string

from base.records import Timestamped
from members.models import Member

NONCE_LENGTH = 22


def new_nonce() -> str:
    return get_random_string(NONCE_LENGTH)


class CalendarFeed(Timestamped):
    """That a member's own calendar reads when the meetings are, by an address of hers (`meetings/feed.py`).

    The address is signed over the nonce: another nonce is another address, and no row is none.
    """

    deletable = True

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=NONCE_LENGTH, default=new_nonce)

    def __str__(self) -> str:
        return f"{self.member}"
