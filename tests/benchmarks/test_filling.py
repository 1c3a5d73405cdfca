"""The register that is measured: in proportion, as the register itself would have it, and the same each time."""

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from base.ui.models import KeptPassage
from benchmarks.filling import (
    FOLLOWED_OF_EVERY,
    IN_EACH_ISSUE,
    ISSUES_AT_A_MEETING,
    NOTE_IN_EVERY,
    OPEN,
    PROGRESS_OF_EVERY,
    UNSORTED,
)
from benchmarks.held import APPROVERS
from benchmarks.protecting import MOST_OPENINGS, OPENINGS
from benchmarks.sizes import Size, fill
from issues.models import (
    AccessGrant,
    Action,
    ActionStatus,
    Escalation,
    Follower,
    Issue,
    Note,
    Observation,
    Opening,
    Progress,
    Tombstone,
)
from issues.striking import striking_of
from meetings.agenda.building import agenda
from meetings.models import (
    AgendaItem,
    AnnexPart,
    Approval,
    Approver,
    CallAnswer,
    Decision,
    Heading,
    ItemDraft,
    MaskedMinutes,
    Meeting,
    MeetingSeries,
    Minutes,
    OrganisationAtMeeting,
    OriginalOpening,
    Presence,
    Presenter,
    RegistryEntry,
    RoundNote,
    TableAnswer,
)
from members.models import Member, OutsideContact
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, PlaceFactory, SeatFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def coordinator() -> Member:
    """A group of three organisations, with somebody in each, and two places."""
    PlaceFactory.create_batch(2)
    for _ in range(2):
        SeatFactory(member=MemberFactory(organisation=OrganisationFactory()))
    member: Member = MemberFactory(is_coordinator=True, organisation=OrganisationFactory())
    return member


def test_it_is_in_proportion_and_open_as_much_as_a_group_can_follow(coordinator: Member) -> None:
    size = fill(1_000, now=NOW)

    assert (size.observations, size.issues) == (1_000, 150)
    assert 0.9 < size.actions / size.issues < 1.1
    assert 7 < size.events / size.issues < 11
    assert size.meetings == Minutes.objects.count() == 150 // ISSUES_AT_A_MEETING + 1
    assert Issue.objects.open().count() == OPEN
    assert Observation.objects.filter(state=Observation.State.NEW).count() == UNSORTED
    assert Observation.objects.exclude(issue=None).count() == 150 * IN_EACH_ISSUE
    assert Note.objects.count() == 150 // NOTE_IN_EVERY
    assert {*CallAnswer.objects.values_list("answer", flat=True)} == {*CallAnswer.Answer}
    assert OrganisationAtMeeting.objects.exclude(excused_ordinary=None).exists()
    assert {*Presence.objects.guests().values_list("capacity", flat=True)} == {"co_opted", "politician", "resident"}
    assert Presence.objects.officers().exists()
    assert {*ItemDraft.objects.values_list("part", flat=True)} == {"answer", "decision"}
    assert 0 < Approver.objects.count() <= size.meetings * APPROVERS
    marks = Approval.objects.filter(kind=Approval.Kind.APPROVED)
    assert marks.count() == Approver.objects.exclude(meeting=Meeting.objects.closed().latest("starts_at")).count()
    assert 0 < Progress.objects.count() < 150 // PROGRESS_OF_EVERY
    assert Follower.objects.of(coordinator).count() in {150 // FOLLOWED_OF_EVERY, 150 // FOLLOWED_OF_EVERY + 1}
    assert {*Action.objects.with_status(timezone.localdate(NOW)).counts_by_status()} == {
        *(ActionStatus.QUESTION, ActionStatus.SILENT, ActionStatus.LATE, ActionStatus.WAITING),
        *(ActionStatus.UNDER_WAY, ActionStatus.DECLINED, ActionStatus.DONE),
    }


def test_every_row_is_one_that_the_register_would_have_written(coordinator: Member) -> None:
    fill(1_000, now=NOW)

    assert Observation.with_withdrawn.filter(state=Observation.State.WITHDRAWN).count() == Tombstone.objects.count() > 1
    for struck in Issue.with_struck.filter(state=Issue.State.STRUCK):
        struck.full_clean(validate_unique=False)
        assert striking_of(struck).by == coordinator
    of_meetings = (Meeting, MeetingSeries, Heading, Presence, Presenter, Decision, CallAnswer)
    in_the_room = (RoundNote, TableAnswer, ItemDraft, OutsideContact)
    for model in (Issue, Action, Observation, Note, Progress, Escalation, Follower, *of_meetings, *in_the_room):
        for row in model._default_manager.all()[:150]:
            row.full_clean(validate_unique=False)
        assert model._default_manager.exists()
    of_minutes = (OriginalOpening, MaskedMinutes, RegistryEntry, Approver, Approval)
    for kind in (AccessGrant, Opening, KeptPassage, Tombstone, *of_minutes):
        for row in kind._default_manager.order_by("-pk")[:150]:
            row.clean_fields(exclude=("issue", "observation"))
        assert kind._default_manager.exists()
    assert AgendaItem.objects.filter(recurs_as__isnull=False).count() == Meeting.objects.count()
    with transaction.atomic():  # the foreign keys, which are checked at the end
        assert str(Issue.objects.closed()[0].events.latest_first()[0])


def test_what_is_restricted_is_opened_often_and_one_thing_very_often(coordinator: Member) -> None:
    fill(2_000, now=NOW)

    parts = AnnexPart.objects.select_related("issue")
    assert {part.issue for part in parts} == {*Issue.objects.filter(restricted=True)}
    for part in parts:
        part.clean_fields()
    opened = Opening.objects.values("issue", "observation").annotate(n=Count("pk")).order_by("-n")
    assert [row["n"] for row in opened][:2] == [MOST_OPENINGS, OPENINGS]
    assert (
        len(opened)
        == Issue.objects.filter(restricted=True).count() + Observation.objects.filter(restricted=True).count()
    )


def test_what_was_told_is_not_raised_again(coordinator: Member) -> None:
    fill(1_000, now=NOW)

    raised = {heading.key: len(heading.lines) for heading in agenda(MeetingFactory(), coordinator)}

    assert raised["feedback"] == ISSUES_AT_A_MEETING - OPEN  # of the latest meeting, for the next
    assert raised["new_issues"] + raised["ongoing_issues"] + raised["action_log"] > 50


def test_the_larger_register_is_the_smaller_one_with_more_behind_it(coordinator: Member) -> None:
    def open_titles(size: int) -> list[str]:
        with transaction.atomic():
            fill(size, now=NOW)
            titles = list(Issue.objects.open().order_by("serial").values_list("title", flat=True))
            transaction.set_rollback(True)
        return sorted(titles)

    assert open_titles(900) == open_titles(1_000)


def test_a_size_is_told_in_words(coordinator: Member) -> None:
    assert str(Size(100_401, 15_054, 15_065, 145_396, 138)) == (
        "100 401 observations, 15 054 issues, 15 065 actions, 145 396 events, 138 meetings"
    )
