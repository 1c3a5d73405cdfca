"""A stretch of points stands on one line."""

from base.swedish.words import StateSentence
from base.ui.templatetags.ui import points_whole, state


def test_a_stretch_is_not_broken_after_its_dash() -> None:
    assert points_whole("Omar Prov, punkt 1–6; Gun") == 'Omar Prov, <span class="nowrap">punkt 1–6;</span> Gun'
    assert points_whole("§\N{NO-BREAK SPACE}14–18") == '<span class="nowrap">§\N{NO-BREAK SPACE}14–18</span>'
    assert points_whole("den 14–18 maj") == "den 14–18 maj"


def test_what_people_have_typed_beside_it_is_escaped() -> None:
    assert "<b>" not in points_whole("<b>Omar</b>, punkt 1–6")
    assert "<b>" not in state({}, StateSentence("excused", "<b>Omar</b>, punkt 1–6"))  # type: ignore[arg-type]
    assert "<b>" not in state({}, StateSentence("excused", "<b>Omar</b>"))  # type: ignore[arg-type]
