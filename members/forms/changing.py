"""The base of the forms that change something."""

from typing import Any

from base.ui.fields import VersionField
from base.ui.forms import RegisterModelForm
from members.actor import Actor
from members.models import Member


class ChangeForm(RegisterModelForm):
    """The base of a form over a row: saved only when nobody else has saved the row since it was shown."""

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField(initial=lambda: self.instance.version)

    def clean(self) -> dict[str, Any]:
        self.instance.check_version(self.version, texts=self.cleaned_data)
        return super().clean()

    @property
    def version(self) -> str:
        return str(self.cleaned_data.get("version", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, for the model's verb."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def save(self) -> Any:  # type: ignore[override]
        self.instance.change(by=Actor.of(self.by), version=self.version, **self.facts)
        return self.instance

    def receipt(self, saved: Any) -> str:
        return "Ändringen är sparad."
