"""The order of names in a Swedish list, in SQL and in Python."""

import random

import pytest

from base.swedish.order import swedish_key
from issues.models import Place
from members.models import Member
from tests.factories import MemberFactory, PlaceFactory

IN_ORDER = [
    *("2:a backen", "10:e huset", "Abbe Prov", "Anna Karin A", "Anna-Karin B", "Anna Karin C", "Anna Östh", "Annabell"),
    *("Bengt", "Cecilia", "Čedomir", "Czeslaw", "Đorđe", "Dragan", "Eva A", "Éva B", "Evert", "Îla", "Ivar", "Lukas"),
    *("Łukasz", "Lus", "Muller", "Müller A", "Myller B", "Ñandu", "Nilsson", "O'Brien", "”Obs” Prov", "Odd", "Šefik"),
    *("Skola 2", "Skola 02 B", "Skola 10", "Skola 10 A", "Skola 100", "Skola 4294967296", "Skola 12345678901"),
    *("Skola A", "Skola2", "Skola10", "Štefan", "Sven", "Thomas", "Vera", "Wera", "Xi", "Yngve", "Zacharias"),
    *("Żaneta", "Zeb", "Åsa A", "A\u030asa B"),
    *("ÅSA C", "Åström", "Ärla", "Æsir", "Ätten", "Öberg", "Ødegård", "Östen"),
]


def shuffled() -> list[str]:
    names = IN_ORDER[:]
    random.Random(26).shuffle(names)
    return names


def test_words_in_hand_stand_in_swedish_order() -> None:
    assert sorted(shuffled(), key=swedish_key) == IN_ORDER


@pytest.mark.django_db
def test_rows_stand_in_the_same_order() -> None:
    for name in shuffled():
        PlaceFactory(name=name)
    composed = {name: Place._meta.get_field("name").to_python(name) for name in IN_ORDER}

    assert list(Place.objects.names()) == list(composed.values())


@pytest.mark.django_db
def test_names_that_differ_in_nothing_stand_as_they_came() -> None:
    first, second, third = (MemberFactory(name=name) for name in ("Anna Muller", "Anna-Müller", "Anna Myller"))

    assert list(Member.objects.in_order()) == [first, second, third]
