"""What the package says in words, to an archivist who has nothing else; all of it follows from what is frozen."""

from __future__ import annotations

from base.documents.archive.mets import SOFTWARE
from base.documents.archive.package import REPRESENTATION, ArchiveRecord
from base.swedish.words import capital, in_words
from meetings.minutes.editions import Edition

ACCESS = (
    "Ingen sekretess är angiven. Varje begäran om att få ta del av handlingen prövas enligt offentlighets- och "
    "sekretesslagen."
)
MASKED = "Maskerad kopia: uppgifter är maskerade. Originalet finns kvar hos gruppens samordnare."


def notes(edition: Edition, *, missing: int) -> tuple[str, ...]:
    """What is to be known of the version: that it is masked, and that appendices which it names are not there."""
    masked = [MASKED] if edition.masked_at else []
    they = capital(edition.minutes.called.definite)
    without = f"{they} nämner {in_words(missing, 'bilaga', 'bilagor')} som inte är med."
    return (*masked, without) if missing else tuple(masked)


def read_me(record: ArchiveRecord) -> str:
    """The file that tells what the package is, what lies in it and how to see that nothing has been changed."""
    number = f"Diarienummer: {record.number}" if record.number else "Diarienummer: inget angivet"
    told = [
        record.title,
        f"Arkivbildare: {record.creator}",
        number,
        "",
        f"Paketet är gjort av {SOFTWARE} enligt FGS Paketstruktur 2.0 (E-ARK CSIP och SIP 2.1.0) och",
        "FGS Ärendehantering 2.0 (CITS ERMS 2.1). Vilka XML-scheman som gäller står i schemas/package.xsd.",
        "",
        record.access,
        *record.notes,
        "",
        "Filer, med SHA-256:",
        *(line for file in record.files for line in _told(file.title, file.path, file.digest)),
    ]
    return "\r\n".join(told) + "\r\n"


def _told(title: str, path: str, digest: str) -> tuple[str, ...]:
    return (f"{title}", f"  {REPRESENTATION}/{path}", f"  {digest}")
