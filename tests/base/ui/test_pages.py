"""The frame of every page, the pages for when something is wrong, and what the browser is sent."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

from members.models import Member
from members.rules import may_manage_members
from temagrupp.home.navigation import Entry, links

CSS = Path(settings.BASE_DIR / "static" / "css")


def test_every_component_is_imported_once_and_named_as_its_class() -> None:
    imported = re.findall(
        r'@import url\("components/([a-z-]+)\.css"\) layer\(components\);', (CSS / "main.css").read_text()
    )
    files = sorted(path.stem for path in (CSS / "components").glob("*.css"))

    assert imported == files
    for name in files:
        assert re.search(rf"(^|\.|\b){name}\b", (CSS / "components" / f"{name}.css").read_text())


def test_raw_colours_stand_in_the_tokens_alone() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|oklch\(\d|rgb\(|hsl\(|light-dark\(")

    offenders = [path.name for path in CSS.rglob("*.css") if path.name != "tokens.css" and raw.search(path.read_text())]
    assert offenders == []


def test_every_token_that_is_used_is_defined() -> None:
    text = "".join(path.read_text() for path in CSS.rglob("*.css"))

    used, defined = re.findall(r"var\((--[\w-]+)\)", text), re.findall(r"(--[\w-]+):", text)
    assert set(used) - set(defined) == set()


def test_templates_carry_no_style_script_or_data_address() -> None:
    templates = Path(settings.BASE_DIR / "templates")
    pages = {*templates.rglob("*.html")} - {*(templates / "mail").glob("*.html")}  # a mail has no other place for them
    assert len(pages) > 200
    for path in pages:
        assert not re.search(r"style=|<style|<script(?![^>]* src=)|data:|\son(?!ward)[a-z]+=", path.read_text()), (
            path.name
        )


def test_a_key_is_named_only_where_a_page_lists_the_keys_of_a_keyboard() -> None:
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        assert not re.search(r"(?<!<kbd>)Ctrl", path.read_text()), path.name


@pytest.mark.parametrize("name", ["400.html", "413.html", "500.html", "503.html", "503_file.html"])
def test_pages_for_our_own_faults_need_neither_request_nor_database(name: str) -> None:
    page = get_template(name).render()

    assert '<html lang="sv">' in page
    assert "Temagruppens register" in page


def test_a_missing_page_is_kind_and_keeps_the_menu(as_representative: Client) -> None:
    response = as_representative.get("/finns-inte/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "Sidan finns inte" in page
    assert "Omar Prov, representant" in page


def test_a_request_turned_away_before_the_sign_in_is_answered_with_a_page(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "nagon-annan.example"})

    assert response.status_code == 400
    assert "Registret finns inte på den här adressen" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/konto/password/change/", "/finns-inte/"])
def test_a_page_is_asked_for_anew_each_time(as_representative: Client, path: str) -> None:
    kept = as_representative.get(path).headers["Cache-Control"]

    assert {"no-cache", "private"} <= set(kept.split(", "))


def test_signing_out_empties_what_the_browser_kept(as_representative: Client) -> None:
    assert "Clear-Site-Data" not in as_representative.post("/rapportera/").headers
    assert as_representative.post("/konto/logout/").headers["Clear-Site-Data"] == '"cache"'


def test_a_form_too_old_says_that_nothing_was_saved(representative: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(representative)

    response = client.post("/konto/logout/")

    assert response.status_code == 403
    assert "Inget sparades" in response.content.decode()


def test_a_page_before_sign_in_has_no_menu(client: Client, db: None) -> None:
    page = client.get("/konto/login/").content.decode()

    assert "site-nav" not in page
    assert "Logga ut" not in page


def menu_of(member: Member, path: str = "/gruppen/3/") -> list[tuple[str, str]]:
    request = RequestFactory().get(path)
    request.user = member
    entries = [
        Entry("Start", "start"),
        Entry("Gruppen", "account_login", may_manage_members),
        Entry("Okänd", "finns:ej"),
    ]
    return [(link.label, link.current) for link in links(entries, request)]


def test_the_menu_is_for_those_it_concerns(coordinator: Member, representative: Member) -> None:
    assert menu_of(coordinator) == [("Start", ""), ("Gruppen", "")]
    assert menu_of(representative) == [("Start", "")]


def test_the_menu_marks_the_page_and_what_it_stands_above(coordinator: Member) -> None:
    assert menu_of(coordinator, "/konto/login/") == [("Start", ""), ("Gruppen", "page")]
    assert menu_of(coordinator, "/konto/login/x/") == [("Start", ""), ("Gruppen", "true")]
    assert menu_of(coordinator, "/") == [("Start", "page"), ("Gruppen", "")]


def test_sorting_lies_under_the_observations(as_coordinator: Client) -> None:
    page = as_coordinator.get("/sortera/").content.decode()

    assert '<a href="/observationer/" aria-current="true">Observationer</a>' in page


def test_the_entry_one_stands_on_is_marked(as_representative: Client) -> None:
    page = as_representative.get("/konto/password/change/").content.decode()

    assert '<a href="/konto/password/change/" aria-current="page">Byt lösenord</a>' in page
    assert '<a href="/">Start</a>' in page


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"login=%ED%A0%80&password=x", "application/x-www-form-urlencoded"),
        (b"login=%FF%FE&password=%80", "application/x-www-form-urlencoded"),
        (b"login=a%00b&password=x%00", "application/x-www-form-urlencoded"),
        (b"login=" + b"x" * 1_000_000, "application/x-www-form-urlencoded"),
        (b"login=x", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"login=x", "application/x-www-form-urlencoded; charset=hex"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--x--',
            "multipart/form-data; boundary=x; charset=hex",
        ),
    ],
)
def test_whatever_is_sent_is_answered_with_a_page(client: Client, db: None, body: bytes, content_type: str) -> None:
    response = client.generic("POST", "/konto/login/", body, content_type)

    assert response.status_code in (200, 400)
    assert '<html lang="sv">' in response.content.decode()


def test_the_frame_escapes_what_people_have_named_things() -> None:
    page = render_to_string("base.html", {"group": {"name": "<b>Trygghet</b>"}})

    assert "<b>" not in page


def test_the_way_down_to_a_page_ends_in_the_page_itself() -> None:
    page = Template('{% breadcrumb "Gruppen" "members:group" "Ny medlem" %}').render(Context())

    way = re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>|<li aria-current="page">([^<]+)</li>', page)
    assert way == [("/gruppen/", "Gruppen", ""), ("", "", "Ny medlem")]


def test_no_template_asks_where_a_thing_stands_by_a_word_of_the_database() -> None:
    templates = Path(settings.BASE_DIR / "templates").rglob("*.html")

    quoting = [path.name for path in templates if re.search(r'\.(state|answer) [!=]= "', path.read_text())]

    assert quoting == []


def test_every_template_that_another_asks_for_by_name_is_there() -> None:
    asked = {
        name
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'{% (?:include|extends) "([^"]+)"', path.read_text())
    }

    assert "base.html" in asked
    for name in asked:
        get_template(name)
