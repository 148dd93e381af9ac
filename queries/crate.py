"""The graph as an RO-Crate: a folder with data and a description of who made it, when, and from what.

The description follows RO-Crate 1.1 (https://w3id.org/ro/crate/1.1). It is written here: ``rocrate`` stamps
the time of writing and new identifiers into each crate, and the same graph should give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from rdflib import URIRef
from rdflib.term import Node

from ..errors import InputError
from ..graph.store import Graph
from .export import write, write_bytes
from .lineage import lineage
from .lineage_sheet import lineage_sheet
from .network import graphml, network
from .notes import graph_notes, nurt_version
from .sheet import Language

__all__ = ["METADATA", "write_crate"]

METADATA: Final = "ro-crate-metadata.json"
_PROFILE: Final = "https://w3id.org/ro/crate/1.1"
_NURT: Final = "#nurt"
_DOCUMENTS: Final = """
SELECT ?document ?predicate ?value WHERE {
  ?document a nurt:Document ; ?predicate ?value .
  VALUES ?predicate {
    dcterms:title dcterms:language dcterms:date dcterms:publisher dcterms:license dcterms:source
    dcterms:format nurt:celex nurt:digest
  }
}"""
_VERSIONS: Final = "SELECT ?document ?sha256 WHERE { ?document dcterms:hasVersion/nurt:sha256 ?sha256 }"
_FILES: Final = {
    "graph.nq": ("application/n-quads", "Graf: po jednym grafie nazwanym na dokument", "The graph"),
    "lineage.csv": ("text/csv", "Tabela rodowodu działań", "The lineage of measures as a table"),
    "lineage.csv-metadata.json": ("application/csvm+json", "Opis kolumn tabeli", "Its columns described"),
    "lineage.graphml": ("application/graphml+xml", "Kaskada jako sieć", "The cascade as a network"),
}
_SAYS: Final = {
    "pl": (
        "Graf wiedzy o tym, jak strategia Europa 2020 przekłada się na działania programów operacyjnych",
        "Każde powiązanie ma źródło: dokument, stronę i cytat.",
    ),
    "en": (
        "Knowledge graph of how Europe 2020 flows down to the measures of operational programmes",
        "Every link has its source: document, page and quote.",
    ),
}
Entity = dict[str, Any]


def write_crate(graph: Graph, folder: Path, *, language: Language, author: str, licence: str) -> Path:
    """Write the crate; the folder appears whole or not at all, and replaces a crate that is there.

    Args:
        language: of the table and the description.
        author: who publishes it, or "".
        licence: address of the terms of use, or "".

    Raises InputError where the folder holds something else or cannot be written.
    """
    if folder.exists() and not (folder / METADATA).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise InputError(
            f"{folder} is not empty and no RO-Crate.", path=folder, hint="Name a new folder for the crate."
        )
    if not folder.absolute().parent.is_dir():
        raise InputError(f"{folder.parent} is no folder.", path=folder, hint="Make it first.")
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
    try:
        making.chmod(0o755)
        write_bytes(making / "graph.nq", graph.nquads())
        table = lineage_sheet(lineage(graph), language=language, notes=graph_notes(graph, language))
        write(table, making / "lineage.csv")
        write_bytes(making / "lineage.graphml", graphml(network(graph, language=language)))
        sizes = {name: (making / name).stat().st_size for name in _FILES}
        write_bytes(making / METADATA, _metadata(graph, sizes, language, author, licence))
        old = making.with_name(f"{making.name}.old")
        if folder.exists():
            folder.replace(old)
        making.replace(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}.", path=folder) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def _metadata(graph: Graph, sizes: dict[str, int], language: Language, author: str, licence: str) -> bytes:
    name, description = _SAYS[language]
    documents = _documents(graph, language)
    built = str(graph.manifest.get("built") or "")
    parts = [{"@id": file} for file in _FILES]
    sources = [{"@id": document["@id"]} for document in documents]
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": description,
        "datePublished": built[:10],
        "inLanguage": ["pl", "en"],
        "hasPart": parts,
        "isBasedOn": sources,
        "version": graph.snapshot,
    }
    contextual: list[Entity] = []
    if author:
        root["author"] = {"@id": "#author"}
        contextual.append({"@id": "#author", "@type": "Person", "name": author})
    if licence:
        root["license"] = {"@id": licence}
        contextual.append({"@id": licence, "@type": "CreativeWork", "name": licence})
    entities: list[Entity] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _PROFILE},
        },
        {key: value for key, value in root.items() if value not in ("", [])},
        *(_file(file, size, language) for file, size in sizes.items()),
        *contextual,
        {
            "@id": _NURT,
            "@type": "SoftwareApplication",
            "name": "nurt",
            "softwareVersion": str(graph.manifest.get("nurt") or nurt_version()),
        },
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": "nurt build",
            "instrument": {"@id": _NURT},
            "object": sources,
            "result": parts,
            **({"endTime": built} if built else {}),
        },
        *documents,
    ]
    content = {"@context": f"{_PROFILE}/context", "@graph": entities}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _file(name: str, size: int, language: Language) -> Entity:
    media_type, pl, en = _FILES[name]
    return {
        "@id": name,
        "@type": "File",
        "name": pl if language == "pl" else en,
        "encodingFormat": media_type,
        "contentSize": str(size),
    }


def _documents(graph: Graph, language: Language) -> list[Entity]:
    """The documents that the graph was built from, each with the address of its original."""
    said: dict[URIRef, dict[str, list[Node]]] = {}
    for document, predicate, value in graph.select(_DOCUMENTS).rows:
        if isinstance(document, URIRef) and predicate is not None and value is not None:
            local = str(predicate).rpartition("/")[2].rpartition("#")[2]
            said.setdefault(document, {}).setdefault(local, []).append(value)
    versions = {document: str(sha256) for document, sha256 in graph.select(_VERSIONS).rows}
    return [_document(iri, said[iri], versions.get(iri, ""), language) for iri in sorted(said)]


def _document(iri: URIRef, said: dict[str, list[Node]], sha256: str, language: Language) -> Entity:
    def first(key: str) -> str:
        return min((str(value) for value in said.get(key, ())), default="")

    titles = sorted(
        said.get("title", ()),
        key=lambda title: (getattr(title, "language", None) != language, str(title)),
    )
    digest = first("digest") == "true"
    entity: Entity = {
        "@id": str(iri),
        "@type": "CreativeWork",
        "name": str(titles[0]) if titles else str(iri),
        "description": _DIGEST[language] if digest else "",
        "inLanguage": first("language"),
        "datePublished": first("date"),
        "publisher": first("publisher"),
        "license": first("license"),
        "encodingFormat": first("format"),
        "identifier": [
            *(f"CELEX {celex}" for celex in sorted(str(value) for value in said.get("celex", ()))),
            *([f"sha-256 {sha256}"] if sha256 else []),
        ],
        "isBasedOn": [{"@id": address} for address in sorted(str(value) for value in said.get("source", ()))],
    }
    return {key: value for key, value in entity.items() if value not in ("", [])}


_DIGEST: Final = {
    "pl": "Streszczenie napisane na potrzeby programu nurt, nie tekst urzędowy.",
    "en": "Digest written for nurt, not the official text.",
}
