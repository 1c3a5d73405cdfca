"""E-mail addresses: one form of each, whatever keyboard or document it came from, and mail that arrives."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address

from base.records.address import MailAddressFormField, normalize_address

ONE = "maja@åmål.se"


@pytest.mark.parametrize(
    "typed",
    [
        "maja@åmål.se",
        "MAJA@ÅMÅL.SE",
        "maja@xn--ml-xiab.se",
        "Maja@XN--ML-XIAB.SE",
        "maja@a\u030ama\u030al.se",
        "maja＠åmål．se",
        "maja@åmål。se",
        "\u00a0maja@åmål.se.\u00a0",
        "\ufeffma\u00adja@åm\u200bål.se\u2028",
    ],
)
def test_an_address_is_one_whatever_way_it_is_written(typed: str) -> None:
    field = MailAddressFormField()

    assert field.clean(typed) == ONE
    assert normalize_address(ONE) == ONE


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        (ONE, "maja@xn--ml-xiab.se"),
        ("maja@münchen.de", "maja@xn--mnchen-3ya.de"),
        ("maja@xn--strae-oqa.de", "maja@xn--strae-oqa.de"),
        ("maja@exempel.se", "maja@exempel.se"),
        ("\N{KELVIN SIGN}ar\N{LATIN SMALL LETTER LONG S}@exempel.se", "kars@exempel.se"),
        pytest.param(f"{'a' * 64}@exempel.se", f"{'a' * 64}@exempel.se", id="the longest name"),
    ],
)
def test_a_mail_to_it_goes_to_the_domain_as_machines_write_it(typed: str, sent_to: str) -> None:
    assert sanitize_address(MailAddressFormField().clean(typed), "utf-8") == sent_to


@pytest.mark.parametrize(
    "typed",
    [
        "maja",
        "maja@",
        "@åmål.se",
        "maja@åmål..se",
        "maja@-.se",
        "maja @åmål.se",
        "maja@😀.se",
        "maja@🫨.se",
        "maja@straße.de",
        "maja@xn--.se",
        pytest.param(f"maja@{'å' * 60}.se", id="a label too long for machines"),
        pytest.param(f"maja@{'a' * 64}.se", id="a label too long"),
        pytest.param("maja@" + "åäö." * 50 + "se", id="a domain too long for machines"),
        "maja@aש.se",
        "mäja@exempel.se",
        "ı@ek.se",  # a letter that is an ASCII one in capitals
        "maja.ıı@exempel.se",
        pytest.param(f"{'a' * 65}@exempel.se", id="a name too long"),
        "maja@exempel.se\nBcc: annan@exempel.se",
    ],
)
def test_what_no_mail_can_be_sent_to_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MailAddressFormField().clean(typed)

    assert refused.value.messages == ["Skriv en hel e-postadress, till exempel namn@kommun.se."]
