"""The headings of the agenda are rows: words, number, kind and the rule that fills them are the group's."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from issues.models import Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.models import AgendaItem, AgendaTemplate, Heading, Presence
from meetings.models.heading import HeadingQuerySet
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory
from tests.meetings.meetings import item_of, under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

Kind = AgendaItem.Kind


def raised(member: Member) -> dict[str, list[str]]:
    """Heading → the titles under it, of a meeting that has not begun."""
    headings = {heading.key: [line.title for line in heading.lines] for heading in agenda(MeetingFactory(), member)}
    return {key: titles for key, titles in headings.items() if titles}


def change(key: str, **facts: object) -> None:
    of_the_template().filter(key=key).update(**facts)


def renumber() -> None:
    """New issues are spoken of last."""
    for key, number in (("next_meeting", 14), ("new_issues", 13), ("next_meeting", 6)):
        change(key, number=number)


def fourteenth(**facts: str) -> None:
    AgendaTemplate.objects.default().headings.create(key="laget", number=14, **facts)


def of_the_template() -> HeadingQuerySet:
    return Heading.objects.filter(template=AgendaTemplate.objects.default())


def test_a_rule_finds_its_heading_wherever_the_group_has_put_it(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Mörkt", state=Issue.State.NEW)
    renumber()
    change("new_issues", label="Nytt")

    page = words(as_coordinator.get(MeetingFactory(chair=coordinator).get_absolute_url()))

    last = agenda(MeetingFactory(), coordinator)[-1]
    assert (last.number, last.title, [line.title for line in last.lines]) == ("13", "Nytt", ["Mörkt"])
    assert page.index("6 Nästa möte") < page.index("13 Nytt 13.1 Mörkt")


def test_the_minutes_say_when_the_next_meeting_is_under_its_heading(coordinator: Member) -> None:
    renumber()

    minutes = close(under_way(coordinator), coordinator)

    headings = {heading["title"]: heading["number"] for heading in minutes.content["headings"]}
    assert headings["Nästa möte"] == "6"


def test_a_rule_fills_the_heading_that_says_so(coordinator: Member) -> None:
    IssueFactory(title="Mörkt", state=Issue.State.NEW)
    change("new_issues", kind="free", rule="")
    change("follow_up", kind="raised", rule="new_issues")

    assert raised(coordinator) == {"follow_up": ["Mörkt"]}


def test_what_no_heading_asks_for_stands_under_the_last_free_one(coordinator: Member) -> None:
    IssueFactory(title="Mörkt", state=Issue.State.NEW)
    resting = IssueFactory(title="Vilar", state=Issue.State.ON_HOLD)
    change("new_issues", kind="standing", rule="")

    assert raised(coordinator) == {"other": ["Mörkt"]}
    assert add_item(MeetingFactory(), by=Actor.of(coordinator), issue=resting).heading.key == "other"


def test_a_group_of_fourteen_headings_holds_its_meeting(coordinator: Member, representative: Member) -> None:
    fourteenth(label="Hur har ni det?", kind="free")
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))

    content = close(meeting, coordinator).content

    assert [heading["title"] for heading in content["headings"]][-2:] == ["Nästa möte", "Hur har ni det?"]
    [person] = [person for row in content["attendance"] for person in row["people"]]
    told = {"name": "Omar Prov", "title": "", "home": "", "capacity": "Ordinarie", "span": ""}
    assert person == {"key": Member.objects.get(name="Omar Prov").pk, **told}


def test_one_who_came_later_sat_to_the_end_wherever_that_is(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    fourteenth(label="Hur har ni det?", kind="free")
    row = under_way(coordinator).organisations.get(organisation=representative.organisation)
    typed = {"who": "ordinary", "first": "3", "last": "14", "then": "", "version": row.version}
    as_coordinator.post(
        reverse("meetings:attendance", args=[row.meeting_id]),
        {f"{row.anchor}-{name}": value for name, value in typed.items()},
    )

    assert str(Presence.objects.get()) == "Omar Prov, ordinarie, från punkt 3"


@pytest.mark.parametrize(("kind", "rule"), [("raised", ""), ("free", "round")])
def test_a_heading_has_the_rule_of_its_kind(kind: str, rule: str) -> None:
    change("round", kind="standing", rule="")

    with pytest.raises(IntegrityError, match="heading_has_the_rule_of_its_kind"):
        fourteenth(label="Laget", kind=kind, rule=rule)


def test_a_rule_fills_one_heading() -> None:
    with pytest.raises(IntegrityError, match="heading_rule_fills_one_at_template"):
        Heading.objects.create(
            template=AgendaTemplate.objects.default(),
            key="laget",
            number=14,
            label="Laget",
            kind="raised",
            rule="round",
        )


def test_a_heading_is_an_item_of_its_own_kind_with_its_standing_text(coordinator: Member) -> None:
    change("other", text="Ordet är fritt.")

    item = under_way(coordinator).items.get(heading__key="other")

    assert (item.kind, item.is_heading, item.reason) == (Kind.HEADING, True, "Ordet är fritt.")


def test_a_topic_in_the_words_of_a_heading_is_a_topic(coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    add_item(meeting, by=a_coordinator(), title="Övriga frågor")
    start_meeting(meeting, by=Actor.of(coordinator))

    topic = item_of(meeting, "Övriga frågor")

    assert (topic.kind, topic.is_heading) == (Kind.TOPIC, False)


@pytest.mark.parametrize("kind", ["heading", "topic", "action"])
def test_an_item_about_an_issue_is_no_other_kind(kind: str) -> None:
    with pytest.raises(IntegrityError, match="agenda_item_is_what_its_kind_says"):
        AgendaItemFactory(issue=IssueFactory(), kind=kind)


def test_an_action_stands_with_its_issue() -> None:
    action = ActionFactory()
    assert AgendaItemFactory(issue=action.issue, action=action).kind == Kind.ACTION

    with pytest.raises(IntegrityError, match="agenda_item_is_what_its_kind_says"):
        AgendaItemFactory(action=ActionFactory(), kind="action")
