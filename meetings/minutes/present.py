"""Whether the content of minutes names somebody among those who were there."""

from __future__ import annotations

from typing import Any


def is_present(content: dict[str, Any], key: int | None, name: str) -> bool:
    """Whether it names who has this key, or this name without an account. Older ones know people by their names."""
    rows = [content["chair"], content["secretary"], *content.get("relieved", []), *content["guests"]]
    rows += [one for row in content["attendance"] for one in row["people"]]
    if key and any(one.get("key") == key for one in rows):
        return True
    return any(one.get("key") is None and one["name"].casefold() == name.casefold() for one in rows)
