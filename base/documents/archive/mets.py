"""The package's own description of itself: METS as E-ARK CSIP and SIP 2.1.0 have it.

One METS for the package, and one for its one representation, where the files are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from base.documents.archive.erms import erms_of
from base.documents.archive.markup import (
    CSIP,
    ERMS,
    LOCATIONS,
    METS,
    SCHEMA,
    SIP,
    XLINK,
    Attributes,
    document,
    element,
    located,
    moment,
    within,
)
from base.documents.archive.package import REPRESENTATION, XML, ArchiveRecord, PackedFile

PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CATEGORY = "Textual works – Digital"
CONTENT_TYPE = "citserms_v2_1"
SOFTWARE, SOFTWARE_VERSION = "Temagruppens register", "1"
"""What writes the package, and in which way: another number when the same record would be written otherwise."""

REP = "Representations/rep1"


def files_of(record: ArchiveRecord, read_me: str) -> Iterator[PackedFile]:
    """All that lies in the package, by paths from its root; its own description first."""
    erms = PackedFile.of("metadata/descriptive/ERMS.xml", "ERMS", XML, erms_of(record))
    schemas = PackedFile.of("schemas/package.xsd", "Scheman", XML, _schemas())
    about = PackedFile.of("documentation/LAS-MIG.txt", "Läs mig", "text/plain", read_me.encode())
    inner = PackedFile.of("METS.xml", record.title, XML, _representation(record)).within(REPRESENTATION)
    outer = PackedFile.of("METS.xml", record.title, XML, _package(record, erms, about, schemas, inner))
    yield from (outer, erms, about, schemas, inner)
    yield from (file.within(REPRESENTATION) for file in record.files)


def _package(
    record: ArchiveRecord, erms: PackedFile, about: PackedFile, schemas: PackedFile, inner: PackedFile
) -> bytes:
    metadata = _e(
        "dmdSec",
        _e(
            "mdRef",
            attributes={**_link(erms), "MDTYPE": "OTHER", "OTHERMDTYPE": "ERMS", **_fixed(erms, record)},
        ),
        attributes={"ID": "dmd-erms", "CREATED": moment(record.made_at), "STATUS": "CURRENT"},
    )
    groups = (
        _group(record, "Documentation", "grp-documentation", [about]),
        _group(record, "Schemas", "grp-schemas", [schemas]),
        _group(record, REP, "grp-rep1", [inner], CONTENT_TYPE),
    )
    pointer = _e(
        "mptr",
        attributes={
            "LOCTYPE": "URL",
            within(XLINK, "type"): "simple",
            within(XLINK, "href"): inner.path,
            within(XLINK, "title"): "grp-rep1",
        },
    )
    rep = _e("div", pointer, attributes={"ID": "div-rep1", "LABEL": REP})
    divisions = (
        _e("div", attributes={"ID": "div-metadata", "LABEL": "Metadata", "DMDID": "dmd-erms"}),
        _division("Documentation", "grp-documentation"),
        _division("Schemas", "grp-schemas"),
        _division("Representations", "grp-rep1", rep),
    )
    return _mets(record, record.name, metadata, groups, divisions)


def _representation(record: ArchiveRecord) -> bytes:
    group = _group(record, "Data", "grp-data", record.files)
    return _mets(record, "rep1", None, [group], [_division("Data", "grp-data")])


def _mets(
    record: ArchiveRecord,
    name: str,
    metadata: ET.Element | None,
    groups: Sequence[ET.Element],
    divisions: Sequence[ET.Element],
) -> bytes:
    top = _e("div", *divisions, attributes={"ID": f"div-{name}", "LABEL": name})
    return document(
        _e(
            "mets",
            _header(record),
            *([] if metadata is None else [metadata]),
            _e("fileSec", *groups, attributes={"ID": "files"}),
            _e("structMap", top, attributes={"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"}),
            attributes={
                **located(METS, XLINK, CSIP, SIP),
                "OBJID": name,
                "LABEL": record.title,
                "TYPE": CATEGORY,
                "PROFILE": PROFILE,
                within(CSIP, "CONTENTINFORMATIONTYPE"): CONTENT_TYPE,
            },
        )
    )


def _header(record: ArchiveRecord) -> ET.Element:
    """Who made it: the software, the group whose record it is, and the group again, which hands it over."""
    at = moment(record.made_at)
    note = element(METS, "note", SOFTWARE_VERSION, attributes={within(CSIP, "NOTETYPE"): "SOFTWARE VERSION"})
    return _e(
        "metsHdr",
        _agent(SOFTWARE, note, ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE"),
        _agent(record.creator, ROLE="ARCHIVIST", TYPE="ORGANIZATION"),
        _agent(record.creator, ROLE="CREATOR", TYPE="ORGANIZATION"),
        attributes={
            "CREATEDATE": at,
            "LASTMODDATE": at,
            "RECORDSTATUS": "NEW",
            within(CSIP, "OAISPACKAGETYPE"): "SIP",
        },
    )


def _agent(name: str, *notes: ET.Element, **attributes: str) -> ET.Element:
    return _e("agent", element(METS, "name", name), *notes, attributes=attributes)


def _group(
    record: ArchiveRecord, use: str, name: str, files: Sequence[PackedFile], content_type: str = ""
) -> ET.Element:
    of_type = {within(CSIP, "CONTENTINFORMATIONTYPE"): content_type} if content_type else {}
    listed = [_file(record, file, f"{name}-{number}") for number, file in enumerate(files, 1)]
    return _e("fileGrp", *listed, attributes={"ID": name, "USE": use, **of_type})


def _file(record: ArchiveRecord, file: PackedFile, name: str) -> ET.Element:
    place = _e("FLocat", attributes=_link(file) | {within(XLINK, "title"): file.title})
    return _e("file", place, attributes={"ID": name, **_fixed(file, record)})


def _link(file: PackedFile) -> Attributes:
    return {"LOCTYPE": "URL", within(XLINK, "type"): "simple", within(XLINK, "href"): file.path}


def _fixed(file: PackedFile, record: ArchiveRecord) -> Attributes:
    return {
        "MIMETYPE": file.media_type,
        "SIZE": f"{file.size}",
        "CREATED": moment(record.made_at),
        "CHECKSUM": file.digest,
        "CHECKSUMTYPE": "SHA-256",
    }


def _division(label: str, group: str, *inner: ET.Element) -> ET.Element:
    pointer = _e("fptr", attributes={"FILEID": group})
    return _e("div", pointer, *inner, attributes={"ID": f"div-{label.lower()}", "LABEL": label})


def _schemas() -> bytes:
    """A schema that names those of the package by their addresses: they are others', and no copies are made."""
    imports = [
        element(SCHEMA, "import", attributes={"namespace": uri, "schemaLocation": LOCATIONS[uri]})
        for uri in (METS, XLINK, CSIP, SIP, ERMS)
    ]
    return document(element(SCHEMA, "schema", "", *imports))


def _e(name: str, *children: ET.Element, attributes: Attributes | None = None) -> ET.Element:
    return element(METS, name, "", *children, attributes=attributes)
