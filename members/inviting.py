"""A member who has never signed in is invited, and comes in by the link in her mail: she chooses a password.

The link is signed, for two weeks, over the invitation and what her account was when the mail was written. To use it
changes her password, and so it can be used once; a changed address or a new invitation makes it void as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from base.logs.security import SecurityEvent, happened
from base.records.conflicts import Acting
from members.models import Invitation, Member, Notice, NoticeCause
from members.models.invitation import OPEN_FOR
from members.models.member import MemberQuerySet

SALT = "members.invitation"
INVITED = "members.invited"
LATELY = timedelta(days=1)
"""Who was invited within it has her mail, or soon has: another would make the link in it void."""


@transaction.atomic
def invite(members: MemberQuerySet, *, by: Acting, at: datetime | None = None) -> list[Member]:
    """Invite those of the members who have never signed in, and owe each of them the mail. Returns whom."""
    invited = _locked(members)
    _invite(invited, by=by, at=at or timezone.now())
    return invited


@transaction.atomic
def invite_the_rest(*, by: Acting, at: datetime | None = None) -> tuple[list[Member], list[Member]]:
    """Invite all who have never signed in, but for those who were invited lately. Returns whom, and whom not."""
    at = at or timezone.now()
    outside = _locked(Member.objects.all())
    lately = set(Invitation.objects.filter(invited_at__gt=at - LATELY).values_list("member", flat=True))
    invited = [member for member in outside if member.pk not in lately]
    _invite(invited, by=by, at=at)
    return invited, [member for member in outside if member.pk in lately]


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


class Mailed(NamedTuple):
    """What became of the mail of an invitation, and when it was written; None where it has not been."""

    state: Notice.State
    written_at: datetime | None


def mails_of(invitations: Iterable[int]) -> dict[int, Mailed]:
    """What became of the mail of each of the invitations; nothing of those that are so old that nobody knows."""
    causes = NoticeCause.objects.filter(kind=INVITED, key__in=[str(pk) for pk in invitations])
    told = causes.values_list("key", "notices__state", "notices__handed_at")
    return {int(key): Mailed(Notice.State(state or Notice.State.WAITING), at) for key, state, at in told}


def mail_of(member: Any) -> Mailed | None:
    """What became of the mail of the latest invitation of a member of `with_invited_at`; None where she has come in."""
    is_asked = member.invitation and member.last_login is None
    return mails_of([member.invitation]).get(member.invitation) if is_asked else None


def link_is_over(invited_at: datetime, mailed: Mailed | None) -> bool:
    """Whether the link of an invitation is too old: its time begins when the mail is written, whenever it was asked.

    Of a mail that nobody knows any more it began with the invitation.
    """
    began = mailed.written_at if mailed else invited_at
    return began is not None and timezone.now() - began > OPEN_FOR


def _locked(members: MemberQuerySet) -> list[Member]:
    """The samordnare first, as the verbs that change a member lock them."""
    return list(members.never_signed_in().order_by("-is_coordinator", "pk").select_for_update(no_key=True))


def _invite(members: Sequence[Member], *, by: Acting, at: datetime) -> None:
    rows = Invitation.objects.bulk_create(
        Invitation(member=member, invited_by=by.member, invited_at=at) for member in members
    )
    NoticeCause.objects.note(NoticeCause.of(INVITED, row.pk, at=at, due=at) for row in rows)
    for member in members:
        happened(SecurityEvent.INVITED, about=member.pk)
