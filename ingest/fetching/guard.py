"""No request leaves for a private network: names are resolved once, checked, and connected to as checked."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from ...errors import FetchError

__all__ = ["GuardedTransport", "Resolve", "is_public", "resolve"]

Resolve = Callable[[str, int], list[str]]
"""From host name and port to addresses; raises OSError where there are none."""
_NAT64: Final = IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order in which the system prefers them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet, one wrapped in an IPv6 address included.

    >>> is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("1.1.1.1")
    (False, False, True)
    """
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class GuardedTransport(httpx.BaseTransport):
    """Sends each request to an address that was checked, so that a name cannot change its mind in between.

    Args:
        inner: sends it; connections must not be kept, for the inner transport knows hosts by address only.
        resolve: finds the addresses of a host.
    """

    def __init__(self, inner: httpx.BaseTransport | None = None, *, resolve: Resolve = resolve) -> None:
        self._inner = inner or httpx.HTTPTransport(
            trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Check every address of the host, then send the request to the first that answers.

        Raises FetchError where one of them is not public.
        """
        host = request.url.raw_host.decode("ascii").strip("[]")
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpx.ConnectError(f"{host} has no address: {error}", request=request) from error
        for address in addresses:
            if not is_public(address):
                raise FetchError(
                    f"{request.url} leads to {address}, which is not on the public Internet.",
                    hint="Where that is meant, add --allow-private-network.",
                )
        for position, address in enumerate(addresses, start=1):
            pinned = httpx.Request(
                method=request.method,
                url=request.url.copy_with(host=address),
                headers=request.headers,  # the Host header keeps the name
                stream=request.stream,
                # The certificate is checked against the name, not the address.
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return self._inner.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if position == len(addresses):
                    raise
        raise httpx.ConnectError(f"{host} has no address", request=request)

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()
