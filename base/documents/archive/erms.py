"""The metadata of the document, as FGS Ärendehantering 2.0 (CITS ERMS 2.1) has it: a case file with one record."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from base.documents.archive.markup import ERMS, Attributes, document, element, located, moment
from base.documents.archive.package import REPRESENTATION, ArchiveRecord

SUM = "SHA-256"


def erms_of(record: ArchiveRecord) -> bytes:
    """The whole document. The order of the elements is the schema's."""
    return document(
        _e("erms", _control(record), _e("aggregations", _case_file(record)), attributes=located(ERMS)),
    )


def _control(record: ArchiveRecord) -> ET.Element:
    made = _e(
        "maintenanceEvent",
        _e("eventType", attributes={"value": "created"}),
        _said("eventDateTime", moment(record.made_at)),
        _agent(record, "creator"),
    )
    return _e(
        "control",
        _said("identification", record.name, identificationType="packageId"),
        _e(
            "maintenanceInformation",
            _e("maintenanceStatus", attributes={"value": "new"}),
            _e("maintenanceAgency", _said("agencyName", record.creator)),
            _e("maintenanceHistory", made),
        ),
    )


def _case_file(record: ArchiveRecord) -> ET.Element:
    return _e(
        "aggregation",
        _said("objectId", record.number or f"{record.key}"),
        _said("title", record.title),
        _e("status", attributes={"value": "closed"}),
        _e("agents", _agent(record, "creator")),
        _record(record),
        attributes={"systemIdentifier": f"{record.key}", "aggregationType": "caseFile"},
    )


def _record(record: ArchiveRecord) -> ET.Element:
    identifiers = [_said("identification", record.number, identificationType="diarienummer")] if record.number else []
    notes = [_said("note", note) for note in record.notes]
    attributes = {
        "systemIdentifier": f"{record.key}",
        "recordType": record.kind,
        "recordPhysicalOrDigital": "digital",
    }
    return _e(
        "record",
        _said("objectId", f"{record.key}"),
        _said("extraId", f"{record.version}", extraIdType="version"),
        *identifiers,
        _said("title", record.title),
        *([_said("relation", "originalet", relationType="is_redacted_version_of")] if record.is_redacted else []),
        _e("agents", _agent(record, "creator")),
        _e(
            "dates",
            _said("date", moment(record.happened_at), dateType="originated"),
            _said("date", moment(record.made_at), dateType="created"),
        ),
        _said("access", record.access),
        *([_e("notes", *notes)] if notes else []),
        _e("additionalInformation", *_files(record)),
        attributes=attributes,
    )


def _files(record: ArchiveRecord) -> Iterator[ET.Element]:
    """Each file by its name and path, and then the sum of each, for which the schema has no place of its own."""
    for file in record.files:
        path = f"file:///{REPRESENTATION}/{file.path}"
        yield _e("appendix", attributes={"name": file.title, "fileFormat": file.media_type, "path": path})
    sums = [
        _e(
            "ownElement",
            _said("value", file.digest),
            attributes={"name": f"{REPRESENTATION}/{file.path}", "dataType": "string", "format": SUM},
        )
        for file in record.files
    ]
    yield _e("ownElement", _said("ownElementDescription", f"{SUM} of each file, by its path"), *sums)


def _agent(record: ArchiveRecord, kind: str) -> ET.Element:
    return _e("agent", _said("name", record.creator), attributes={"agentType": kind})


def _e(name: str, *children: ET.Element, attributes: Attributes | None = None) -> ET.Element:
    return element(ERMS, name, "", *children, attributes=attributes)


def _said(name: str, text: str, **attributes: str) -> ET.Element:
    return element(ERMS, name, text, attributes=attributes)
