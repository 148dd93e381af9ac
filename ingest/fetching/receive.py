"""Receives an original: asks for each format in turn, takes all its parts, unpacks and checks them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...errors import FetchError
from .choices import choose, offered
from .client import Client
from .download import Got, Several, Validators, download
from .formats import Format, UnfitError, check_content, ending_for
from .lock import Download, Record
from .parts import file_name, in_order, is_archive, unpack
from .plan import Wanted

__all__ = ["Received", "Receiver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An original as it arrived, not yet in its place: its format, the answers, the staged files in order."""

    form: Format
    downloads: tuple[Download, ...]
    files: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


class Receiver:
    """Receives originals into a folder of transfers.

    Args:
        partial: the folder; transfers that break off stay in it.
        limit: the largest original, in bytes.
    """

    def __init__(self, client: Client, partial: Path, limit: int) -> None:
        self.client, self.partial, self.limit = client, partial, limit

    def receive(self, wanted: Wanted, staging: Path, known: Record | None) -> Received | None:
        """The first format that the server has, or None where it is as known.

        Raises FetchError where it has none; UnfitError where what it calls so is something else.
        """
        refused: UnfitError | None = None
        for form in wanted.formats:
            try:
                answers = self._answers(wanted, form, staging, known)
                if answers == "unchanged":
                    return None
                if answers:
                    return self._staged(form, answers, staging)
            except UnfitError as error:
                refused = refused or error
                shutil.rmtree(staging, ignore_errors=True)
        if refused:
            raise refused
        raise FetchError(
            f"The server has no {wanted.shown}.",
            hint="Try another --language or --format."
            if wanted.celex
            else "Correct the address in the catalogue.",
        )

    def _answers(
        self, wanted: Wanted, form: Format, staging: Path, known: Record | None
    ) -> list[tuple[Download, Path]] | Literal["unchanged"]:
        """What the server has in a format: nothing, one file, or the parts of its list of choices."""
        before = {item.asked: item.validators for item in known.downloads} if known else {}
        if known and known.format != form.name:
            before = {}
        answer = self._download(wanted, wanted.address, form, 1, before.get(wanted.address))
        if answer == "unchanged":
            return "unchanged"
        if isinstance(answer, Got):
            return [self._stage(wanted, wanted.address, "", form, answer, staging, 1)]
        if not isinstance(answer, Several):
            return []
        choices = choose(offered(answer.page, answer.address), form, answer.address)
        if known and all(choice.address in before for choice in choices) and len(choices) == len(before):
            states = [
                self._download(wanted, choice.address, form, number, before[choice.address])
                for number, choice in enumerate(choices, start=1)
            ]
            if all(state == "unchanged" for state in states):
                return "unchanged"
        found = []
        for number, choice in enumerate(choices, start=1):
            part = self._download(wanted, choice.address, form, number, None)
            if not isinstance(part, Got):
                raise FetchError(
                    f"{choice.address} is offered as a part of {wanted.shown}, but is not there."
                )
            found.append(self._stage(wanted, choice.address, choice.name, form, part, staging, number))
        return found

    def _download(
        self, wanted: Wanted, address: str, form: Format, number: int, known: Validators | None
    ) -> Got | Several | Literal["unchanged", "missing"]:
        return download(
            self.client,
            address,
            form,
            accept_language=wanted.accept_language,
            partial=self.partial / f"{wanted.file}.{form.name}.{number}.part",
            limit=self.limit,
            known=known,
        )

    def _stage(
        self, wanted: Wanted, asked: str, name: str, form: Format, got: Got, staging: Path, number: int
    ) -> tuple[Download, Path]:
        staging.mkdir(parents=True, exist_ok=True)
        ending = ending_for(form, got.type, got.address)
        taken = [path.name for path in staging.iterdir()]
        free = file_name(name, taken, f"part-{number}{ending}") if name else f"{wanted.file}{ending}"
        path = got.path.replace(staging / free)
        validators = got.validators
        answer = Download(
            asked=asked,
            address=got.address,
            type=got.type,
            etag=validators.etag,
            modified=validators.modified,
        )
        return answer, path

    def _staged(self, form: Format, answers: list[tuple[Download, Path]], staging: Path) -> Received:
        """Unpack archives, leave out what is no document, and check what each file holds."""
        paths: list[Path] = []
        others: tuple[str, ...] = ()
        for answer, path in answers:
            if form.name == "formex" and is_archive(path):
                inside = staging / f"{path.name}.files"
                inside.mkdir()
                found, left_out = unpack(path, inside, limit=self.limit, address=answer.address)
                paths += found
                others += left_out
            else:
                paths.append(path)
        files = in_order(paths, answers[0][0].address) if form.name == "formex" else paths
        for path in files:
            check_content(form, path, answers[0][0].address)
        return Received(
            form=form,
            downloads=tuple(answer for answer, _ in answers),
            files=tuple(files),
            left_out=tuple(sorted(others)),
        )
