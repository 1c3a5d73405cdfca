"""The minutes are approved by those who were there: chosen, marked on a version, taken back, wished to be put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from meetings.approvals import Approvals
from meetings.approvers import approvers_of, version_of
from meetings.approving import approve, take_back, wish
from meetings.candidates import candidates
from meetings.correcting import save_correction, start_correcting
from meetings.models import Approval, Approver, Meeting, Minutes, Presence
from meetings.models.presence import AttendanceSpan
from meetings.registering import register_minutes
from meetings.registry import mark_registered
from meetings.reopening import unclose_meeting
from meetings.texts.approving import approval_lines
from members.actor import Actor
from members.models import Group, Member
from tests.meetings.approving import GUEST, approver, choose, correct, latest, meeting, note, omar, sent
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

__all__ = ["approver", "meeting", "omar", "sent"]


def lines(meeting: Meeting) -> list[str]:
    approvals = Approvals.of(meeting, list(Minutes.objects.of(meeting).latest_first()))
    return approval_lines(approvals, today=timezone.localdate())


def test_it_is_off_until_the_group_says_so(meeting: Meeting, representative: Member, by: Actor) -> None:
    Group.current().change(by=by, approves_minutes=False)

    with pytest.raises(NotAllowed, match="Gruppen har inte slagit på justering"):
        choose(meeting, representative)


def test_one_chooses_among_those_who_were_there_less_the_secretary(meeting: Meeting, deputy: Member) -> None:
    assert [one.in_words for one in candidates(meeting)] == [
        "Maja Exempel, Höglandets räddningstjänstförbund",
        "Åsa Ärlig, kurator, Brottsofferjouren, utan konto",
        "Omar Prov, Tekniska förvaltningen",
    ]
    with pytest.raises(ValidationError, match=f"{deputy} är inte noterad som närvarande på mötet"):
        choose(meeting, deputy)
    with pytest.raises(ValidationError, match="Siv Skriv är mötets sekreterare"):
        choose(meeting, meeting.secretary)
    assert approvers_of(meeting) == []


def test_the_secretary_approves_where_there_is_nobody_else(coordinator: Member, by: Actor) -> None:
    Group.current().change(by=by, approves_minutes=True)
    meeting = under_way(coordinator, secretary=coordinator)

    assert [str(one) for one in choose(meeting, coordinator)] == ["Maja Exempel"]


def test_the_database_holds_that_she_was_there(meeting: Meeting, deputy: Member) -> None:
    for who in ({"member": deputy}, {"name": "Ingen Alls"}):
        with pytest.raises(IntegrityError, match="ska ha varit med på mötet"), transaction.atomic():
            Approver.objects.create(meeting=meeting, **who)


def test_before_the_meeting_nobody_is_chosen(meeting: Meeting, representative: Member, by: Actor) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="planned", started_at=None)

    with pytest.raises(Conflict, match="Justerare väljs när mötet har börjat"):
        choose(meeting, representative)


def test_of_two_who_choose_at_once_the_second_is_told(meeting: Meeting, representative: Member) -> None:
    seen = version_of(approvers_of(meeting))
    choose(meeting, representative, version=seen)

    with pytest.raises(EditConflict, match="Någon annan har ändrat vilka som justerar"):
        choose(meeting, GUEST, version=seen)
    assert [str(one) for one in choose(meeting, GUEST)] == ["Åsa Ärlig"]
    assert [str(one) for one in choose(meeting, representative)] == ["Omar Prov"]
    assert Approver.objects.count() == 2


def test_the_minutes_say_who_approves_them(sent: Meeting) -> None:
    [told] = latest(sent).content["approvers"]

    assert (told["name"], told["home"]) == ("Omar Prov", "Tekniska förvaltningen")


def test_her_mark_is_of_one_version(sent: Meeting, approver: Approver, omar: Actor, by: Actor) -> None:
    assert lines(sent) == ["Version 1 är inte justerad. Den ska justeras av Omar Prov."]

    approve(latest(sent), approver, by=omar)
    [first] = lines(sent)
    assert first.startswith("Version 1 är justerad av Omar Prov ")
    assert list(Approver.objects.waited_for(omar.member)) == []

    correct(sent, by)
    assert lines(sent) == [
        first.replace("är justerad", "justerades"),
        "Version 2 är inte justerad. Den ska justeras av Omar Prov.",
    ]
    assert list(Approver.objects.waited_for(omar.member)) == [approver]


def test_another_diarienummer_leaves_the_words_approved(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=omar)

    register_minutes(sent, registry_no="KS 2026/1", by=by)

    [line] = lines(sent)
    assert line.startswith("Version 1, och version 2 med nytt diarienummer, är justerad av Omar Prov ")
    assert list(Approver.objects.waited_for(omar.member)) == []


def test_a_version_that_is_replaced_or_being_corrected_is_not_approved(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    old = latest(sent)
    start_correcting(sent, by=by)
    with pytest.raises(NotAllowed, match=r"Version 1 rättas just nu \(Maja Exempel"):
        approve(old, approver, by=omar)
    note(sent, "Ett ord till.", by)
    save_correction(sent, by=by)

    with pytest.raises(NotAllowed, match=r"Version 1 gäller inte längre\. Läs version 2"):
        approve(old, approver, by=omar)
    with pytest.raises(NotAllowed, match=r"Version 1 gäller inte längre\. Läs version 2"):
        wish(old, approver, text="Fel.", by=omar)
    with pytest.raises(IntegrityError, match="Versionen kan inte justeras så"), transaction.atomic():
        Approval.objects.create(minutes=old, approver=approver, kind="approved", by=omar.member)
    approve(latest(sent), approver, by=omar)


def test_nobody_approves_twice_or_in_anothers_name(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor, deputy: Member
) -> None:
    with pytest.raises(NotAllowed, match="Bara Omar Prov själv kan justera så"):
        approve(latest(sent), approver, by=by)
    with pytest.raises(NotAllowed, match="Bara Omar Prov själv"):
        approve(latest(sent), approver, by=Actor.of(deputy), signed_on=timezone.localdate())
    approve(latest(sent), approver, by=omar)

    with pytest.raises(NotAllowed, match="Omar Prov har redan justerat version 1"):
        approve(latest(sent), approver, by=omar)
    with pytest.raises(IntegrityError, match="Versionen kan inte justeras så"), transaction.atomic():
        Approval.objects.create(minutes=latest(sent), approver=approver, kind="approved", by=omar.member)
    with pytest.raises(NotAllowed, match="Omar Prov har redan justerat, och står kvar"):
        choose(sent)


def test_who_is_no_longer_chosen_or_stands_no_longer_as_present_is_told_why(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor, coordinator: Member
) -> None:
    choose(sent, coordinator)
    with pytest.raises(NotAllowed, match="Omar Prov är inte längre vald att justera"):
        approve(latest(sent), approver, by=omar)
    choose(sent, coordinator, omar.member)
    start_correcting(sent, by=by)
    Presence.objects.get(meeting=sent, member=omar.member).discard(by=by)
    row = sent.organisations.get(organisation=omar.member.organisation)
    row.note(by=by, state="absent")
    save_correction(sent, by=by)

    with pytest.raises(NotAllowed, match="Omar Prov är inte längre vald att justera"):
        approve(latest(sent), approver, by=omar)
    assert [str(one) for one in approvers_of(sent)] == ["Maja Exempel"]


def test_it_is_taken_back_within_ten_minutes(sent: Meeting, approver: Approver, omar: Actor, deputy: Member) -> None:
    at = timezone.now()
    with pytest.raises(NotAllowed, match="Omar Prov har inte justerat version 1"):
        take_back(latest(sent), approver, by=omar)
    approve(latest(sent), approver, by=omar, at=at)
    with pytest.raises(NotAllowed, match="Bara Omar Prov själv"):
        take_back(latest(sent), approver, by=Actor.of(deputy))
    with pytest.raises(NotAllowed, match="mer än tio minuter"):
        take_back(latest(sent), approver, by=omar, at=at + timedelta(minutes=11))

    take_back(latest(sent), approver, by=omar, at=at + timedelta(minutes=9))

    assert lines(sent) == ["Version 1 är inte justerad. Den ska justeras av Omar Prov."]
    assert list(Approver.objects.waited_for(omar.member)) == [approver]
    approve(latest(sent), approver, by=omar, at=at + timedelta(minutes=10))


def test_what_has_gone_to_the_diarium_since_is_not_taken_back(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    mark_registered(latest(sent), by=by)

    with pytest.raises(NotAllowed, match="Version 1 har lämnats till diariet sedan den justerades"):
        take_back(latest(sent), approver, by=omar)


def test_who_signed_on_paper_takes_her_own_mark_back_and_nobody_takes_back_a_mark_that_is_not_on_paper(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    approve(latest(sent), approver, by=by, signed_on=timezone.localdate())
    take_back(latest(sent), approver, by=omar)
    approve(latest(sent), approver, by=by, signed_on=timezone.localdate())
    take_back(latest(sent), approver, by=by)

    approve(latest(sent), approver, by=omar)
    with pytest.raises(NotAllowed, match="Bara Omar Prov själv kan ta tillbaka justeringen"):
        take_back(latest(sent), approver, by=by)


def test_a_mark_stands_for_every_version_that_says_the_same(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    first = latest(sent)
    approve(first, approver, by=omar)
    register_minutes(sent, registry_no="KS 2026/1", by=by)
    with pytest.raises(NotAllowed, match="Omar Prov har redan justerat version 1"):
        approve(latest(sent), approver, by=omar)
    mark_registered(latest(sent), by=by)

    with pytest.raises(NotAllowed, match="Version 2 har lämnats till diariet sedan den justerades"):
        take_back(first, approver, by=omar)


def test_who_approved_an_earlier_version_may_be_replaced_when_a_new_one_comes(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor, coordinator: Member
) -> None:
    approve(latest(sent), approver, by=omar)
    register_minutes(sent, registry_no="KS 2026/1", by=by)
    with pytest.raises(NotAllowed, match="Omar Prov har redan justerat, och står kvar"):
        choose(sent, coordinator)
    correct(sent, by)

    assert [str(one) for one in choose(sent, coordinator)] == ["Maja Exempel"]
    first, second = lines(sent)
    assert first.startswith("Version 1, och version 2 med nytt diarienummer, justerades av Omar Prov ")
    assert second == "Version 3 är inte justerad. Den ska justeras av Maja Exempel."


def test_what_is_signed_on_paper_is_noted_by_the_samordnare_and_told_so(
    meeting: Meeting, coordinator: Member, by: Actor
) -> None:
    [guest] = choose(meeting, GUEST)
    close(meeting, coordinator)
    day = timezone.localdate()
    for wrong in (day - timedelta(days=2), day + timedelta(days=1)):
        with pytest.raises(ValidationError, match="Välj en dag från den då versionen sparades"):
            approve(latest(meeting), guest, by=by, signed_on=wrong)

    approve(latest(meeting), guest, by=by, signed_on=day)

    [line] = lines(meeting)
    assert line.startswith("Version 1 är justerad av Åsa Ärlig på papper ")
    assert line.endswith("(noterat av Maja Exempel).")


def test_a_wish_waits_for_a_new_version_and_hinders_nothing(
    sent: Meeting, approver: Approver, omar: Actor, by: Actor
) -> None:
    wish(latest(sent), approver, text="Det var version två av planen.", by=omar)

    assert list(Approver.objects.waited_for(omar.member)) == []
    assert wished(sent) == ["Det var version två av planen."]
    correct(sent, by)
    assert list(Approver.objects.waited_for(omar.member)) == [approver]
    assert wished(sent) == ["Det var version två av planen."]
    approve(latest(sent), approver, by=omar)
    assert wished(sent) == []


def wished(meeting: Meeting) -> list[str]:
    approvals = Approvals.of(meeting, list(Minutes.objects.of(meeting).latest_first()))
    return [said.text for _, said in approvals.wishes]


def test_a_closing_that_is_undone_leaves_its_marks_on_its_own_version(
    meeting: Meeting, representative: Member, coordinator: Member, omar: Actor, by: Actor
) -> None:
    [approver] = choose(meeting, representative)
    close(meeting, coordinator)
    approve(latest(meeting), approver, by=omar)
    unclose_meeting(meeting, by=by)
    with pytest.raises(Conflict, match="inget att justera förrän mötet är avslutat"):
        take_back(latest(meeting), approver, by=omar)
    close(meeting, coordinator)

    assert lines(meeting)[1:] == ["Version 2 är inte justerad. Den ska justeras av Omar Prov."]


def test_who_has_no_account_any_longer_does_not_wait(sent: Meeting, approver: Approver, by: Actor) -> None:
    approver.member.change(by=by, is_active=False)  # type: ignore[union-attr]
    approver.refresh_from_db()

    assert not approver.can_sign_in
    approve(latest(sent), approver, by=by, signed_on=timezone.localdate())
    assert len(lines(sent)) == 1


def test_more_than_a_few_are_refused(meeting: Meeting, by: Actor) -> None:
    guests = []
    for number in range(5):
        span = AttendanceSpan(None, "guest", name=f"Gäst {number}")
        Presence.seat(meeting, span, organisation=None, by=by)
        guests.append(f"gäst {number}||")

    with pytest.raises(ValidationError, match="Välj högst fyra personer"):
        choose(meeting, *guests)
    assert len(choose(meeting, *guests[:4])) == 4
