from members.forms.changing import ChangeForm
from members.models import Group


class GroupForm(ChangeForm):
    """Changes the group's settings."""

    missing = {"name": "Skriv vad gruppen heter.", "answer_days": "Skriv hur många dagar en organisation har på sig."}

    class Meta:
        model = Group
        fields = ["name", "municipality", "answer_days"]
        help_texts = {
            "name": "Står överst på varje sida.",
            "answer_days": (
                "Så länge har en organisation på sig när ingen annan dag är sagd. "
                "En helg flyttar dagen till nästa vardag."
            ),
        }
