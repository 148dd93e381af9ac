"""Made-up project lists: as many contracts as a benchmark wants, under axes and measures that exist."""

from __future__ import annotations

import csv
import random
from pathlib import Path

__all__ = ["project_list"]

_HEADINGS = (
    "Numer umowy",
    "Tytuł projektu",
    "Nazwa beneficjenta",
    "Program",
    "Fundusz",
    "Wartość projektu",
    "Dofinansowanie UE",
    "Data podpisania umowy",
    "Województwo",
)
_PROGRAMMES = {
    "RPLD": ("łódzkie", "Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"),
    "RPSL": ("śląskie", "Regionalny Program Operacyjny Województwa Śląskiego na lata 2014-2020"),
    "RPMA": ("mazowieckie", "Regionalny Program Operacyjny Województwa Mazowieckiego na lata 2014-2020"),
}
_THINGS = ("linia", "pracownia", "hala", "sieć", "platforma", "przychodnia", "droga", "szkoła")
_AIMS = ("produkcyjna", "badawcza", "serwisowa", "energetyczna", "edukacyjna", "zdrowotna")


def project_list(path: Path, rows: int, *, seed: int = 2020) -> Path:
    """Write a list of ``rows`` contracts as CSV; the same seed gives the same list."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADINGS)
        for number in range(1, rows + 1):
            prefix = chance.choice(list(_PROGRAMMES))
            region, programme = _PROGRAMMES[prefix]
            axis, measure, year = chance.randint(1, 10), chance.randint(1, 4), chance.randint(15, 20)
            total = chance.randint(100_000, 9_000_000)
            writer.writerow(
                (
                    f"{prefix}.{axis:02}.{measure:02}.00-IP.01-10-{seed % 1000:03}{number:06}/{year}",
                    f"{chance.choice(_THINGS).title()} {chance.choice(_AIMS)} nr {number}",
                    f"Zakład {chance.randint(1, rows // 3 + 1)} sp. z o.o.",
                    programme,
                    "EFRR",
                    f"{total}.00",
                    f"{total * 85 // 100}.00",
                    f"20{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                    region,
                )
            )
    return path
