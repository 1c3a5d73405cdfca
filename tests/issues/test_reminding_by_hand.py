"""The samordnare reminds by one click: with which words, whom, once a day, and of what the group waits for."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from issues.models import Action, Event, Issue
from issues.notices import REMINDED
from issues.reminding import remind
from issues.restricting import restrict
from members.actor import Actor
from members.models import Group, Member, NoticeCause, Organisation
from members.outbox.sending import send_due
from tests.days import in_days, next_noon
from tests.factories import ActionFactory, AnswersForFactory, IssueFactory, MemberFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja() -> Member:
    return MemberFactory(name="Maja Exempel", email="maja@exempel.se", is_coordinator=True)


@pytest.fixture
def tekniska() -> Organisation:
    organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    AnswersForFactory(member=MemberFactory(email="handlaggare@exempel.se"), organisation=organisation)
    return organisation


@pytest.fixture
def action(tekniska: Organisation) -> Action:
    made: Action = ActionFactory(
        issue=IssueFactory(title="Mörkt vid Åparken"),
        title="Byt lamporna",
        assignment__organisation=tekniska,
        assignment__answer_due=in_days(-3),
    )
    return made


def post(client: Client, action: Action, **typed: str) -> str:
    address = f"/atgarder/{action.pk}/paminn/"
    sent = {f"paminn-{name}": value for name, value in {"version": action.version, **typed}.items()}
    response = client.post(address, sent, follow=True)
    return " ".join(str(message) for message in response.context["messages"]) or response.content.decode()


def reminders(action: Action) -> list[Event]:
    return list(action.issue.events.filter(kind=Event.Kind.REMINDED))


def test_the_mail_goes_to_the_mailbox_and_those_who_answer_with_the_words_that_stood_there(
    client: Client, maja: Member, action: Action, mailoutbox: list[EmailMessage]
) -> None:
    client.force_login(maja)

    assert post(client, action, text="Vi ses på onsdag.") == "Tekniska är påmind."

    [event] = reminders(action)
    assert str(event) == "Påminnelse till Tekniska om ”Byt lamporna”: Vi ses på onsdag."
    assert event.who.startswith("Maja Exempel, samordnare")
    send_due(at=next_noon())
    reminded = [mail for mail in mailoutbox if str(mail.subject).startswith("Påminnelse, svar skulle ha kommit")]
    assert sorted(mail.to[0] for mail in reminded) == ["handlaggare@exempel.se", "tekniska@exempel.se"]
    for mail in reminded:
        assert "Maja Exempel påminner: Vi ses på onsdag." in mail.body
        assert mail.reply_to == ["maja@exempel.se"]
    send_due(at=next_noon() + timedelta(minutes=5))
    assert len([mail for mail in mailoutbox if mail in reminded]) == 2


def test_from_a_list_it_has_the_groups_usual_words_and_leads_back_there(
    client: Client, maja: Member, action: Action
) -> None:
    Group.current().change(by=Actor.of(maja), reminder_text="Gruppen väntar på er.")
    client.force_login(maja)
    start = client.get("/")
    assert f'action="/atgarder/{action.pk}/paminn/?start=1"' in start.content.decode()

    response = client.post(f"/atgarder/{action.pk}/paminn/?start=1", {"paminn-version": action.version}, follow=True)

    assert response.redirect_chain == [("/", 302)]
    [event] = reminders(action)
    assert event.text == "Gruppen väntar på er."
    page = response.content.decode()
    assert "Tekniska är påmind." in page
    assert "Påmind i dag" in page
    assert "paminn/" not in page


def test_the_form_has_the_usual_words_and_says_when_they_were_reminded_last(
    client: Client, maja: Member, action: Action
) -> None:
    remind(action.current, by=Actor.of(maja), at=timezone.now() - timedelta(days=40))
    client.force_login(maja)

    page = client.get(f"/atgarder/{action.pk}/").content.decode()

    assert Group.current().reminder_text in page
    assert "Senast påmind" in page


def test_two_who_press_within_a_minute_and_one_who_presses_twice_send_one(
    client: Client, maja: Member, action: Action
) -> None:
    other = MemberFactory(name="Sara Mall", is_coordinator=True)
    client.force_login(maja)
    twice = {"paminn-version": action.version, "paminn-text": "Hej.", "key": str(uuid4())}
    for _ in range(2):
        client.post(f"/atgarder/{action.pk}/paminn/", twice)
    hers = Client()
    hers.force_login(other)

    refused = post(hers, action, text="Hej.")

    assert "Maja Exempel påminde Tekniska i dag" in refused
    assert "Du kan påminna igen i morgon. Ingen påminnelse är skickad." in refused
    assert len(reminders(action)) == 1


def test_the_registers_own_counts_and_the_next_day_it_can_be_done_again(maja: Member, action: Action) -> None:
    noon, by = next_noon(), Actor.of(maja)
    remind(action.current, by=by, at=noon)

    with pytest.raises(Conflict):
        remind(action.current, by=by, at=noon + timedelta(hours=1))
    remind(action.current, by=by, at=noon + timedelta(days=1))

    assert len(reminders(action)) == 2


def test_of_what_was_answered_meanwhile_nobody_is_reminded(
    maja: Member, action: Action, tekniska: Organisation
) -> None:
    shown = action.version
    handler = Member.objects.get(email="handlaggare@exempel.se")
    action.current.accept(by=Actor.of(handler).speaking_for(tekniska), planned=in_days(3))

    for version in (shown, ""):
        with pytest.raises((EditConflict, Conflict)):
            remind(Action.objects.get(pk=action.pk).current, by=Actor.of(maja), version=version)

    assert reminders(action) == []


def test_one_whose_promised_day_has_passed_is_reminded_and_before_that_day_not(
    client: Client, maja: Member, tekniska: Organisation
) -> None:
    late, in_time = (
        ActionFactory(
            state=Action.State.ONGOING,
            assignment__organisation=tekniska,
            assignment__planned=in_days(days),
        )
        for days in (-3, 3)
    )
    client.force_login(maja)

    assert post(client, late, text="") == "Tekniska är påmind."
    assert "Inget väntar på Tekniska. Ingen påminnelse är skickad." in post(client, in_time, text="")
    assert "Skicka påminnelsen" not in client.get(f"/atgarder/{in_time.pk}/").content.decode()


def test_where_nobody_has_mail_it_says_so(maja: Member) -> None:
    action = ActionFactory(assignment__organisation=OrganisationFactory(name="Utan brevlåda"))

    with pytest.raises(NotAllowed, match="Utan brevlåda har ingen brevlåda") as refused:
        remind(action.current, by=Actor.of(maja))

    assert "Ingen påminnelse är skickad." in str(refused.value)


def test_of_what_is_restricted_only_the_named_are_told_and_only_that_something_happened(
    maja: Member, action: Action, mailoutbox: list[EmailMessage]
) -> None:
    named = Member.objects.get(email="handlaggare@exempel.se")
    issue = Issue.objects.get(pk=action.issue.pk)
    restrict(issue, reason="Hot.", named=[maja.pk, named.pk], by=Actor.of(maja))
    NoticeCause.objects.all().delete()

    remind(Action.objects.get(pk=action.pk).current, by=Actor.of(maja), text="Vi ses.")
    send_due(at=next_noon())

    cause = NoticeCause.objects.get(kind=REMINDED)
    assert [notice.receiver for notice in cause.notices.all()] == [named]
    told = str([mail.message() for mail in mailoutbox if mail.to == [named.email]])
    assert [word for word in ("Vi ses", "Byt lamporna", "Mörkt") if word in told] == []


def test_others_do_not_remind(client: Client, tekniska: Organisation, action: Action) -> None:
    client.force_login(Member.objects.get(email="handlaggare@exempel.se"))

    assert client.post(f"/atgarder/{action.pk}/paminn/", {"paminn-version": action.version}).status_code == 403
    assert reminders(action) == []
