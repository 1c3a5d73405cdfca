"""What has happened since the second meeting: the silent and the late, and what waits to be sorted today."""

from issues.models import Issue, Observation
from temagrupp.demo_story.meeting_teller import cannot_come, invite_guest
from temagrupp.demo_story.teller import Teller

Source, Report = Observation.Source, Observation.PoliceReport
LITTLE, QUITE, VERY = Observation.Unsafe
LOW, MIDDLE, HIGH = Issue.Degree


def tell(teller: Teller) -> None:
    weeks_between(teller)
    to_sort_today(teller)


def weeks_between(t: Teller) -> None:
    t.accepts("v-3 fre 09.30", "rondering", "Disa Repetition", "v4 sön", text="Vi går tillsammans med arrangören.")
    t.accepts("v-3 fre 10.00", "strålkastaren", "Nils Påhitt", "v-1 fre")
    t.sees(
        "v-3 lör 23.20",
        "Lars Kopia",
        "Samling som oroar",
        "Kvarnparken",
        "Högljutt till midnatt vid bänkarna, glas på gången. Två grannar har ringt oss.",
        about="kvarnparken",
        unsafe=QUITE,
        recurring=True,
    )
    t.sees(
        "v-2 mån 08.10",
        "Nils Påhitt",
        "Nedskräpning",
        "Återvinningen i Holsbybrunn",
        "Säckar med grovsopor utanför behållarna.",
        about="återvinningen",
    )
    t.begins("v-2 mån 09.00", "återvinningen", "Grovsopor vid återvinningen i Holsbybrunn")
    t.sees(
        "v-2 tis 12.30",
        "Rolf Övning",
        "Något annat",
        "Myresjö",
        "Vägen till brandstationens vändplan är blockerad av släp ibland.",
        noted=True,
        recurring=True,
    )
    t.sees(
        "v-2 ons 08.00",
        "Omar Prov",
        "Klotter",
        "Bäckängen",
        "Klotter på skyltarna längs cykelvägen.",
        about="mopederna",
        police_report=Report.NO,
    )
    t.sees(
        "v-2 tor 16.30",
        "Karin Skiss",
        "Belysning",
        "Norra gångtunneln",
        "Två lampor till har slocknat. Det är helt svart på mitten efter klockan fyra.",
        about="tunneln",
        unsafe=VERY,
    )
    t.sees(
        "v-2 lör 23.50",
        "Ali Ritning",
        "Samling som oroar",
        "Kvarnparken",
        "Ett fyrtiotal personer, mest musik. Lugnt när vi gick därifrån.",
        about="kvarnparken",
        unsafe=LITTLE,
        between=("v-2 lör 21.00", "v-2 lör 23.30"),
    )
    t.finishes("v-1 mån 08.30", "strålkastaren", "Nils Påhitt", "Strålkastaren står vid södra mynningen tills vidare.")
    t.begins("v-1 mån 09.00", "kvarnparken", "Sena kvällar i Kvarnparken", need=MIDDLE, influence=MIDDLE)
    t.begins(
        "v-1 mån 10.00",
        "lärkan",
        "Detaljplan för kvarteret Lärkan, granskning",
        kind=Issue.Kind.CONSULTATION,
        where="Kvarteret Lärkan",
        text="Fyra flerbostadshus med en gångväg mot Kvarnparken. Gruppen yttrar sig om trygghet och sikt.",
    )
    t.passes_on(
        "v-1 mån 15.00",
        "bommen",
        "Ivar Tänkt",
        "Vi prövar bygglov men äger varken parkeringen eller bommen. Vet inte vems frågan är.",
    )
    t.proposes(
        "v-1 tis 09.00",
        "farthinder",
        "mopederna",
        "Tekniska",
        "Sätta grindar i båda ändar av gång- och cykelvägen",
        text="Kontrollerna hjälper de morgnar polisen kan vara där. Grindar hjälper alla dagar.",
    )
    t.proposes(
        "v-1 tis 09.30",
        "skyltar",
        "mopederna",
        "Kommunledningen",
        "Skyltar om mopedförbud på skolvägen",
    )
    t.takes_back("v-1 ons 08.30", "skyltar", "Skyltar finns redan, visade det sig vid ett platsbesök.")
    t.closes(
        "v-1 ons 11.00",
        "återvinningen",
        Issue.Outcome.NOT_OURS,
        "Platsen sköts av producenterna, som har fått er observation och städar två gånger i veckan.",
    )
    t.asks_back("v-1 tor 10.00", "vuxna ute", "Vera Skissblock", "Gäller det även under lovveckan?")
    t.drafts(
        "v-1 tor 13.00",
        "bänkarna i parken",
        "kvarnparken",
        "Tekniska",
        "Flytta bänkarna närmare den upplysta gången",
    )
    t.proposes(
        "v-1 fre 08.30",
        "lyktan",
        "kvarnparken",
        "Witalabostäder",
        "Laga lyktan på gården mot Kvarnparken",
        text="Bänkarna står i mörker när lyktan på er gård är släckt.",
    )
    cannot_come(t, "v-1 fre 08.45", "Ivar Tänkt")
    invite_guest(t, "v-1 fre 09.00", "Per Modell", "Butikernas nattvandring, en idé från företagarna")


def to_sort_today(t: Teller) -> None:
    t.sees(
        "49 tim sedan",
        "Mona Mönster",
        "Samling som oroar",
        "Kvarnparken",
        "Musik och glas igen. Tre grannar har hört av sig den här gången.",
        unsafe=VERY,
        recurring=True,
        for_meeting=True,
        source=Source.RESIDENT,
    )
    t.sees(
        "30 tim sedan",
        "Ulla Fiktion",
        "Klotter",
        "Resecentrum",
        "Nytt klotter på elskåpet. Sanerat samma dag.",
        unsafe=LITTLE,
        handled=True,
        police_report=Report.YES,
    )
    t.sees(
        "26 tim sedan",
        "Rut Prototypsson",
        "Störande trafik",
        "Bäckängen",
        "Två mopeder mötte en skolklass på cykelvägen.",
        unsafe=QUITE,
        recurring=True,
    )
    t.sees(
        "5 tim sedan",
        "Hanna Utställningsex",
        "Belysning",
        "Norra gångtunneln",
        "Nu lyser ingen lampa i tunneln, bara strålkastaren utanför. Glas på södra sidan, många går runt.",
        unsafe=QUITE,
        for_meeting=True,
    )
    t.sees(
        "2 tim sedan",
        "Eva Tankeexempel",
        "Skadegörelse",
        "Korsberga, bakom de tomma lokalerna",
        "En ruta är krossad i en tom lokal. Skivan är på väg upp.",
        unsafe=LITTLE,
        police_report=Report.YES,
    )
