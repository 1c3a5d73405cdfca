"""How a mail is made: both forms, what mail programs ask for, and nothing that somebody has typed as code."""

import re
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from benchmarks.mail_server import Caught
from members import limits
from members.models import How, Member, Notice, NoticeCause, NoticeChoice, Subject
from members.outbox.kinds import KINDS, Line, NoticeKind, NoticeWords, Way
from members.outbox.letters import Letter
from members.outbox.mail import mail as written
from members.outbox.sending import send_due
from members.outbox.unsubscribing import read, token_for
from tests.factories import MemberFactory, OrganisationFactory
from tests.meetings.meetings import words
from tests.outbox.conftest import FILED, FILES, ICS, cause, parts, told_of, whom
from tests.outbox.times import AT, LATER

pytestmark = pytest.mark.django_db

TYPED = "Lampan <b>vid</b> \"Åkrahäll\" & 'ån' är 🔦 trasig.\n.\nBcc: alla@exempel.se"


def test_it_has_what_mail_programs_ask_for(server: Caught) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    cause("en", anna)

    send_due(at=LATER)

    [mail] = server.mails
    assert re.fullmatch(r"<\d+\.[0-9a-f]{16}@register\.exempel\.se>", mail["Message-ID"])
    assert {name: mail[name] for name in ("From", "To", "Auto-Submitted", "List-Id", "List-Unsubscribe-Post")} == {
        "From": "Trygghet <trygghet@exempel.se>",
        "To": "anna@exempel.se",
        "Auto-Submitted": "auto-generated",
        "List-Id": "<aviseringar.register.exempel.se>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    address = re.fullmatch(r"<https://register\.exempel\.se/mejl/(\S+)/>", "".join(mail["List-Unsubscribe"].split()))
    assert address
    assert read(address[1]) == (anna, [Subject.ASKED])


def test_the_address_that_ends_mail_travels_in_one_piece_and_unencoded(server: Caught) -> None:
    cause("en", anna := MemberFactory())

    send_due(at=LATER)

    # as it was sent: parsed, a header in encoded words reads as if it had none, and Gmail takes no such address
    [address] = dict(server.mails[0].raw_items())["List-Unsubscribe"].split()
    found = re.fullmatch(r"<https://register\.exempel\.se/mejl/(\S{60,})/>", address)
    assert found
    assert read(found[1]) == (anna, [Subject.ASKED])


def test_one_press_ends_what_else_the_letter_tells_and_no_call(server: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "nobody", NoticeKind("nobody", Subject.MEETINGS, "ett prov", whom, told_of))
    anna, bo = MemberFactory(), MemberFactory()
    cause("en", anna, thing="meeting:1", kind="nobody")
    cause("tva", anna, thing="meeting:1")
    cause("tre", bo, kind="nobody")

    send_due(at=LATER)

    of_both, of_meetings = server.mails
    address = re.search(r"/mejl/(\S+)/>", "".join(of_both["List-Unsubscribe"].split()))
    assert address
    assert read(address[1]) == (anna, [Subject.ASKED])
    assert of_meetings["List-Unsubscribe"] is None
    for part in parts(of_meetings):
        assert "https://register.exempel.se/konto/mejl/" in part


def test_no_absence_is_answered_by_it_and_a_bounce_is(server: Caught) -> None:
    cause("en", MemberFactory())

    send_due(at=LATER)

    assert server.mails[0]["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_a_server_that_takes_seven_bits_is_given_no_more(server: Caught) -> None:
    cause("en", MemberFactory(), text=f"{TYPED}\n\nÅkrahäll {'å' * 2000}", kind=FILED)

    send_due(at=LATER)

    encodings = {part["Content-Transfer-Encoding"] for part in server.mails[0].walk() if not part.is_multipart()}
    assert encodings == {"quoted-printable", "base64"}


def test_another_mail_has_another_message_id_also_where_a_restored_backup_gives_it_the_same_number(
    server: Caught,
) -> None:
    anna = MemberFactory()
    cause("lampan", anna)
    send_due(at=LATER)
    number = Notice.objects.get().pk
    Notice.objects.all().delete()
    NoticeCause.objects.all().delete()
    again = cause("lampan", anna, at=AT + timedelta(seconds=1))
    NoticeCause.objects.update(addressed_at=AT)
    Notice.objects.create(pk=number, cause=again, member=anna, due_at=AT)

    send_due(at=LATER)

    one, other = (each["Message-ID"] for each in server.mails)
    assert (one.partition(".")[0], one == other) == (other.partition(".")[0], False)


def test_an_attempt_with_the_same_has_the_same_message_id(server: Caught) -> None:
    cause("en", MemberFactory())
    send_due(at=LATER)
    notice = Notice.objects.get()

    again = Letter(notice.receiver, [NoticeWords("Nytt.", "/", "Läs")], [notice])

    assert written(again).extra_headers["Message-ID"] == server.mails[0]["Message-ID"]


@pytest.mark.parametrize(("lead", "expected"), [("Hej.", ["/ja/", "/nej/", "/"]), ("", ["/", "/ja/", "/nej/"])])
def test_each_way_is_a_cell_with_room_of_its_own_also_where_links_have_none(
    server: Caught, lead: str, expected: list[str]
) -> None:
    cause("en", MemberFactory())
    send_due(at=LATER)
    notice, ways = Notice.objects.get(), (Way("Jag kommer", "/ja/"), Way("Jag kommer inte", "/nej/"))

    told = NoticeWords("Nytt.", "/", "Läs", ways=ways, lead=lead)
    html, _ = written(Letter(notice.receiver, [told], [notice])).alternatives[0]

    cells = re.findall(
        r'<td[^>]+mso-padding-alt:\d+px[^>]+>\s*<a[^>]+href="https://register\.exempel\.se(/[a-z/]*)"', str(html)
    )
    assert cells == expected


def test_a_mailbox_is_not_asked_whether_it_wants_to_be_one(server: Caught) -> None:
    cause("en", OrganisationFactory(mailbox="b@exempel.se"))

    send_due(at=LATER)

    assert server.mails[0]["List-Unsubscribe"] is None


def test_what_is_typed_is_text_in_both_forms_and_no_header(server: Caught) -> None:
    cause("en", MemberFactory(email="anna@exempel.se"), words=TYPED.replace("\n", " "), text=TYPED)

    send_due(at=LATER)

    [mail] = server.mails
    plain, html = parts(mail)
    assert TYPED in plain.replace("\r\n", "\n")
    assert "Lampan &lt;b&gt;vid&lt;/b&gt;" in html
    assert (mail["Bcc"], mail["To"]) == (None, "anna@exempel.se")


@pytest.mark.parametrize(
    ("line", "headline"),
    [("Nytt om lampan.", "Nytt om lampan"), ("Något har hänt. Logga in.", "Något har hänt. Logga in.")],
)
def test_one_sentence_has_no_full_stop_as_subject_and_heading(server: Caught, line: str, headline: str) -> None:
    cause("en", MemberFactory(), words=line)

    send_due(at=LATER)

    _, html = parts(server.mails[0])
    assert (server.mails[0]["Subject"], re.findall(r"<h1[^>]+>([^<]+)", html)) == (headline, [headline])


def test_each_line_of_a_list_has_room_of_its_own_and_its_own_link() -> None:
    lines = (Line("Dagordning:"), Line("1.1 Mörkt", "/arenden/1/"), Line("1.1 Mörkt"))
    cause("en", MemberFactory())
    notice = NoticeCause.objects.get()
    told = NoticeWords("Kallelse.", "/moten/1/", "Läs", "Som PDF.", lists=(lines,))
    letter = Letter(MemberFactory(), [told], [Notice(cause=notice, pk=1)])

    plain, html = (str(part) for part in (written(letter).body, written(letter).alternatives[0][0]))

    address = "https://register.exempel.se/arenden/1/"
    assert f"\n\nDagordning:\n1.1 Mörkt: {address}\n1.1 Mörkt\n\nSom PDF.\n\nLäs: " in plain
    cells = re.findall(r'<p class="ink" style="margin:0 0 1[06]px[^>]*>\s*(.*?)\s*</p>', html, re.DOTALL)
    assert [(re.sub("<[^>]+>", "", cell), address in cell) for cell in cells] == [
        ("Dagordning:", False),
        ("1.1 Mörkt", True),
        ("1.1 Mörkt", False),
    ]


@pytest.mark.parametrize("name", ["below", "whom_to_ask"])
def test_what_stands_below_stands_once_where_several_say_the_same(name: str) -> None:
    cause("en", MemberFactory())
    notice = Notice(cause=NoticeCause.objects.get(), pk=1)
    asks = ["Fråga Maja.", "Fråga Maja.", "Fråga Omar.", "", "Fråga Omar."]
    facts: list[Any] = [{name: whom} for whom in asks]
    told = [NoticeWords(f"Nytt {n}.", "/", "Läs", **said) for n, said in enumerate(facts)]
    letter = Letter(MemberFactory(), told, [notice])

    plain, html = (str(part) for part in (written(letter).body, written(letter).alternatives[0][0]))

    for form in (plain, html):
        told_of_each = re.split(r"Nytt \d", form[form.rindex("Nytt 0") :])[1:]
        found = [re.findall(r"Fråga \w+\.", words) for words in told_of_each]
        assert found == [[], ["Fråga Maja."], ["Fråga Omar."], [], ["Fråga Omar."]]


LONG = "Påminnelse, svar önskas senast 11 november: Byt lamporna i gångtunneln under järnvägen vid Åkrahäll"


@pytest.mark.parametrize("line", [LONG, "å" * 200, "Du går på mötet onsdag 9 december, Omar Prov har förhinder"])
def test_a_long_subject_begins_on_its_own_line(server: Caught, line: str) -> None:
    cause("en", MemberFactory(), words=line)

    send_due(at=LATER)

    [mail] = server.mails
    sent = f"Subject: {dict(mail.raw_items())['Subject']}".splitlines()
    assert sent[0].startswith("Subject: =?utf-8?")
    assert (max(map(len, sent)) <= 78, mail["Subject"]) == (True, line)


def test_nothing_is_fetched_from_outside_and_every_link_leads_to_the_register(server: Caught) -> None:
    cause("en", MemberFactory())

    send_due(at=LATER)

    plain, html = parts(server.mails[0])
    links = re.findall(r'(?:href|src)="([^"]+)"', html) + re.findall(r"https?://\S+", plain)
    assert {re.sub(r"(?<=se).*", "", link) for link in links} == {"https://register.exempel.se"}
    assert not re.search(r"<img|<link|url\(|@import|<script", html)


def test_a_scanner_that_looks_at_the_address_changes_nothing_and_one_press_does(client: Client) -> None:
    anna = MemberFactory()
    address = f"/mejl/{token_for(anna, [Subject.ASKED])}/"

    looked = client.get(address)
    before = NoticeChoice.objects.of(anna)[Subject.ASKED]
    pressed = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, before, pressed.status_code) == (200, How.AT_ONCE, 200)
    assert NoticeChoice.objects.of(anna)[Subject.ASKED] == How.NEVER


@pytest.mark.parametrize("subject", Subject)
def test_the_address_tells_in_no_word_what_the_mail_is_about(subject: Subject) -> None:
    told = urlsafe_b64decode(f"{token_for(MemberFactory(), [subject]).partition(':')[0]}==")

    assert not [word for word in Subject if word.encode() in told]


def test_a_token_that_is_none_of_ours_or_hers_no_longer_leads_nowhere(client: Client) -> None:
    gone, moved = MemberFactory(is_active=False), MemberFactory()
    token, to_another_address = token_for(MemberFactory(), [Subject.ASKED]), token_for(moved, [Subject.ASKED])
    Member.objects.filter(pk=moved.pk).update(email="flyttad@exempel.se")

    addresses = [token[:-1], f"{token}x", "å", token_for(gone, [Subject.ASKED]), to_another_address]
    addresses.append(token_for(MemberFactory(), [Subject.MEETINGS]))  # she is called under it
    before = list(NoticeChoice.objects.order_by("pk").values())
    pages = [getattr(client, method)(f"/mejl/{each}/") for each in addresses for method in ("get", "post")]

    assert [page.status_code for page in pages] == [410] * 12
    assert {words(page) for page in pages} == {words(pages[0])}
    assert "Länken gäller inte längre" in words(pages[0])
    assert "Inget är ändrat." in words(pages[0])
    assert list(NoticeChoice.objects.order_by("pk").values()) == before


def test_guesses_at_it_are_limited_with_those_of_other_mails_and_a_valid_one_works_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BROKEN_LINKS", limits.Limit("broken_links", 2, limits.DAY))
    anna = MemberFactory()
    assert client.post("/besked/1.x:y/ja/", {}).status_code == 410
    assert client.post("/mejl/x/").status_code == 410

    assert client.post("/mejl/x/").status_code == 429
    assert client.post(f"/mejl/{token_for(anna, [Subject.ASKED])}/").status_code == 200
    assert NoticeChoice.objects.of(anna)[Subject.ASKED] == How.NEVER


def test_a_file_goes_with_the_mail_and_one_for_programs_stands_beside_the_words_too(server: Caught) -> None:
    cause("en", MemberFactory(), kind=FILED)

    send_due(at=LATER)

    [mail] = server.mails
    carried = {part.get_filename(): (part.get_content_type(), part.get_content()) for part in mail.iter_attachments()}
    shown = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert carried == {file.name: (file.kind, file.content) for file in FILES}
    assert [(part["Content-Type"].params["method"], part.get_content().split()) for part in shown] == [
        ("REQUEST", ICS.split())
    ]
    assert [part.get_content_type() for part in mail.walk() if part.get_content_maintype() == "text"] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
