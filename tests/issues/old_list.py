"""What a samordnare does to bring in the åtgärdslista that the group had before, page by page."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from base.imports.models import Import
from base.imports.plan import ImportPlan
from base.imports.table import ReadBook, ReadTable
from issues.old_list.planning import OldListImport
from members.actor import Actor
from tests.pages import Response

NEW = "/atgarder/gammal-lista/"
HEADINGS = "Vad\tÄrende\tPlats\tFörvaltning\tTidplan\tStatus\tMöte\tKlar den\tNr\tKommentar"


def lines(*rows: str, headings: str = HEADINGS) -> str:
    """A list as it is copied from Excel; the cells of a row are parted by a bar."""
    return "\n".join([headings, *(row.replace("|", "\t") for row in rows)])


def kept(by: Actor) -> Import:
    """What somebody has read of a list with one row, about her own organisation."""
    cells = ["Laga grinden", "", "", str(by.member.organisation), "2026-12-01", "väntar på svar", "", "", "", ""]
    return Import.keep(ReadBook([ReadTable([(1, HEADINGS.split("\t")), (2, cells)])]), OldListImport(), by=by)


def read(client: Client, *rows: str, headings: str = HEADINGS) -> Import:
    """Paste the rows; returns what was read."""
    response = client.post(NEW, {"pasted": lines(*rows, headings=headings)})
    assert response.status_code == 302, response.content.decode()
    return Import.objects.latest("pk")


def plan_of(client: Client, *rows: str, headings: str = HEADINGS) -> ImportPlan:
    """What the rows would do."""
    return OldListImport().plan(read(client, *rows, headings=headings).sheet_rows)


def review(read: Import) -> str:
    return reverse("issues:old_list_detail", args=[read.pk])


def bring_in(client: Client, read: Import, **typed: Any) -> Response:
    """Press the button of the page that shows what would be done."""
    form = client.get(review(read)).context["form"]
    return client.post(review(read), {"shown": form["shown"].value(), "key": form["key"].value(), **typed})


def brought_in(client: Client, *rows: str, headings: str = HEADINGS, **typed: Any) -> Import:
    """Bring the rows in, all the way."""
    found = read(client, *rows, headings=headings)
    response = bring_in(client, found, **typed)
    assert response.status_code == 302, response.content.decode()
    found.refresh_from_db()
    return found
