"""The formal sentence of each kind of decision: Gruppen föreslår … · Gruppen hänskjuter frågan till …"""

from __future__ import annotations

from base.swedish.verbs import asked_to
from base.swedish.words import capital, listed, sentence
from issues.models import Action, Issue
from meetings.models import Decision
from members.models import Organisation

GROUP = "Gruppen "
"""What a formal sentence begins with."""
MOST = Decision._meta.get_field("text").max_length or 0
PAUSES = "Gruppen avvaktar med ärendet."
PAST = {
    "föreslår": "föreslog",
    "avslutar": "avslutade",
    "avvaktar": "avvaktade",
    "hänskjuter": "hänsköt",
    "eskalerar": "eskalerade",
    "noterar": "noterade",
    "bordlägger": "bordlade",
}
"""The verbs of the formal sentences, as they are told afterwards."""


def proposed_words(asked: list[Organisation], title: str, supporting: list[Organisation]) -> str:
    """Of one that proposes: Gruppen föreslår Polisen och Witalabostäder AB att laga grinden. Stöd från Stadshus AB."""
    proposed = f"Gruppen föreslår {asked_to(listed(list(map(str, asked))), title)}."
    return f"{proposed} Stöd från {listed(list(map(str, supporting)))}." if supporting else proposed


def formal_words(kind: str, typed: str, *, outcome: str = "", to: str = "", lifts: Action | None = None) -> str:
    """The sentence of the kind and what was typed beside it; who typed that sentence herself has it as she typed it.

    All as sentences; one in words that fills its column has no room for a full stop.
    """
    typed = capital(typed.strip())
    as_sentence = sentence(typed)
    told = as_sentence if len(as_sentence) <= MOST else typed
    if kind == Decision.Kind.OTHER:
        return told
    formal = _formal(kind, outcome, to, lifts)
    return told if typed.split()[:2] == formal.split()[:2] else f"{formal} {told}".strip()


def told_afterwards(text: str) -> str:
    """The words of a decision at a later meeting: Gruppen föreslog Tekniska förvaltningen att laga grinden."""
    verb, _, rest = text.removeprefix(GROUP).partition(" ")
    return f"{GROUP}{PAST[verb]} {rest}" if text.startswith(GROUP) and verb in PAST else text


def why_paused(decision: Decision) -> str:
    """What was typed of a pause, which its timeline tells by itself."""
    return decision.text.removeprefix(PAUSES).strip() or decision.text


def lifted_words(action: Action) -> str:
    """An action inside a sentence: ”Byt lamporna” (Tekniska förvaltningen)."""
    return f"”{action}” ({action.current.organisation})"


def _formal(kind: str, outcome: str, to: str, lifts: Action | None) -> str:
    match kind:
        case Decision.Kind.CLOSE:
            how = Issue.Outcome(outcome).label.lower() if outcome else ""
            return f"Gruppen avslutar ärendet: {how}." if how else "Gruppen avslutar ärendet."
        case Decision.Kind.PAUSE:
            return PAUSES
        case Decision.Kind.REFER:
            return sentence(f"Gruppen hänskjuter frågan till {to}")
        case Decision.Kind.ESCALATE:
            return sentence(f"Gruppen eskalerar {lifted_words(lifts) if lifts else 'åtgärden'} till {to}")
        case Decision.Kind.INFORM:
            return "Gruppen noterar informationen."
    return "Gruppen bordlägger frågan till nästa möte."
