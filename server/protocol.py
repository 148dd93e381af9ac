"""HTTP below the application: what is too long to be a request hears so before the connection ends."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["LONGEST_HEAD", "Protocol"]

LONGEST_HEAD: Final = 128 << 10
"""Bytes of request line and headers."""
_LINGER: Final = 3.0


class Protocol(H11Protocol):
    """uvicorn's HTTP/1.1, with an answer of its own to a request that it cannot take.

    A connection that is closed while the client is still sending is reset, and the answer is lost with it: so
    what comes after the answer is read for some seconds and thrown away.
    """

    _refused = False

    def data_received(self, data: bytes) -> None:
        """Take what the client sends."""
        if not self._refused:
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Answer that the request is too long, or else that it is none."""
        status, message = HTTPStatus.BAD_REQUEST, msg
        read, _ = self.conn.trailing_data
        if len(read) > LONGEST_HEAD:
            if b"\n" in read:
                status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                message = f"The headers are longer than {LONGEST_HEAD:,} bytes."
            else:
                status = HTTPStatus.REQUEST_URI_TOO_LONG
                message = "The address is too long. Send the query by POST."
        body = f"{message}\n".encode("ascii")
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self._refused = True
        self.transport.write(head.encode("ascii") + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        asyncio.get_running_loop().call_later(_LINGER, self.transport.close)
