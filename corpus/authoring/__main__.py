"""``python -m nurt.corpus.authoring FACTS_DIR``: write the digests and the catalogue below ``corpus/``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .catalogue import toml
from .digests import digests
from .facts import Facts

CORPUS = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Write every digest; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nurt.corpus.authoring", description=__doc__)
    parser.add_argument(
        "facts", type=Path, help="the folder that holds eu.yaml, rpo-*.yaml, finance-plan.csv …"
    )
    parser.add_argument(
        "--output", type=Path, default=CORPUS, help="the corpus folder (default: the package's)"
    )
    options = parser.parse_args(arguments)
    made = digests(Facts.load(options.facts))
    for digest in made:
        path = options.output / digest.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(digest.html, encoding="utf-8", newline="\n")
    (options.output / "catalogue.toml").write_text(toml(made), encoding="utf-8", newline="\n")
    sys.stderr.write(f"{len(made)} digests written below {options.output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
