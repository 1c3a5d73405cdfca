"""What is said beside an answer, whatever the answer is, and to whom none is given: another host or port."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from base.ui.notices import NoticeCookie

pytestmark = pytest.mark.django_db

STORAGE = {"staticfiles": {"BACKEND": "base.ui.static_storage.StaticStorage"}}
SAID = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "geolocation=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def is_said(response: object) -> bool:
    return all(words in response.headers[name] for name, words in SAID.items())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address", ["/", "/konto/login/", "/finns-inte/", "/gruppen/medlemmar/ny/", "/arenden/2026-1/vila/"]
)
def test_every_answer_says_what_it_may_do(as_representative: Client, address: str) -> None:
    assert is_said(as_representative.get(address))
    assert is_said(as_representative.post(address))


def test_a_fault_says_it_too(as_representative: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    as_representative.raise_request_exception = False
    monkeypatch.setattr("temagrupp.home.start.render", lambda *_: 1 / 0)

    response = as_representative.get("/")
    assert response.status_code == 500
    assert is_said(response)


def test_a_static_file_says_it_too_also_when_it_is_unchanged(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | STORAGE
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", "--noinput", verbosity=0)

    file = client.get("/static/css/main.css")
    unchanged = client.get("/static/css/main.css", headers={"if-modified-since": file["Last-Modified"]})

    assert (file.status_code, unchanged.status_code) == (200, 304)
    assert is_said(file)
    assert is_said(unchanged)
    assert "Access-Control-Allow-Origin" not in file.headers
    file.close()


def test_the_list_of_all_files_is_not_served(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | STORAGE
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", "--noinput", verbosity=0)

    assert (tmp_path / "static.json").exists()
    served = {path.suffix for path in settings.STATIC_ROOT.rglob("*") if path.is_file()}
    assert served <= {".css", ".js", ".svg", ".png", ".gz", ".woff2"}
    for name in ("staticfiles.json", "static.json", "../static.json", "%2e%2e/static.json", "css/main.css.map"):
        assert client.get(f"/static/{name}").status_code == 404, name


def test_over_https_a_cookie_is_one_that_only_we_can_set(client: Client, settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True

    cookies = client.get("/konto/login/", secure=True).cookies

    assert "__Host-csrftoken" in cookies
    for cookie in cookies.values():
        assert (cookie["path"], cookie["domain"], cookie["secure"], cookie["samesite"]) == ("/", "", True, "Lax")


def test_a_message_waits_in_a_cookie_of_the_same_kind() -> None:
    assert (
        NoticeCookie.cookie_name == "messages"
    )  # over http, as here; the names over https are asked for where settings are


# Hosts


OURS = ["testserver", "TestServer", "testserver:80"]
WITH_ANY_PORT = ["localhost", "localhost:8000", "localhost:49321", "127.0.0.1:8000"]


@pytest.mark.parametrize("host", OURS + WITH_ANY_PORT)
def test_what_is_meant_for_us_is_answered(client: Client, host: str) -> None:
    assert client.get("/konto/login/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *(
            "testserver:8000",
            "testserver:443",
            "testserver:0",
            "testserver:080",
            "testserver:65536",
            "testserver:8000:80",
        ),
        *(
            "testserver.:8000",
            "testserver@elak.example",
            "elak.example",
            "elak.example:80",
            "testserver:80@elak.example",
        ),
        *(
            "testserver, elak.example",
            "testserver elak.example",
            "",
            "[::1]:8000",
            "testserver/x",
            "testserver\r\nX: y",
        ),
    ],
)
@pytest.mark.parametrize("address", ["/konto/login/", "/static/css/main.css", "/finns-inte/"])
def test_another_name_or_port_is_one_line_and_a_page_that_says_so(
    client: Client, caplog: pytest.LogCaptureFixture, host: str, address: str
) -> None:
    response = client.get(address, headers={"host": host})

    page = response.content.decode()
    assert response.status_code == 400
    assert "Registret finns inte på den här adressen" in page
    assert "elak.example" not in page
    assert [record.getMessage() for record in caplog.records if record.name.startswith("temagrupp")] == ["suspicious"]


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-forwarded-port", "x-host", "forwarded"])
def test_what_another_host_is_said_to_be_counts_for_nothing(
    client: Client, settings: Settings, mailoutbox: list[object], representative: object, name: str
) -> None:
    settings.BEHIND_PROXY = True

    client.post("/konto/password/reset/", {"email": "omar@exempel.se"}, headers={name: "elak.example:8443"})

    (mail,) = mailoutbox
    assert "http://testserver/konto/" in mail.body  # type: ignore[attr-defined]
    assert "elak" not in mail.body  # type: ignore[attr-defined]


def test_a_port_may_be_allowed_for_one_host(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["register.example", ".kommun.example"]
    settings.ALLOWED_PORTS = [("register.example", "8443"), (".kommun.example", "9000")]

    def status(host: str) -> int:
        return client.get("/konto/login/", headers={"host": host}).status_code

    assert status("register.example") == status("register.example:8443") == status("a.kommun.example:9000") == 200
    assert status("register.example:9000") == status("a.kommun.example:8443") == 400


@pytest.mark.parametrize(("host", "status"), [("testserver:443", 200), ("testserver:80", 400), ("testserver", 200)])
def test_over_https_the_usual_port_is_another(client: Client, host: str, status: int) -> None:
    assert client.get("/konto/login/", headers={"host": host}, secure=True).status_code == status
