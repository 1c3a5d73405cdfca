"""Minutes that were sent are corrected: the meeting stays closed, and what is put right is a new version."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.passages import pattern
from issues.models import Action, Event, Tombstone
from issues.restricting import restrict
from meetings.correcting import cancel_correcting, correction, save_correction, start_correcting
from meetings.deciding import decide, propose_action, restore, withdraw
from meetings.minutes.editions import Edition
from meetings.minutes.masking import mask_versions, versions_with
from meetings.minutes.reading import frozen_view
from meetings.models import AgendaItem, Decision, Meeting, Minutes, RoundNote
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.registering import register_minutes
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text
from tests.issues.restricted import WHY
from tests.meetings.correcting import changes, decision_on, note, noted, open_again, save, sent
from tests.meetings.meetings import item_of, words
from tests.meetings.reopening import issue, told
from tests.the import the

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db

WHY_CORRECTED = "Rättat efter synpunkt från räddningstjänsten"


def test_a_note_is_put_right_in_a_new_version_and_the_first_stays(
    as_coordinator: Client, open_again: Meeting, by: Actor
) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)

    second = save(open_again, by, WHY_CORRECTED)

    open_again.refresh_from_db()
    assert (open_again.is_closed, open_again.is_being_corrected) == (True, False)
    number = the(next(i for h in second.content["headings"] for i in h["items"] if i["title"] == "Lampan"))["number"]
    assert changes(second) == [f"Punkt {number} Lampan: noteringen är ny."]
    assert (second.version, second.corrects) == (2, 1)
    page = words(as_coordinator.get(second.get_absolute_url()))
    assert "Version 2, rättad" in page
    assert f"Ändrat i version 2 sedan version 1 {WHY_CORRECTED}. Punkt {number} Lampan: noteringen är ny." in page
    papers = [reverse("meetings:minutes_version_pdf", args=[open_again.pk, version]) for version in (1, 2)]
    said = [" ".join(pdf_text(as_coordinator.get(paper).content).split()) for paper in papers]
    assert ["Lampan är köpt." in text for text in said] == [False, True]
    assert ["noteringen är ny" in text for text in said] == [False, True]


def test_each_point_that_is_put_right_says_so_in_the_version_that_does(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    second = save(open_again, by)
    third = noted(open_again, by, Räcket="Räcket är rakt.")

    def marked(minutes: Minutes) -> dict[str, str]:
        view = frozen_view(Edition.of(minutes))
        items = [item for heading in view.headings for item in heading.items]
        return {
            item.title.partition(" ")[2]: item.passing.partition(".")[0] for item in items if "ändrad" in item.passing
        }

    assert marked(second) == {"Lampan": "Punkten är ändrad i version 2"}
    assert marked(third) == {"Räcket": "Punkten är ändrad i version 3"}


def test_nothing_that_the_closing_carried_out_is_carried_out_again(open_again: Meeting, by: Actor) -> None:
    numbers = list(Decision.objects.order_by("pk").values_list("serial", flat=True))
    happened = Event.objects.count()
    note(open_again, "Lampan", "Lampan är köpt.", by)

    save(open_again, by)

    assert list(Decision.objects.order_by("pk").values_list("serial", flat=True)) == numbers
    assert Event.objects.count() == happened


def test_a_new_decision_gets_its_number_and_takes_effect_when_it_is_saved(
    open_again: Meeting, by: Actor, technical: Organisation
) -> None:
    propose_action(item_of(open_again, "Lampan"), by=by, title="Byt stolpen", organisation=technical)
    action = Action.objects.get(title="Byt stolpen")
    assert action.is_draft

    second = save(open_again, by)

    action.refresh_from_db()
    assert action.is_asked
    number = the(action.decisions.first()).number
    assert number
    assert changes(second)[0].endswith(f"Lampan: nytt beslut {number}.")
    listed = [(row["title"], row["number"]) for row in second.content["actions"]]
    assert listed[-1] == ("Byt stolpen", number)
    assert f"{number}" in [d["number"] for h in second.content["headings"] for i in h["items"] for d in i["decisions"]]
    asked = f"Beslut {number} på mötet"
    assert told("Lampan")[-1].startswith(asked)


def test_a_struck_decision_takes_back_what_nobody_has_answered_and_stands_struck(
    open_again: Meeting, by: Actor
) -> None:
    decision, action = decision_on(open_again, "Lampan"), Action.objects.get()
    withdraw(decision, by=by)
    action.refresh_from_db()
    assert action.is_asked  # until it is saved

    second = save(open_again, by)

    action.refresh_from_db()
    assert action.state == Action.State.CANCELLED
    assert Tombstone.objects.filter(kind="decision", number=decision.number).count() == 1
    assert changes(second)[0].endswith(f"beslut {decision.number} är struket.")
    shown = frozen_view(Edition.of(second))
    struck = [d for h in shown.headings for i in h.items for d in i.decisions if d.is_struck]
    assert [(one.name, one.text) for one in struck] == [(f"Beslut {decision.number}, struket", decision.text)]
    assert [row.status for row in shown.actions if row.decision] == ["Beslutet är struket"]


def test_what_is_answered_is_only_told(open_again: Meeting, by: Actor, representative: Member) -> None:
    action = Action.objects.get()
    action.current.accept(by=Actor.of(representative), planned=timezone.localdate())
    withdraw(decision_on(open_again, "Lampan"), by=by)

    save(open_again, by)

    action.refresh_from_db()
    assert action.is_promised


def test_what_is_struck_may_stand_again_until_it_is_saved(open_again: Meeting, by: Actor) -> None:
    decision = decision_on(open_again, "Räcket")
    withdraw(decision, by=by)
    assert not Decision.objects.filter(pk=decision.pk).exists()

    restore(decision)

    assert Decision.objects.filter(pk=decision.pk).exists()
    with pytest.raises(Conflict):
        restore(decision)
    cancel_correcting(open_again, by=by)


def test_who_was_there_is_put_right(open_again: Meeting, by: Actor) -> None:
    guest = AttendanceSpan(None, "guest", name="Åsa Ärlig", title="kurator", home="Brottsofferjouren")
    admit(open_again, Newcomer(guest), by=by)
    row = the(open_again.organisations.first())
    row.note(by=by, state="excused")

    second = save(open_again, by)

    assert changes(second) == [
        "Närvaro, Gäster: Åsa Ärlig, kurator, Brottsofferjouren.",
        f"Närvaro, {row.organisation}: Anmält förhinder.",
    ]
    assert [one["name"] for one in second.content["guests"]] == ["Åsa Ärlig"]


def test_with_nothing_changed_it_is_called_off_and_not_saved(open_again: Meeting, by: Actor) -> None:
    with pytest.raises(NotAllowed, match="Inget är ändrat"):
        save_correction(open_again, by=by)

    cancel_correcting(open_again, by=by)

    open_again.refresh_from_db()
    assert not open_again.is_being_corrected
    assert Minutes.objects.of(open_again).count() == 1


def test_with_something_changed_it_is_not_called_off(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    with pytest.raises(NotAllowed, match="Något är ändrat"):
        cancel_correcting(open_again, by=by)


def test_what_has_become_of_it_since_is_no_change(open_again: Meeting, by: Actor, representative: Member) -> None:
    Action.objects.get().current.accept(by=Actor.of(representative), planned=timezone.localdate())
    representative.title = "chef"
    representative.save()
    assert correction(open_again).becomes.changes == []


def test_it_waits_for_the_undo_to_be_over(closed: Meeting, by: Actor) -> None:
    with pytest.raises(NotAllowed, match="Avslutet kan ångras fram till"):
        start_correcting(closed, by=by)


def test_only_the_latest_meeting_is_corrected(sent: Meeting, by: Actor) -> None:
    start_meeting(the(sent.following()), by=by)
    with pytest.raises(NotAllowed, match="har börjat sedan dess"):
        start_correcting(sent, by=by)


def test_the_next_meeting_may_begin_meanwhile(open_again: Meeting, by: Actor) -> None:
    start_meeting(the(open_again.following()), by=by)
    note(open_again, "Lampan", "Lampan är köpt.", by)
    assert save(open_again, by).version == 2


def test_it_is_opened_once_and_saved_once(open_again: Meeting, by: Actor) -> None:
    with pytest.raises(Conflict, match="rättas redan"):
        start_correcting(open_again, by=by)
    note(open_again, "Lampan", "Lampan är köpt.", by)
    save(open_again, by)
    with pytest.raises(Conflict, match="redan sparad"):
        save_correction(open_again, by=by)
    with pytest.raises(Conflict, match="Mötet är avslutat"):
        note(open_again, "Lampan", "Något annat.", by)


def test_more_that_has_changed_since_the_page_was_read_is_told(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    seen = correction(open_again).seen
    note(open_again, "Räcket", "Räcket är rakt.", by)
    with pytest.raises(EditConflict, match="mer har ändrats"):
        save_correction(open_again, by=by, seen=seen)
    save_correction(open_again, by=by, seen=correction(open_again).seen)


def test_what_was_deferred_stands(open_again: Meeting, by: Actor) -> None:
    with pytest.raises(NotAllowed, match="väntar redan på nästa"):
        decide(item_of(open_again, "Nattvandring"), by=by, kind="defer")


def test_a_masked_passage_does_not_come_back(open_again: Meeting, by: Actor) -> None:
    masked = pattern("Räcket är lagat")
    mask_versions(versions_with(masked), masked, by=by, at=timezone.now())
    note(open_again, "Lampan", "Lampan är köpt.", by)

    second = save(open_again, by)

    assert "Räcket är lagat" not in f"{second.content}"
    assert changes(second)[0].endswith("Lampan: noteringen är ny.")
    assert len(changes(second)) == 1
    assert second.content["corrected"]["is_masked"]


def test_what_is_restricted_is_in_no_change_that_is_read(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    second = save(open_again, by)

    restrict(issue("Lampan"), named=[], reason=WHY, by=by)

    edition = Edition.of(Minutes.objects.get(pk=second.pk))
    assert "corrected" not in edition.content
    assert issue("Lampan").pk in Edition.original(second).issues


def test_a_decision_on_something_restricted_takes_effect_without_a_version(open_again: Meeting, by: Actor) -> None:
    restrict(issue("Lampan"), named=[], reason=WHY, by=by)
    decision = decide(item_of(open_again, "Lampan"), by=by, text="Vi frågar igen.")

    assert save_correction(open_again, by=by) is None

    decision.refresh_from_db()
    assert decision.number
    assert Minutes.objects.of(open_again).count() == 1


def test_the_words_of_the_round_are_put_right(open_again: Meeting, by: Actor) -> None:
    item = AgendaItem.objects.get(meeting=open_again, heading__rule="round", kind="heading")
    organisation = the(open_again.organisations.first()).organisation
    RoundNote.write(item, organisation, text="Lugnt i centrum.", version=0, by=by)
    second = save(open_again, by)
    assert changes(second) == [f"Laget runt, {organisation}: det som sades är nytt."]


def test_a_diarienummer_afterwards_keeps_what_was_corrected(open_again: Meeting, by: Actor) -> None:
    note(open_again, "Lampan", "Lampan är köpt.", by)
    save(open_again, by)
    third = register_minutes(open_again, registry_no="HRF 2026/1", by=by)
    view = frozen_view(Edition.of(third))
    assert view.changed_since == "Ändrat i version 2 sedan version 1"
    start_correcting(open_again, by=by)
    note(open_again, "Lampan", "Lampan är beställd.", by)
    fourth = save(open_again, by)
    assert (fourth.version, fourth.corrects, "registered" in fourth.content) == (4, 3, False)


def test_the_database_fixes_it_again_when_it_is_saved(open_again: Meeting, by: Actor) -> None:
    item = item_of(open_again, "Lampan")
    AgendaItem.objects.filter(pk=item.pk).update(note="Lampan är köpt.")
    save(open_again, by)
    with pytest.raises(IntegrityError, match="Mötet är avslutat"):
        AgendaItem.objects.filter(pk=item.pk).update(note="Något annat.")


@pytest.mark.parametrize("facts", [{"removed": True}, {"position": 7}, {"deferred": True, "discussed_at": None}])
def test_which_items_there_were_is_not_put_right(open_again: Meeting, facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="Mötet är avslutat"):
        AgendaItem.objects.filter(pk=item_of(open_again, "Parken").pk).update(**facts)


def test_a_version_is_no_correction_unless_one_is_open(sent: Meeting, by: Actor) -> None:
    first = Minutes.objects.of(sent).get()
    with pytest.raises(IntegrityError, match="fryses"):
        Minutes.freeze(sent, first.content, by=by, corrects=1)


def test_attendance_must_be_noted_to_save(open_again: Meeting, by: Actor) -> None:
    row = the(open_again.organisations.first())
    row.note(by=by, state="unnoted")
    with pytest.raises(ValidationError, match="Notera närvaron"):
        save_correction(open_again, by=by)
