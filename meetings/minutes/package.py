"""A version as a package for the e-archive: made of what is frozen, so that it is the same whenever it is made.

It is the version as everybody reads it: of something masked the masked copy, and nothing of what is restricted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any
from uuid import UUID, uuid5

from django.db import transaction

from base.documents.archive.mets import files_of
from base.documents.archive.package import ArchiveRecord, PackedFile, digest_of, written
from base.files.kinds import FileKind
from base.swedish.words import capital
from meetings.approvals import Approvals, version_line
from meetings.letterhead import minutes_name
from meetings.minutes import packed_words as words
from meetings.minutes.editions import Edition
from meetings.minutes.files import Kind, edition_file
from meetings.minutes.when_held import moment_in
from meetings.models import Appendix, Minutes

OURS = UUID("6f1f4a52-5d0e-5b52-9c0e-5f4f0b7d3c1a")
"""The namespace of the identifiers of our packages."""

logger = logging.getLogger(__name__)


def record_of(edition: Edition) -> ArchiveRecord:
    """What is packed of the version, with its PDF and those of its appendices that are kept."""
    return next(_records(edition, [_approvals(edition.minutes)]))


def records_of(edition: Edition) -> Iterator[ArchiveRecord]:
    """The same, and what it has been before with each state of its approval, the latest first."""
    return _records(edition, _approvals(edition.minutes).so_far())


def _records(edition: Edition, states: Iterable[Approvals]) -> Iterator[ArchiveRecord]:
    paper = _document(edition)
    listed = [part for part in edition.content.get("appendices", []) if "key" in part]
    appendices = list(_appended(listed))
    for told in dict.fromkeys(version_line(each, edition.minutes.version, today=date.min) for each in states):
        yield _record(edition, [told] if told else [], paper, appendices)


def _record(
    edition: Edition, approved: list[str], paper: PackedFile, appendices: Sequence[PackedFile]
) -> ArchiveRecord:
    """`approved` says who has approved it, and when; nothing where nobody is to."""
    content, minutes = edition.content, edition.minutes
    said = " ".join((f"{paper.digest} {minutes.meeting_id}.{minutes.version} {edition.masked_at}", *approved))
    return ArchiveRecord(
        key=uuid5(OURS, said),
        kind=paper.title,
        title=f"{paper.title}, {content['title']}, version {minutes.version}",
        number=content.get("registry_no", ""),
        creator=content.get("creator") or content["group"],  # older ones have but what they are signed with
        happened_at=moment_in(content["started_at"] or content["starts_at"]),
        made_at=edition.made_at,
        version=minutes.version,
        access=words.ACCESS,
        notes=(*approved, *words.notes(edition, missing=len(content.get("appendices", [])) - len(appendices))),
        is_redacted=edition.masked_at is not None,
        files=(paper, *appendices),
    )


def package_file(record: ArchiveRecord) -> IO[bytes]:
    """The package as a temporary file, at its beginning. Raises FileChanged when an appendix was erased meanwhile."""
    return written(record, files_of(record, words.read_me(record)))


def package_name(edition: Edition) -> str:
    """The file's name: minnesanteckningar-2026-11-25-mote-2026-7-version-2-paket.zip."""
    return f"{minutes_name(edition.minutes, 'maskerad-kopia-paket' if edition.masked_at else 'paket')}.zip"


def package_sum(minutes: Minutes) -> str:
    """The SHA-256 of the package as it is now; empty where it can not be made, which is logged."""
    try:
        with transaction.atomic(), package_file(record_of(Edition.of(minutes))) as file:
            return digest_of(file)
    except Exception:
        logger.exception("Version %s of meeting %s has no package", minutes.version, minutes.meeting.number)
        return ""


def _approvals(minutes: Minutes) -> Approvals:
    return Approvals.of(minutes.meeting, list(Minutes.objects.of(minutes.meeting).order_by("-version")))


def _document(edition: Edition) -> PackedFile:
    name = minutes_name(edition.minutes, "maskerad-kopia" if edition.masked_at else "")
    kind, content = capital(edition.minutes.called.name), edition_file(edition, Kind.PDF)
    return PackedFile.of(f"data/{name}.pdf", kind, "application/pdf", content)


def _appended(listed: list[dict[str, Any]]) -> Iterator[PackedFile]:
    """The files that the minutes name, by the numbers and names that they have there; none that has been erased."""
    kept = Appendix.objects.unrestricted().filter(erased_at=None).in_bulk([part["key"] for part in listed])
    for part in listed:
        if appendix := kept.get(part["key"]):
            kind, number = FileKind(appendix.kind), int(part["number"])
            yield PackedFile(
                f"data/bilaga-{number}{kind.suffix}",
                f"Bilaga {number}: {part['title']}",
                kind.media_type,
                appendix.size,
                appendix.digest,
                appendix.content,
            )
