"""The answers to the first meeting's questions, and the second meeting, three weeks ago."""

from issues.models import Assignment, Channel, Issue, Observation
from meetings.models import Decision, Section
from temagrupp.demo_story.meeting_teller import MeetingTeller
from temagrupp.demo_story.teller import Teller

Source, Report = Observation.Source, Observation.PoliceReport
LITTLE, QUITE, VERY = Observation.Unsafe
LOW, MIDDLE, HIGH = Issue.Degree


def tell(teller: Teller) -> None:
    answers(teller)
    second_meeting(teller)


def answers(t: Teller) -> None:
    t.accepts(
        "v-7 fre 10.15",
        "sopa",
        "Gun Prototyp",
        "v16 fre",
        text="Vi lägger in det på måndagsrundan till våren.",
        cost_band=Assignment.CostBand.UNDER_50,
    )
    t.accepts("v-6 mån 08.30", "laga", "Omar Prov", "v-4 fre", cost_band=Assignment.CostBand.UNDER_50)
    t.starts_on("v-6 mån 13.00", "sopa", "Gun Prototyp")
    t.passes_on(
        "v-6 tis 09.45",
        "klippa",
        "Omar Prov",
        "Häcken står på er mark, gränsen går vid stenkanten.",
        to="Witalabostäder",
    )
    t.accepts("v-6 ons 15.00", "buskarna", "Tove Test", "v-4 tis")
    t.declines(
        "v-6 tor 10.20",
        "kameran",
        "Jonas Utkast",
        reason=Assignment.Reason.PRIORITY,
        text="Vi vill se om ljus och fler vuxna räcker först.",
        next_step="Ta upp frågan igen om tre månader, med de nya observationerna.",
    )
    t.accepts(
        "v-6 fre 09.00",
        "kontroller",
        "Maja Exempel",
        "v14 fre",
        text="Två morgnar i veckan, av områdespoliserna.",
        channel=Channel.PHONE,
    )
    t.sees(
        "v-6 lör 22.50",
        "Rolf Övning",
        "Störande trafik",
        "Parkeringen vid badet",
        "Bilar stod framför brandposten under en övning.",
        about="parkeringen",
        unsafe=LITTLE,
    )
    t.starts_on("v-5 mån 07.30", "kontroller", "Ali Ritning")
    t.accepts("v-5 tis 11.30", "klippa", "Tove Test", "v-1 tis", text="Det är vår häck. Vi klipper på båda sidor.")
    t.sees(
        "v-5 ons 12.00",
        "Hanna Utställningsex",
        "Vuxna behövs",
        "Resecentrum",
        "Många unga och nästan inga vuxna på fredagskvällarna, hemtjänsten byter buss här.",
        about="resecentrum",
        unsafe=QUITE,
        recurring=True,
        for_meeting=True,
    )
    t.sees(
        "v-5 fre 22.40",
        "Love Attrapp",
        "Vuxna behövs",
        "Resecentrum",
        "Ett trettiotal ungdomar. Lugnare så fort två ledare från fritidsgården kom dit.",
        about="resecentrum",
        unsafe=LITTLE,
        between=("v-5 fre 20.30", "v-5 fre 22.00"),
    )
    t.sees(
        "v-5 sön 16.00",
        "Folke Tänkbar",
        "Droger, alkohol",
        "Åpromenaden",
        "Tomma burkar och en grill vid kanten av gången. Ingen var där.",
        about="häcken",
        unsafe=LITTLE,
    )
    t.begins(
        "v-4 mån 09.00",
        "resecentrum",
        "Vuxna ute vid Resecentrum på fredagar",
        kind=Issue.Kind.ADULTS,
        need=MIDDLE,
        influence=HIGH,
    )
    t.finishes("v-4 tis 14.00", "buskarna", "Tove Test", "Buskarna är nersågade på båda sidor och riset bortkört.")
    t.begins(
        "v-4 ons 10.00",
        "marknaden",
        "Marknadshelgen i Ekenässjön",
        kind=Issue.Kind.OCCASION,
        text="Marknaden kommer tillbaka varje år. Förra gången blev det trångt vid utfarten.",
        where="Ekenässjön",
    )
    t.finishes("v-4 tor 15.30", "laga", "Omar Prov", "Två nya bänkar och räcket fastsatt.")
    t.sees(
        "v-4 fre 09.20",
        "Siv Schablon",
        "Nedskräpning",
        "Kiosktorget",
        "Papperskorgarna är överfulla efter helgerna.",
        noted=True,
    )
    t.sees(
        "v-4 sön 11.00",
        "Mona Mönster",
        "Belysning",
        "Norra gångtunneln",
        "Boende säger att de låter barnen ta vägen runt i stället.",
        about="tunneln",
        unsafe=VERY,
        source=Source.RESIDENT,
    )
    t.sees(
        "v-3 mån 08.20",
        "Elin Förlaga",
        "Störande trafik",
        "Bäckängen",
        "Färre mopeder de morgnar polisen har stått här.",
        about="mopederna",
    )
    t.sees(
        "v-3 tis 10.00",
        "Ali Ritning",
        "Något annat",
        "Södra infarten",
        "Underlag till tillståndet för kamera vid infarten. Ska inte spridas innan beslutet.",
        about="kamera vid infarten",
        restricted=True,
    )
    t.begins("v-3 tis 10.30", "kamera vid infarten", "Kamera vid södra infarten, förberedelse")


def second_meeting(t: Teller) -> None:
    meeting = MeetingTeller(
        t,
        "v-3 ons 13.01",
        deputies=["Polisen", "Kultur och fritid"],
        excused=["Vård och omsorg"],
        absent=["Industrilokaler"],
    )
    meeting.notes(Section.PREVIOUS, "Anteckningarna från förra mötet godkändes utan ändring.")
    meeting.speaks_of("sopa", "Görs varje måndag sedan en månad. Det märks.")
    meeting.speaks_of("bommen", "Inget svar än. Miljö och bygg tar med sig frågan hem.")
    meeting.speaks_of("kameran", "Gruppen godtar svaret och återkommer om tre månader.")
    meeting.speaks_of("buskarna", "Klart. Sikten är bättre men det är fortfarande mörkt.")
    meeting.proposes(
        "lamporna",
        "tunneln",
        "Tekniska",
        "Laga belysningen i norra gångtunneln",
        text="Fyra av sex lampor är släckta sedan en månad. Fyra observationer från tre organisationer.",
    )
    meeting.proposes("strålkastaren", "tunneln", "Njudung Energi", "Tillfällig strålkastare vid södra mynningen")
    meeting.speaks_of("laga", "Bänkarna är på plats.")
    meeting.decides(
        "laga",
        Decision.Kind.CLOSE,
        "Ärendet avslutas.",
        outcome=Issue.Outcome.SOLVED,
        feedback="Bänkarna är utbytta och räcket sitter fast. Tack för att ni sa till!",
    )
    meeting.speaks_of("klippa", "Witalabostäder äger häcken och har sagt ja.")
    meeting.speaks_of("kontroller", "Det är lugnare de morgnar polisen står där.")
    meeting.speaks_of("resecentrum", "Vuxna gör skillnad. Fritidsledarna kan inte ta alla fredagar själva.")
    meeting.proposes(
        "vuxna ute", "resecentrum", "Kultur och fritid", "Schema för vuxna ute vid Resecentrum på fredagar"
    )
    meeting.speaks_of("marknaden", "Samma upplägg som förra året, men med rondering till klockan 01.")
    meeting.proposes("rondering", "marknaden", "Räddningstjänsten", "Rondering med brandvakt båda kvällarna")
    meeting.speaks_of("kiosktorget", "Inga nya observationer. Tas upp igen när torget byggs om.")
    meeting.decides("kiosktorget", Decision.Kind.HOLD, "Ärendet vilar tills ombyggnaden av torget är beslutad.")
    meeting.notes(Section.OTHER, "Polisen påminner om att 114 14 tar emot anmälningar dygnet runt.")
    meeting.closes("v1 ons 13.00")
