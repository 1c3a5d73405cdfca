"""Whether the handler of an assignment, a person of the organisation that has it, answers for it still."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from members.models import AnswersFor, Seat


def handler_left(current: str = "current__") -> Any:
    """Whether the handler of the assignment at that path may no longer sign in, or answers no longer for it."""
    hers = {"member": OuterRef(f"{current}handler"), "organisation": OuterRef(f"{current}organisation")}
    answers = Exists(Seat.objects.current().filter(**hers)) | Exists(AnswersFor.objects.filter(**hers))
    gone = Q((f"{current}handler__is_active", False)) | ~answers
    return ExpressionWrapper(Q((f"{current}handler__isnull", False)) & gone, output_field=BooleanField())
