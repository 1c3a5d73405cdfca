"""Swedish words that stand in any text and say nothing of what it is about."""

LISTED = (
    "alla allt alltid alltså andra att av bakom bara blev bli blir blivit bort både de dem den denna deras "
    "dess dessa det detta dig din dina dit ditt dock där därför då efter eftersom ej eller en ens ett finns "
    "fram framför från få får för före första genom ger gick gång gånger går gör göra ha hade han har helt "
    "henne hennes hit hon honom hos hur här i ibland icke igen in ingen inget innan inne inom inte jag ju just "
    "kan kanske kom kommer kommit kring kunde kunnat ligger lite man med medan mellan men mer mest mig min "
    "mina mitt mot mycket många måste ned ner ni nog nu nya nytt när nära någon någonting något några och "
    "också ofta olika om omkring oss på redan runt samma samt se sedan ser sett sig sin sina sitt själv själva "
    "ska skall skulle som stod ställe stället står större säger så sådan sådana sådant till tills tog trots "
    "under upp ut utan utanför utom vad var vara varandra varför varit varje vars vart vem verkar vi vid vilka "
    "vilkas vilken vilket vill visst är även åt åter över övriga"
)
STOP_WORDS = frozenset(LISTED.split())
"""Those that PostgreSQL's Swedish search passes over, and such as people write beside them to tell of a place."""
