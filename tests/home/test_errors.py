"""When something goes wrong the page says what to do, and shows everything that was typed."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory

from issues.forms.report import ReportForm
from issues.models import Observation
from members.models import Group, Member
from temagrupp.home.errors import _unavailable, fault
from tests.acting import a_coordinator
from tests.factories import PASSWORD, CategoryFactory, IssueFactory

pytestmark = pytest.mark.django_db

TEXT = "Lampan är släckt.\nOch <b>rutan</b> är trasig."
SHOWN = "Lampan är släckt.\nOch &lt;b&gt;rutan&lt;/b&gt; är trasig.</textarea>"
OURS = {"origin": "http://testserver"}


def typed() -> dict[str, str]:
    chosen = {"category": str(CategoryFactory().pk), "when": "now", "police_report": "unknown", "source": "own"}
    return {**chosen, "where": "tunneln", "text": TEXT}


def checked(member: Member) -> Client:
    """A browser whose page was made before the sign-in that it has now."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    return client


def test_what_was_written_about_something_that_is_gone_is_kept_and_told(as_coordinator: Client) -> None:
    page = as_coordinator.post("/moten/punkter/999999/", {"note": "Vi pratade om lampan."})

    assert page.status_code == 404
    text = " ".join(page.content.decode().split())
    assert "<h1>Det finns inte längre</h1>" in text
    assert "Inget är sparat." in text
    assert "Vi pratade om lampan.</textarea>" in text


def test_a_page_too_old_keeps_what_was_typed_and_sends_it_again(representative: Member) -> None:
    client, fields = checked(representative), typed()

    response = client.post("/rapportera/", fields | {"writer": representative.pk}, headers=OURS)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Skicka det jag skrev" in page
    assert "Inget sparades" in page
    assert SHOWN in page
    again = {**fields, "csrfmiddlewaretoken": page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]}
    assert all(f'name="{name}" value=' in page for name in fields)
    assert client.post("/rapportera/", again, headers=OURS).status_code == 302
    assert Observation.objects.get().where == "tunneln"


@pytest.mark.parametrize("writer", ["", "deputy"])
def test_a_page_that_may_have_been_shown_to_another_asks_whose_the_text_is_and_does_not_show_it(
    representative: Member, deputy: Member, writer: str
) -> None:
    client, sent = checked(representative), typed() | {"writer": writer and deputy.pk}

    page = client.post("/rapportera/", sent, headers=OURS).content.decode()

    assert "En text skickades från en sida som låg öppen sedan tidigare, och den är inte sparad." in page
    assert "innan du loggade in" not in page
    assert "Använder du den, sparas den i ditt namn: Omar Prov." in page
    assert "Skicka det jag skrev" not in page
    assert "Det här skrev du" not in page
    assert "Lampan" not in page
    token = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    client.post("/rapportera/", {"skicka-det-osanda": "1", "csrfmiddlewaretoken": token}, headers=OURS)
    assert Observation.objects.get().text == TEXT


@pytest.mark.parametrize("headers", [{"origin": "https://elak.example"}, {}])
def test_what_another_site_has_sent_can_not_be_sent_on_from_our_page(
    representative: Member, headers: dict[str, str]
) -> None:
    page = checked(representative).post("/rapportera/", typed(), headers=headers).content.decode()

    assert "Inget sparades" in page
    assert "Skicka det jag skrev" not in page


def test_a_password_is_never_shown(client: Client, representative: Member) -> None:
    sent = {"login": "Omar@Exempel.se", "password": PASSWORD}
    page = Client(enforce_csrf_checks=True).post("/konto/login/", sent, headers=OURS).content.decode()

    assert "Inget sparades" in page
    assert PASSWORD not in page
    assert "Skicka det jag skrev" not in page


def test_our_own_fault_shows_what_was_typed_and_asks_the_database_nothing(
    as_representative: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(form: ReportForm) -> None:
        connection.execute_wrappers.append(refused)
        raise RuntimeError

    def refused(*asked: Any) -> None:
        raise AssertionError(asked)

    monkeypatch.setattr(ReportForm, "save", broken)
    as_representative.raise_request_exception = False
    fields = typed()
    Group.current().change(by=a_coordinator(), name="Trygghet Provstad", demo=True)
    as_representative.get("/rapportera/")
    try:
        response = as_representative.post("/rapportera/", fields)
    finally:
        connection.execute_wrappers.clear()

    page = response.content.decode()
    assert response.status_code == 500
    assert SHOWN in page
    assert "Trygghet Provstad" in page
    assert page.count("Demodata</strong>") == 2


def test_what_one_may_not_do_any_longer_is_shown_back(as_representative: Client) -> None:
    response = as_representative.post(f"{IssueFactory().get_absolute_url()}avslut/", {"feedback": TEXT})

    assert response.status_code == 403
    assert SHOWN in response.content.decode()


def test_what_was_sent_to_something_that_is_gone_is_shown_back(as_representative: Client) -> None:
    response = as_representative.post("/arenden/2026-999/andra/", {"text": TEXT, "kind": "place", "place": "7"})

    assert response.status_code == 404
    assert response.content.decode().count("<textarea") == 1 + response.content.decode().count(
        'Det du skrev"></textarea>'
    )
    assert SHOWN in response.content.decode()


@pytest.mark.parametrize("ask", [lambda c, a: c.get(a), lambda c, a: c.head(a)])
def test_an_address_that_only_takes_forms_is_no_blank_page(
    as_coordinator: Client, ask: Callable[[Client, str], Any]
) -> None:
    response = ask(as_coordinator, f"{IssueFactory().get_absolute_url()}ateruppta/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Den adressen visar ingen sida" in as_coordinator.get(response.request["PATH_INFO"]).content.decode()


def test_nothing_typed_is_nothing_shown(as_representative: Client) -> None:
    assert "Det här skrev du" not in as_representative.get("/finns-inte/").content.decode()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("multipart/form-data; boundary=", b"x"),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 3_000_000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2_000))),
    ],
    ids=["broken", "too large", "too many fields"],
)
def test_a_form_that_cannot_be_read_is_no_second_fault(client: Client, kind: str, sent: bytes) -> None:
    client.raise_request_exception = False

    assert client.post("/finns-inte/", sent, content_type=kind).status_code == 404


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("multipart/form-data; boundary=x", b"x" * (settings.MOST_BYTES_SENT + 1)),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 3_000_000),
    ],
    ids=["a file", "a text"],
)
def test_too_much_is_told_as_that(representative: Member, kind: str, sent: bytes) -> None:
    client = checked(representative)
    client.get("/rapportera/")

    response = client.post("/rapportera/", sent, content_type=kind)

    assert response.status_code == 413
    assert "Det du skickade är för stort" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("multipart/form-data; boundary=", b"x"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2_000))),
    ],
    ids=["broken", "too many fields"],
)
def test_what_no_form_of_ours_sends_is_told_as_unreadable(representative: Member, kind: str, sent: bytes) -> None:
    client = checked(representative)
    client.get("/rapportera/")

    response = client.post("/rapportera/", sent, content_type=kind)

    assert response.status_code == 400
    assert "Det som skickades gick inte att läsa" in response.content.decode()


TRIED_AGAIN = "Det gick inte den här gången heller."


@pytest.mark.parametrize("address", ["/", "/arenden/?q=lampa+p%C3%A5"])
def test_a_page_that_is_asked_for_again_while_the_register_is_away_says_that_it_was_and_when(address: str) -> None:
    browser = RequestFactory()
    pages = []
    for asked in (address, "/moten/", address, address):
        page = _unavailable(browser.get(asked), "08006")
        browser.cookies.update(page.cookies)
        pages.append(page.content.decode())

    assert [TRIED_AGAIN in page for page in pages] == [False, False, False, True]
    assert all(re.search(r"Senaste försöket gjordes klockan \d\d\.\d\d\.\d\d\.", page) for page in pages)


def test_a_first_failure_is_told_as_the_first_from_a_form_or_a_link_on_the_page_itself() -> None:
    from_itself = RequestFactory(headers={"referer": "http://testserver/rapportera/", **OURS})

    for request in (from_itself.get("/rapportera/"), from_itself.post("/rapportera/", {"text": TEXT})):
        assert TRIED_AGAIN not in _unavailable(request, "08006").content.decode()


def test_that_an_address_failed_is_remembered_for_a_short_time_and_only_by_a_digest() -> None:
    (told,) = _unavailable(RequestFactory().get("/sok/?q=lampa"), "08006").cookies.values()

    assert re.fullmatch(r"[0-9a-f]{16}", told.value)
    assert (told["max-age"], told["path"], told["httponly"], told["samesite"]) == (120, "/", True, "Lax")


@pytest.mark.parametrize("referer", ["", "x", "://", "http://[", "http://testserver"])
def test_whatever_a_browser_says_of_where_it_comes_from_the_page_is_shown(referer: str) -> None:
    request = RequestFactory(headers={"referer": referer}).get("/arenden/")

    assert TRIED_AGAIN not in _unavailable(request, "08006").content.decode()


def test_a_form_that_is_sent_again_while_the_register_is_away_says_so_each_time() -> None:
    sent = {"text": TEXT}
    for said in (False, True, True):
        page = _unavailable(RequestFactory(headers=OURS).post("/rapportera/", sent), "08006").content.decode()
        assert (TRIED_AGAIN in page) == said
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        assert [name for name, _ in hidden if name != "csrfmiddlewaretoken"] == ["text", "tried"]
        sent = {name: html.unescape(value) for name, value in hidden}
        assert sent["text"] == TEXT


@pytest.mark.parametrize(
    ("request_", "primary"),
    [
        (RequestFactory().get("/arenden/?q=lampa"), ["Försök igen"]),
        (RequestFactory(headers=OURS).post("/rapportera/", {"text": TEXT}), ["Skicka det jag skrev"]),
        (RequestFactory().post("/rapportera/", {"text": TEXT}), []),
    ],
    ids=["asked for", "sent", "sent from elsewhere"],
)
def test_a_register_that_is_away_suggests_one_thing(request_: HttpRequest, primary: list[str]) -> None:
    page = _unavailable(request_, "08006").content.decode()

    assert re.findall(r'class="button"[^>]*>([^<]*)<', page) == primary
    assert ("Det är osäkert om det du skickade hann sparas." in page) == (request_.method == "POST")


def test_an_error_page_says_first_what_one_can_do_oneself(as_reader: Client) -> None:
    pages: dict[str, Any] = {
        "forbidden page": as_reader.get("/sortera/"),
        "forbidden step": as_reader.post("/gruppen/installningar/", {"name": "Ett"}),
        "missing": as_reader.get("/finns-inte/"),
        "fault": fault(RequestFactory().get("/")),
    }
    does_first = {
        "forbidden page": "Kontrollera att du har loggat in med rätt konto",
        "forbidden step": "Gå tillbaka och ladda om sidan",
        "missing": "Skrev du adressen för hand, kontrollera den",
        "fault": "Gå tillbaka med webbläsarens bakåtknapp",
    }
    for name, response in pages.items():
        page = response.content.decode().partition("</h1>")[2]
        before, found, _ = page.partition(does_first[name])
        assert (name, bool(found), "samordnare" in before) == (name, True, False)
