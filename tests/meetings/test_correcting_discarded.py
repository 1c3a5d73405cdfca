"""A correction is thrown away in one act: all is as the latest version says, and nobody is mailed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, EditConflict
from base.swedish.passages import MASK, pattern
from issues.models import AccessGrant, Action, Issue
from meetings.approvers import choose_approvers
from meetings.correcting import correction, save_correction, start_correcting
from meetings.correcting_facts import correct_facts
from meetings.deciding import decide, make_issue, propose_action, withdraw
from meetings.discarding import discard_correction
from meetings.minutes.masking import mask_versions
from meetings.minutes.writing import minutes_content
from meetings.models import (
    AgendaItem,
    AnnexPart,
    Approver,
    BeforeCorrection,
    Decision,
    Meeting,
    Minutes,
    OrganisationAtMeeting,
    Presence,
    ProposedAction,
    RoundNote,
    TableAnswer,
)
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import FIRST
from meetings.participants import Newcomer, admit
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import Group, Member, NoticeCause, Organisation
from tests.at_once import at_once
from tests.factories import MemberFactory
from tests.meetings.correcting import decision_on, note, open_again, sent
from tests.meetings.meetings import item_of, words
from tests.meetings.test_annex_corrected import meeting, restricted
from tests.meetings.test_masking import MASKED_AT
from tests.meetings.test_restricted_since import KORN, MORKT, restrict
from tests.people import signed_in
from tests.the import the

__all__ = ["meeting", "open_again", "restricted", "sent"]

pytestmark = pytest.mark.django_db


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:discard_correction", args=[meeting.pk])


def stands(meeting: Meeting) -> dict[str, Any]:
    """What the minutes would say now, and what is beside: which presences there are, by their contents."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    content = minutes_content(meeting, None)
    for heading in content["headings"]:
        del heading["round"]  # of the organisations that the tests have made meanwhile too
    return {
        "content": {name: part for name, part in content.items() if name != "actions"},
        "marked": list(AgendaItem.objects.order_by("pk").values_list("pk", "note", "discussed_at", "issue")),
        "there": sorted(map(str, Presence.objects.order_by("pk"))),
        "decisions": list(Decision.objects.order_by("pk").values_list("pk", "serial", "issue")),
        "held": (meeting.held_from, meeting.held_to, meeting.place, meeting.chair_id, meeting.secretary_id),
    }


def guest(name: str) -> Newcomer:
    return Newcomer(AttendanceSpan(None, Presence.Capacity.GUEST, name=name, home="Föreningen"))


def change_all(meeting: Meeting, by: Actor, technical: Organisation) -> None:
    note(meeting, "Lampan", "Lampan är köpt.", by)
    note(meeting, "Nattvandring", "Vi går på fredag.", by)
    item_of(meeting, "Nattvandring").mark_discussed(by=by)
    withdraw(decision_on(meeting, "Räcket"), by=by)
    decide(item_of(meeting, "Parken"), by=by, text="Vi frågar igen.")
    decision = propose_action(item_of(meeting, "Lampan"), by=by, title="Byt stolpen", organisation=technical)
    row = meeting.organisations.get(organisation=technical)
    seated = AttendanceSpan(MemberFactory(name="Tora Test"), "ordinary")
    row.note(by=by, state=OrganisationAtMeeting.State.REPRESENTED, spans=[seated])
    answer_at_table(ProposedAction.objects.get(decision=decision), by=by, kind="question", text="När?")
    admit(meeting, guest("Gäst Påhitt"), by=by)
    around = meeting.items.get(heading__rule="round")
    RoundNote.write(around, technical, text="Lugnt hos oss.", version=0, by=by)
    began = meeting.held_at - timedelta(seconds=1)
    led: dict[str, Any] = {"chair": MemberFactory(name="Ola Ordf", is_coordinator=True), "secretary": meeting.secretary}
    correct_facts(meeting, by=by, held_from=began, held_to=timezone.now(), place="Sal 4", since=FIRST, **led)


def test_all_that_it_changed_is_as_the_version_says(open_again: Meeting, by: Actor, technical: Organisation) -> None:
    before, causes = stands(open_again), NoticeCause.objects.count()
    change_all(open_again, by, technical)
    assert stands(open_again) != before

    discard_correction(open_again, by=by)

    assert stands(open_again) == before
    assert open_again.is_over
    assert (Minutes.objects.count(), TableAnswer.objects.count(), BeforeCorrection.objects.count()) == (1, 0, 0)
    assert NoticeCause.objects.count() == causes
    assert Action.objects.get(title="Byt stolpen").state == Action.State.CANCELLED
    start_correcting(open_again, by=by)
    assert not correction(open_again).changes_something


def test_who_was_there_keeps_her_row_where_it_is_as_it_was(open_again: Meeting, by: Actor) -> None:
    admit(open_again, guest("Gun Påhitt"), by=by)
    save_correction(open_again, by=by)
    start_correcting(open_again, by=by)
    kept = Presence.objects.get(name="Gun Påhitt").pk
    admit(open_again, guest("Per Påhitt"), by=by)

    discard_correction(open_again, by=by)

    assert list(Presence.objects.exclude(name="").values_list("pk", flat=True)) == [kept]


def test_what_has_come_of_it_elsewhere_stays_and_is_told(
    as_coordinator: Client, open_again: Meeting, by: Actor, technical: Organisation
) -> None:
    make_issue(item_of(open_again, "Nattvandring"), by=by, title="Vandring på natten")
    propose_action(item_of(open_again, "Lampan"), by=by, title="Byt stolpen", organisation=technical)
    Action.objects.get(title="Byt stolpen").propose(by=by)

    page = words(as_coordinator.get(page_of(open_again)))

    assert "Vandring på natten är öppnat och finns kvar. Punkten hör inte till det längre." in page
    assert "Åtgärden ”Byt stolpen” är redan föreslagen och finns kvar på ärendets sida." in page
    discard_correction(open_again, by=by)
    walk = item_of(open_again, "Nattvandring")
    assert (walk.issue, walk.kind) == (None, AgendaItem.Kind.TOPIC)
    assert Issue.objects.get(title="Vandring på natten").is_open
    assert Action.objects.get(title="Byt stolpen").is_asked


def test_the_page_lists_what_is_thrown_away_and_does_it(
    as_coordinator: Client, open_again: Meeting, by: Actor, technical: Organisation
) -> None:
    change_all(open_again, by, technical)

    correct = words(as_coordinator.get(reverse("meetings:correct", args=[open_again.pk])))
    response = as_coordinator.get(page_of(open_again))
    page = words(response)

    assert "Släng rättelsen …" in correct
    assert "Allt blir som version 1 av minnesanteckningarna säger, och ingen mejlas om rättelsen." in page
    for said in ("Lampan är köpt.", "Vi går på fredag.", "Vi frågar igen.", "Lugnt hos oss.", "Sal 4", "Gäst Påhitt"):
        assert f"Blir: {said}" in page or said in page
    seen = response.context["form"].initial["seen"]
    after = words(as_coordinator.post(page_of(open_again), {"seen": seen}, follow=True))
    assert (
        "Rättelsen är slängd. Allt är som version 1 av minnesanteckningarna säger, och ingen mejlas om rättelsen."
        in after
    )
    assert "rättas" not in after


def test_what_is_changed_since_the_page_was_read_is_not_thrown_away(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    seen = as_coordinator.get(page_of(open_again)).context["form"].initial["seen"]
    note(open_again, "Parken", "Parken är stängd.", by)

    page = words(as_coordinator.post(page_of(open_again), {"seen": seen}))

    assert "Rättelsen är inte slängd, för mer har ändrats sedan du läste sidan." in page
    assert "Parken är stängd." in page
    open_again.refresh_from_db()
    assert open_again.is_being_corrected
    with pytest.raises(EditConflict):
        discard_correction(open_again, by=by, seen=seen)


def test_it_is_thrown_away_once_and_never_one_that_is_saved(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    save_correction(open_again, by=by)

    with pytest.raises(Conflict):
        discard_correction(open_again, by=by)

    assert item_of(open_again, "Lampan").note == "Lampan är köpt."


def test_where_nothing_is_changed_it_only_ends(as_coordinator: Client, open_again: Meeting) -> None:
    page = words(as_coordinator.get(page_of(open_again)))
    assert "Inget är ändrat, så inget slängs. Rättelsen avslutas." in page

    as_coordinator.post(page_of(open_again), {"seen": ""})

    open_again.refresh_from_db()
    assert open_again.is_over


def test_she_who_opened_it_may_also_when_she_leads_no_longer(
    open_again: Meeting, by: Actor, representative: Member, coordinator: Member
) -> None:
    Meeting.objects.filter(pk=open_again.pk).update(correcting_by=representative)
    note(open_again, "Lampan", "Lampan är köpt.", by)
    client = signed_in(representative)

    minutes = words(client.get(reverse("meetings:minutes_detail", args=[open_again.pk])))
    page = client.get(page_of(open_again))
    client.post(page_of(open_again), {"seen": page.context["form"].initial["seen"]})

    assert "Släng rättelsen …" in minutes
    assert item_of(open_again, "Lampan").note == ""
    assert client.get(page_of(open_again)).status_code == 403


def test_who_was_to_approve_and_was_there_by_the_correction_alone_approves_no_longer(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    Group.current().change(by=by, approves_minutes=True)
    admit(open_again, guest("Gäst Påhitt"), by=by)
    choose_approvers(open_again, ["gäst påhitt||föreningen"], by=by)

    page = words(as_coordinator.get(page_of(open_again)))

    assert "Gäst Påhitt är vald att justera, men står inte som närvarande i version 1" in page
    discard_correction(open_again, by=by)
    assert not Approver.objects.get().is_chosen


def test_what_is_masked_meanwhile_does_not_come_back(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är tretton år.", by)
    save_correction(open_again, by=by)
    start_correcting(open_again, by=by)
    note(open_again, "Lampan", "Lampan är ny.", by)
    mask_versions(Minutes.objects.all(), pattern("tretton"), by=by, at=MASKED_AT)

    discard_correction(open_again, by=by)

    assert item_of(open_again, "Lampan").note == f"Lampan är {MASK} år."


def test_what_is_restricted_is_thrown_away_by_who_knows_of_it(representative: Member, restricted: Meeting) -> None:
    was = item_of(restricted, KORN).note
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))
    decide(item_of(restricted, KORN), by=Actor.of(representative), text="Vi river mer.")

    discard_correction(restricted, by=Actor.of(representative))

    assert item_of(restricted, KORN).note == was
    assert not Decision.objects.filter(text="Vi river mer.").exists()
    assert AnnexPart.objects.count() == 1


def test_what_she_cannot_know_of_is_kept_and_told_by_its_part(
    as_coordinator: Client, coordinator: Member, representative: Member, restricted: Meeting
) -> None:
    note(restricted, KORN, "Kornboden är riven.", Actor.of(representative))
    decide(item_of(restricted, KORN), by=Actor.of(representative), text="Vi river mer.")
    note(restricted, MORKT, "Lampan är köpt.", Actor.of(coordinator))

    page = words(as_coordinator.get(page_of(restricted)))
    discard_correction(restricted, by=Actor.of(coordinator))

    assert ("Lampan är köpt." in page, "riven" in page, "river" in page) == (True, False, False)
    assert item_of(restricted, MORKT).note != "Lampan är köpt."
    assert item_of(restricted, KORN).note == "Kornboden är riven."
    assert the(Decision.objects.filter(text="Vi river mer.").first()).number
    part = AnnexPart.objects.get(version=2)
    assert (part.content["corrected"]["unknowing"], part.made_by) == (True, coordinator)
    assert Minutes.objects.count() == 1


def test_a_part_of_what_is_restricted_no_longer_is_as_it_said(coordinator: Member, restricted: Meeting) -> None:
    was = item_of(restricted, KORN).note
    Issue.objects.filter(title=KORN).update(restricted=False)
    AccessGrant.objects.all().delete()
    note(restricted, KORN, "Kornboden är riven.", Actor.of(coordinator))

    discard_correction(restricted, by=Actor.of(coordinator))

    assert (item_of(restricted, KORN).note, AnnexPart.objects.count()) == (was, 1)


def test_what_the_minutes_take_up_by_themselves_waits_for_the_next(
    coordinator: Member, representative: Member, restricted: Meeting
) -> None:
    """What was decided while an issue was restricted, when it is no longer, is no change of hers."""
    restrict(MORKT, representative)
    decide(item_of(restricted, MORKT), by=Actor.of(representative), text="Vi köper en lampa.")
    save_correction(restricted, by=Actor.of(representative))
    Issue.objects.filter(title=MORKT).update(restricted=False)
    start_correcting(restricted, by=Actor.of(coordinator))
    assert correction(restricted).becomes.changes
    taken_up = correction(restricted).seen
    note(restricted, MORKT, "Lampan är köpt.", Actor.of(coordinator))

    discard_correction(restricted, by=Actor.of(coordinator))

    assert (restricted.is_over, Minutes.objects.count()) == (True, 1)
    start_correcting(restricted, by=Actor.of(coordinator))
    assert correction(restricted).seen == taken_up


@pytest.mark.django_db(transaction=True)
def test_saved_and_thrown_away_at_once_it_is_one_of_them(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)

    def saves() -> object:
        return save_correction(Meeting.objects.get(pk=open_again.pk), by=by)

    def throws() -> object:
        return discard_correction(Meeting.objects.get(pk=open_again.pk), by=by)

    ended = at_once(saves, throws)

    assert [type(each) for each in ended].count(Conflict) == 1
    is_saved = Minutes.objects.count() == 2
    assert item_of(open_again, "Lampan").note == ("Lampan är köpt." if is_saved else "")
