"""What every column of the register keeps to so that a page can be made of it, said by the database of every table.

No form lets through what is refused here; whoever goes round the forms makes no page that is an error for good.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from base.records.guards import DatabaseCheck

DAYS = (date(1900, 1, 1), date(2199, 12, 31))
MOMENTS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""PostgreSQL has an infinity and years before our era; Python has neither, and what is near its last day cannot be
counted on from. Wider than what the forms take (`base.ui.fields.possible_year`)."""


def keep_readable(model: type[models.Model]) -> None:
    """Give the model a check for each column that could hold what no page can show: a choice, a day, facts.

    As if its Meta had them, so that its migrations do. What is null or an empty text where it may be passes.
    """
    checks = [
        DatabaseCheck(condition=condition, name=f"{model._meta.model_name}_{field.name}_{what}")
        for field in model._meta.local_concrete_fields
        for what, condition in _conditions(field).items()
    ]
    model._meta.constraints = [*model._meta.constraints, *checks]
    model._meta.original_attrs["constraints"] = model._meta.constraints  # what a migration looks for


def _conditions(field: models.Field[Any, Any]) -> dict[str, Q]:
    name, conditions = field.name, {}
    if field.choices:
        empty = [""] if field.blank and field.empty_strings_allowed else []
        conditions["is_a_choice"] = Q(**{f"{name}__in": [*empty, *(value for value, _ in field.flatchoices)]})
    if isinstance(field, models.DateField):
        span = MOMENTS if isinstance(field, models.DateTimeField) else DAYS
        conditions["in_our_time"] = Q(**{f"{name}__range": span})
    if isinstance(field, DateRangeField):
        ends = {f"{name}__{end}__range": DAYS for end in ("startswith", "endswith")}
        conditions["in_our_time"] = Q(**ends)
    if isinstance(field, models.JSONField):
        conditions["is_an_object"] = Q(**{f"{name}__contains": {}})
    return conditions
