from __future__ import annotations

from collections.abc import Callable, Collection, Set
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from base.records.guards import Guard, changed
from base.records.masked import remember_masks
from base.records.stored_row import StoredRow

CREATED = Guard(
    name="created_once",
    sentence="Det står kvar när det skrevs in. Inget är ändrat.",
    condition=changed("created_at"),
)


class Timestamped(StoredRow):
    """Abstract of every table of the register: when the row was made and when it was last saved.

    Both by the web's clock, as every time that a verb writes; the database's clock is never compared with it. A verb
    that is told afterwards says itself when the row was made.
    """

    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def guards(cls) -> list[Guard]:
        """What the database refuses of every such table; those of its own stand in the `fixed.py` of its app."""
        return [CREATED]

    def lock(self) -> None:
        """Lock the row for the rest of the transaction and read it anew."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(no_key=True))

    def refresh_from_db(self, *args: Any, **options: Any) -> None:
        """Read the row anew, as every verb does that changes it. What is masked in it is remembered."""
        super().refresh_from_db(*args, **options)
        remember_masks(self)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate the fields. Whether the row of a foreign key is there is asked only where nobody has read it."""
        keys = (field for field in self._meta.concrete_fields if isinstance(field, models.ForeignKey))
        read = {key.name for key in keys if key.get_cached_value(self, default=None)}
        super().clean_fields(exclude={*(exclude or ()), *read})

    def save_checked(self, changed: Collection[str] | None = None) -> None:
        """Validate and save the row. Raises ValidationError in the group's words.

        Of a row that is there, `changed` are the fields that are validated: a rule that came after what is kept in
        another shall not stop somebody who does not even see that one.

        The database holds the constraints; Django is asked only when something is wrong, for the words of all that is.
        """
        names = {field.name for field in self._meta.concrete_fields}
        kept = set() if changed is None else names.difference(changed)
        try:
            self.full_clean(exclude=kept, validate_unique=False, validate_constraints=False)
            with transaction.atomic():
                self.save()
        except (ValidationError, IntegrityError):
            self._say_all(kept)
            raise

    def _say_all(self, kept: Set[str]) -> None:
        """Raise ValidationError with all that is wrong, also of a constraint that a kept field is part of."""
        errors: dict[str, list[ValidationError]] = {}
        checks: list[Callable[[], None]] = [
            lambda: self.clean_fields(exclude=kept),
            self.clean,
            lambda: self.validate_unique(exclude=set(errors)),
            lambda: self.validate_constraints(exclude=set(errors)),
        ]
        for check in checks:
            try:
                check()
            except ValidationError as error:
                error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)
