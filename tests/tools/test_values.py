"""A setting that is not of its form is one Swedish sentence that names it, and never what stood there."""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from temagrupp.tools import values
from temagrupp.tools.terminal import ROOT

SECRET = "hemligt"
READ: dict[str, Callable[[], Any]] = {
    "SECRET_KEY": lambda: values.secret("SECRET_KEY"),
    "HTTPS": lambda: values.truth("HTTPS", default=True),
    "DATABASE_POOL": lambda: values.number("DATABASE_POOL", default=8),
    "FILE_MEGABYTES": lambda: values.number("FILE_MEGABYTES", default=20, least=1, most=100),
    "ALLOWED_HOSTS": lambda: values.hosts("ALLOWED_HOSTS", default=""),
    "CSRF_TRUSTED_ORIGINS": lambda: values.origins("CSRF_TRUSTED_ORIGINS"),
    "DATABASE_URL": lambda: values.database("DATABASE_URL", default="postgres:///temagrupp", engine="x"),
    "EMAIL_URL": lambda: values.mail("EMAIL_URL", default="consolemail://"),
    "DEFAULT_FROM_EMAIL": lambda: values.sender("DEFAULT_FROM_EMAIL", default="a@b"),
    "GUARD_RECOGNISER": lambda: values.command("GUARD_RECOGNISER"),
}

WRONG = {
    "SECRET_KEY": ["", " ", "\t", "a\nb"],
    "HTTPS": ["ja", "2", "sant", "truee", "true;", "${HTTPS}", "None", "hemligt"],
    "DATABASE_POOL": ["-1", "8.0", "åtta", "8 st", "0x8", "٨", "1" * 10, "1e3"],
    "FILE_MEGABYTES": ["0", "101", "20 MB", "-1"],
    "ALLOWED_HOSTS": [
        "https://a.example",
        "a.example/",
        "a example",
        "a.example:port",
        "a..:x",
        "*",
        "a@b",
        "a:123456",
        "-a",
    ],
    "CSRF_TRUSTED_ORIGINS": ["a.example", "https://a.example/x", "ftp://a.example", "https://"],
    "DATABASE_URL": [
        *("hemligt", "postgres://", "postgres://u:hemligt@h", "postgres://u:hemligt@h/", "postgres://u:p#hemligt@h/db"),
        *("postgres://u:p/hemligt@h/db", "postgres://u:hemligt@h:port/db", "postgres://u:hemligt@h:99999/db"),
        *("postgres://u:hemligt@h,i:port/db", "postgres://u:hemligt@h,i:99999/db", "postgres://u:hemligt@h:1:2/db"),
        *("mysql://u:hemligt@h/db", "sqlite:///hemligt", "postgres://u:hemligt@x@h/db", "postgres://u:hemligt @h/db"),
        *("postgres//u:hemligt@h/db", "//u:hemligt@h/db", "postgres://u:hemligt@[h/db", "postgres://u:hemligt@[h]x/db"),
        *("postgres://u:hemligt@h/db?nosuch=1", "postgres://u:hemligt@h/%zz", "postgres://u:hemligt@[::1/db"),
        *("postgres://u:hemligt@h/a@b", "postgres://u:hemligt@h,[::1]:70000/db", "postgres://u:hemligt@h/db#x"),
    ],
    "EMAIL_URL": [
        *("hemligt", "smtp://", "smtps:u:hemligt@h", "mailto:hemligt@x", "smtp://u:hemligt@h:port", "smtp+tls://:587"),
        *("http://u:hemligt@h", "smtp://u:p#hemligt@h:25", "smtp://u@x:hemligt@h:25", "smtp://u:p/hemligt@h:25"),
    ],
    "DEFAULT_FROM_EMAIL": [
        *(
            "a@b\r\nBcc: hemligt@x",
            "hemligt",
            "Hemligt, Åby kommun <t@exempel.se>",
            "Trygghet@Åby <hemligt@exempel.se>",
        ),
        *("a@exempel.se, hemligt@exempel.se", "Hemligt <>", "hemligt@", "<hemligt"),
    ],
    "GUARD_RECOGNISER": ["hemligt", "./hemligt --sv", "'' /hemligt", '/usr/bin/x "hemligt', "/usr/bin/x\nhemligt"],
}
RIGHT: dict[str, dict[str, Any]] = {
    "SECRET_KEY": {"$a": "$a", " x ": "x"},
    "HTTPS": {"true": True, "FALSE": False, "1": True, "no": False, "On": True, "": True, " off ": False},
    "DATABASE_POOL": {"0": 0, "8": 8, "": 8, " 12 ": 12},
    "ALLOWED_HOSTS": {
        "": [],
        "a.example": [("a.example", "")],
        "A.example:8443, .b.example": [("a.example", "8443"), (".b.example", "")],
        "localhost:*,127.0.0.1,[::1]:8000,": [("localhost", "*"), ("127.0.0.1", ""), ("[::1]", "8000")],
    },
    "CSRF_TRUSTED_ORIGINS": {
        "": [],
        "https://a.example, https://*.b.example:8443": ["https://a.example", "https://*.b.example:8443"],
    },
    "DEFAULT_FROM_EMAIL": {
        each: each or "a@b"
        for each in ("", "t@åby.se", "Trygghet <t@localhost>", '"Trygghet, Åby" <t@exempel.se>', "Å (T) <t@exempel.se>")
    },
    "FILE_MEGABYTES": {"1": 1, "100": 100, "": 20},
    "GUARD_RECOGNISER": {
        "": [],
        "/usr/bin/x": ["/usr/bin/x"],
        " /usr/bin/x --model '/var/lib/en modell' ": ["/usr/bin/x", "--model", "/var/lib/en modell"],
    },
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, each in WRONG.items() for value in each])
def test_what_is_not_of_its_form_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit) as ended:
        READ[name]()

    sentence = str(ended.value.code)
    assert sentence.startswith(f"Inställningen {name} ")
    assert "\n" not in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize(
    ("name", "value", "read"), [(name, value, read) for name, each in RIGHT.items() for value, read in each.items()]
)
def test_what_is_of_its_form_is_read(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: Any) -> None:
    monkeypatch.setenv(name, value)

    assert READ[name]() == read


def test_an_address_of_a_database_is_read_with_all_its_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app:p%40%2F%23%3F@h.example:5433/reg?sslmode=require")

    told = {"USER": "app", "PASSWORD": "p@/#?", "HOST": "h.example", "PORT": "5433", "NAME": "reg"}
    assert READ["DATABASE_URL"]() == told | {"ENGINE": "x", "OPTIONS": {"sslmode": "require"}}


def test_a_database_may_have_several_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://app:p@first:5433,second,[::1]:5434/reg?target_session_attrs=read-write"
    )

    read = READ["DATABASE_URL"]()
    assert (read["HOST"], read["PORT"]) == ("first,second,::1", "5433,,5434")
    assert read["OPTIONS"] == {"target_session_attrs": "read-write"}


@pytest.mark.parametrize("password", ["p?q", "[p", "p]", "&="])
def test_a_password_needs_percent_only_for_what_would_end_it(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres://u:{password}@h/reg")

    read = READ["DATABASE_URL"]()
    assert (read["PASSWORD"], read["HOST"], read["NAME"]) == (password, "h", "reg")


@pytest.mark.parametrize("address", ["postgres:///temagrupp", "postgres://app@%2Frun%2Fpostgresql/reg", ""])
def test_a_database_by_a_socket_needs_no_host(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    assert READ["DATABASE_URL"]()["NAME"] in {"temagrupp", "reg"}


def test_mail_is_sent_by_the_account_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://reg%40a.example:p%23@smtp.a.example:587")

    read = READ["EMAIL_URL"]()
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_USE_TLS"]) == ("smtp.a.example", 587, True)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("reg@a.example", "p#")


GOOD = {
    "SECRET_KEY": "only-for-the-tests-where-nothing-is-secret-to-anybody",
    "DATABASE_URL": "postgres://app:hemligt@127.0.0.1:1/reg",
    "ALLOWED_HOSTS": "register.example",
    "BEHIND_PROXY": "true",
    "EMAIL_URL": "smtp://localhost:25",
    "STATIC_ROOT": str(ROOT / "docs"),  # a folder; nothing in it is asked for
}
SERVED = "import temagrupp.wsgi"
PRINTED = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
MESSAGES = "import django; django.setup(); from base.ui.notices import NoticeCookie as c; print(c.cookie_name)"


def run(code: str | list[str], **environment: str) -> tuple[int, str, str]:
    """The status, output and errors of a program that is started with these settings and no others of ours."""
    program = ["-c", code] if isinstance(code, str) else ["manage.py", *code]
    clean = {"DJANGO_SETTINGS_MODULE": "temagrupp.settings", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    ended = subprocess.run(
        [sys.executable, *program], cwd=ROOT, env=clean | GOOD | environment, capture_output=True, text=True, timeout=60
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize("command", [["migrate"], ["check"], ["add_coordinator", "a@b.se", "Anna"], SERVED], ids=str)
@pytest.mark.parametrize("wrong", [{"SECRET_KEY": ""}, {"DATABASE_URL": "postgres://u:p#hemligt@h/db"}], ids=str)
def test_whatever_is_started_says_it_and_ends(command: str | list[str], wrong: dict[str, str]) -> None:
    status, _, said = run(command, **wrong)

    assert status == 1
    assert re.fullmatch(rf"Inställningen {next(iter(wrong))} .*\n", said)
    assert SECRET not in said


@pytest.mark.parametrize("command", [["migrate"], ["add_coordinator", "a@b.se", "Anna"]], ids=str)
@pytest.mark.parametrize("owner", ["", "postgres://owner:hemligt@127.0.0.1:1/reg"])
def test_a_database_that_is_away_is_a_sentence_too(command: list[str], owner: str) -> None:
    status, _, said = run(command, DATABASE_OWNER_URL=owner)

    address = "DATABASE_OWNER_URL" if owner and command == ["migrate"] else "DATABASE_URL"
    assert status == 1
    assert re.fullmatch(rf"Databasen går inte att nå, se {address}: .*\n", said)
    assert SECRET not in said


@pytest.mark.parametrize(
    "wrong",
    [
        *({"SECRET_KEY": key} for key in ("x", "x" * 60, "django-insecure-" + "abcdefgh" * 8, "abcdefgh" * 6)),
        *({"ALLOWED_HOSTS": hosts} for hosts in ("", " ", ",")),
        {"DEMO": "true"},
        {"DATABASE_URL": ""},
    ],
    ids=str,
)
def test_what_is_not_fit_to_serve_by_is_not_served(wrong: dict[str, str]) -> None:
    status, _, said = run(SERVED, **wrong)

    assert status == 1
    assert re.fullmatch(rf"Inställningen {next(iter(wrong))} .*\n", said)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, []),
        ({"EMAIL_URL": ""}, ["Inga mejl skickas"]),
        (
            {"EMAIL_URL": "", "DEMO": "true", "HTTPS": "false", "ALLOWED_HOSTS": "localhost:*"},
            ["Demon skickar inga mejl"],
        ),
        ({"HTTPS": "false"}, ["HTTPS är av"]),
        ({"BEHIND_PROXY": "false"}, ["HTTPS är på men inte BEHIND_PROXY"]),
        ({"GUARD_RECOGNISER": "/nowhere/x"}, ["Programmet i GUARD_RECOGNISER går inte att köra"]),
        ({"GUARD_RECOGNISER": sys.executable}, []),
    ],
    ids=str,
)
def test_what_may_not_be_meant_is_told_at_the_start(settings: dict[str, str], told: list[str]) -> None:
    status, _, said = run(SERVED, **settings)

    lines = said.splitlines()
    assert status == 0
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))


@pytest.mark.parametrize(("https", "prefix"), [("true", "__Host-"), ("false", "")])
def test_over_https_the_cookies_have_names_that_only_we_can_set(https: str, prefix: str) -> None:
    assert run(PRINTED, HTTPS=https)[1] == f"{prefix}sessionid {prefix}csrftoken\n"
    assert run(MESSAGES, HTTPS=https)[1] == f"{prefix}messages\n"
