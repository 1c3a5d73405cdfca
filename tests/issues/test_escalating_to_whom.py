"""An action is lifted to those who stand above its organisation now, and to nobody else whatever is sent."""

from __future__ import annotations

import pytest

from base.records import EditConflict
from issues.models import Escalation, EscalationPath
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import today
from tests.issues.test_escalating import KLG, again, by, maja, question, tekniska
from tests.people import signed_in

__all__ = ["by", "maja", "tekniska"]  # fixtures of the neighbour's
pytestmark = pytest.mark.django_db


def test_only_to_those_above_now_and_above_those_who_have_decided(by: Actor, tekniska: Organisation) -> None:
    action = question(tekniska)
    wrong = [("landshövdingen", 1), ("nämnden", 1), (KLG, 2), (KLG, 3), ("VD", 1), ("", 1), ("nämnden", 0)]

    for to, rung in wrong:
        with pytest.raises(EditConflict, match="kan inte eskaleras till"):
            Escalation.escalate(again(action), to=to, rung=rung, by=by)

    Escalation.escalate(again(action), to="nämnden", rung=2, by=by)
    Escalation.write_ruling(again(action), decision="Nej.", by=by)
    for to, rung in ((KLG, 1), ("nämnden", 2)):
        with pytest.raises(EditConflict, match="kan inte eskaleras till"):
            Escalation.escalate(again(action), to=to, rung=rung, by=by)
    assert Escalation.objects.count() == 1


def test_where_others_stand_above_since_the_page_was_shown_she_chooses_again(
    by: Actor, maja: Member, tekniska: Organisation
) -> None:
    action = question(tekniska)
    client, url = signed_in(maja), f"{action.get_absolute_url()}eskalera/"
    page = client.get(action.get_absolute_url()).content.decode()
    assert f'name="eskalera-offered" value="{KLG} · nämnden"' in page
    paths = {**EscalationPath.known(), tekniska.kind: ("kommundirektören", "nämnden")}
    EscalationPath.change_all(paths, by=by)
    sent = {"eskalera-rung": "1", "eskalera-raised_on": today().isoformat(), "eskalera-registry_no": "KS 12"}

    refused = client.post(url, sent | {"eskalera-offered": f"{KLG} · nämnden"}).content.decode()

    assert "Till vem åtgärden kan eskaleras är ändrat" in refused
    assert "KS 12" in refused
    assert "kommundirektören" in refused
    assert not Escalation.objects.exists()
    client.post(url, sent | {"eskalera-offered": "kommundirektören · nämnden"})
    assert Escalation.objects.get().to == "kommundirektören"
