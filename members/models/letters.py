"""The mails about who may sign in as whom, and who leads the register: to each whom it concerns, once it is saved."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from members.mail_form import in_plain_words
from members.mails import links, owe_account_mail, send_apart
from members.models.account_state import AccountState


def write_of_change(member: Any, before: AccountState, *, by: Any) -> None:
    """Write to both addresses of a changed one; to one who begins or ceases to lead, and to who did it.

    The old address may be another's, if it was wrong: it is not told the new one.
    """
    after = AccountState.of(member)
    if not after.hands_over(before):
        return
    whom_to_ask = type(member).objects.whom_to_ask
    told = {"member": member, "by": by, "before": before, "ask": whom_to_ask(member, by=by), **links()}
    if after.email != before.email:
        _write("address_left", before.email, told, to=member)
        _write("address_taken", member.email, told, to=member)
    if after.leads != before.leads:
        mark = "coordinator_given" if after.leads else "coordinator_taken"
        _write(mark, member.email, told, to=member)
        if by != member:
            _write(f"{mark}_by", by.email, told | {"ask": whom_to_ask(by, about=member)}, to=by)


def _write(name: str, address: str, told: dict[str, Any], *, to: Any) -> None:
    """Send it once it is saved; the outbox has it if that fails."""
    template, told = f"members/email/{name}", told | {"group": told["member"].group}
    subject = " ".join(render_to_string(f"{template}_subject.txt", told).split())
    body = render_to_string(f"{template}_message.txt", told).strip()
    message = in_plain_words(subject, body, address)
    facts = {"about": told["member"], "by": told["by"], "was_active": told["before"].is_active}
    unsent = partial(owe_account_mail, template, to=to, address=address, **facts)
    transaction.on_commit(partial(send_apart, message, template, unsent=unsent))
