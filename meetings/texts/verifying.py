"""What is said of a document that was compared with those that the register keeps; the page and the command say it."""

from __future__ import annotations

from datetime import date

from issues.models.event_sentences import meeting_in_passing
from meetings.minutes.verifying import Verified

UNKNOWN = "Filen känns inte igen."
WHY_UNKNOWN = (
    "Antingen har den ändrats, till exempel genom att sparas på nytt i ett annat program, eller så är den ett utkast, "
    "en maskerad kopia eller en fil som skapas på nytt varje gång. De har ingen kontrollsumma. Ett paket för e-arkivet "
    "känns igen om det mejlades till registratorn eller gällde när versionen markerades som registrerad, och annars så "
    "länge inget annat än justeringen är ändrat sedan det gjordes."
)
MASKED = "Något i den har maskerats sedan dess. Sprid den inte vidare."


def told(verified: Verified | None) -> str:
    """Filen är oförändrad: minnesanteckningarna från mötet 11 november 2026, version 1 (PDF)."""
    if verified is None:
        return UNKNOWN
    minutes = verified.minutes
    of = meeting_in_passing(minutes.meeting.day, is_extra=minutes.meeting.is_extra, today=date.min)
    return f"Filen är oförändrad: {verified.called.definite} från {of}, version {minutes.version} ({verified.kind})."


def more(verified: Verified | None) -> str:
    """Why a file may be none of those, or that a later version has been made, or something masked; nothing else."""
    if verified is None:
        return WHY_UNKNOWN
    newer = "" if verified.is_latest else f"Det finns en senare version: {verified.latest}."
    return " ".join(filter(None, (newer, MASKED if verified.minutes.masked_copy else "")))
