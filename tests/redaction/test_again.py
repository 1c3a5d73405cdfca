"""Masked while somebody edits: she is told, and the old words do not come back by sending once more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import Conflict, EditConflict
from base.records.masked import MASKED_MEANWHILE
from base.records.versioned import SEND_AGAIN, TAKE_OUT
from base.swedish.passages import MASK, pattern
from base.ui.found_words import found_in
from base.ui.models import KeptPassage
from base.ui.written_in import signed_place
from issues.models import Issue, Note
from meetings.models import AgendaItem, DraftConflict, ItemDraft, Meeting, RoundNote, RoundNoteConflict
from meetings.models.agenda import MERGE
from members.actor import Actor
from members.models import Member
from temagrupp.redaction.again import COME_BACK, digests_of, has_digest
from temagrupp.redaction.finding import ANY_TEXT, find
from temagrupp.redaction.redacting import redact_passage, redact_text
from temagrupp.redaction.scope import MaskingScope
from tests.factories import AgendaItemFactory, IssueFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

STORY = "Hon som bor i det gula huset vid bron ropade länge på natten och kastade sten på lamporna."


def mask(passage: str, by: Member) -> None:
    redact_passage(passage, find(MaskingScope(by), pattern(passage)), why="Begärt", by=Actor.of(by))


def whole(by: Member, issue: Issue, column: str) -> None:
    [place] = find(MaskingScope(by), ANY_TEXT, only=(issue._meta.db_table, column, str(issue.pk)))
    redact_text(place, why="Begärt", by=Actor.of(by))


def test_a_form_that_was_open_meanwhile_meets_a_conflict_that_says_so(coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", text="Kim Fiktiv klottrar")
    shown = issue.version
    mask("Kim Fiktiv", coordinator)

    with pytest.raises(EditConflict) as met:
        issue.change(by=Actor.of(coordinator), version=shown, text="Kim Fiktiv klottrar igen")

    [told] = met.value.messages
    assert told.endswith(f"medan du skrev. {MASKED_MEANWHILE} {TAKE_OUT}")
    assert told.count("maskerade") == 1


def test_who_never_wrote_the_words_is_not_told_to_take_them_out(coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", text="Kim Fiktiv klottrar")
    shown = issue.version
    mask("Kim Fiktiv", coordinator)

    with pytest.raises(EditConflict) as met:
        issue.change(by=Actor.of(coordinator), version=shown, title="Klotter igen", text="Någon klottrar")

    [told] = met.value.messages
    assert told.endswith(SEND_AGAIN)
    assert [words in told for words in (MASKED_MEANWHILE, TAKE_OUT)] == [False, False]


def guard_of(client: Client, address: str, **typed: str) -> str:
    shown = client.get(address).context["form"]
    sent = {name: shown[name].value() or "" for name in shown.fields} | typed
    return " ".join(client.post(address, sent).content.decode().split())


@pytest.mark.parametrize("is_masked", [True, False])
def test_of_what_is_masked_there_the_guard_offers_to_take_it_out_alone(
    as_coordinator: Client, coordinator: Member, *, is_masked: bool
) -> None:
    issue = IssueFactory(title="Klotter", text="Karin Bergström klottrar")
    note = Note.write(issue, text="Karin Bergström ringde", by=Actor.of(coordinator))
    mask("Karin Bergström", coordinator)
    typed = f"Nu har {'Karin Bergström' if is_masked else 'Anton Bergqvist'} ringt på 070-174 06 05"

    for address in (reverse("issues:change", args=[issue.number]), reverse("issues:note_correct", args=[note.pk])):
        page = guard_of(as_coordinator, address, text=typed)

        assert page.count("Behåll ändå") == (1 if is_masked else 2)  # the number is kept, or left
        assert ("Det har maskerats här." in page) == is_masked
        assert ("Det som har maskerats får inte skrivas tillbaka" in page) == is_masked
        assert ("Väljer du inget står det kvar" in page) != is_masked


def test_while_she_writes_she_is_told_the_same_and_not_offered_to_keep_it(
    as_coordinator: Client, as_representative: Client, coordinator: Member
) -> None:
    issue = IssueFactory(title="Klotter", text="Karin Bergström klottrar")
    note = Note.write(issue, text="Karin Bergström ringde", by=Actor.of(coordinator))
    mask("Karin Bergström", coordinator)
    typed = {"text": "Nu har Karin Bergström ringt på 070-174 06 05", "field": "text", "control": "id_text"}

    for address in (reverse("issues:change", args=[issue.number]), reverse("issues:note_correct", args=[note.pk])):
        form = as_coordinator.get(address).content.decode()
        [place] = re.findall(r'name="text"[^>]*data-written-in="([^"]+)"', form)
        told = [
            client.post(reverse("guard"), typed | {"written_in": sent}).content.decode()
            for client, sent in ((as_coordinator, place), (as_coordinator, place + "x"), (as_coordinator, ""))
        ]

        assert [page.count("Behåll ändå") for page in told] == [1, 2, 2]  # the number can be kept
        assert ["Kan vara ett namn. Det har maskerats här." in page for page in told] == [True, False, False]
    Issue.objects.update(restricted=True)
    assert (
        "Det har maskerats här."
        not in as_representative.post(
            reverse("guard"), typed | {"written_in": signed_place(issue, "text")}
        ).content.decode()
    )
    plain = IssueFactory(title="Klotter", text="Färg")
    page = as_coordinator.get(reverse("issues:change", args=[plain.number])).content.decode()
    assert "data-written-in" not in page


def test_whoever_once_kept_the_word_is_shown_it_where_it_is_masked(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", text="Karin Bergström klottrar")
    mask("Karin Bergström", coordinator)
    typed = "Nu har Karin Bergström ringt"
    [words] = found_in(typed, "text")
    KeptPassage.objects.remember(coordinator.pk, [("issues.Issue.text", words)])

    page = guard_of(as_coordinator, reverse("issues:change", args=[issue.number]), text=typed)

    assert "<mark>Karin Bergström</mark>" in page
    assert "Det har maskerats här." in page
    other = IssueFactory(title="Klotter", text="Färg")
    page = guard_of(as_coordinator, reverse("issues:change", args=[other.number]), text=typed)
    assert "<mark>Karin Bergström</mark>" not in page


@pytest.mark.parametrize("typed", ["Kim Fiktiv klottrar igen", "KIM\n fiktivs burk", "Det är Kim\u200b Fiktiv"])
def test_sent_once_more_the_old_words_do_not_come_back(coordinator: Member, typed: str) -> None:
    issue = IssueFactory(title="Klotter", text="Kim Fiktiv klottrar")
    mask("Kim Fiktiv", coordinator)
    issue.refresh_from_db()

    with pytest.raises(Conflict, match=COME_BACK):
        issue.change(by=Actor.of(coordinator), version=issue.version, text=typed)
    issue.refresh_from_db()
    assert issue.text == f"{MASK} klottrar"

    issue.change(by=Actor.of(coordinator), version=issue.version, text="Kim klottrar")
    assert Issue.objects.get().text == "Kim klottrar"


def test_of_a_whole_text_no_part_comes_back(coordinator: Member) -> None:
    note = Note.write(IssueFactory(), text=STORY, by=Actor.of(coordinator))
    [place] = find(MaskingScope(coordinator), pattern("gula huset"))
    redact_text(place, why="Begärt", by=Actor.of(coordinator))
    note.refresh_from_db()

    with pytest.raises(Conflict, match=COME_BACK):
        note.correct(text=f"Enligt en granne: {STORY} Mer i morgon.", by=Actor.of(coordinator), version=note.version)
    note.refresh_from_db()
    note.correct(text="Ringde och frågade.", by=Actor.of(coordinator), version=note.version)


def test_masked_before_the_form_was_opened_it_is_told_no_more(coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", text="Kim Fiktiv klottrar")
    mask("Kim Fiktiv", coordinator)
    issue.refresh_from_db()
    shown = issue.version
    issue.change(by=Actor.of(coordinator), version=shown, title="Mer klotter")

    with pytest.raises(EditConflict) as met:
        issue.change(by=Actor.of(coordinator), version=shown, title="Mycket klotter")

    assert issue.text == f"{MASK} klottrar"
    assert "maskera" not in str(met.value)


def test_what_was_masked_in_one_text_may_stand_in_another_of_the_row(coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", text="Kim Fiktiv på Torget", where="Torget")
    mask("Kim Fiktiv", coordinator)
    whole(coordinator, issue, "where")
    issue.refresh_from_db()
    assert (issue.text, issue.where) == (f"{MASK} på Torget", MASK)

    issue.change(by=Actor.of(coordinator), version=issue.version, text="Klottret på torget")

    assert Issue.objects.get().text == "Klottret på torget"


def test_a_whole_text_of_a_word_does_not_come_back_but_its_word_may_stand_in_another(coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter", where="Torget")
    whole(coordinator, issue, "where")
    issue.refresh_from_db()

    with pytest.raises(Conflict, match=COME_BACK):
        issue.change(by=Actor.of(coordinator), version=issue.version, where="torget.")
    issue.refresh_from_db()
    issue.change(by=Actor.of(coordinator), version=issue.version, where="Parken bakom torget")

    assert Issue.objects.get().where == "Parken bakom torget"


def test_it_does_not_come_back_either_where_a_shorter_mask_stands(coordinator: Member) -> None:
    issue = IssueFactory(title=f"Bo {'x' * 117}")
    mask("Bo", coordinator)
    issue.refresh_from_db()
    assert issue.title == f"… {'x' * 117}"

    with pytest.raises(Conflict, match=COME_BACK):
        issue.change(by=Actor.of(coordinator), version=issue.version, title="Bo igen")


def test_in_the_room_she_is_told_and_nothing_is_saved(as_coordinator: Client, coordinator: Member) -> None:
    item = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY)
    address = reverse("meetings:note_save", args=[item.pk])
    as_coordinator.post(address, {"note": "Kim Fiktiv var där", "version": 0})
    shown = AgendaItem.objects.get().note_version
    mask("Kim Fiktiv", coordinator)

    met = as_coordinator.post(address, {"note": "Kim Fiktiv var där igen", "version": shown}).json()
    again = as_coordinator.post(
        address, {"note": "Kim Fiktiv var där igen", "version": AgendaItem.objects.get().note_version}
    ).json()

    assert not met["kept"]
    assert not again["kept"]
    assert AgendaItem.objects.get().note == f"{MASK} var där"


@pytest.mark.parametrize("is_masked_meanwhile", [False, True])
def test_in_the_room_she_is_told_of_what_was_masked_since_her_note_and_not_of_what_was_before(
    coordinator: Member, representative: Member, *, is_masked_meanwhile: bool
) -> None:
    item, by = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY), Actor.of(coordinator)
    item.write_note(text="Kim Fiktiv och Bo Prov var där", version=0, by=by)
    mask("Kim Fiktiv", coordinator)
    item.refresh_from_db()
    shown = item.note_version
    item.write_note(text=f"{item.note} igen", version=shown, by=Actor.of(representative))
    if is_masked_meanwhile:
        mask("Bo Prov", coordinator)

    with pytest.raises(EditConflict) as met:
        item.write_note(text="Något annat", version=shown, by=by)

    assert MASK in AgendaItem.objects.get().note
    assert (MASKED_MEANWHILE in str(met.value)) == is_masked_meanwhile


def test_in_the_room_nobody_is_said_to_have_written_what_was_only_masked(coordinator: Member) -> None:
    item, by = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY), Actor.of(coordinator)
    item.write_note(text="Kim Fiktiv var där", version=0, by=by)
    mask("Kim Fiktiv", coordinator)

    with pytest.raises(EditConflict) as met:
        item.write_note(text="Något annat", version=1, by=by)

    assert met.value.messages == [f"{MASKED_MEANWHILE} {MERGE}"]


def test_the_sums_are_of_words_and_say_none_of_them() -> None:
    digests = digests_of(STORY)

    assert len(digests) == 3
    assert [has_digest(STORY.upper(), [digest]) for digest in digests] == [True, True, True]
    assert not has_digest("Hon som bor vid bron", digests)
    assert digests_of("Kim Fiktiv") == digests_of("kim  FIKTIVS")
    assert has_digest("ring 070–123 45 67 i dag", digests_of("070-123 45 67"))
    assert not has_digest("", digests)
    assert digests_of("…") == []


@pytest.mark.parametrize(
    ("passage", "typed"),
    [
        ("850709-9805", "nr8507099805, sedan"),
        ("8507099805", "Född 19850709 – 9805."),
        ("070-174 06 05", "ring 2 ggr 0701740605"),
        ("0701740605", "+46 (0)70 174 06 05"),
        ("+47 912 34 567", "004791234567"),
        ("ABC123", "bilen abc 123 stod"),
        ("ABC123", "bilen АВС－1𝟐3 stod"),
        ("850709-9805", "född 85O709_98０5"),
        ("070-174 06 05", "ring ＋46（0）70ー174 06 05"),
        ("anna.ek5@exempel.se", "nås på Anna punkt Ek5 [at] exempel [punkt] se"),
        ("anna.ek5 snabel-a exempel.se", "anna.ek5@exempel.se"),
        ("Kevin Prov 5", "av КЕVIN Рrоv 5"),
    ],
)
def test_a_number_does_not_come_back_written_otherwise(passage: str, typed: str) -> None:
    assert has_digest(typed, digests_of(passage))
    assert not has_digest(typed.replace("5", "6").replace("3", "4"), digests_of(passage))


def test_a_draft_that_was_masked_meanwhile_is_not_saved_over_unseen(coordinator: Member) -> None:
    item, by = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY), Actor.of(coordinator)
    typed: dict[str, Any] = {"chosen": {}, "by": by}
    shown = ItemDraft.keep(item, "decision", texts={"text": "Kim Fiktiv var där"}, version=0, **typed).version
    mask("Kim Fiktiv", coordinator)

    with pytest.raises(DraftConflict) as met:
        ItemDraft.keep(item, "decision", texts={"text": "Vi ses på plats"}, version=shown, **typed)

    assert met.value.messages == [f"{MASKED_MEANWHILE} {MERGE}"]
    kept = ItemDraft.keep(item, "decision", texts={"text": "Vi ses på plats"}, version=met.value.version, **typed)
    assert kept.text == "Vi ses på plats"


def test_what_an_organisation_says_that_was_masked_meanwhile_is_not_saved_over_unseen(coordinator: Member) -> None:
    facts = {"under": "round", "kind": AgendaItem.Kind.HEADING, "title": "Laget runt"}
    item = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY, **facts)
    police, by = OrganisationFactory(), Actor.of(coordinator)
    RoundNote.write(item, police, text="Kim Fiktiv var där", version=0, by=by)
    mask("Kim Fiktiv", coordinator)

    with pytest.raises(RoundNoteConflict) as met:
        RoundNote.write(item, police, text="Lugnt", version=1, by=by)

    assert met.value.messages == [f"{MASKED_MEANWHILE} {MERGE}"]
    assert met.value.theirs == f"{MASK} var där"
