"""What organisations have noted of cost: by budget year, as a span, since each cost is a band and no sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from base.swedish.words import capital, number_word, plural, thousands
from issues.models import Action, Answer
from issues.models.action import ActionQuerySet
from issues.models.status import CARRIED

NO_YEAR = "inget"
"""The word in an address for what has no budget year."""
SPANS: dict[str, tuple[int, int | None]] = {
    Answer.CostBand.UNDER_50: (0, 50_000),
    Answer.CostBand.TO_250: (50_000, 250_000),
    Answer.CostBand.OVER_250: (250_000, None),
}
"""The least and the most in kronor; the last has no most."""


@dataclass(frozen=True)
class BudgetYear:
    """A budget year, or None, and how many actions have each cost band; an empty band where none is noted."""

    year: int | None
    bands: Counter[str]

    @property
    def word(self) -> str:
        """Its word in an address."""
        return str(self.year or NO_YEAR)

    @property
    def heading(self) -> str:
        return str(self.year or "Inget budgetår")

    @property
    def choice(self) -> str:
        """Its words in a sentence that chooses."""
        return f"budgetår {self.year}" if self.year else "utan budgetår"

    @property
    def number(self) -> int:
        return self.bands.total()

    @property
    def words(self) -> str:
        """How many they are and what they may cost: 3 åtgärder, 50 000–300 000 kr. En saknar kostnad."""
        unknown = self.bands[""]
        cost = cost_words(self.bands)
        words = f"{plural(self.number, 'åtgärd', 'åtgärder')}{f', {cost}' if cost else ''}."
        if not cost:
            return f"{words} Ingen kostnad är angiven."
        return f"{words} {capital(number_word(unknown))} saknar kostnad." if unknown else words


def cost_words(bands: Counter[str]) -> str:
    """What those with a cost band may cost together: högst 100 000 kr; 50 000–300 000 kr; minst 300 000 kr."""
    spans = [SPANS[band] for band in bands.elements() if band]
    if not spans:
        return ""
    least, tops = sum(low for low, _ in spans), [high for _, high in spans if high]
    if len(tops) < len(spans):
        return f"minst {thousands(least)} kr"
    return f"{thousands(least)}–{thousands(sum(tops))} kr" if least else f"högst {thousands(sum(tops))} kr"


Noted = Counter[tuple[int | None, str, bool]]
"""How many have each budget year and cost band, and whether they are done; a year or a band may be missing."""


def noted_costs(actions: ActionQuerySet) -> Noted:
    """What is noted of the actions that are to be done or are done. What has neither year nor cost is not in it."""
    noted = Q(("current__budget_year__isnull", False)) | Q(("current__cost_band__gt", ""))
    rows: Any = actions.joined_current().filter(noted, state__in=CARRIED).order_by()
    each = rows.values_list("current__budget_year", "current__cost_band", "state").annotate(Count("pk"))
    found: Noted = Counter()
    for year, band, state, number in each:
        found[year, band, state == Action.State.DONE] += number
    return found


def done_bands(noted: Noted) -> Counter[str]:
    """How many of those that are done have each cost band."""
    found: Counter[str] = Counter()
    for (_, band, is_done), number in noted.items():
        found[band] += number if is_done else 0
    return +found


def budget_years(noted: Noted) -> list[BudgetYear]:
    """The years with what they may cost, in order; None last."""
    years: dict[int | None, Counter[str]] = {}
    for (year, band, _), number in noted.items():
        years.setdefault(year, Counter())[band] += number
    return [BudgetYear(year, years[year]) for year in sorted(years, key=lambda year: (year is None, year or 0))]
