"""From the first lamp that went out to the first meeting, seven weeks ago."""

from issues.models import Action, Issue, Observation
from meetings.models import Section
from temagrupp.demo_story.meeting_teller import MeetingTeller, plan
from temagrupp.demo_story.teller import Teller

Source, Report = Observation.Source, Observation.PoliceReport
LITTLE, QUITE, VERY = Observation.Unsafe
LOW, MIDDLE, HIGH = Issue.Degree


def tell(teller: Teller) -> None:
    teller.clock.move_to("v-12 mån 08.00")
    teller.group_is_formed()
    teller.places_are_named()
    fragments(teller)
    first_meeting(teller)


def fragments(t: Teller) -> None:
    t.sees(
        "v-12 tis 08.05",
        "Karin Skiss",
        "Belysning",
        "Norra gångtunneln",
        "Två lampor mitt i tunneln är släckta. Personalen går runt över spåren i stället.",
        about="tunneln",
        unsafe=QUITE,
    )
    t.sees(
        "v-12 fre 10.40",
        "Lars Kopia",
        "Skadegörelse",
        "Sjövikens badplats",
        "Två bänkar är sönderslagna, plankor ligger i vattnet.",
        about="bänkarna",
        police_report=Report.YES,
    )
    t.sees(
        "v-11 mån 13.15",
        "Nils Påhitt",
        "Nedskräpning",
        "Norra gångtunneln",
        "Glas och burkar längs väggen på södra sidan.",
        about="tunneln",
        unsafe=LITTLE,
        recurring=True,
    )
    t.begins(
        "v-11 tis 09.00",
        "tunneln",
        "Mörkt och trasigt i norra gångtunneln",
        text="Tunneln är den enda vägen under järnvägen. Den som inte vill gå här går över spåren.",
        need=HIGH,
        influence=HIGH,
    )
    t.sees(
        "v-11 tor 16.20",
        "Omar Prov",
        "Skadegörelse",
        "Sjövikens badplats",
        "Även räcket vid bryggan är löst.",
        about="bänkarna",
        for_meeting=True,
    )
    t.begins("v-10 mån 09.10", "bänkarna", "Trasiga bänkar vid badplatsen", need=LOW, influence=HIGH)
    t.sees(
        "v-10 tis 17.30",
        "Aino Låtsas",
        "Belysning",
        "Åpromenaden",
        "Häcken har vuxit ut över gångvägen. Man ser inte vem som kommer runt kröken.",
        about="häcken",
        unsafe=QUITE,
    )
    t.sees(
        "v-10 ons 08.00",
        "Elin Förlaga",
        "Störande trafik",
        "Bäckängen",
        "Mopeder kör på gång- och cykelvägen när eleverna är på väg till skolan.",
        about="mopederna",
        unsafe=QUITE,
        recurring=True,
    )
    t.sees(
        "v-10 lör 23.40",
        "Stina Stencil",
        "Störande trafik",
        "Parkeringen vid badet",
        "Ett tjugotal bilar, hög musik och burnouts. Tomt när vi kom tillbaka efter en timme.",
        about="parkeringen",
        unsafe=LITTLE,
        recurring=True,
        between=("v-10 lör 21.30", "v-10 lör 23.00"),
    )
    t.sees(
        "v-9 mån 07.50",
        "Gun Prototyp",
        "Klotter",
        "Resecentrum",
        "Klotter på väderskyddet, tas bort i dag.",
        noted=True,
        handled=True,
        police_report=Report.YES,
    )
    t.begins("v-9 mån 09.00", "häcken", "Skymd gångväg längs Åpromenaden", need=MIDDLE, influence=HIGH)
    t.begins("v-9 mån 09.20", "mopederna", "Mopeder på gång- och cykelvägen", need=HIGH, influence=MIDDLE)
    t.begins("v-9 mån 09.40", "parkeringen", "Bilträffar på parkeringen vid badet", need=MIDDLE, influence=MIDDLE)
    t.sees(
        "v-9 ons 14.00",
        "Ivar Tänkt",
        "Nedskräpning",
        "Landsbro",
        "Byggskräp har blåst ut över cykelvägen.",
        noted=True,
        handled=True,
    )
    t.sees(
        "v-9 tor 18.30",
        "Vera Skissblock",
        "Samling som oroar",
        "Kiosktorget",
        "Torget töms när kiosken stänger vid sex. Flera säger att de tar en annan väg hem.",
        about="kiosktorget",
        unsafe=LITTLE,
        recurring=True,
    )
    t.begins("v-8 mån 09.00", "kiosktorget", "Tomt kiosktorg efter klockan sex", need=LOW, influence=LOW)
    t.sees(
        "v-8 tis 16.10",
        "Karin Skiss",
        "Belysning",
        "Norra gångtunneln",
        "Nu är det fyra lampor av sex.",
        about="tunneln",
        unsafe=VERY,
        for_meeting=True,
    )
    t.sees(
        "v-8 fre 11.00",
        "Bo Docka",
        "Något annat",
        "Kvillsfors",
        "En granne undrar när snöröjningen kommer igång.",
        rejected="Snöröjning hör hemma i kommunens felanmälan. Jag har skickat frågan dit.",
        source=Source.RESIDENT,
    )


def first_meeting(t: Teller) -> None:
    plan(t, "v-8 fre 13.00", "v-7 ons 13.00", "Sessionssalen, kommunhuset")
    meeting = MeetingTeller(t, "v-7 ons 13.02", deputies=["Miljö och bygg"], excused=["Stadshus"])
    meeting.notes(Section.OPENING, "Alla hälsades välkomna. Gruppen börjar använda registret från och med i dag.")
    meeting.notes(
        Section.ROUND, "Mörkret i gångtunneln har setts av två organisationer. Flera nämner trafiken vid badet."
    )
    meeting.speaks_of("tunneln", "Fyra av sex lampor är släckta. Gruppen vill ha ljus, rent och fri sikt först.")
    meeting.proposes(
        "sopa",
        "tunneln",
        "Tekniska",
        "Sopa glas och töm papperskorgen varje måndag",
        text="Glaset ligger på södra sidan och kommer tillbaka varje helg.",
    )
    meeting.proposes("buskarna", "tunneln", "Witalabostäder", "Såga ner buskarna på båda sidor om tunneln")
    meeting.proposes(
        "kameran",
        "tunneln",
        "Kommunledningen",
        "Pröva en kamera vid södra mynningen",
        term=Action.Term.LONG,
    )
    meeting.speaks_of("bänkarna", "Bänkar och räcke lagas tillsammans.")
    meeting.proposes("laga", "bänkarna", "Tekniska", "Laga bänkarna och räcket vid bryggan")
    meeting.speaks_of("häcken", "Oklart vem som äger häcken. Tekniska tar reda på det.")
    meeting.proposes("klippa", "häcken", "Tekniska", "Klippa ner häcken mot Åpromenaden till en meter")
    meeting.speaks_of("mopederna", "Polisen har sett samma sak. Flest mellan halv åtta och åtta.")
    meeting.proposes("kontroller", "mopederna", "Polisen", "Trafikkontroller på morgnarna vid skolvägen")
    meeting.speaks_of("parkeringen", "Bilarna samlas när badet har stängt. En bom har hjälpt på andra håll.")
    meeting.proposes(
        "bommen",
        "parkeringen",
        "Miljö och bygg",
        "Sätta upp en bom som stängs klockan 21",
        term=Action.Term.LONG,
        text="Parkeringen används av badet till 20.30. Utryckningsfordon måste komma fram.",
    )
    meeting.speaks_of("kiosktorget", "Gruppen följer frågan och väntar på fler observationer.")
    meeting.closes("v-3 ons 13.00")
