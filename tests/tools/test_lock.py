"""The lock file: what a fresh machine installs."""

import re
import tomllib
from urllib.parse import urlsplit

from temagrupp.tools.terminal import ROOT

LOCK = (ROOT / "uv.lock").read_text()


def test_it_names_only_public_hosts() -> None:
    hosts = {urlsplit(address).hostname for address in re.findall(r'"(https?://[^"]+)"', LOCK)}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_every_package_comes_from_the_public_index() -> None:
    sources = [package["source"] for package in tomllib.loads(LOCK)["package"] if package["name"] != "temagrupp"]
    assert [source for source in sources if source != {"registry": "https://pypi.org/simple"}] == []


def test_it_was_made_from_the_project_as_it_stands() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = next(package for package in tomllib.loads(LOCK)["package"] if package["name"] == "temagrupp")["metadata"]
    groups = {
        group: {name(line) for line in lines if isinstance(line, str)}
        for group, lines in project["dependency-groups"].items()
    }
    assert {entry["name"] for entry in locked["requires-dist"]} == {
        name(line) for line in project["project"]["dependencies"]
    }
    assert {entry["name"] for entry in locked["requires-dev"]["dev"]} == groups["dev"] | groups["local"]
    assert {entry["name"] for entry in locked["requires-dev"]["local"]} == groups["local"]


def name(requirement: str) -> str:
    """The django-allauth of `django-allauth[mfa]>=65`."""
    return re.split(r"[\[<>=~! ]", requirement)[0].lower()
