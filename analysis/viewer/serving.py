"""A port of this machine, a server on it, and the browser that looks at it."""

import errno
import os
import socket
import sys
import threading
import webbrowser
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from analysis.viewer.server import EVERY_ADDRESS, MOST_ADDRESS, MOST_HEADERS
from sim.errors import RequestError

PORT = 8000
FURTHER = 20  # ports tried after one that is taken
PRIVATE = "127.0.0.1"  # where only this machine sees what is served
LOOPBACK = ("localhost", PRIVATE, "::1")


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens on a port; without one, on the first free one from PORT.

    ``RequestError`` if the host is not this machine, or the port asked for is taken or not allowed.
    """
    if port is not None:
        try:
            return _listening(host, port)
        except OSError as error:
            raise _refusal(error, host, port) from error
    for tried in range(PORT, PORT + FURTHER + 1):
        try:
            return _listening(host, tried)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refusal(error, host, tried) from error
    raise RequestError("all these ports are taken", key="--port", got=f"{PORT}..{tried}", allowed="another port")


def _listening(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind)
    try:
        if os.name == "posix":  # elsewhere it would let two programs listen on one port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def _refusal(error: OSError, host: str, port: int) -> RequestError:
    if error.errno == errno.EADDRINUSE:
        free = _free_after(host, port)
        return RequestError("is taken by another program", key="--port", got=port, allowed=free or "another port")
    if error.errno == errno.EACCES:
        return RequestError("is not allowed to you", key="--port", got=port, allowed="1024 or more")
    return RequestError("is not an address of this machine", key="--host", got=host, allowed=", ".join(LOOPBACK))


def _free_after(host: str, port: int) -> str:
    """The next free port, or nothing if all that were tried are taken."""
    for tried in range(port + 1, min(port + FURTHER, 65535) + 1):
        try:
            _listening(host, tried).close()
        except OSError:
            continue
        return str(tried)
    return ""


def address(host: str, listening: socket.socket) -> str:
    """What to type into a browser on this machine."""
    name = PRIVATE if host in EVERY_ADDRESS else host
    return f"http://{f'[{name}]' if ':' in name else name}:{listening.getsockname()[1]}/"


def hosts(host: str, listening: socket.socket) -> tuple[str, ...]:
    """The names by which the server may be addressed; the name of this machine too if others may look at it."""
    known = (host, listening.getsockname()[0], *LOOPBACK)
    name = socket.gethostname()
    return known if is_private(host) else (*known, name, f"{name}.local")


def is_private(host: str) -> bool:
    """Whether only this machine can see what is served there."""
    return host in LOOPBACK or host.startswith("127.")


def server(app: ASGIApp) -> uvicorn.Server:
    """A server that says nothing but what goes wrong, and trusts no proxy."""
    return uvicorn.Server(
        uvicorn.Config(
            app, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
            server_header=False, proxy_headers=False, h11_max_incomplete_event_size=MOST_ADDRESS + MOST_HEADERS,
            timeout_graceful_shutdown=2,
        )
    )  # fmt: skip


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until the user interrupts."""
    with listening, suppress(KeyboardInterrupt):  # which uvicorn raises again when all is shut
        server(app).run(sockets=[listening])


def open_browser(place: str) -> None:
    """Open a page in the user's browser, if there is a display; what a browser takes its time for is not waited for."""
    if has_display():
        threading.Thread(target=webbrowser.open, args=(place,), daemon=True).start()


def has_display() -> bool:
    """Whether a window can be opened."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(key) for key in ("DISPLAY", "WAYLAND_DISPLAY"))
