"""The words by which the import of an old åtgärdslista counts what it does."""

from __future__ import annotations

from collections.abc import Mapping

from base.imports.texts import Counted, counted_words

COUNTED: Counted = {
    "issues_new": ("nytt ärende", "nya ärenden"),
    "actions_asked": ("åtgärd som väntar på svar", "åtgärder som väntar på svar"),
    "actions_promised": ("pågående åtgärd", "pågående åtgärder"),
    "actions_done": ("klar åtgärd", "klara åtgärder"),
    "actions_declined": ("avböjd åtgärd", "avböjda åtgärder"),
    "actions_cancelled": ("återtagen åtgärd", "återtagna åtgärder"),
    "issues_closed": ("avslutat ärende", "avslutade ärenden"),
}
NEUTER = frozenset({"issues_new", "issues_closed"})
LEFT_WITH = "en rubrik"
"""What a row has alone that is left out."""


def counted_in_words(counted: Mapping[str, int]) -> str:
    return counted_words(counted, COUNTED, NEUTER)
