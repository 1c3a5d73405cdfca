"""What the documents name is there: whoever follows them with the code open finds each file and each function."""

import re
import subprocess
from pathlib import Path

import pytest

from base.postgresql.connecting import LIMITS
from temagrupp.tools.terminal import ROOT

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/howto").glob("*.md"))]
"""All but the decisions, of which each names what was there on its day."""
FOLDERS = "base|benchmarks|demo|docs|issues|locale|meetings|members|static|temagrupp|templates|tests"
FILE = re.compile(rf"`((?:{FOLDERS})/[\w./-]+\.\w+)`")
HOP = re.compile(r"^\| \d+ \| (.+?) \|", re.MULTILINE)
"""A row of one of the ways in docs/architecture.md, of which the first cell says where: `file` `function`."""
BLANK = re.compile(r"[A-Z]{2,}")
"""What the reader puts a name of her own for: `templates/APP/NAME.html`."""


def is_there(name: str) -> bool:
    return (ROOT / name).exists() or (ROOT / "templates" / name).exists()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    named = [name for name in FILE.findall(document.read_text()) if not BLANK.search(name)]

    assert [name for name in named if not is_there(name)] == []


def test_every_setting_that_is_read_stands_at_the_top_of_the_settings() -> None:
    read = re.compile(r'values\.\w+\("([A-Z_]+)"')
    files = [ROOT / "temagrupp" / "settings.py", ROOT / "base" / "postgresql" / "connecting.py"]
    names = {name for file in files for name in read.findall(file.read_text())} | {*LIMITS, "DATABASE_OWNER_URL"}
    text = files[0].read_text().split('"""')[1]

    assert names == set(re.findall(r"^([A-Z_]+)  ", text, re.MULTILINE))


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_settings_as_they_are_shown_are_read_by_a_shell(tmp_path: Path, shell: str) -> None:
    shown = re.findall(r"^    ([A-Z_]+='.*')$", (ROOT / "docs/howto/serve.md").read_text(), re.MULTILINE)
    (tmp_path / "owner.env").write_text("\n".join(shown))
    program = f'set -e; set -a; . {tmp_path}/owner.env; printf "%s" "$DEFAULT_FROM_EMAIL"'

    done = subprocess.run([shell, "-c", program], capture_output=True, text=True, check=True)

    assert (len(shown), done.stdout) == (7, "Trygghet <trygghet@example.se>")


def test_every_hop_of_the_three_ways_is_in_the_file_that_it_names() -> None:
    hops = HOP.findall((ROOT / "docs" / "architecture.md").read_text())
    missing, file = [], ""
    for hop in hops:
        for name in re.findall(r"`([^`]+)`", hop):
            if "/" in name:
                file = name
            elif not re.search(rf"\b(def|class) {name.split('.')[-1]}\b", (ROOT / file).read_text()):
                missing.append(f"{file} {name}")

    assert len(hops) >= 24
    assert missing == []


def test_a_file_that_is_gone_would_be_found() -> None:
    assert FILE.findall("`issues/models/issue.py` and `issues/gone.py`") == ["issues/models/issue.py", "issues/gone.py"]
    assert not is_there("issues/gone.py")
