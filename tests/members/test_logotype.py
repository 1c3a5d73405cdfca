"""The group's logotype: sent in by the samordnare, seen in the settings and first in every document."""

import io
import zlib
from zipfile import ZipFile

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from meetings.models import Meeting
from members.models import Group, Logotype, Member
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, tags, told_of_pictures, word_text
from tests.meetings.meetings import planned
from tests.past import history_of
from tests.pictures import bomb, photograph, picture, sent, tag, with_chunk
from tests.the import the

pytestmark = pytest.mark.django_db

SETTINGS, PAGE, REMOVE, PNG = (
    f"/gruppen/{path}" for path in ("installningar/", "logotyp/", "logotyp/ta-bort/", "logotyp.png")
)
CHOOSE_AGAIN = "Webbläsaren behåller inte en fil som inte gick att spara, så välj den igen."


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    return planned(coordinator)


def send(client: Client, content: bytes, **typed: str) -> HttpResponseBase:
    return client.post(PAGE, {"picture": sent(content), **typed}, follow=True)


def test_it_is_sent_in_and_seen_in_the_settings(as_coordinator: Client, as_representative: Client) -> None:
    assertContains(as_coordinator.get(SETTINGS), "Gruppen har ingen logotyp.")

    page = send(as_coordinator, picture("JPEG", (300, 100)))

    assertContains(page, "Logotypen är sparad.")
    source = f"{PNG}?{the(Logotype.current()).digest[:8]}"
    assertContains(page, f'<img src="{source}" width="300" height="100" alt="Gruppens logotyp">', html=True)
    shown = as_representative.get(PNG)
    assert shown["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(shown.content)).size == (300, 100)


def test_a_photograph_on_its_side_is_taken_whatever_else_its_camera_wrote(as_coordinator: Client) -> None:
    on_its_side, resolution_in_letters = tag(0x0112, 3, b"\6\0"), tag(0x011A, 2, b"72\0")

    page = send(as_coordinator, photograph(on_its_side, resolution_in_letters))

    assertContains(page, "Logotypen är sparad.")
    assert Image.open(io.BytesIO(the(Logotype.current()).picture)).size == (200, 400)


def test_another_takes_its_place_and_the_history_tells_who(as_coordinator: Client, coordinator: Member) -> None:
    send(as_coordinator, picture(size=(30, 10)))
    send(as_coordinator, picture(size=(60, 10)))

    assert Image.open(io.BytesIO(Logotype.objects.get().picture)).size == (60, 10)
    saved = history_of(the(Logotype.current()))
    assert [(event.pgh_label, event.pgh_context["user"]) for event in saved] == [
        ("insert", coordinator.pk),
        ("update", coordinator.pk),
    ]


def test_before_it_is_taken_away_one_is_asked(as_coordinator: Client) -> None:
    send(as_coordinator, picture())
    assertContains(
        as_coordinator.get(PAGE), f'<a class="button quiet" href="{REMOVE}">Ta bort logotypen …</a>', html=True
    )

    page = as_coordinator.get(REMOVE)

    assertContains(page, "Ska logotypen tas bort?")
    assertContains(page, f'<a class="button quiet" href="{PAGE}" data-cancel>Avbryt</a>', html=True)
    assert Logotype.current()


def test_where_there_is_none_nothing_is_asked(as_coordinator: Client) -> None:
    page = as_coordinator.get(REMOVE)

    assertContains(page, "Ingen logotyp att ta bort")
    assertNotContains(page, '<button class="button">Ta bort logotypen</button>', html=True)


def test_it_can_be_taken_away(as_coordinator: Client) -> None:
    send(as_coordinator, picture())

    page = as_coordinator.post(REMOVE, follow=True)

    assertContains(page, "Logotypen är borttagen.")
    assertContains(page, "Gruppen har ingen logotyp.")
    assert as_coordinator.get(PNG).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"%PDF-1.7", "Filen är ingen bild i PNG eller JPEG."),
        (bomb(60_000, 60_000), "Bilden har för många bildpunkter."),
        (picture() + b"\0" * 2_200_000, "Den får vara högst 2,0\xa0MB."),
        (with_chunk(b"pHYs", b"1"), "filen är trasig."),
        (with_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"0" * 5_000_000)), "filen är trasig."),
    ],
    ids=["empty", "no picture", "bomb", "heavy", "cut piece", "text bomb"],
)
def test_what_cannot_be_taken_is_refused_and_the_old_one_stays(
    as_coordinator: Client, content: bytes, sentence: str
) -> None:
    before = Logotype.put(picture(), by=(by := a_coordinator()))
    assert before.updated_by == by.member

    page = send(as_coordinator, content)

    assertContains(page, sentence)
    assertContains(page, CHOOSE_AGAIN)
    assert the(Logotype.current()).digest == before.digest


def test_nothing_chosen_is_said(as_coordinator: Client) -> None:
    assertContains(as_coordinator.post(PAGE, {}), "Välj bilden med logotypen.")


def test_another_picture_in_a_form_that_was_saved_is_saved_as_well(as_coordinator: Client) -> None:
    key = str(as_coordinator.get(PAGE).context["form"]["key"].value())
    send(as_coordinator, picture(size=(30, 10)), key=key)

    again = send(as_coordinator, picture(size=(30, 10)), key=key)
    other = send(as_coordinator, picture(size=(60, 10)), key=key)

    assertContains(again, "Det var redan skickat")
    assertNotContains(other, "Det var redan skickat")
    assert Image.open(io.BytesIO(the(Logotype.current()).picture)).size == (60, 10)


def test_it_stands_first_in_the_pdf_and_is_told_to_the_ear(as_coordinator: Client, meeting: Meeting) -> None:
    Logotype.put(picture(size=(300, 100), mode="RGBA"), by=a_coordinator())

    content = as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content

    page = PdfReader(io.BytesIO(content)).pages[0]
    assert [the(image.image).size for image in page.images] == [(300, 100)]
    assert tags(content).index("Figure") < tags(content).index("H1")
    assert told_of_pictures(content) == ["Logotyp: Temagruppens register"]
    assert pdf_text(content).splitlines()[0] == "Dagordning"


def test_and_in_word(as_coordinator: Client, meeting: Meeting) -> None:
    Logotype.put(picture(size=(300, 100)), by=a_coordinator())

    content = as_coordinator.get(reverse("meetings:agenda_word", args=[meeting.pk])).content

    file = ZipFile(io.BytesIO(content))
    assert [name for name in file.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]
    assert 'descr="Logotyp: Temagruppens register"' in file.read("word/document.xml").decode()


@pytest.mark.parametrize("size", [(1200, 1), (1, 600), (1200, 600)])
def test_one_of_any_shape_has_room(as_coordinator: Client, meeting: Meeting, size: tuple[int, int]) -> None:
    Logotype.put(picture(size=size), by=a_coordinator())

    for kind in ("agenda_pdf", "agenda_word"):
        assert as_coordinator.get(reverse(f"meetings:{kind}", args=[meeting.pk])).status_code == 200


def test_one_is_not_removed_for_another(as_coordinator: Client, meeting: Meeting) -> None:
    shown = Logotype.put(picture(), by=a_coordinator()).version
    Logotype.put(picture(size=(300, 100)), by=a_coordinator())

    page = as_coordinator.post(reverse("members:logotype_remove"), {"version": shown}).content.decode()

    assert "Inget är ändrat." in page
    assert the(Logotype.current()).version in page  # sent again it is about that one
    assert as_coordinator.get(reverse("members:logotype_remove")).content.decode().count('name="version"') == 1


def test_without_one_the_name_stands_there(as_coordinator: Client, meeting: Meeting) -> None:
    content = as_coordinator.get(reverse("meetings:agenda_pdf", args=[meeting.pk])).content

    assert pdf_text(content).splitlines()[0] == "Temagruppens register"


def test_papers_of_a_demo_say_so_on_every_page(as_coordinator: Client, meeting: Meeting) -> None:
    Group.objects.create(pk=1, demo=True)

    for kind, text in (("agenda_pdf", pdf_text), ("agenda_word", word_text)):
        content = as_coordinator.get(reverse(f"meetings:{kind}", args=[meeting.pk])).content
        assert "Temagruppens register. Demodata: alla personer och händelser är påhittade." in text(content)
