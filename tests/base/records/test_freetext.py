"""Free text is a kind of field: known by name everywhere, and kept in one way by whatever way it comes in."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, models, transaction
from django.test import Client
from django.urls import reverse
from pghistory.models import Event as History

from base.records.freetext import FreeLineFormField, FreeTextFormField, freetext_fields
from base.ui.forms import RegisterModelForm
from issues.models import Issue, Observation, Place
from meetings.models import AgendaItem, Meeting
from members.models import Member, Organisation
from temagrupp.home.search import Search
from tests.factories import AgendaItemFactory, IssueFactory, PlaceFactory
from tests.issues.test_observation_report import least

pytestmark = pytest.mark.django_db

NO_FREE_TEXT = {
    "issues.Category.icon": "a code",
    "imports.Import.kind": "a code",
    "meetings.AgendaItem.issue_was": "a state",
    "issues.Assignment.link_nonce": "a secret",
    "meetings.CalendarFeed.nonce": "a secret",
    "meetings.Meeting.calendar_host": "a host",
    "meetings.Appendix.digest": "a sum",
    "meetings.AnnexPart.digest": "a sum",
    "meetings.Minutes.digest": "a sum",
    "meetings.Heading.key": "a code",
    "meetings.MinutesFile.digest": "a sum",
    "issues.Tombstone.kind": "a code",
    "issues.Tombstone.number": "a number",
    "members.ContactPoint.mail": "an address",
    "meetings.RegistryEntry.package_digest": "a sum",
    "members.ContactPoint.page": "an address",
    "members.Group.accessibility_mail": "an address",
    "members.Group.demo_edition": "a sum",
    "members.Group.protection_mail": "an address",
    "members.Group.papers_mail": "an address",
    "members.Group.registrar_mail": "an address",
    "members.Logotype.digest": "a sum",
    "members.Member.email": "an address",
    "members.Member.password": "a secret",
    "members.Notice.sent_to": "an address",
    "members.Notice.trouble": "a code",
    "members.NoticeCause.address": "an address",
    "members.NoticeCause.key": "a key",
    "members.NoticeCause.kind": "a code",
    "members.NoticeCause.thing": "a key",
    "members.NoticeStep.met": "a code",
    "members.Organisation.mailbox": "an address",
    "members.OutsideContact.address": "an address",
    "redaction.RedactedPlace.column": "a column",
    "redaction.RedactedPlace.key": "a key",
    "redaction.RedactedPlace.table": "a table",
    "ui.KeptPassage.digest": "a sum",
    "ui.KeptPassage.field": "a code",
    "ui.KeptPassage.kind": "a code",
    "ui.SentForm.url": "an address",
}
"""Columns of letters that nobody writes words in, beside those with choices. A new one stands here or is free text."""

NFD, NFC = "Sko\u0308vde ga\u030angtunnel", "Skövde gångtunnel"
TYPED = f"\ufeff{NFD}\r\nett\u000btv\u00e5\u2028tre\u00ad  "
TEXT, LINE = f"{NFC}\nett\ntvå\ntre", f"{NFC} ett två tre"


def ours() -> list[type[models.Model]]:
    """The tables of the house; what their triggers keep is copies."""
    floors = ("temagrupp", "demo", "meetings", "issues", "members", "base")
    tables = [model for model in apps.get_models() if model.__module__.split(".")[0] in floors]
    return [model for model in tables if not issubclass(model, History)]


def columns() -> dict[str, models.Field[Any, Any]]:
    return {f"{field.model._meta.label}.{field.name}": field for model in ours() for field in model._meta.local_fields}


# Known by name


def test_a_column_of_letters_is_free_text_or_said_to_be_none() -> None:
    letters = {
        name
        for name, column in columns().items()
        if isinstance(column, models.CharField | models.TextField) and column.choices is None
    }

    assert letters - {f"{field.model._meta.label}.{field.name}" for _, field in freetext_fields()} == set(NO_FREE_TEXT)


def test_free_text_is_known_with_its_table_and_the_copies_of_the_triggers_are_not() -> None:
    known = {(model, field.name) for model, field in freetext_fields()}

    assert {(Observation, "text"), (Place, "name"), (AgendaItem, "note"), (Member, "title")} <= known
    assert {model for model, _ in known} <= set(ours())


def test_what_people_write_has_a_limit() -> None:
    """The sentence of an event is made of what has one."""
    assert {str(field) for _, field in freetext_fields() if not field.max_length} <= {"issues.Event.text"}


def test_a_migration_knows_of_nothing_but_the_column() -> None:
    paths = {field.deconstruct()[1] for _, field in freetext_fields()}

    assert paths == {"django.db.models.CharField", "django.db.models.TextField"}


# Whatever way it comes in


def test_a_row_without_a_form_is_kept_as_with_one() -> None:
    issue = IssueFactory(title=TYPED, text=TYPED)

    assert (issue.title, issue.text) == (LINE, TEXT)
    issue.refresh_from_db()
    assert (issue.title, issue.text) == (LINE, TEXT)
    assert Issue.objects.get(title=TYPED) == issue


def test_many_rows_at_once_are_kept_in_the_same_way() -> None:
    first, second = IssueFactory(), IssueFactory()
    Issue.objects.filter(pk=first.pk).update(text=TYPED)
    second.text = TYPED
    Issue.objects.bulk_update([second], ["text"])
    places = Place.objects.bulk_create([Place(name=TYPED)])

    assert set(Issue.objects.values_list("text", flat=True)) == {TEXT}
    assert (places[0].name, Place.objects.get().name) == (LINE, LINE)


def test_a_checked_row_is_measured_as_it_is_kept() -> None:
    place = Place(name="a\u030a" * 120)

    place.clean_fields()

    assert place.name == "å" * 120
    with pytest.raises(ValidationError) as refused:
        Place(name="a\u030a" * 123).clean_fields()
    assert refused.value.message_dict == {"name": ["Texten är 3 tecken för lång. Det får plats 120."]}
    with pytest.raises(ValidationError, match="Texten är 1 tecken för lång"):
        Organisation(name="Prov", area="x" * 1001).clean_fields()


def test_a_checked_row_takes_no_heading_that_nobody_can_see() -> None:
    with pytest.raises(ValidationError):
        Place(name="\u200b \u00ad").clean_fields()


def test_the_database_measures_what_is_kept() -> None:
    assert len(PlaceFactory(name="a\u030a" * 120).name) == 120
    with pytest.raises(DataError), transaction.atomic():
        PlaceFactory(name="å" * 121)


class PlaceForm(RegisterModelForm):
    class Meta:
        model = Place
        fields = ["name"]


class OrganisationForm(RegisterModelForm):
    class Meta:
        model = Organisation
        fields = ["area"]


def test_a_form_over_a_row_measures_and_takes_what_is_kept() -> None:
    form = OrganisationForm({"area": "a\r\n" * 500})
    assert form.is_valid()
    assert form.cleaned_data["area"] == ("a\n" * 500).strip()
    assert "maxlength" not in str(form)
    assert "<textarea" in str(form["area"])

    assert OrganisationForm({"area": "x" * 1002}).errors == {
        "area": ["Texten är 2 tecken för lång. Det får plats 1\u202f000."]
    }
    assert "<input" in str(PlaceForm({"name": "x"})["name"])


def test_a_field_without_a_column_measures_and_takes_the_same() -> None:
    line, text = FreeLineFormField(max_length=5), FreeTextFormField(max_length=5, required=False)

    assert (line.clean("a\u030a\r\nb"), text.clean("\ra\u030a\r\nb"), text.clean(" \u200b")) == ("å b", "å\nb", "")
    for field in (line, text):
        with pytest.raises(ValidationError, match="Texten är 1 tecken för lång"):
            field.clean("a\r\nbcde")
    with pytest.raises(ValidationError):
        line.clean("\u00ad")


def test_a_form_sees_no_change_in_another_kind_of_line_break() -> None:
    form = OrganisationForm({"area": "ett\r\ntvå"}, instance=Organisation(area="ett\ntvå"))

    assert "area" not in form.changed_data


# On the pages


def test_a_report_of_many_lines_is_measured_as_the_browser_counts(as_representative: Client) -> None:
    text = "a\r\n" * 1999 + "bb"

    assert as_representative.post("/rapportera/", least(text=text)).status_code == 302

    assert Observation.objects.get().text == "a\n" * 1999 + "bb"


def test_a_note_is_measured_as_the_browser_counts_while_one_types(as_coordinator: Client) -> None:
    item = AgendaItemFactory(meeting__state=Meeting.State.UNDER_WAY)
    note = "a\r\n" * 3999 + "bb"

    reply = as_coordinator.post(reverse("meetings:note_save", args=[item.pk]), {"note": note, "version": 0}).json()

    assert reply["kept"]
    item.refresh_from_db()
    assert len(item.note) == 8000


@pytest.mark.parametrize(
    "typed",
    ["norra  gångtunneln ", "Norra\u00a0gångtunneln", "NORRA\tga\u030angtunneln", "Norra\u200b gångtunneln"],
)
def test_a_known_place_is_recognised_however_it_is_typed(as_representative: Client, typed: str) -> None:
    place = PlaceFactory(name="Norra gångtunneln")

    as_representative.post("/rapportera/", least(where=typed))

    assert Observation.objects.get().place == place
    assert Place.objects.named(typed) == place


@pytest.mark.parametrize("name", ["Prov\u00a0Bolaget AB", "Prov  bolaget ab", "Prov Bolaget\u202fAB\u00ad"])
def test_two_organisations_do_not_share_a_name_by_other_blanks(name: str) -> None:
    Organisation.admit(by=None, name="Prov Bolaget AB")

    with pytest.raises(ValidationError, match="Det finns redan en organisation med det namnet"):
        Organisation.admit(by=None, name=name)


def test_two_organisations_do_not_share_a_name_in_other_letters() -> None:
    Organisation.admit(by=None, name="Förvaltning Å")

    with pytest.raises(ValidationError, match="Det finns redan en organisation med det namnet"):
        Organisation.admit(by=None, name="Fo\u0308rvaltning A\u030a")


def test_a_search_finds_whatever_letters_it_is_typed_with(as_representative: Client, representative: Member) -> None:
    issue = IssueFactory(title=f"Mörkt i {NFD}", where=NFD)

    assert [hit.title for group in Search(NFD, "", representative).groups for hit, _ in group] == [issue.title]
    for query in ({"q": NFD}, {"plats": "Sko\u0308vde\u00a0ga\u030angt"}):
        assert issue.title in as_representative.get("/arenden/", query).content.decode()
