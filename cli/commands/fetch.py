"""``nurt fetch``: the official texts, from the addresses in a catalogue."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from ..graphs import shipped_corpus
from ..options import Language

_FOLDER: Final = Path("nurt-originals")


class OriginalFormat(StrEnum):
    """The formats that originals are fetched in; see ``ingest.fetching.formats.FORMATS``."""

    formex = "formex"
    xhtml = "xhtml"
    html = "html"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    xls = "xls"
    csv = "csv"


def command(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Documents of the catalogue. Without any: all of them."),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue",
            "-c",
            show_default=False,
            help="Without it: that of the corpus that ships with nurt.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder of originals; made if missing.")
    ] = _FOLDER,
    language: Annotated[
        Language | None,
        typer.Option(
            "--language", "-l", show_default=False, help="Asked of Cellar. Without it: the document's own."
        ),
    ] = None,
    form: Annotated[
        OriginalFormat | None,
        typer.Option(
            "--format",
            "-f",
            show_default=False,
            help="The only one that will do. Without it: the first that Cellar has of formex, xhtml, html, "
            "pdf; from other addresses what their ending says.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked for; ask nobody, write nothing.")
    ] = False,
    accept_changes: Annotated[
        bool, typer.Option("--accept-changes", help="Take a newer version in place of the one kept.")
    ] = False,
    allow_private_network: Annotated[
        bool,
        typer.Option(
            "--allow-private-network",
            help="Connect to addresses that are not on the public Internet too, and through a proxy.",
        ),
    ] = False,
) -> None:
    """Download the official texts that a catalogue names by CELEX number or address.

    The folder gets the files, their checksums in fetch.lock.json, and a catalogue.toml by which
    `nurt build --with-corpus nurt-originals/` reads them in place of the digests. What the server has not
    changed is not sent again; a transfer that broke off is resumed. A version that differs from the one kept
    is reported, and taken only with --accept-changes.

    Exit status: 0 where every document is there and as the server has it; 1 where one failed or has changed;
    2 for an unknown document, a document without an original, or a broken catalogue.

    Example: nurt fetch europe-2020 regulation-32013r1303 --language en --dry-run
    """
    from ...ingest.catalogue import CATALOGUE_NAME, load
    from ...ingest.fetching import fetch, plan
    from ...ingest.fetching.client import Client

    listed = catalogue or shipped_corpus()
    listed = listed / CATALOGUE_NAME if listed.is_dir() else listed
    wanted, left_out = plan(
        load(listed),
        ids or (),
        language=language.value if language else None,
        form=form.value if form else "",
    )
    if dry_run:
        for one in wanted:
            typer.echo(f"{one.id}: {one.shown}")
        typer.echo(f"Originals that would be fetched into {output}: {len(wanted)}.", err=True)
        return
    if not ids and left_out:
        names = ", ".join(entry.id for entry in left_out)
        typer.echo(f"left out, for they have no original of their own: {names}", err=True)
    wrong = 0
    with Client(allow_private_network=allow_private_network) as client:
        for outcome in fetch(wanted, output, client=client, accept_changes=accept_changes):
            if outcome.status in ("failed", "changed"):
                wrong += 1
                typer.echo(
                    f"{outcome.status}: {outcome.id}: {outcome.message} {outcome.hint}".rstrip(), err=True
                )
            else:
                files = f" and {len(outcome.files) - 1} more" if len(outcome.files) > 1 else ""
                typer.echo(f"{outcome.status}: {outcome.id}: {outcome.files[0]}{files}")
    if wrong:
        typer.echo(f"Need a look: {wrong} of {len(wanted)}.", err=True)
        raise typer.Exit(1)
