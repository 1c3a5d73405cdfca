"""XML as the package has it: the same bytes for the same words, whatever somebody has written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ERMS = "https://DILCIS.eu/XML/ERMS"
SCHEMA = "http://www.w3.org/2001/XMLSchema"

LOCATIONS = {
    METS: "http://www.loc.gov/standards/mets/mets.xsd",
    XLINK: "http://www.loc.gov/standards/mets/xlink.xsd",
    CSIP: "https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd",
    SIP: "https://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd",
    ERMS: "https://raw.githubusercontent.com/DILCISBoard/CITS-ERMS/master/schema/ERMS.xsd",
}
"""Where the schema of each namespace is."""

for prefix, uri in {
    "mets": METS,
    "csip": CSIP,
    "sip": SIP,
    "xlink": XLINK,
    "xsi": XSI,
    "erms": ERMS,
    "xs": SCHEMA,
}.items():
    ET.register_namespace(prefix, uri)

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The signs that XML 1.0 has no way to say, not even by their numbers."""

Attributes = dict[str, str]


def within(uri: str, name: str) -> str:
    """The name in its namespace, as ElementTree writes it."""
    return f"{{{uri}}}{name}"


def sayable(text: str) -> str:
    """The text less the signs that XML cannot say."""
    return NOT_IN_XML.sub("", text)


def moment(at: datetime) -> str:
    """The moment as xs:dateTime, in UTC and to the second: the same wherever it is written."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def element(
    uri: str, name: str, text: str = "", *children: ET.Element, attributes: Attributes | None = None
) -> ET.Element:
    """An element with its text, or its children."""
    made = ET.Element(within(uri, name), {key: sayable(value) for key, value in (attributes or {}).items()})
    if text:
        made.text = sayable(text)
    made.extend(children)
    return made


def located(*uris: str) -> Attributes:
    """The attribute that says where the schemas of the namespaces are."""
    return {within(XSI, "schemaLocation"): " ".join(f"{uri} {LOCATIONS[uri]}" for uri in uris)}


def document(root: ET.Element) -> bytes:
    """The document as it is packed."""
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
