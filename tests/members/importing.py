"""What a samordnare does to bring in the group from a sheet, page by page."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from base.imports.models import Import
from base.imports.plan import ImportPlan
from base.imports.table import ReadBook, ReadTable
from members.actor import Actor
from members.group_import.planning import GroupImport
from tests.pages import Response

NEW = "/gruppen/import/"
HEADINGS = "Förvaltning\tSlag\tFunktionsbrevlåda\tNamn\tBefattning\tMejl\tTelefon\tOrdinarie/ersättare\tFr.o.m."

KIM = "Hamnbolaget AB|bolag|hamnen@exempel.se|Kim Skiss|Chef|kim@exempel.se|701740605|ordinarie|2026-01-15"
ALEX = "Hamnbolaget AB|||Alex Utkast|Vakt|alex@exempel.se||suppleant|"


def kept(by: Actor) -> Import:
    """What somebody has read of a sheet with one row, for a new member with a place of her own organisation's."""
    cells = [str(by.member.organisation), "", "", "Kim Skiss", "Chef", "kim@exempel.se", "", "ersättare", ""]
    return Import.keep(ReadBook([ReadTable([(1, HEADINGS.split("\t")), (2, cells)])]), GroupImport(), by=by)


def lines(*rows: str, headings: str = HEADINGS) -> str:
    """A table as it is copied from Excel; the cells of a row are parted by a bar."""
    return "\n".join([headings, *(row.replace("|", "\t") for row in rows)])


def read(client: Client, pasted: str = "", *, file: bytes | None = None, name: str = "gruppen.xlsx") -> Import:
    """Paste or choose a file, as it is recognised; returns what was read."""
    chosen = {"file": SimpleUploadedFile(name, file)} if file is not None else {}
    response = client.post(NEW, {"pasted": pasted, **chosen})
    assert response.status_code == 302, response.content.decode()
    return Import.objects.latest("pk")


def plan_of(client: Client, *rows: str) -> ImportPlan:
    """What the rows would do."""
    return GroupImport().plan(read(client, lines(*rows)).sheet_rows)


def review(read: Import) -> str:
    return reverse("members:import_detail", args=[read.pk])


def bring_in(client: Client, read: Import, **typed: Any) -> Response:
    """Press the button of the page that shows what would be done."""
    form = client.get(review(read)).context["form"]
    return client.post(review(read), {"shown": form["shown"].value(), "key": form["key"].value(), **typed})


def imported(client: Client, *rows: str, **typed: Any) -> Import:
    """Bring the rows in, all the way."""
    found = read(client, lines(*rows))
    response = bring_in(client, found, **typed)
    assert response.status_code == 302, response.content.decode()
    found.refresh_from_db()
    return found


def words_of(page: Response) -> str:
    """What a page says, on one line."""
    return " ".join(unescape(page.content.decode()).split())
