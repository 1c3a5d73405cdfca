"""The package for the e-archive: read by E-ARK's own validator, the same each time, whatever somebody has written."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from base.documents.archive.mets import files_of
from base.documents.archive.package import ArchiveRecord, FileChanged, PackedFile, digest_of, written
from tests.base.documents.packages import a_record, report_of, unpacked, validator

# eark-validator leaves the METS that it has read open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

METS, ERMS = "{http://www.loc.gov/METS/}", "{https://DILCIS.eu/XML/ERMS}"
HREF = "{http://www.w3.org/1999/xlink}href"
ODD = "Räksmörgås 😀 ]]> <b>&\"' \x00\x1b\ufffe\ud800 a\u0301 ⬚"

NOT_TO_BE_MET = {
    "CSIP63": "asks of each group of files for an attribute that is both there and not there",
    "CSIP12": "is asked of whoever hands in as well, who by SIP17 is an organisation and no software",
    "CSIP13": "as CSIP12",
    "CSIP15": "as CSIP12: an organisation has no version",
    "CSIP16": "as CSIP12",
    "SIP14": "looks for NOTETYPE outside the namespace that CSIP16 asks for it in",
}
"""Rules of eark-validator 1.1.3 that no package can keep, each with why; what they are meant to say is kept."""

ORDER = {
    "erms": ("control", "aggregations"),
    "control": ("identification", "maintenanceInformation"),
    "maintenanceInformation": ("maintenanceStatus", "maintenanceAgency", "maintenanceHistory"),
    "maintenanceEvent": ("eventType", "eventDateTime", "agent"),
    "aggregation": ("objectId", "title", "status", "agents", "record"),
    "record": (
        *("objectId", "extraId", "identification", "title", "relation", "agents", "dates", "access", "notes"),
        "additionalInformation",
    ),
    "additionalInformation": ("appendix", "ownElement"),
}
"""In which order the schema of CITS ERMS 2.1 has those of its elements that are used. No package has that schema."""


def packed(record: ArchiveRecord, into: Path) -> Path:
    with written(record, files_of(record, "Läs mig.\r\n")) as file:
        return unpacked(file, into)


def errors_in(report: Any) -> set[str]:
    return {each.rule_id for each in report.metadata.schematron_results.messages if each.severity.value == "Error"}


@pytest.mark.parametrize("facts", [{}, {"number": "", "is_redacted": True, "notes": ("Maskerad kopia.",)}])
def test_e_arks_validator_takes_it(tmp_path: Path, facts: dict[str, Any]) -> None:
    folder = packed(a_record(**facts), tmp_path)

    report = report_of(folder)

    assert report.structure.status.value == "WellFormed"
    assert report.metadata.schema_results.messages == []
    assert errors_in(report) == set(NOT_TO_BE_MET)
    assert report.package.details.oaispackagetype == "SIP"


def test_without_who_hands_it_in_all_that_can_be_met_is(tmp_path: Path) -> None:
    """The rules that are meant for the software alone: kept by it."""
    folder = packed(a_record(), tmp_path)
    tree = etree.parse(folder / "METS.xml")
    header = tree.find(f"{METS}metsHdr")
    header.remove(header.findall(f"{METS}agent")[2])
    tree.write(folder / "METS.xml")

    assert errors_in(report_of(folder)) == {"CSIP63", "SIP14"}


def test_the_inner_description_keeps_the_schema_too(tmp_path: Path) -> None:
    folder = packed(a_record(title=ODD), tmp_path)

    mets = validator().mets.MetsValidator(str(folder / "representations/rep1"))

    assert mets.validate_mets("METS.xml"), mets.validation_errors


def test_each_file_is_named_with_the_sum_that_it_has(tmp_path: Path) -> None:
    folder = packed(a_record(), tmp_path)

    named = dict(
        entry for mets in ("", "representations/rep1/") for entry in listed(folder / f"{mets}METS.xml", folder / mets)
    )

    there = {file for file in folder.rglob("*") if file.is_file()}
    assert {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in there - {folder / "METS.xml"}} == named


def listed(mets: Path, folder: Path) -> list[tuple[Path, str]]:
    root = etree.parse(mets).getroot()
    files = [(file.find(f"{METS}FLocat"), file) for file in root.iter(f"{METS}file")]
    described = [(one, one) for one in root.iter(f"{METS}mdRef")]
    for _, of in files:
        assert of.get("CHECKSUMTYPE") == "SHA-256"
    return [(folder / where.get(HREF), of.get("CHECKSUM")) for where, of in (*files, *described)]


def test_what_is_known_of_the_document_stands_in_the_order_of_the_schema(tmp_path: Path) -> None:
    record = a_record(is_redacted=True, notes=("Maskerad kopia.",))
    root = etree.parse(packed(record, tmp_path) / "metadata/descriptive/ERMS.xml").getroot()

    for parent in (each for each in root.iter() if etree.QName(each).localname in ORDER):
        names = [etree.QName(child).localname for child in parent]
        order = ORDER[etree.QName(parent).localname]
        assert names == sorted(names, key=order.index)
    assert root.findtext(f".//{ERMS}aggregation/{ERMS}objectId") == "KS 2026/123"
    assert root.findtext(f".//{ERMS}record/{ERMS}title") == record.title
    assert root.find(f".//{ERMS}relation").get("relationType") == "is_redacted_version_of"
    sums = [value.text for value in root.iter(f"{ERMS}value")]
    assert sums == [file.digest for file in record.files]


def test_whatever_is_written_is_xml_and_says_what_can_be_said(tmp_path: Path) -> None:
    record = a_record(title=ODD, creator=ODD, number=ODD, notes=(ODD,))
    titled = replace(record, files=(replace(record.files[0], title=ODD), record.files[1]))
    folder = packed(titled, tmp_path)

    seen = "Räksmörgås 😀 ]]> <b>&\"'  a\u0301 ⬚"
    root = etree.parse(folder / "METS.xml").getroot()
    assert root.get("LABEL") == seen
    assert etree.parse(folder / "metadata/descriptive/ERMS.xml").findtext(f".//{ERMS}note") == seen
    assert errors_in(report_of(folder)) == set(NOT_TO_BE_MET)


def test_it_is_the_same_whenever_and_wherever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = []
    for zone in ("Europe/Stockholm", "Pacific/Auckland"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        with written(a_record(), files_of(a_record(), "Läs mig.")) as file:
            sums.append(digest_of(file))
    monkeypatch.undo()
    time.tzset()

    assert sums[0] == sums[1]
    assert os.environ.get("TZ") != "Pacific/Auckland"


def test_a_file_that_has_changed_meanwhile_is_not_packed() -> None:
    record = a_record()
    gone = PackedFile(**vars(record.files[0]) | {"chunks": list})

    with pytest.raises(FileChanged):
        written(replace(record, files=(gone,)), files_of(replace(record, files=(gone,)), ""))


def test_its_schema_names_those_of_others_and_has_none_of_them(tmp_path: Path) -> None:
    root = etree.parse(packed(a_record(), tmp_path) / "schemas/package.xsd").getroot()

    assert {each.get("namespace") for each in root} >= {METS.strip("{}"), ERMS.strip("{}")}
    assert all(each.get("schemaLocation").startswith("http") for each in root)
