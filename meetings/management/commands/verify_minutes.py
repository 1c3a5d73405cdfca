from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from base.swedish.words import capital, in_words, thousands
from meetings.minutes.verifying import altered, verify
from meetings.models import AnnexPart, Minutes, MinutesFile
from meetings.texts.verifying import more, told


class Command(BaseCommand):
    help = "Kontrollera att minnesanteckningar är oförändrade: filerna som anges, eller allt som registret har sparat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="fil", help="PDF, Word eller paket; utan: registret")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        if wrong := self._of_files(files) if files else self._of_the_register():
            raise CommandError(wrong)

    def _of_files(self, files: list[Path]) -> str:
        unknown = 0
        for path in files:
            try:
                with path.open("rb") as file:
                    verified = verify(file)
                said = f"{told(verified)} {more(verified)}".rstrip()
            except OSError as error:
                verified, said = None, f"Går inte att läsa: {error.strerror}."
            name = str(path).encode(errors="replace").decode()  # one that is no UTF-8 has no other
            self.stdout.write(f"{name}: {said}")
            unknown += verified is None
        return f"{capital(in_words(unknown, 'fil', 'filer'))} känns inte igen." if unknown else ""

    def _of_the_register(self) -> str:
        wrong = [str(each) for each in altered()]
        kept = Minutes.objects.count() + AnnexPart.objects.count() + MinutesFile.objects.count()
        if wrong:
            return f"Stämmer inte med sin kontrollsumma: {'; '.join(wrong)}."
        self.stdout.write(
            f"Sparade versioner och filer: {thousands(kept)}. Alla är oförändrade." if kept else "Inget är sparat än."
        )
        return ""
