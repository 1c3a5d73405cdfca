"""What is said of the minutes and the diarium: on their page, in the receipts and in the mail to the registrar."""

from __future__ import annotations

from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from base.documents.archive.package import ArchiveRecord
from base.swedish.words import capital, day_and_month, sentence, swedish_moment
from issues.models.event_sentences import meeting_in_passing
from meetings.minutes.editions import Edition
from meetings.models import Minutes, RegistryEntry
from members.models import Member, MinutesWords, Notice

Kind, State = RegistryEntry.Kind, Notice.State

HOW_FAR = {
    State.WAITING: "väntar på att skickas",
    State.HANDING: "skickas nu",
    State.SENT: "skickat",
    State.DROPPED: "skickades inte, för det gällde inte längre",
    State.REFUSED: "kom inte fram",
    State.UNCERTAIN: "kan ha kommit fram",
    State.LEFT_UNCERTAIN: "kan ha kommit fram",
}
TAKE_THE_PACKAGE = "Paketet för e-arkivet är för stort för ett mejl ({}). Svara på det här mejlet om ni vill ha det."
TOO_LARGE = "Filerna är för stora för ett mejl ({}). Svara på det här mejlet, så lämnas de på ett annat sätt."
WITH_PACKAGE = (
    "Bifogat: {} som PDF/A, och ett paket för e-arkivet (FGS Paketstruktur 2.0 och "
    "FGS Ärendehantering 2.0) med {} och uppgifterna om {}."
)
PDF_ALONE = "Bifogat: {} som PDF/A."


def entry_line(entry: RegistryEntry, number: str, state: str, *, today: date) -> str:
    """Registrerad i dag 14.10 av Maja Exempel, diarienummer KS 2026/12. · Mejl till registratorn …: skickat."""
    when = f"{swedish_moment(entry.at, today=today)} av {entry.by}"
    match entry.kind:
        case Kind.REGISTERED:
            return sentence(f"Registrerad {when}, {f'diarienummer {number}' if number else 'utan diarienummer'}")
        case Kind.TAKEN_BACK:
            return f"Markeringen togs tillbaka {when}."
    how_far = f": {HOW_FAR[State(state)]}" if state else ""
    return f"Mejl till registratorn {when}{how_far}."


def registered_in_passing(minutes: Minutes, at: datetime, *, today: date) -> str:
    """Version 2 är registrerad i diariet 3 december."""
    day = day_and_month(timezone.localdate(at), today=today)
    return f"Version {minutes.version} är registrerad i diariet {day}."


def receipt(entry: RegistryEntry) -> str:
    version = f"Version {entry.minutes.version}"
    match entry.kind:
        case Kind.REGISTERED:
            return f"{version} är markerad som registrerad."
        case Kind.TAKEN_BACK:
            return f"{version} är inte längre markerad som registrerad."
    return f"{version} mejlas till registratorn."


def mail_line(minutes: Minutes) -> str:
    """Minnesanteckningar för registrering: mötet 25 november 2026, version 1."""
    return f"{capital(minutes.called.name)} för registrering: {_which(minutes)}, version {minutes.version}."


def mail_text(record: ArchiveRecord, edition: Edition, *, attached: int) -> str:
    """What is handed in, by which number, what is attached, and the sum of the file."""
    number = sentence(f"Diarienummer: {record.number}") if record.number else "Det har inget diarienummer än."
    size, called = filesizeformat(record.size), edition.minutes.called
    files = [
        TOO_LARGE.format(size),
        f"{PDF_ALONE.format(called.definite)} {TAKE_THE_PACKAGE.format(size)}",
        WITH_PACKAGE.format(called.definite, *_packed(called, len(record.files) - 1)),
    ][attached]
    handed_in = f"{record.creator} lämnar in {called.definite} från {_which(edition.minutes)} för registrering."
    sums = f"PDF-filens SHA-256: {record.files[0].digest}"
    return "\n\n".join((f"{handed_in} {number}", *record.notes, files, sums))


def _packed(called: MinutesWords, appendices: int) -> tuple[str, str]:
    """What is in the package, and whom its facts are about: det, bilagan · dem."""
    if not appendices:
        return called.them, called.them
    return f"{called.them}, {'bilagan' if appendices == 1 else 'bilagorna'}", "dem"


def answer_to(sender: Member) -> str:
    """Who reads what is written back."""
    return f"Svara på det här mejlet med diarienumret, eller om något är fel. {sender} läser svaret."


def _which(minutes: Minutes) -> str:
    return meeting_in_passing(minutes.meeting.day, is_extra=minutes.meeting.is_extra, today=date.min)
