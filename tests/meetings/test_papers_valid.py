"""Every kind of paper of a meeting is PDF/A-2a and PDF/UA-1 by veraPDF, with what people write in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.documents.pdf import pdf
from base.swedish.passages import pattern
from meetings.correcting import save_correction, start_correcting
from meetings.minutes.masking import mask_versions, versions_with
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents import verapdf
from tests.base.documents.documents import of_every_kind
from tests.meetings.correcting import note, sent
from tests.meetings.meetings import item_of
from tests.meetings.test_restricted_since import restrict
from tests.the import the

__all__ = ["sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not verapdf.is_there(), reason=verapdf.LACKS)]

ODD = "Räcket är rakt 🙂 – 中文, עברית, ﷽ och tecken utan teckensnitt: \U0001f9ff \ue000. Bo ringde."


def test_a_rule_that_is_broken_is_told(tmp_path: Path) -> None:
    whole = pdf(of_every_kind())
    untitled = whole.replace(b"/DisplayDocTitle true", b"/DisplayDocTitle false")

    assert untitled != whole
    [kept, broken] = verapdf.broken_rules([whole, untitled], tmp_path)
    assert (kept, broken) == ([], ["ua1:7.1-10"])


def test_every_paper_of_a_meeting_keeps_both_standards(
    sent: Meeting,
    as_coordinator: Client,
    coordinator: Member,
    technical: Organisation,
    by: Actor,
    tmp_path: Path,
) -> None:
    start_correcting(sent, by=by)
    note(sent, "Räcket", ODD, by)
    save_correction(sent, by=by, why="Efter en synpunkt.")
    mask_versions(versions_with(pattern("Bo")), pattern("Bo"), by=by, at=timezone.now())
    rail = the(item_of(sent, "Räcket").issue)
    papers = {
        "minutes": reverse("meetings:minutes_version_pdf", args=[sent.pk, 1]),
        "corrected, masked": reverse("meetings:minutes_version_pdf", args=[sent.pk, 2]),
        "original": reverse("meetings:original_pdf", args=[sent.pk, 2]),
        "extract of an issue": reverse("meetings:issue_extract_pdf", args=[sent.pk, 2, rail.number]),
        "extract of an organisation": reverse("meetings:organisation_extract_pdf", args=[sent.pk, 1, technical.pk]),
        "agenda": reverse("meetings:agenda_pdf", args=[the(sent.following()).pk]),
    }

    answers = {kind: as_coordinator.get(address) for kind, address in papers.items()}
    restrict("Lampan", coordinator)
    answers["annex"] = as_coordinator.get(reverse("meetings:annex_pdf", args=[sent.pk]))

    assert {kind: answer.status_code for kind, answer in answers.items()} == dict.fromkeys(answers, 200)
    broken = verapdf.broken_rules((answer.content for answer in answers.values()), tmp_path)
    assert dict(zip(answers, broken, strict=True)) == {kind: [] for kind in answers}
