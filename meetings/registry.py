"""The minutes on their way to the diarium: that a version is registered there, and that it is mailed to the registrar.

Nothing of the minutes is touched by it. A version that comes later begins unregistered.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from meetings.minutes.package import package_sum
from meetings.models import Meeting, Minutes, RegistryEntry
from meetings.registrar_mails import cause_of, is_on_its_way
from members.actor import Actor
from members.models import Group

Kind = RegistryEntry.Kind

NOT_CLOSED = "Det går att registrera när mötet är avslutat."
NO_ADDRESS = "Registratorns e-postadress är inte inskriven. Skriv in den under Gruppens inställningar."


@transaction.atomic
def mark_registered(minutes: Minutes, *, by: Actor, version: str = "", at: datetime | None = None) -> RegistryEntry:
    """Note that the version is registered in the diarium, by the number that the meeting has.

    Raises Conflict when the meeting is not closed, EditConflict when it has got another number since `version`,
    NotAllowed when it is registered already.
    """
    _lock(minutes.meeting)
    minutes.meeting.check_version(version)
    if is_registered(minutes):
        raise NotAllowed(f"Version {minutes.version} är redan registrerad. Inget är ändrat.")
    return _entry(minutes, Kind.REGISTERED, by=by, at=at, digest=package_sum(minutes))


@transaction.atomic
def take_back_registered(minutes: Minutes, *, by: Actor, at: datetime | None = None) -> RegistryEntry:
    """Note that it was a mistake. Raises Conflict, NotAllowed when it is not registered."""
    _lock(minutes.meeting)
    if not is_registered(minutes):
        raise NotAllowed(f"Version {minutes.version} är inte registrerad. Inget är ändrat.")
    return _entry(minutes, Kind.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def mail_registrar(minutes: Minutes, *, by: Actor, at: datetime | None = None) -> RegistryEntry:
    """Let the version be mailed to the registrar, as it is read when the mail goes.

    Raises Conflict when the meeting is not closed, NotAllowed when there is no address, or such a mail waits already.
    """
    _lock(minutes.meeting)
    if not Group.current().registrar_mail:
        raise NotAllowed(NO_ADDRESS)
    if is_on_its_way(minutes):
        raise NotAllowed(f"Version {minutes.version} är redan på väg till registratorn. Inget är skickat på nytt.")
    entry = _entry(minutes, Kind.MAILED, by=by, at=at)
    cause_of(entry).save()
    return entry


def is_registered(minutes: Minutes) -> bool:
    """Whether the last mark of the version says so."""
    last = RegistryEntry.objects.marks().filter(minutes=minutes).order_by("-at", "-pk").first()
    return last is not None and last.kind == Kind.REGISTERED


def _lock(meeting: Meeting) -> None:
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)


def _entry(
    minutes: Minutes, kind: RegistryEntry.Kind, *, by: Actor, at: datetime | None, digest: str = ""
) -> RegistryEntry:
    facts = {"by": by.member, "at": at or timezone.now(), "package_digest": digest}
    return RegistryEntry.objects.create(minutes=minutes, kind=kind, **facts)
