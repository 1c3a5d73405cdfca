"""A guest who presents an item is called to it, and to nothing else of the meeting."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from issues.models import AccessGrant, Issue
from issues.restricting import restrict
from meetings.agenda.ordering import add_item, present_line, remove_line
from meetings.calling import MOVED, call_meeting, has_missed_change
from meetings.guests import guests_of, item_keys, presents_as_guest
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting
from members.actor import Actor
from members.models import How, Member, Notice, NoticeCause, NoticeChoice, Subject
from tests.factories import AgendaItemFactory, IssueFactory, MemberFactory, SeatFactory
from tests.meetings.called import AT, event_in, sent, the_member
from tests.meetings.meetings import excuse
from tests.presenting import let_present

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def per(coming: Meeting, coordinator: Member) -> Member:
    """A guest, who presents the night patrol and has her mails gathered; the rest of the agenda is nothing to her."""
    per: Member = MemberFactory(name="Per", email="per@gast.exempel.se")
    NoticeChoice.objects.choose(per, {Subject.MEETINGS: How.DAILY}, by=Actor.of(per))
    add_item(coming, by=Actor.of(coordinator), title="Belysningen")
    add_item(coming, by=Actor.of(coordinator), title="Nattvandringen", presenters=[per], minutes=10)
    return per


@pytest.fixture
def called(coming: Meeting, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]) -> EmailMessage:
    """The guest's own call."""
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    assert sorted(told(mailoutbox, AT + 2 * MINUTE)) == ["per"]
    return mailoutbox[0]


def told(mailoutbox: list[EmailMessage], at: datetime) -> list[str]:
    """To whom what has been sent then, less those who sit."""
    names = sent(mailoutbox, at)
    mailoutbox[:] = [mail for mail in mailoutbox if mail.to[0].startswith("per@")]
    return [name for name in names if name == "per"]


def remove(meeting: Meeting, title: str, *, by: Member) -> AgendaItem:
    item: AgendaItem = AgendaItem.objects.get(title=title)
    remove_line(meeting, item.key, by=Actor.of(by), at=AT)
    return item


def test_she_is_told_when_and_where_and_of_her_own_item_alone(coming: Meeting, called: EmailMessage) -> None:
    text = str(called.body)
    assert str(called.subject).startswith("Du föredrar en punkt på mötet ")
    assert ("10.00–12.00, Åsalen." in text, "– Nattvandringen (tio minuter)" in text) == (True, True)
    assert ("Belysningen" in text, "Dagordning" in text, "svar/" in text) == (False, False, False)
    attached = [part.get_content_type() for part in called.message().walk()]
    assert "application/pdf" not in attached
    method, event = event_in(called)
    assert (method, event.decoded("dtstart"), str(event["location"])) == ("REQUEST", coming.starts_at, "Åsalen")
    assert str(event["description"]).startswith("Din punkt: https://register.exempel.se/")


def test_what_she_writes_back_reaches_a_samordnare(called: EmailMessage, coordinator: Member) -> None:
    assert "Kan du inte komma? Svara på det här mejlet, så läser samordnaren det." in str(called.body)
    assert called.reply_to == [coordinator.mail_address]


def test_she_is_called_once_with_the_others_and_not_before(
    coming: Meeting, per: Member, mailoutbox: list[EmailMessage]
) -> None:
    omar = Member.objects.get(name="Omar")
    excuse(coming, omar, by=Actor.of(omar), at=AT)
    assert sent(mailoutbox, AT + 2 * MINUTE) == ["gun"]  # she goes, which is told before the call
    assert told(mailoutbox, AT + timedelta(days=2) - MINUTE) == []
    sent(mailoutbox, AT + timedelta(days=2))
    assert told(mailoutbox, AT + timedelta(days=2) + MINUTE) == ["per"]
    assert told(mailoutbox, AT + timedelta(days=3)) == []


def test_the_link_says_whether_she_presents_one_item_or_several(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    assert "\nSe din punkt: https" in str(called.body)

    let_present(AgendaItem.objects.filter(title="Belysningen"), per)
    assert told(mailoutbox, AT + 4 * MINUTE) == ["per"]
    assert "\nSe dina punkter: https" in str(mailoutbox[0].body)

    change_meeting(coming, by=Actor.of(coordinator), at=AT + timedelta(hours=1), place="Biblioteket")
    assert told(mailoutbox, AT + timedelta(hours=1, minutes=2)) == ["per"]
    assert "\nSe dina punkter: https" in str(mailoutbox[0].body)


def test_one_who_is_of_the_group_gets_no_call_of_a_guest(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    for name in ("Omar", "Gun"):
        presenter = Member.objects.get(name=name)
        add_item(coming, by=Actor.of(coordinator), title=f"Punkt av {name}", presenters=[presenter])
    add_item(coming, by=Actor.of(coordinator), title="Samordnarens punkt", presenters=[coordinator])
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    assert (sent(mailoutbox, AT), sent(mailoutbox, AT + 2 * MINUTE)) == (["omar", "pia"], [])


def test_a_new_time_is_told_her_without_asking_for_an_answer(
    coming: Meeting, called: EmailMessage, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    change_meeting(coming, by=Actor.of(coordinator), at=AT + timedelta(hours=1), place="Biblioteket")

    assert told(mailoutbox, AT + timedelta(hours=1, minutes=2)) == ["per"]
    [mail] = mailoutbox
    assert str(mail.subject).endswith(": Biblioteket i stället för Åsalen")
    assert ("Biblioteket" in str(mail.body), "Kommer du?" in str(mail.body)) == (True, False)
    assert int(str(event_in(mail)[1]["sequence"])) == 1


def test_one_whose_item_is_taken_off_need_not_go_and_is_called_anew_when_it_is_put_back(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    remove(coming, "Nattvandringen", by=coordinator)

    assert told(mailoutbox, AT + 4 * MINUTE) == ["per"]
    [mail] = mailoutbox
    assert str(mail.subject).startswith("Du behöver inte gå på mötet ")
    assert str(mail.body).split("\n\n")[1] == "Du föredrar inte längre någon punkt."
    assert ("Se mötet" in str(mail.body), event_in(mail)[0]) == (False, "CANCEL")
    assert told(mailoutbox, AT + 6 * MINUTE) == []

    let_present(AgendaItem.objects.filter(title="Belysningen"), per)
    assert told(mailoutbox, AT + 8 * MINUTE) == ["per"]
    assert ("Belysningen" in str(mailoutbox[0].body), event_in(mailoutbox[0])[0]) == (True, "REQUEST")
    assert told(mailoutbox, AT + 10 * MINUTE) == []


def test_a_no_that_she_said_when_she_had_a_seat_was_none_to_her_item(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    seat = SeatFactory(member=per)
    excuse(coming, per, by=Actor.of(per))
    seat.delete()
    remove(coming, "Nattvandringen", by=coordinator)

    assert told(mailoutbox, AT + 4 * MINUTE) == ["per"]
    assert str(mailoutbox[0].subject).startswith("Du behöver inte gå på mötet ")


def test_one_whose_item_is_exchanged_for_another_is_told_which_it_is_now_and_once(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    let_present(AgendaItem.objects.filter(title="Belysningen"), per)
    remove(coming, "Nattvandringen", by=coordinator)

    assert told(mailoutbox, AT + 4 * MINUTE) == ["per"]
    [mail] = mailoutbox
    assert re.fullmatch(r"Det du föredrar på mötet .+ är ändrat", str(mail.subject))
    assert ("– Belysningen" in str(mail.body), "Nattvandringen" in str(mail.body)) == (True, False)
    method, event = event_in(mail)
    assert (method, int(str(event["sequence"]))) == ("REQUEST", 0)
    assert told(mailoutbox, AT + 6 * MINUTE) == []
    assert NoticeCause.objects.filter(kind="meetings.presents").count() == 2


def test_one_who_is_given_another_item_besides_and_loses_it_is_told_both_times(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    let_present(AgendaItem.objects.filter(title="Belysningen"), per)
    assert told(mailoutbox, AT + 4 * MINUTE) == ["per"]
    assert "– Belysningen\n– Nattvandringen (tio minuter)" in str(mailoutbox[0].body)

    remove(coming, "Belysningen", by=coordinator)
    assert told(mailoutbox, AT + 6 * MINUTE) == ["per"]
    assert ("Belysningen" in str(mailoutbox[0].body), "Nattvandringen" in str(mailoutbox[0].body)) == (False, True)
    assert told(mailoutbox, AT + 8 * MINUTE) == []


NIGHT, MORNING = AT.replace(hour=22), AT.replace(hour=7) + timedelta(days=1)


def test_an_item_that_is_exchanged_and_put_back_while_the_mail_waits_is_not_told(
    called: EmailMessage, per: Member, mailoutbox: list[EmailMessage]
) -> None:
    for minutes, title in enumerate(("Belysningen", "Nattvandringen")):
        let_present(AgendaItem.objects.filter(kind="topic"))
        let_present(AgendaItem.objects.filter(title=title), per)
        assert told(mailoutbox, NIGHT + minutes * MINUTE) == []
    assert Notice.objects.waiting().filter(member=per).exists()

    assert [told(mailoutbox, MORNING + minutes * MINUTE) for minutes in (0, 2, 4)] == [[], [], []]


def test_that_the_meeting_has_moved_is_told_though_an_item_is_exchanged_and_put_back(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    change_meeting(coming, by=Actor.of(coordinator), at=NIGHT - MINUTE, place="Biblioteket")
    for minutes, title in enumerate(("Belysningen", "Nattvandringen")):
        let_present(AgendaItem.objects.filter(kind="topic"))
        let_present(AgendaItem.objects.filter(title=title), per)
        told(mailoutbox, NIGHT + minutes * MINUTE)

    assert told(mailoutbox, MORNING) == ["per"]
    assert "Biblioteket" in str(mailoutbox[0].body)


def test_that_it_moved_while_she_presented_nothing_is_told_when_she_does_again(
    coming: Meeting, called: EmailMessage, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    let_present(AgendaItem.objects.filter(title="Nattvandringen"))
    assert told(mailoutbox, NIGHT) == []
    change_meeting(coming, by=Actor.of(coordinator), at=NIGHT + MINUTE, place="Biblioteket")
    told(mailoutbox, NIGHT + 3 * MINUTE)
    let_present(AgendaItem.objects.filter(title="Nattvandringen"), per)
    told(mailoutbox, NIGHT + 5 * MINUTE)

    assert told(mailoutbox, MORNING) == ["per"]
    assert "Biblioteket" in str(mailoutbox[0].body)
    assert told(mailoutbox, MORNING + 2 * MINUTE) == []


def test_an_item_that_is_exchanged_while_the_first_call_waits_is_told_as_the_first(
    coming: Meeting, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, NIGHT - 2 * MINUTE)
    assert told(mailoutbox, NIGHT) == []
    let_present(AgendaItem.objects.filter(title="Belysningen"), per)
    remove(coming, "Nattvandringen", by=coordinator)

    mails: list[EmailMessage] = []
    for minutes in (0, 2, 4):
        told(mailoutbox, MORNING + minutes * MINUTE)
        mails += mailoutbox

    [mail] = mails
    assert str(mail.subject).startswith("Du föredrar en punkt på mötet ")
    assert ("Belysningen" in str(mail.body), "Nattvandringen" in str(mail.body)) == (True, False)


def test_one_who_has_another_address_since_is_called_there_once(
    called: EmailMessage, per: Member, mailoutbox: list[EmailMessage]
) -> None:
    Member.objects.filter(pk=per.pk).update(email="per@ny.exempel.se")

    assert told(mailoutbox, AT + 5 * MINUTE) == ["per"]
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["per@ny.exempel.se"], called.subject)]
    assert told(mailoutbox, AT + 10 * MINUTE) == []


def test_one_who_wants_no_mail_is_not_called_anew_in_each_run(
    coming: Meeting, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    NoticeChoice.objects.choose(per, {Subject.MEETINGS: How.NEVER}, by=Actor.of(per))
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    assert [told(mailoutbox, AT + minutes * MINUTE) for minutes in range(0, 8, 2)] == [[], [], [], []]
    assert NoticeCause.objects.filter(kind="meetings.presents").count() == 1


def test_one_whose_call_was_not_needed_is_called_when_it_is_again(
    coming: Meeting, per: Member, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    cause = NoticeCause.of("meetings.presents", f"{coming.pk}.{per.pk}.0", at=AT, meeting=coming.pk, member=per.pk)
    cause.save()
    dropped = {"state": "dropped", "settled_at": AT, "trouble": "nothing to tell"}
    Notice.objects.create(cause=cause, member=per, due_at=AT, **dropped)
    NoticeCause.objects.filter(pk=cause.pk).update(addressed_at=AT)

    assert told(mailoutbox, AT + 2 * MINUTE) == ["per"]
    assert told(mailoutbox, AT + 4 * MINUTE) == []


def test_an_item_of_what_is_restricted_is_not_named_even_to_one_who_may_read_it(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    per, pelle = (MemberFactory(name=name, email=f"{name.lower()}@gast.exempel.se") for name in ("Per", "Pelle"))
    house = IssueFactory(title="Hemliga huset")
    restrict(house, reason="Kan kännas igen.", named=[coordinator.pk], by=Actor.of(coordinator))
    AccessGrant.objects.create(issue=house, member=per)
    AgendaItemFactory(meeting=coming, kind="issue", title="Hemliga punkten", issue=house, presenter=per)
    yard = IssueFactory(title="Hemliga gården")
    restrict(yard, reason="Kan kännas igen.", named=[coordinator.pk], by=Actor.of(coordinator))
    AgendaItemFactory(meeting=coming, kind="issue", title="Hemliga gården", issue=yard, presenter=pelle)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    assert "pelle" not in sent(mailoutbox, AT + 2 * MINUTE)
    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith("per@") and "föredrar" in str(mail.subject)]
    assert ("emliga" in str(mail.body), "En punkt som du ser när du har loggat in." in str(mail.body)) == (False, True)


def test_however_many_they_are_it_is_asked_in_two_statements_and_of_each_as_she_sees_the_agenda(
    coming: Meeting, per: Member, coordinator: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by, at = Actor.of(coordinator), timezone.now()
    for name, marks in (("Anna", {}), ("Bo", {"is_reader": True}), ("Dan", {"is_active": False})):
        add_item(coming, by=by, title=f"Av {name}", presenters=[MemberFactory(name=name, **marks)])
    add_item(coming, by=by, title="Av gruppen", presenters=[coordinator])
    for presenter in (per, the_member("Anna")):
        issue = IssueFactory(title=f"Hot mot {presenter}")
        AgendaItemFactory(meeting=coming, issue=issue, presenter=presenter)
        restrict(issue, reason="Hot.", named=[], by=by, at=at)
    AccessGrant.objects.create(issue=Issue.objects.get(title="Hot mot Per"), member=per)
    remove(coming, "Av Bo", by=coordinator)

    with django_assert_num_queries(2):
        found = guests_of(coming)

    everybody = Member.objects.filter(is_active=True).in_order()
    assert found == {one: item_keys(coming, one) for one in everybody if presents_as_guest(one, coming)}
    assert {f"{guest}": len(items) for guest, items in found.items()} == {"Anna": 1, "Per": 2}


def test_what_she_presents_of_a_line_that_the_rules_raise_counts_too(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    per: Member = MemberFactory(name="Per", email="per@gast.exempel.se")
    item = add_item(coming, by=Actor.of(coordinator), title="Nattvandringen")
    present_line(coming, item.key, by=Actor.of(coordinator), presenters=[per], minutes=None)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    assert told(mailoutbox, AT + 2 * MINUTE) == ["per"]
    assert "– Nattvandringen\n" in str(mailoutbox[0].body)


def test_a_change_of_another_meeting_or_of_an_earlier_time_is_none_that_she_has_missed(
    called: EmailMessage, coming: Meeting, per: Member
) -> None:
    told = NoticeCause.objects.get(kind="meetings.presents")
    after = told.happened_at + MINUTE
    for key in (f"{coming.pk + 1}.{coming.sequence}", f"{coming.pk}.{coming.sequence - 1}"):
        NoticeCause.of(MOVED, key, at=after).save()
    assert not has_missed_change(coming, per, told)

    NoticeCause.of(MOVED, f"{coming.pk}.{coming.sequence}", at=after).save()
    assert has_missed_change(coming, per, told)
