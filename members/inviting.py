"""A member who has never signed in is invited, and comes in by the link in her mail: she chooses a password.

The link is signed, for two weeks, over the invitation and what her account was when the mail was written. To use it
changes her password, and so it can be used once; a changed address or a new invitation makes it void as well.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from base.logs.security import SecurityEvent, happened
from base.records.conflicts import Acting
from members.models import Invitation, Member, NoticeCause
from members.models.invitation import OPEN_FOR
from members.models.member import MemberQuerySet

SALT = "members.invitation"
INVITED = "members.invited"


@transaction.atomic
def invite(members: MemberQuerySet, *, by: Acting, at: datetime | None = None) -> list[Member]:
    """Invite those of the members who have never signed in, and owe each of them the mail. Returns whom."""
    at = at or timezone.now()
    invited = list(members.never_signed_in().order_by("pk").select_for_update(no_key=True))
    rows = Invitation.objects.bulk_create(
        Invitation(member=member, invited_by=by.member, invited_at=at) for member in invited
    )
    NoticeCause.objects.note(NoticeCause.of(INVITED, row.pk, at=at, due=at) for row in rows)
    for member in invited:
        happened(SecurityEvent.INVITED, about=member.pk)
    return invited


@transaction.atomic
def come_in(token: str, password: str) -> Member | None:
    """Give the one whom the link is for her password; None where it has been used or made void meanwhile."""
    invitation = read(token)
    if invitation is None:
        return None
    Member.objects.select_for_update(no_key=True).get(pk=invitation.member_id)
    invitation = read(token)  # what somebody else has committed while the row was waited for
    if invitation is None:
        return None
    member = invitation.member
    member.set_password(password)
    member.save(update_fields=["password"])
    happened(SecurityEvent.INVITATION_ACCEPTED, about=member.pk)
    return member


def token_for(invitation: Invitation) -> str:
    return signing.dumps([invitation.pk, _seal(invitation.member)], salt=SALT)


def read(token: str) -> Invitation | None:
    """The invitation that the link is for, as long as she can come in by it."""
    try:
        key, seal = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    invitation = Invitation.objects.select_related("member").filter(pk=key).first()
    is_hers = invitation is not None and constant_time_compare(seal, _seal(invitation.member))
    return invitation if invitation and is_hers and invitation.is_in_force else None


def _seal(member: Member) -> str:
    """Another after each change of her password or address."""
    return salted_hmac(SALT, f"{member.password} {member.email}", algorithm="sha256").hexdigest()[:32]
