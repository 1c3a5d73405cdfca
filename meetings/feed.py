"""A member's own address, at which her calendar reads when the meetings are, and nothing else. It asks for no sign-in.

Whoever has the address can read that. It is hers to change or take away, and ends when she may no longer sign in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from base.logs.security import SecurityEvent, happened
from base.records import Conflict
from meetings.calendar import published
from meetings.models import CalendarFeed, Meeting
from meetings.models.feed import new_nonce
from members.actor import Actor
from members.models import Member

SIGNER = signing.Signer(salt="meetings.feed")
LOOKED_BACK = timedelta(days=365)


@transaction.atomic
def make_feed(*, by: Actor) -> CalendarFeed:
    """Give her an address. Raises Conflict when she has one: another would end what her calendar reads."""
    feed, is_new = CalendarFeed.objects.get_or_create(member=by.member)
    if not is_new:
        raise Conflict("Du har redan en adress.")
    happened(SecurityEvent.FEED_MADE)
    return feed


@transaction.atomic
def change_feed(*, by: Actor) -> CalendarFeed:
    """Give her another address instead of the one that she has. Raises Conflict when she has none."""
    feed = _locked(by)
    feed.nonce = new_nonce()
    feed.save(update_fields=["nonce", "updated_at"])
    happened(SecurityEvent.FEED_MADE)
    return feed


@transaction.atomic
def end_feed(*, by: Actor) -> None:
    """Take her address away. Raises Conflict when she has none."""
    _locked(by).delete()
    happened(SecurityEvent.FEED_ENDED)


def token_for(feed: CalendarFeed) -> str:
    """The same as long as the feed has its nonce: a calendar keeps the address that it was given."""
    return SIGNER.sign_object([feed.member_id, feed.nonce])


def read(token: str) -> Member | None:
    """Whose address it is; None where it is no longer anybody's."""
    try:
        member, nonce = SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    feed = CalendarFeed.objects.select_related("member").filter(member=member, member__is_active=True).first()
    return feed.member if feed and constant_time_compare(feed.nonce, nonce) else None


def feed_file(member: Member, *, at: datetime | None = None) -> bytes:
    """The meetings of the last year and those to come that she may know of, as an iCalendar file."""
    since = (at or timezone.now()) - LOOKED_BACK
    return published(Meeting.objects.visible_to(member).filter(starts_at__gte=since).order_by("starts_at", "pk"))


def _locked(by: Actor) -> CalendarFeed:
    feed = CalendarFeed.objects.select_for_update(no_key=True).filter(member=by.member).first()
    if feed is None:
        raise Conflict("Du har ingen adress längre.")
    return feed
