"""Kvarstår problemet? A reporter says so, and what was closed or done is opened again for all to see."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from issues.models import Event, Issue, Observation, say_it_remains
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Organisation
from members.outbox.sending import send_due
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.issues.restricted import errors, url
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(coordinator: Member, officer: Member) -> Issue:
    """Ended, reported by the police."""
    issue = IssueFactory(title="Mörkt i tunneln")
    ObservationFactory(reporter=officer, organisation=officer.organisation, issue=issue)
    issue.close(by=Actor.of(coordinator), at=timezone.now() - timedelta(days=2), outcome="solved", feedback="Lyser.")
    return issue


def done(issue: Issue, organisation: Organisation, by: Member) -> None:
    action = ActionFactory(issue=issue, title="Byt lamporna", assignment__organisation=organisation)
    action.current.already_done(by=Actor.of(by), done_on=timezone.localdate(), note="Alla.")


def words(issue: Issue) -> list[str]:
    told = issue.events.filter(kind=Event.Kind.REMAINS).with_related().order_by("pk")
    return [str(event) for event in told]


def test_a_reporter_says_so_in_two_taps_and_the_issue_is_open_again(issue: Issue, officer: Member) -> None:
    client = signed_in(officer)

    assert "Kvarstår problemet?" in client.get(issue.get_absolute_url()).content.decode()
    page = client.get(url(issue, "kvarstar"))
    assert page.status_code == 200
    answer = client.post(url(issue, "kvarstar"), {"entry": page.context["form"]["entry"].value()}, follow=True)

    issue.refresh_from_db()
    assert (issue.state, issue.closure) == ("open", None)
    html = answer.content.decode()
    assert "Ärendet är öppnat igen. Samordnaren får veta det." in html
    assert "<p>Problemet kvarstår. Ärendet öppnat igen.</p>" in html
    assert "<strong>Problemet kvarstår.</strong>" in html
    assert "Kvarstår problemet?" not in html


def test_her_words_stand_in_the_timeline_as_her_organisations(
    issue: Issue, officer: Member, representative: Member, coordinator: Member
) -> None:
    signed_in(officer).post(url(issue, "kvarstar"), {"text": "Två lampor är släckta."})

    assert words(issue) == ["Problemet kvarstår. Ärendet öppnat igen: Två lampor är släckta."]
    page = signed_in(representative).get(issue.get_absolute_url()).content.decode()
    assert "Två lampor är släckta." in page
    assert officer.name not in page
    for who in (coordinator, officer):
        assert f"{officer}, Polisen" in signed_in(who).get(issue.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["representative", "deputy", "reader"])
def test_others_than_reporters_do_not(request: pytest.FixtureRequest, issue: Issue, who: str) -> None:
    client = signed_in(request.getfixturevalue(who))

    assert "Kvarstår problemet?" not in client.get(issue.get_absolute_url()).content.decode()
    assert client.post(url(issue, "kvarstar"), {"text": "Mörkt."}).status_code == 403
    assert Issue.objects.get(pk=issue.pk).is_closed


def test_one_who_took_her_report_back_or_left_the_group_does_not(issue: Issue, coordinator: Member) -> None:
    left = ObservationFactory(issue=IssueFactory()).reporter
    ObservationFactory(reporter=left, issue=issue)
    left.seats.all().delete()
    left.is_reader = True
    left.save()

    assert signed_in(left).post(url(issue, "kvarstar")).status_code == 403
    assert Issue.objects.get(pk=issue.pk).is_closed


def test_the_samordnare_has_her_own_button(issue: Issue, coordinator: Member) -> None:
    ObservationFactory(reporter=coordinator, issue=issue)

    page = signed_in(coordinator).get(issue.get_absolute_url()).content.decode()

    assert "Kvarstår problemet?" not in page
    assert "Öppna igen" in page


def test_of_what_is_done_but_not_closed_it_is_told_once(
    coordinator: Member, officer: Member, technical: Organisation, representative: Member
) -> None:
    issue = IssueFactory(title="Mörkt")
    ObservationFactory(reporter=officer, issue=issue)
    client = signed_in(officer)
    assert "Kvarstår problemet?" not in client.get(issue.get_absolute_url()).content.decode()
    done(issue, technical, representative)
    assert "Kvarstår problemet?" in client.get(issue.get_absolute_url()).content.decode()

    client.post(url(issue, "kvarstar"), {"text": "Mörkt."})
    again = client.post(url(issue, "kvarstar"), {"text": "Fortfarande mörkt."})

    assert words(issue) == ["Problemet kvarstår: Mörkt."]
    assert "Ärendet är redan öppet, så det behöver inte sägas igen." in errors(again)
    assert "Fortfarande mörkt." in again.content.decode()
    assert client.get(url(issue, "kvarstar"))["Location"] == issue.get_absolute_url()
    done(issue, technical, representative)
    client.post(url(issue, "kvarstar"), {"text": "Det hjälpte inte."})
    assert words(issue)[1:] == ["Problemet kvarstår: Det hjälpte inte."]


def test_of_two_reporters_the_second_is_told_and_keeps_her_words(
    issue: Issue, officer: Member, representative: Member
) -> None:
    ObservationFactory(reporter=representative, issue=issue)
    signed_in(officer).post(url(issue, "kvarstar"), {"text": "Mörkt."})

    answer = signed_in(representative).post(url(issue, "kvarstar"), {"text": "Mörkt även här.", "entry": issue.entry})

    assert "Ärendet är redan öppet" in errors(answer)
    html = answer.content.decode()
    assert "Mörkt även här." in html
    assert officer.name not in html
    assert words(issue) == ["Problemet kvarstår. Ärendet öppnat igen: Mörkt."]


def test_a_page_from_before_it_was_closed_anew_opens_nothing(
    issue: Issue, officer: Member, coordinator: Member
) -> None:
    entry = issue.entry
    issue.reopen(reason="Fel.", by=Actor.of(coordinator))
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Lyser.")

    answer = signed_in(officer).post(url(issue, "kvarstar"), {"text": "Mörkt.", "entry": entry})

    assert "Ärendet har öppnats och avslutats igen medan du skrev" in errors(answer)
    assert Issue.objects.get(pk=issue.pk).is_closed


def test_a_new_issue_that_nobody_has_done_anything_in_does_not_remain(officer: Member) -> None:
    issue = IssueFactory()
    ObservationFactory(reporter=officer, issue=issue)

    with pytest.raises(ValidationError, match="redan öppet"):
        say_it_remains(issue, by=Actor.of(officer))


def test_a_draft_that_she_may_not_know_of_is_no_hindrance(
    coordinator: Member, officer: Member, technical: Organisation, representative: Member
) -> None:
    issue = IssueFactory(title="Mörkt")
    ObservationFactory(reporter=officer, issue=issue)
    done(issue, technical, representative)
    ActionFactory(issue=issue, title="Ny stolpe", state="draft", assignment__organisation=technical)
    client = signed_in(officer)

    assert "Kvarstår problemet?" in client.get(issue.get_absolute_url()).content.decode()
    answer = client.post(url(issue, "kvarstar"), {"text": "Mörkt."}, follow=True)

    assert words(issue) == ["Problemet kvarstår: Mörkt."]
    assert "Ny stolpe" not in answer.content.decode()


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [("duplicate", "Ärendet är en dubblett. Rapportera i det ärende"), ("not_ours", "som inte gruppens ansvar")],
)
def test_what_was_closed_as_no_work_of_its_own_is_not_opened_so(
    issue: Issue, officer: Member, coordinator: Member, mailoutbox: list[EmailMessage], outcome: str, sentence: str
) -> None:
    issue.reopen(reason="Fel.", by=Actor.of(coordinator))
    issue.close(by=Actor.of(coordinator), outcome=outcome, feedback="Det är vägföreningens.", at=AT)
    client = signed_in(officer)

    told = letters(mailoutbox, AT + timedelta(days=4))["ali@exempel.se"].body
    for page in (client.get("/").content.decode(), client.get(issue.get_absolute_url()).content.decode(), told):
        assert "Det är vägföreningens." in page
        assert "Kvarstår problemet?" not in page
    assert client.get(url(issue, "kvarstar"))["Location"] == issue.get_absolute_url()
    answer = client.post(url(issue, "kvarstar"), {"text": "Mörkt än.", "entry": issue.entry})
    assert sentence in errors(answer)
    assert "Mörkt än." in answer.content.decode()
    assert Issue.objects.get(pk=issue.pk).is_closed


@pytest.mark.parametrize("restricted", [False, True])
def test_a_duplicate_leads_to_the_issue_that_it_names_where_she_may_know_of_it(
    issue: Issue, officer: Member, coordinator: Member, restricted: bool
) -> None:
    main = IssueFactory(title="Släckta lampor vid skolan", restricted=restricted)
    issue.reopen(reason="Fel.", by=Actor.of(coordinator))
    issue.close(by=Actor.of(coordinator), outcome="duplicate", feedback=f"Se ärende {main.number}.")

    page = signed_in(officer).get(issue.get_absolute_url()).content.decode()

    assert (f'Det följs i ärende {main.number}: <a href="{main.get_absolute_url()}">{main}</a>' in page) != restricted
    assert (f"?arende={main.number}" in page) != restricted
    assert (str(main) in page) != restricted


# Who is told


AT = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def register(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def letters(mailoutbox: list[EmailMessage], at: datetime = AT + timedelta(minutes=2)) -> dict[str, EmailMessage]:
    """The mails by their receivers, of one thing."""
    mailoutbox.clear()
    send_due(at=at)
    return {mail.to[0]: mail for mail in mailoutbox}


@pytest.mark.usefixtures("register")
def test_the_samordnare_and_whoever_had_it_are_told_once(
    issue: Issue,
    officer: Member,
    coordinator: Member,
    technical: Organisation,
    representative: Member,
    deputy: Member,
    mailoutbox: list[EmailMessage],
) -> None:
    issue.reopen(reason="Fel.", by=Actor.of(coordinator), at=AT - timedelta(days=1))
    done(issue, technical, representative)
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Lyser.", at=AT - timedelta(hours=1))
    send_due(at=AT - timedelta(minutes=1))

    say_it_remains(issue, by=Actor.of(officer), text="Två är släckta.", at=AT)

    told = letters(mailoutbox)
    assert {who: str(mail.subject) for who, mail in told.items()} == dict.fromkeys(
        ("maja@exempel.se", "omar@exempel.se", "tekniska@exempel.se"), "Problemet kvarstår: Mörkt i tunneln"
    )
    assert "Två är släckta." in told["maja@exempel.se"].body
    assert "Hos er: ”Byt lamporna”." in told["omar@exempel.se"].body
    assert "Två är släckta." in told["omar@exempel.se"].body
    assert "Ni behöver inte svara" in told["tekniska@exempel.se"].body
    assert "släckta" not in told["tekniska@exempel.se"].body
    assert all(officer.name not in mail.body for mail in told.values())
    later = letters(mailoutbox, AT + timedelta(days=1))
    assert {who: [str(mail.subject)] for who, mail in later.items() if "kvarstår" in str(mail.subject)} == {}


@pytest.mark.usefixtures("register")
def test_of_what_is_restricted_only_that_something_has_happened(
    issue: Issue, officer: Member, coordinator: Member, technical: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    restrict(issue, reason="Känns igen.", named=[officer.pk], by=Actor.of(coordinator), at=AT - timedelta(hours=1))
    send_due(at=AT - timedelta(minutes=1))

    say_it_remains(issue, by=Actor.of(officer), text="Två är släckta.", at=AT)

    told = letters(mailoutbox)
    assert {*told} == {"maja@exempel.se"}
    assert "tunneln" not in f"{told['maja@exempel.se'].subject}{told['maja@exempel.se'].body}"


def test_a_reporter_who_may_not_know_of_it_cannot(
    issue: Issue, officer: Member, coordinator: Member, representative: Member
) -> None:
    restrict(issue, reason="Känns igen.", named=[representative.pk], by=Actor.of(coordinator))

    assert signed_in(officer).post(url(issue, "kvarstar"), {"text": "Mörkt."}).status_code == 404
    assert Observation.objects.visible_to(officer).filter(issue=issue).exists()


def test_it_stands_on_the_samordnares_start_page_until_the_group_goes_on(
    issue: Issue, officer: Member, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    say_it_remains(issue, by=Actor.of(officer), text="Två är släckta.")

    page = signed_in(coordinator).get("/").content.decode()
    assert 'id="kvarstar"' in page
    assert page.count("Två är släckta.") == 1
    assert "Problemet kvarstår: Mörkt i tunneln" not in page, "The news do not say it again."
    assert 'id="kvarstar"' not in signed_in(representative).get("/").content.decode()

    ActionFactory(issue=issue, assignment__organisation=technical, state="draft").propose(by=Actor.of(coordinator))
    assert 'id="kvarstar"' not in signed_in(coordinator).get("/").content.decode()


@pytest.mark.usefixtures("register")
def test_the_feedback_asks_it_of_a_reporter_on_her_page_and_in_her_mail(
    issue: Issue, officer: Member, coordinator: Member, reader: Member, mailoutbox: list[EmailMessage]
) -> None:
    assert f"/arenden/{issue.number}/kvarstar/" in signed_in(officer).get("/").content.decode()
    issue.reopen(reason="Fel.", by=Actor.of(coordinator))
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Lyser.", at=AT)

    told = letters(mailoutbox, AT + timedelta(days=4))

    assert f"https://register.exempel.se/arenden/{issue.number}/kvarstar/" in told["ali@exempel.se"].body
