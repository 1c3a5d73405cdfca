"""What every component is for, in the order the page shows them. Component = class = file in static/css/components."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """Components that belong together, each with the sentence that says what it is for, and their samples."""

    name: str
    title: str
    components: dict[str, str]

    @property
    def template(self) -> str:
        return f"demo/_{self.name}.html"


SHEETS = [
    Sheet(
        "frame",
        "Sidans ram",
        {
            "skip-link": "Den som går med tangentbordet hoppar över menyn.",
            "site-header": "Gruppens namn, menyn och vem man är. Ligger överst på den här sidan.",
            "wordmark": "Gruppens namn leder alltid till startsidan.",
            "site-nav": "Menyn. En rad på dator, en lista bakom en knapp i telefon.",
            "me": "Vem man är inloggad som, och det som är ens eget.",
            "search-button": "Sök, från varje sida.",
            "panel": "Det som öppnas över sidan: sökrutan, kortkommandona.",
            "sending": "Sparar …, när det tar mer än en sekund.",
            "shortcuts": "Kortkommandona, och hur man stänger av dem.",
            "messages": "Det som just hände, överst på nästa sida.",
            "breadcrumb": "Vägen hit.",
            "site-footer": "Demodata, och vart man vänder sig när det är bråttom.",
        },
    ),
    Sheet(
        "words",
        "Ord och märken",
        {
            "icon": "Bilden av en kategori. Aldrig utan ord bredvid.",
            "mark": "En stämpel: utkast, begränsad spridning, bör tas upp.",
            "count": "Hur många, bredvid det som räknas.",
            "logotype": "Gruppens logotyp på papper, så som den står först i dokumenten.",
            "paper": "Början av ett dokument, innan det görs.",
            "notice": "Det man måste veta innan man går vidare. En linje i marginalen, aldrig en ruta.",
        },
    ),
    Sheet(
        "states",
        "Läget",
        {
            "state": "Läget som mening. Tegelrött betyder att någon väntar på någon.",
            "badge": "Samma läge i få ord, för en tabell eller dagordning.",
            "progress": "Hur långt mötet har kommit.",
            "coverage": "Vilka som har rapporterat: tystnad är inte lugn.",
        },
    ),
    Sheet(
        "buttons",
        "Att göra något",
        {
            "button": "Fylld är det registret självt föreslår, högst en för varje sak att avgöra. "
            "Tre prickar betyder att nästa sida frågar mer.",
            "welcome": "Vem man är här och det första man gör. Borta när man har börjat.",
            "task-list": "Det som återstår, med vad som är kvar av det.",
            "send-bar": "Skicka-knappen som följer med i ett långt formulär.",
        },
    ),
    Sheet(
        "forms",
        "Att skriva",
        {
            "error-summary": "Vad som behöver rättas, överst, med länk till varje fält.",
            "field": "Fråga, hjälp, fel och svar. Frågan står alltid kvar.",
            "tiles": "Kategorin först, för en tumme.",
            "segments": "Två till fyra korta svar bredvid varandra.",
            "choice": "Ett eller flera svar, ett på varje rad.",
            "reveal": "Ett fält som visas när svaret före det väljs.",
            "said-day": "En dag som datum, eller i ord.",
            "exactly": "En dag, och två klockslag bredvid varandra.",
            "found": "Vad vakten hittar i en text, innan det sparas. Den varnar och hindrar aldrig.",
            "passages": "Var orden står som ska maskeras, med det som står omkring dem.",
            "more": "Det som få behöver. Pilen säger att det fälls ut på sidan; en länk till en annan är understruken.",
            "put-back": "Det man skrev och inte skickade står kvar när man kommer tillbaka.",
        },
    ),
    Sheet(
        "answers",
        "Att svara",
        {"answers": "Fyra svar på gruppens fråga. Ett är öppet, resten är en rad."},
    ),
    Sheet(
        "lists",
        "Listor",
        {
            "rows": "Vilka saker som helst i rad, med en hårlinje emellan.",
            "observation": "En observation: kategorins bild, vad som sågs, när och av vem.",
            "actions": "En åtgärd: vad gruppen ber om, läget, svaret och det finstilta.",
            "loads": "Öppna åtgärder per organisation, och om något är försenat.",
            "feedback": "Återkoppling på det man rapporterat.",
            "timeline": "Vad som har hänt. Beslut och slut är feta.",
            "hits": "Vad en sökning gav, med orden utmärkta.",
            "person": "En människa och hur man når henne.",
            "pagination": "När listan är längre än en sida.",
        },
    ),
    Sheet(
        "tables",
        "Urval, tabell och fakta",
        {
            "tabs": "Sparade urval, med hur många som finns i dem nu.",
            "search-box": "Sökrutan.",
            "sentence": "Ett urval är en mening att fylla i.",
            "order": "Ordningen i en lista, i några ord att välja mellan.",
            "data-table": "En tabell. I telefon blir varje rad ett stycke.",
            "bars": "Några få tal över tid, bredvid sina ord.",
            "came": "Hur en organisation var med, ett tecken för varje möte, bredvid sina tal.",
            "facts": "Det man slår upp: vad det heter och vad det är.",
        },
    ),
    Sheet(
        "meeting",
        "Mötet",
        {
            "agenda-plan": "Dagordningen före mötet, med varför varje punkt står där.",
            "room": "Mötesläget: större text, för väggen.",
            "agenda": "Dagordningen bredvid punkten.",
            "minutes-line": "Notering, beslut och ny åtgärd, skrivna där de sägs.",
            "step-bar": "Tillbaka och vidare i ett möte.",
            "keys": "Vad tangenterna gör här, där ett skript lyssnar.",
            "at-table": "Vad en organisation som är på plats svarar på det som föreslås.",
            "attendance-rows": "Vem som sitter för varje organisation, och formuläret för att ändra det.",
            "minutes": "Minnesanteckningar: ett dokument att läsa och skriva ut.",
        },
    ),
]
