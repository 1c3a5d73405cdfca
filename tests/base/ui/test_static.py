"""What goes over the wire: one stylesheet, compressed and kept for ever, and compressed pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

CSS = Path(settings.BASE_DIR / "static" / "css")
STORAGE = {"staticfiles": {"BACKEND": "base.ui.static_storage.StaticStorage"}}
KEPT = "max-age=315360000, public, immutable"
COMPONENTS = re.findall(r'url\("components/([a-z-]+)\.css"\)', (CSS / "main.css").read_text())


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | STORAGE
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path


@pytest.fixture
def stylesheet(collected: Path) -> Path:
    (hashed,) = collected.glob("css/main.????????????.css")
    return hashed


def test_the_stylesheet_holds_every_component_once_in_the_order_of_the_imports(stylesheet: Path) -> None:
    text = stylesheet.read_text()

    assert "@import" not in text
    assert len(COMPONENTS) > 40
    places = []
    for name in COMPONENTS:
        body = (CSS / "components" / f"{name}.css").read_text().split("url(")[0]
        assert text.count(f"@layer components {{\n{body}") == 1, name
        places.append(text.index(body))
    assert places == sorted(places)


def test_the_stylesheet_keeps_the_layers(stylesheet: Path) -> None:
    text = stylesheet.read_text()

    assert re.findall(r"^@layer (.*?)[;{]", text, re.MULTILINE) == [
        *["reset, tokens, base, layout, components, utilities", "tokens ", "reset ", "base ", "layout ", "utilities "],
        *["components "] * len(COMPONENTS),
    ]
    assert text.count("{") == text.count("}")


def test_every_picture_in_the_stylesheet_is_there(stylesheet: Path) -> None:
    pictures = re.findall(r'url\("(.*?)"\)', stylesheet.read_text())

    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in pictures] == ["chevron.svg"]
    assert all((stylesheet.parent / name).exists() for name in pictures)


def test_a_script_asks_for_the_newest_of_what_it_shares(collected: Path) -> None:
    shared = [collected.glob(f"js/{name}.????????????.js") for name in ("coming-back", "draft-store")]

    (asking,) = collected.glob("js/drafts.????????????.js")
    named = [f"./{name.name}" for (name,) in shared]
    assert re.findall(r'^(?:import .*|}) from "(.*?)"', asking.read_text(), re.MULTILINE) == named


def test_the_stylesheet_is_sent_compressed_and_may_be_kept(stylesheet: Path, client: Client, db: None) -> None:
    response = client.get(f"/static/css/{stylesheet.name}", headers={"accept-encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) < stylesheet.stat().st_size / 3
    assert response.headers["Cache-Control"] == KEPT
    response.close()


@pytest.mark.parametrize("address", ["/konto/login/", "/", "/arenden/", "/rapportera/"])
def test_each_file_that_a_page_asks_for_is_named_by_what_it_holds_and_kept(
    collected: Path, as_coordinator: Client, client: Client, address: str
) -> None:
    page = (client if "login" in address else as_coordinator).get(address).content.decode()
    files = re.findall(r'(?:src|href)="(/static/[^"]*)"', page)

    assert "css/main" in " ".join(files)
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.[a-z]+$", file)
        response = client.get(file, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == KEPT
        assert file.endswith("png") or response.headers["Content-Encoding"] == "gzip", file
        response.close()


def test_a_script_waits_only_for_those_that_every_page_asks_for(as_coordinator: Client) -> None:
    scripts = "".join(script.read_text() for script in (CSS.parent / "js").glob("*.js"))

    waited_for = {*re.findall(r'^(?:import .*|}.* from )"(.*?)";$', scripts, re.MULTILINE)}
    fetched_to_write_by = re.findall(r'import\("(.*?)"\)', scripts)  # which no page waits for
    assert fetched_to_write_by == ["./guard.js"]
    assert waited_for == {"./coming-back.js", "./draft-store.js"}
    asked_for = re.findall(r'<script src="/static/js/([^"]*)" type="module">', as_coordinator.get("/").content.decode())
    assert {name.removeprefix("./") for name in waited_for} <= {*asked_for}


def test_a_page_is_sent_compressed(as_coordinator: Client) -> None:
    plain = as_coordinator.get("/").content
    response = as_coordinator.get("/", headers={"accept-encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < len(plain) / 2


def test_no_line_of_a_stylesheet_is_too_long_to_read() -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted((settings.BASE_DIR / "static" / "css").rglob("*.css"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > 160
    ]

    assert long == []
