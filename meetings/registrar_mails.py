"""The mail to the registrar: the minutes as a PDF and as a package, to the address that the group has for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db.models import Q

from base.documents.archive.package import ArchiveRecord
from base.documents.archive.package import digest_of as digest_of_package
from issues.notices import TOLD_AFTER
from meetings.calling import thing_of
from meetings.minutes.editions import Edition
from meetings.minutes.package import package_file, package_name, record_of
from meetings.models import Minutes, RegistryEntry
from meetings.models.minutes import digest_of
from meetings.texts import registry as texts
from members.models import Group, Notice, NoticeCause, OutsideContact
from members.outbox.kinds import AttachedFile, NoticeKind, NoticeWords, Receiver

MAILED = "meetings.registrar"
MOST_ATTACHED = 12 * 1024 * 1024
"""Bytes of all files in one mail: each becomes a third larger on its way, and many mailboxes take 20 MB at most."""


def cause_of(entry: RegistryEntry) -> NoticeCause:
    """That somebody asked for the mail; not kept yet. It goes when the closing can not be undone any longer."""
    meeting, facts = entry.minutes.meeting, {"entry": entry.pk, "minutes": entry.minutes_id}
    due = entry.at
    if meeting.closed_at and not meeting.sent_at:
        due = max(due, meeting.closed_at + TOLD_AFTER)
    return NoticeCause.of(MAILED, entry.pk, at=entry.at, due=due, thing=thing_of(meeting), **facts)


def is_on_its_way(minutes: Minutes) -> bool:
    """Whether it has been asked for and not been sent yet."""
    waits = Q(addressed_at=None) | Q(notices__state__in=(Notice.State.WAITING, Notice.State.HANDING))
    return NoticeCause.objects.filter(waits, kind=MAILED, facts__minutes=minutes.pk).exists()


def states_of(entries: Collection[RegistryEntry]) -> dict[int, str]:
    """By entry how far its mail has come: a state of a notice; none of those that nobody knows of any longer.

    One that was for nobody when it was to go is dropped.
    """
    asked = [f"{entry.pk}" for entry in entries if entry.kind == RegistryEntry.Kind.MAILED]
    if not asked:
        return {}
    causes = NoticeCause.objects.filter(kind=MAILED, key__in=asked)
    return {
        int(key): state or (Notice.State.DROPPED if addressed else Notice.State.WAITING)
        for key, state, addressed in causes.values_list("key", "notices__state", "addressed_at")
    }


def mailed_since(entries: Collection[RegistryEntry], since: datetime) -> set[int]:
    """The versions, by their keys, of those of the entries whose mail has gone since then, or may have."""
    asked = {f"{entry.pk}": entry.minutes_id for entry in entries if entry.kind == RegistryEntry.Kind.MAILED}
    if not asked:
        return set()
    gone = Notice.objects.filter(state__in=Notice.REACHED, handed_at__gte=since, cause__kind=MAILED)
    return {asked[key] for key in gone.filter(cause__key__in=asked).values_list("cause__key", flat=True)}


def receivers(cause: NoticeCause) -> Iterable[Receiver]:
    """The registrar, at the address that the group has now; nobody where the closing was undone."""
    address = Group.current().registrar_mail
    return [OutsideContact.objects.at(address)] if address and _entry_of(cause) else []


def write(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """What is sent, with its files as far as a mail takes them; nothing where it goes to the registrar no longer."""
    entry = _entry_of(cause)
    if entry is None or receiver.mail_address != Group.current().registrar_mail:
        return None
    edition = Edition.of(entry.minutes)
    record = record_of(edition)
    files = _attached(record, edition, entry)
    return NoticeWords(
        texts.mail_line(entry.minutes),
        "",
        "",
        texts.mail_text(record, edition, attached=len(files)),
        files,
        replies_to=entry.by.mail_address if entry.by.takes_mail else "",
        below=texts.answer_to(entry.by) if entry.by.takes_mail else "",
    )


def _attached(record: ArchiveRecord, edition: Edition, entry: RegistryEntry) -> tuple[AttachedFile, ...]:
    """The PDF and the package; the PDF alone where that is too much, or none of them."""
    paper, says = record.files[0], digest_of(edition.content)
    if paper.size > MOST_ATTACHED:
        return ()
    name = paper.path.rpartition("/")[2]
    pdf = AttachedFile(name, lambda: b"".join(paper.chunks()), paper.media_type, says=says)
    if paper.size + record.size > MOST_ATTACHED:
        return (pdf,)
    packed = partial(_packed, record, entry)
    return pdf, AttachedFile(package_name(edition), packed, "application/zip", says=says)


def _packed(record: ArchiveRecord, entry: RegistryEntry) -> bytes:
    """The package as it goes, whose sum is kept so that it is known again; once, also where it is handed over twice."""
    with package_file(record) as file:
        digest, content = digest_of_package(file), file.read()
    sent = {"minutes": entry.minutes, "kind": RegistryEntry.Kind.SENT, "package_digest": digest}
    if not RegistryEntry.objects.filter(**sent).exists():
        RegistryEntry.objects.create(**sent, by=entry.by)
    return content


def _entry_of(cause: NoticeCause) -> RegistryEntry | None:
    """What was asked for, as long as the version stands."""
    of_standing = RegistryEntry.objects.filter(minutes__in=Minutes.objects.standing(), pk=cause.facts["entry"])
    return of_standing.select_related("minutes__meeting", "minutes__masked", "by").first()


KIND = NoticeKind(MAILED, None, "mötesanteckningar till registratorn", receivers, write, alone=True)
