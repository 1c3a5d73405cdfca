"""What the forms over something that exists already have in common."""

from typing import Any

from base.ui.fields import VersionField
from base.ui.forms import RegisterModelForm


class ChangeForm(RegisterModelForm):
    """A form over something that exists: it is saved only when nobody else has saved it since it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = VersionField(initial=lambda: self.instance.version)

    def clean(self) -> dict[str, Any]:
        self.instance.check_version(self.seen)
        return super().clean()

    @property
    def seen(self) -> str:
        return str(self.cleaned_data.get("seen", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, for the model's verb."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def save(self) -> Any:  # type: ignore[override]
        self.instance.change(seen=self.seen, **self.facts)
        return self.instance

    def receipt(self, saved: Any) -> str:
        return "Ändringen är sparad."
