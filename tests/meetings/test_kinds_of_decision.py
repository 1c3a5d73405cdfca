"""Each kind of decision: its formal sentence, what the closing does with it, and what is left when that is undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, NotAllowed
from issues.models import Action, Escalation, Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, keep_line
from meetings.deciding import decide, make_issue, propose_action
from meetings.models import AgendaItem, Decision, Meeting
from meetings.planning import plan_meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import item_of, planned, under_way, words, write
from tests.meetings.reopening import close, told
from tests.the import the

KLG = "kommunledningsgruppen"


@pytest.fixture
def action(technical: Organisation) -> Action:
    """Asked of Tekniska, who has not answered in time."""
    issue = IssueFactory(title="Mörkt i tunneln", state=Issue.State.OPEN)
    asked = {"assignment__organisation": technical, "assignment__answer_due": in_days(-3)}
    asked["assignment__asked_at"] = timezone.now() - timedelta(days=50)
    action: Action = ActionFactory(issue=issue, title="Byt lamporna", **asked)
    return action


@pytest.fixture
def lamps(action: Action, coordinator: Member) -> AgendaItem:
    """The item of that action, on a meeting that is under way."""
    return under_way(coordinator).items.get(action=action)


@pytest.fixture
def walk(coordinator: Member, by: Actor) -> AgendaItem:
    """A topic in words."""
    return add_item(under_way(coordinator), title="Nattvandring", by=by)


def text_of(item: AgendaItem) -> str:
    return the(item.decisions.order_by("-pk").first()).text


def closing(item: AgendaItem, coordinator: Member) -> Meeting:
    """The meeting of the item, closed, with another planned after it; gives back that one."""
    meeting = item.meeting
    close(meeting, coordinator, next_starts_at=timezone.now() + timedelta(weeks=4))
    meeting.refresh_from_db()
    return the(meeting.following())


def undone(item: AgendaItem, by: Actor) -> AgendaItem:
    meeting = Meeting.objects.get(pk=item.meeting_id)
    unclose_meeting(meeting, by=by)
    item.refresh_from_db()
    return item


def reasons(meeting: Meeting, member: Member) -> dict[str, str]:
    return {line.title: line.reason for heading in agenda(meeting, member) for line in heading.lines}


# Sentences


def test_each_kind_is_told_in_a_formal_sentence(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, kind="refer", to="tekniska nämnden")
    assert text_of(item) == "Gruppen hänskjuter frågan till tekniska nämnden."

    write(as_coordinator, item, kind="inform", text="Bron stängs i april.")
    assert text_of(item) == "Gruppen noterar informationen. Bron stängs i april."

    write(as_coordinator, item, kind="defer", text="Polisen är inte här.")
    assert text_of(item) == "Gruppen bordlägger frågan till nästa möte. Polisen är inte här."


def test_who_writes_the_whole_sentence_has_it_as_she_wrote_it(as_coordinator: Client, item: AgendaItem) -> None:
    write(as_coordinator, item, kind="refer", to="nämnden", text="Gruppen hänskjuter frågan om ljuset till nämnden.")

    assert text_of(item) == "Gruppen hänskjuter frågan om ljuset till nämnden."
    assert item.decisions.get().to == "nämnden"


def test_a_sentence_of_the_groups_that_says_something_else_stands_after_the_formal_one(
    as_coordinator: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, kind="refer", to="nämnden", text="Gruppen har väntat länge.")

    assert text_of(item) == "Gruppen hänskjuter frågan till nämnden. Gruppen har väntat länge."


def test_a_pause_says_why_and_the_timeline_says_it_once(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    decide(item, by=by, kind="pause", text="Vi väntar till våren.")
    assert text_of(item) == "Gruppen avvaktar med ärendet. Vi väntar till våren."

    close(item.meeting, coordinator)

    assert "Ärendet är vilande: Vi väntar till våren." in told(item.title)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"kind": "refer"}, "Skriv till vem frågan hänskjuts."),
        ({"kind": "inform", "to": "nämnden"}, "”Till vem” hör till ”Hänskjut frågan”. Välj det, eller töm fältet."),
        ({"kind": "escalate"}, "Välj vilken åtgärd, och till vem."),
        ({"kind": "escalate", "lifts": "1-1"}, "Åtgärden kan inte eskaleras dit nu. Välj igen."),
    ],
)
def test_what_is_missing_or_strays_is_said_and_what_was_typed_stands(
    as_coordinator: Client, item: AgendaItem, typed: dict[str, str], refusal: str
) -> None:
    page = words(write(as_coordinator, item, note="Det jag skrev", **typed))

    assert refusal in page
    assert "Det jag skrev" in page
    assert not Decision.objects.exists()


def test_only_what_makes_sense_is_offered(as_coordinator: Client, item: AgendaItem, walk: AgendaItem) -> None:
    heading = item.meeting.items.filter(kind=AgendaItem.Kind.HEADING).first()

    def offered(of: AgendaItem | None) -> list[str]:
        form = as_coordinator.get(the(of).get_absolute_url()).context["form"]
        return [str(words) for _, words in form.fields["kind"].choices]

    of_all, of_issues = ["Hänskjut frågan", "Notera information"], ["Avvakta med ärendet", "Avsluta ärendet"]
    assert offered(item) == ["Beslut i ord", *of_issues, *of_all, "Bordlägg frågan"]
    assert offered(walk) == ["Beslut i ord", *of_all, "Bordlägg frågan"]
    assert offered(heading) == ["Beslut i ord", *of_all]


# Refer and inform


def test_what_is_referred_stays_open_and_is_told_of_the_issue(
    as_coordinator: Client, by: Actor, item: AgendaItem, coordinator: Member
) -> None:
    decide(item, by=by, kind="refer", to="tekniska nämnden")
    close(item.meeting, coordinator)

    issue = Issue.objects.get(title=item.title)
    assert issue.is_open
    assert any("Gruppen hänskjuter frågan till tekniska nämnden." in line for line in told(item.title))
    minutes = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[item.meeting_id])))
    assert f"Beslut {item.meeting.day.year}-1: Gruppen hänskjuter frågan till tekniska nämnden." in minutes
    assert "Gruppen hänskjuter" in words(as_coordinator.get(reverse("search"), {"q": "tekniska nämnden"}))


def test_a_heading_and_a_topic_in_words_are_decided_on_without_an_issue(
    by: Actor, walk: AgendaItem, coordinator: Member
) -> None:
    heading = the(walk.meeting.items.filter(kind=AgendaItem.Kind.HEADING).first())
    decide(heading, by=by, kind="inform")
    decide(walk, by=by, kind="refer", to="föreningsrådet")

    close(walk.meeting, coordinator)

    assert [decision.serial for decision in Decision.objects.at(walk.meeting)] == [1, 2]


# Defer


def test_what_is_deferred_comes_back_with_its_reason_and_is_not_spoken_of(
    as_coordinator: Client, by: Actor, item: AgendaItem, coordinator: Member
) -> None:
    decide(item, by=by, kind="defer")
    following = closing(item, coordinator)

    item.refresh_from_db()
    assert (item.deferred, item.discussed_at) == (True, None)
    assert Issue.objects.get(title=item.title).state == Issue.State.NEW
    assert not any(line.startswith("Behandlat") for line in told(item.title))
    assert reasons(following, coordinator)[item.title].startswith("Bordlagd på mötet ")
    minutes = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[item.meeting_id])))
    assert "Gruppen bordlägger frågan till nästa möte." in minutes
    page = words(as_coordinator.get(item.meeting.get_absolute_url()))
    assert f"{item.title} bordlagd" in page


def test_it_stands_under_the_heading_it_had(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    decide(item, by=by, kind="defer")
    following = closing(item, coordinator)

    assert item_of(following, item.title).heading.key == item.heading.key
    assert not [line for heading in agenda(following, coordinator) for line in heading.elsewhere]


def test_a_topic_in_words_and_an_issue_on_hold_come_back_too(by: Actor, coordinator: Member) -> None:
    IssueFactory(title="Vilande", state=Issue.State.ON_HOLD)
    meeting = under_way(coordinator)
    walk = add_item(meeting, title="Nattvandring", by=by)
    resting = add_item(meeting, title="", issue=Issue.objects.get(title="Vilande"), by=by)
    decide(walk, by=by, kind="defer")
    decide(resting, by=by, kind="defer")

    following = closing(walk, coordinator)

    assert {"Nattvandring", "Vilande"} <= reasons(following, coordinator).keys()


def test_it_comes_back_when_the_next_is_planned_later(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    decide(item, by=by, kind="defer")
    close(item.meeting, coordinator)

    following = plan_meeting(starts_at=timezone.now() + timedelta(weeks=4), by=by)

    assert reasons(following, coordinator)[item.title].startswith("Bordlagd på mötet ")


def test_an_issue_that_ended_meanwhile_does_not(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    decide(item, by=by, kind="defer")
    close(item.meeting, coordinator)
    Issue.objects.get(title=item.title).close(by=by, outcome="solved", feedback="Det lyser igen.")

    following = plan_meeting(starts_at=timezone.now() + timedelta(weeks=4), by=by)

    assert not AgendaItem.objects.at(following).exists()


def test_what_stands_on_the_next_already_is_the_same_item(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    following = planned(coordinator, starts_at=timezone.now() + timedelta(weeks=4))
    there = keep_line(following, f"issue-{item.issue_id}", by=by)
    decide(item, by=by, kind="defer")

    close(item.meeting, coordinator)
    assert reasons(following, coordinator)[item.title].startswith("Bordlagd på mötet ")
    assert [each.pk for each in AgendaItem.objects.at(following).filter(issue=item.issue)] == [there.pk]

    undone(item, by)
    assert not reasons(following, coordinator)[item.title].startswith("Bordlagd")
    assert [each.pk for each in AgendaItem.objects.at(following).filter(issue=item.issue)] == [there.pk]


def test_undoing_the_closing_takes_it_off_the_next(by: Actor, item: AgendaItem, coordinator: Member) -> None:
    decide(item, by=by, kind="defer")
    following = closing(item, coordinator)

    undone(item, by)

    assert not item.deferred
    assert item.is_discussed
    assert not AgendaItem.objects.at(following).exists()


def test_the_undo_says_what_it_takes_back(
    as_coordinator: Client, by: Actor, lamps: AgendaItem, action: Action, coordinator: Member, technical: Organisation
) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    propose_action(lamps, by=by, title="Röj vid tunneln", organisation=technical)
    walk = add_item(lamps.meeting, title="Nattvandring", by=by)
    decide(walk, by=by, kind="defer")
    closing(lamps, coordinator)

    page = words(as_coordinator.post(reverse("meetings:unclose", args=[lamps.meeting_id]), {}, follow=True))

    assert "En föreslagen åtgärd och en eskalering är tillbakatagna." in page
    assert "En punkt är inte längre bordlagd." in page


def test_what_is_settled_is_not_settled_again(by: Actor, item: AgendaItem, walk: AgendaItem) -> None:
    decide(item, by=by, kind="defer")
    decide(walk, by=by, kind="defer")

    with pytest.raises(NotAllowed, match="Mötet har redan beslutat att ärendet ska bordläggas"):
        decide(item, by=by, kind="close", outcome="solved", feedback="Det lyser.")
    with pytest.raises(NotAllowed, match="Mötet har redan beslutat att punkten ska bordläggas"):
        decide(walk, by=by, kind="defer")


def test_a_heading_is_not_deferred(by: Actor, topic: AgendaItem) -> None:
    with pytest.raises(NotAllowed, match="Bordlägg en punkt under den"):
        decide(topic, by=by, kind="defer")


def test_a_deferred_topic_that_becomes_an_issue_comes_back_as_one(
    by: Actor, walk: AgendaItem, coordinator: Member
) -> None:
    decide(walk, by=by, kind="defer")
    issue = make_issue(walk, by=by, title="Nattvandring i centrum")

    following = closing(walk, coordinator)

    assert [item.issue for item in AgendaItem.objects.at(following)] == [issue]


# Escalate


def test_an_action_is_escalated_when_the_meeting_closes(
    as_coordinator: Client, lamps: AgendaItem, action: Action, coordinator: Member
) -> None:
    write(as_coordinator, lamps, kind="escalate", lifts=f"{action.pk}-1", text="Frågan har väntat sedan i höstas.")
    sentence = f"Gruppen eskalerar ”Byt lamporna” (Tekniska förvaltningen) till {KLG}."
    assert text_of(lamps) == f"{sentence} Frågan har väntat sedan i höstas."
    assert not Escalation.objects.exists()

    close(lamps.meeting, coordinator)

    lifted = Escalation.objects.get()
    assert (lifted.action, lifted.to, lifted.rung, lifted.raised_on) == (action, KLG, 1, lamps.meeting.day)
    assert f"”Byt lamporna” eskalerad till {KLG}." in told("Mörkt i tunneln")
    minutes = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[lamps.meeting_id])))
    assert sentence in minutes
    assert f"Eskalerad till {KLG}" in minutes


def test_undoing_the_closing_takes_the_escalation_back(
    by: Actor, lamps: AgendaItem, action: Action, coordinator: Member
) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    close(lamps.meeting, coordinator)

    undone(lamps, by)

    action.refresh_from_db()
    assert (action.escalation, action.state) == (None, Action.State.PROPOSED)
    close(Meeting.objects.get(pk=lamps.meeting_id), coordinator)
    action.refresh_from_db()
    assert the(action.escalation).to == KLG


def test_what_was_decided_above_meanwhile_keeps_the_closing(
    by: Actor, lamps: AgendaItem, action: Action, coordinator: Member
) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    close(lamps.meeting, coordinator)
    Escalation.write_ruling(action, decision="Görs i vår.", by=by)

    with pytest.raises(NotAllowed, match="något har redan hänt i ärendet"):
        undone(lamps, by)


def test_what_is_escalated_meanwhile_is_not_escalated_twice(
    by: Actor, lamps: AgendaItem, action: Action, coordinator: Member
) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    Escalation.escalate(action, to=KLG, rung=1, by=by)

    close(lamps.meeting, coordinator)

    assert Escalation.objects.count() == 1


def test_what_was_done_meanwhile_is_not_escalated(
    by: Actor, lamps: AgendaItem, action: Action, coordinator: Member
) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)
    action.cancel(reason="Löst på annat sätt.", by=by)

    with pytest.raises(ValidationError, match="kan inte verkställas"):
        close(lamps.meeting, coordinator)


def test_it_is_decided_once_and_only_of_what_can_be_escalated(by: Actor, lamps: AgendaItem, action: Action) -> None:
    decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to=KLG)

    with pytest.raises(NotAllowed, match="redan beslutat att eskalera"):
        decide(lamps, by=by, kind="escalate", lifts=action, rung=2, to="nämnden")
    with pytest.raises(Conflict, match="kan inte eskaleras dit"):
        decide(lamps, by=by, kind="escalate", lifts=ActionFactory(title="En annan"), rung=1, to=KLG)
    with pytest.raises(Conflict, match="kan inte eskaleras dit"):
        decide(lamps, by=by, kind="escalate", lifts=action, rung=1, to="någon annan")


def test_the_database_keeps_that_an_escalation_says_what_and_to_whom(by: Actor, lamps: AgendaItem) -> None:
    decision = decide(lamps, by=by, text="Vi väntar.")

    with pytest.raises(IntegrityError, match="decision_to_escalate"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(kind="escalate")
    with pytest.raises(IntegrityError, match="decision_to_refer"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(kind="refer")


def test_a_decision_in_words_is_a_sentence_unless_it_fills_its_column(item: AgendaItem, by: Actor) -> None:
    texts = ["Vi ses på plats", "Vad gäller?", "Vi väntar.", "Å" * 2000]

    decided = [decide(item, by=by, text=text).text for text in texts]

    assert decided == ["Vi ses på plats.", "Vad gäller?", "Vi väntar.", "Å" * 2000]
