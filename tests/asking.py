"""Asking an app without a network: one request as a server hands it on, and the whole answer."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

OWN = "127.0.0.1:8000"  # where the app is addressed unless said otherwise


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    defect: Exception | None = None  # raised after it was answered; a server writes it to the terminal

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    headers: Sequence[tuple[str, str]] = (("host", OWN),),
    pieces: Sequence[bytes] = (b"",),
) -> Answer:
    """The app's answer to a request whose body comes in ``pieces``."""
    return asyncio.run(_asked(app, path, method, headers, list(pieces)))


async def _asked(
    app: ASGIApp, path: str, method: str, headers: Sequence[tuple[str, str]], pieces: list[bytes]
) -> Answer:
    plain, _, query = path.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(plain),
        "raw_path": plain.encode(), "query_string": query.encode(), "root_path": "", "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000), "headers": [(key.lower().encode(), value.encode()) for key, value in headers],
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    defect = None
    try:
        await app(scope, receive, send)
    except Exception as error:
        if not sent:
            raise
        defect = error
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:]), defect)
