"""The application: which address is answered with what."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

from rdflib import URIRef
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import GraphError
from ..graph.snapshot import current
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.vocabularies import ontology_graph
from ..queries.network import RDFFormat, rdf_text
from ..queries.sheet import Language
from ..viz.explorer import explorer
from .description import Sizes, service_description, sizes
from .endpoint import Endpoint
from .negotiation import form, language
from .pages import Page, Pages
from .pool import Pool
from .things import describe, describe_rdf, resolve

__all__ = ["application"]

_HTML: Final = "text/html"
_ENDINGS: Final[dict[str, tuple[str, RDFFormat]]] = {
    ".ttl": ("text/turtle", "turtle"),
    ".jsonld": ("application/ld+json", "json-ld"),
}
_FORMS_OF_DATA: Final = {media: ending for ending, (media, _) in _ENDINGS.items()}
_FORMS: Final = {_HTML: "", **_FORMS_OF_DATA}
_THREADS: Final = 2
_KEPT: Final = 256
_T = TypeVar("_T")
_METHODS: Final = ["GET", "HEAD", "POST", "OPTIONS"]


def application(graph: Graph, pool: Pool, *, limit: float) -> ASGIApp:
    """The ASGI application that serves one graph.

    Args:
        graph: an open snapshot; it is served until the end, whatever is built meanwhile.
        pool: the workers that answer SPARQL on the same snapshot.
        limit: seconds that a query may take.
    """
    site = _Site(graph, pool, limit)
    routes = [
        Route("/", site.home),
        Route("/query", site.query),
        Route("/sparql", Endpoint(pool, limit=limit, about=site.about), methods=["GET", "HEAD", "POST"]),
        Route("/id/{name:path}", site.thing),
        Route("/page/{name:path}", site.page),
        Route("/data/{name:path}", site.data),
        Route("/ontology", site.ontology),
        *(Route(f"/ontology{ending}", site.ontology) for ending in _ENDINGS),
        Route("/health", site.health),
    ]
    cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=_METHODS, allow_headers=["*"])
    handlers = {HTTPException: _failed}
    return _hardened(Starlette(routes=routes, middleware=[cors], exception_handlers=handlers))


class _Site:
    """What stands at each address."""

    def __init__(self, graph: Graph, pool: Pool, limit: float) -> None:
        self._graph = graph
        self._pool = pool
        self._limit = limit
        self._pages = Pages(graph)
        # What is served never changes, so a page once made is good until the end.
        self._page_of = lru_cache(_KEPT)(self._make_page)
        self._explorers: dict[Language, str] = {}
        self._sizes: Sizes | None = None
        self._making = asyncio.Lock()
        self._turns = asyncio.Semaphore(_THREADS)

    async def home(self, request: Request) -> Response:
        """The explorer, made when it is first asked for."""
        spoken = language(request)
        async with self._making:
            if spoken not in self._explorers:
                self._explorers[spoken] = await self._run(explorer, self._graph, language=spoken)
        return _reply(request, self._explorers[spoken], _HTML, {"Vary": "Accept-Language"})

    async def query(self, request: Request) -> Response:
        """The query page."""
        async with self._making:
            page = await self._run(self._pages.query, language(request), self._limit)
        return _page(request, page)

    async def about(self, request: Request) -> Response:
        """The service description, or for a browser the query page."""
        # Who names no form wants the description, as the specification of the protocol's GET has it.
        chosen = form(request, {**_FORMS_OF_DATA, _HTML: ""})
        if chosen is None:
            return _not_acceptable()
        if chosen == "":
            return RedirectResponse("/query", HTTPStatus.SEE_OTHER, {"Vary": "Accept"})
        media, to = _ENDINGS[chosen]
        endpoint = str(request.url.replace(query="", fragment=""))
        async with self._making:
            if self._sizes is None:
                self._sizes = await self._run(sizes, self._graph)
            counted = self._sizes
        return _reply(
            request, rdf_text(service_description(counted, endpoint), to), media, {"Vary": "Accept"}
        )

    async def thing(self, request: Request) -> Response:
        """Where a thing's page or data is: the thing itself cannot be sent."""
        chosen = form(request, _FORMS)
        if chosen is None:
            return _not_acceptable()
        iri = await self._resolve(request)
        if iri is None:
            return await self._missing(request, html=chosen == "")
        where = "page" if chosen == "" else "data"
        address = f"/{where}/{quote(short(iri), safe='/%')}{chosen}"
        if request.url.query and chosen == "":
            address += f"?{request.url.query}"
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Vary": "Accept"})

    async def page(self, request: Request) -> Response:
        """The page of a thing."""
        iri = await self._resolve(request)
        if iri is None:
            return await self._missing(request, html=True)
        spoken = language(request)
        return _page(request, await self._run(self._page_of, iri, spoken))

    async def data(self, request: Request) -> Response:
        """A thing as Turtle or JSON-LD, as the address ends."""
        ending = next((end for end in _ENDINGS if request.path_params["name"].endswith(end)), None)
        iri = await self._resolve(request, ending) if ending is not None else None
        if ending is None or iri is None:
            return await self._missing(request, html=False)
        media, to = _ENDINGS[ending]
        text = await self._run(lambda: rdf_text(describe_rdf(self._graph, iri), to))
        return _reply(request, text, media)

    async def ontology(self, request: Request) -> Response:
        """The ontology, as the address ends or as the client likes it best."""
        ending = request.url.path.removeprefix("/ontology")
        chosen = ending or form(request, _FORMS)
        if chosen is None:
            return _not_acceptable()
        if chosen == "":
            page = await self._run(self._pages.ontology, language(request))
            return _page(request, page, "Accept, Accept-Language")
        media, to = _ENDINGS[chosen]
        return _reply(request, rdf_text(ontology_graph(), to), media, {"Vary": "Accept"})

    async def health(self, _request: Request) -> Response:
        """Which snapshot is served, whether a newer one is in force, and how many workers run."""
        state = {
            "snapshot": self._graph.snapshot,
            "newer": _newer(self._graph),
            "workers": len(self._pool.pids),
        }
        return JSONResponse(state, headers={"Cache-Control": "no-store"})

    def _make_page(self, iri: URIRef, spoken: Language) -> Page:
        return self._pages.thing(describe(self._graph, iri, spoken), spoken)

    async def _run(self, work: Callable[..., _T], *arguments: object, **more: object) -> _T:
        """Do what takes long in a thread, so that queries go on; few at once, as they share a processor."""
        async with self._turns:
            return await asyncio.to_thread(work, *arguments, **more)

    async def _resolve(self, request: Request, ending: str = "") -> URIRef | None:
        """The thing that the address means, read as it was sent and with its escapes undone."""
        kind = request.url.path.split("/")[1]
        raw = request.scope["raw_path"].decode("ascii", "replace").removeprefix(f"/{kind}/")
        names = (name.removesuffix(ending) for name in (raw, request.path_params["name"]))
        return await self._run(resolve, self._graph, *names)

    async def _missing(self, request: Request, *, html: bool) -> Response:
        name = request.path_params["name"]
        if html:
            page = await self._run(self._pages.missing, name, language(request))
            return _page(request, page, status=HTTPStatus.NOT_FOUND)
        near = await self._run(self._pages.near, name)
        hint = "".join(f"  {resource.short}\n" for resource in near)
        return PlainTextResponse(
            f"The graph knows nothing about {name}.\n" + (f"Like it:\n{hint}" if near else ""),
            HTTPStatus.NOT_FOUND,
        )


def _newer(graph: Graph) -> bool:
    """Whether another snapshot has come into force since the graph was opened."""
    folder = graph.path.parent.parent if graph.path is not None else Path()
    try:
        return graph.path is not None and current(folder) != graph.path
    except GraphError:
        return False


def _page(
    request: Request, page: Page, vary: str = "Accept-Language", *, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    text, policy = page
    return _reply(request, text, _HTML, {"Content-Security-Policy": policy, "Vary": vary}, status=status)


def _reply(
    request: Request,
    text: str,
    media: str,
    headers: dict[str, str] | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """The text, or 304 where the client has it."""
    body = text.encode("utf-8")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if status == HTTPStatus.OK and (tag in known or "*" in known):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=sent)
    return Response(body, status, sent, f"{media}; charset=utf-8")


def _not_acceptable() -> Response:
    return PlainTextResponse(
        f"There is no such form. There are: {', '.join(_FORMS)}.\n",
        HTTPStatus.NOT_ACCEPTABLE,
        {"Vary": "Accept"},
    )


def _failed(request: Request, error: Exception) -> Response:
    """An address or method that there is not; OPTIONS is answered with those that there are."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join([*sorted(headers.get("Allow", "").split(", ")), "OPTIONS"])
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers)


def _hardened(app: ASGIApp) -> ASGIApp:
    """Tell browsers, in every answer, to believe the media type and to tell nobody where they come from."""
    extra = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]

    async def hardened(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        await app(scope, receive, sending)

    return hardened
