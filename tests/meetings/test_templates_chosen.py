"""Which template a meeting has: chosen when it is planned, by its series, or afterwards as long as it has not begun."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from meetings.agenda.building import agenda
from meetings.changing_headings import make_template
from meetings.models import AgendaTemplate, Heading, Meeting
from meetings.own_headings import make_own
from meetings.planning import change_meeting
from meetings.series import year_ahead
from meetings.series_planning import plan_series
from members.actor import Actor
from members.models import Member
from tests.days import today
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.meetings import under_way, words
from tests.meetings.series import a_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(coordinator: Member) -> AgendaTemplate:
    """Three headings, one of them of its own."""
    template = make_template(name="Arbetsgrupp", source=None, by=Actor.of(coordinator))
    template.headings.exclude(key__in=["opening", "other"]).delete()
    Heading.objects.create(template=template, key="egen-1", number=2, label="Hur har ni det?")
    template.headings.filter(key="other").update(number=3)
    return template


def labels(meeting: Meeting) -> list[str]:
    return [heading.label for heading in Heading.objects.of(meeting)]


def test_a_series_plans_by_its_template(coordinator: Member, short: AgendaTemplate) -> None:
    series = a_series(coordinator, template=short)
    free = [each.wished for each in year_ahead(series, today=today()).free]

    planned = plan_series(series, free[:2], by=Actor.of(coordinator))

    assert [meeting.template for meeting in planned] == [short, short]


def test_a_series_whose_template_is_no_longer_used_plans_by_the_default_one(
    coordinator: Member, short: AgendaTemplate
) -> None:
    series = a_series(coordinator, template=short)
    AgendaTemplate.objects.filter(pk=short.pk).update(removed=True)
    series.refresh_from_db()
    free = [each.wished for each in year_ahead(series, today=today()).free]

    [planned] = plan_series(series, free[:1], by=Actor.of(coordinator))

    assert planned.template.is_default


def test_the_samordnare_chooses_the_template_of_a_series(
    as_coordinator: Client, coordinator: Member, short: AgendaTemplate
) -> None:
    series = a_series(coordinator)
    page = reverse("meetings:series_change", args=[series.pk])
    form = as_coordinator.get(page).context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.name != "key" and bound.value() is not None}

    as_coordinator.post(page, {**shown, "template": short.pk})

    series.refresh_from_db()
    assert series.template == short


def test_another_template_gives_a_planned_meeting_its_headings(
    as_coordinator: Client, coordinator: Member, short: AgendaTemplate
) -> None:
    meeting = MeetingFactory(chair=coordinator, secretary=coordinator, starts_at=timezone.now() + timedelta(days=5))
    AgendaItemFactory(meeting=meeting, title="Ny karta", under="follow_up")
    AgendaItemFactory(meeting=meeting, title="Lokalen", under="opening")
    make_own(meeting)
    page = reverse("meetings:change", args=[meeting.pk])
    form = as_coordinator.get(page).context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.name != "key" and bound.value() is not None}

    as_coordinator.post(page, {**shown, "template": short.pk, "registry_no": "KS 2026/12"})

    meeting = Meeting.objects.get(pk=meeting.pk)
    assert labels(meeting) == ["Öppnande och närvaro", "Hur har ni det?", "Övriga frågor"]
    headings = {heading.title: [line.title for line in heading.lines] for heading in agenda(meeting, coordinator)}
    assert headings["Öppnande och närvaro"] == ["Lokalen"]
    assert headings["Övriga frågor"] == ["Ny karta"]
    assert "Dnr KS 2026/12." in words(as_coordinator.get(meeting.get_absolute_url()))


def test_a_meeting_that_has_begun_keeps_its_template(
    as_coordinator: Client, coordinator: Member, short: AgendaTemplate
) -> None:
    meeting = under_way(coordinator)

    with pytest.raises(NotAllowed, match="Mötet har börjat"):
        change_meeting(meeting, template=short, by=Actor.of(coordinator))

    form = as_coordinator.get(reverse("meetings:change", args=[meeting.pk])).context["form"]
    assert "template" not in form.fields
