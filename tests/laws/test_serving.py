"""Ports, addresses and the command that serves pages: what it says, and that it ends cleanly."""

import errno
import gzip
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import run
from analysis.viewer import serving
from analysis.viewer.server import HEADERS, application
from sim.errors import RequestError

ROOT = Path(run.__file__).parent


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> int:
    """The first of a few ports that nobody uses, as the port to begin with."""
    for first in range(20_000, 60_000, 50):
        try:
            with ExitStack() as stack:
                for port in range(first, first + 5):
                    stack.enter_context(serving.bound("127.0.0.1", port))
        except RequestError:
            continue
        monkeypatch.setattr(serving, "PORT", first)
        return first
    pytest.fail("no free ports")


@contextmanager
def taken(*wanted: int) -> Iterator[None]:
    """Ports on which another program listens."""
    with ExitStack() as stack:
        for port in wanted:
            stack.enter_context(serving.bound("127.0.0.1", port))
        yield


def test_without_a_port_the_first_free_one_is_taken(ports: int) -> None:
    with serving.bound("127.0.0.1", None) as found:
        assert found.getsockname()[1] == ports
    with taken(ports, ports + 1), serving.bound("127.0.0.1", None) as found:
        assert found.getsockname()[1] == ports + 2


def test_a_port_that_is_taken_is_refused_and_the_next_free_one_offered(ports: int) -> None:
    with taken(ports, ports + 1), pytest.raises(RequestError) as refused:
        serving.bound("127.0.0.1", ports)
    assert (refused.value.key, refused.value.got, refused.value.allowed) == ("--port", ports, str(ports + 2))


def test_when_all_ports_are_taken_that_is_said(ports: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FURTHER", 2)
    with taken(*range(ports, ports + 3)):
        with pytest.raises(RequestError, match="all these ports are taken"):
            serving.bound("127.0.0.1", None)
        with pytest.raises(RequestError, match="another port"):
            serving.bound("127.0.0.1", ports)


@pytest.mark.parametrize(("code", "key"), [(errno.EACCES, "--port"), (errno.EADDRNOTAVAIL, "--host")])
def test_what_the_system_forbids_is_told_as_a_refusal(code: int, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(host: str, port: int) -> socket.socket:
        raise OSError(code, "no")

    monkeypatch.setattr(serving, "_listening", forbidden)
    for port in (80, None):
        with pytest.raises(RequestError) as refused:
            serving.bound("127.0.0.1", port)
        assert refused.value.key == key


@pytest.mark.parametrize("host", ["no such host", "198.51.100.7", "", "300.1.1.1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(RequestError) as refused:
        serving.bound(host, 0)
    assert refused.value.key == "--host"


@pytest.mark.parametrize(
    ("host", "place", "private"),
    [
        ("127.0.0.1", "http://127.0.0.1:{}/", True),
        ("localhost", "http://localhost:{}/", True),
        ("0.0.0.0", "http://127.0.0.1:{}/", False),
    ],
)
def test_an_address_can_be_typed_into_a_browser_and_is_one_of_our_own(host: str, place: str, private: bool) -> None:
    with serving.bound(host, 0) as found:
        port = found.getsockname()[1]
        assert serving.address(host, found) == place.format(port)
        known = serving.hosts(host, found)
        assert {host, "localhost", "127.0.0.1"} <= set(known)
        assert (socket.gethostname() in known) == (not private or socket.gethostname() == "localhost")
        assert serving.is_private(host) == private


def test_an_address_of_the_newer_kind_stands_in_brackets() -> None:
    class Listening:
        def getsockname(self) -> tuple[str, int, int, int]:
            return "::1", 8000, 0, 0

    assert serving.address("::1", Listening()) == "http://[::1]:8000/"
    assert serving.is_private("::1")
    assert serving.is_private("127.0.0.2")
    assert not serving.is_private("::")


async def _hello(request: Request) -> Response:
    return PlainTextResponse("hello")


@contextmanager
def served() -> Iterator[int]:
    """A server in a thread, on a free port."""
    listening = serving.bound("127.0.0.1", 0)
    app = application([Route("/", _hello)], serving.hosts("127.0.0.1", listening))
    server = serving.server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def said(port: int, request: bytes) -> bytes:
    """What the server answers to bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(request)
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: link.recv(65536), b""))


def test_over_the_wire_headers_are_there_and_the_server_does_not_name_itself() -> None:
    with served() as port:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        link.request("GET", "/")
        answer = link.getresponse()
        assert (answer.status, answer.read()) == (200, b"hello")
        assert {key: answer.getheader(key) for key in HEADERS} == HEADERS
        assert answer.getheader("server") is None
        link.close()
        evil = said(port, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        assert evil.startswith(b"HTTP/1.1 400")
        forwarded = b"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n"
        assert said(port, forwarded).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_proper_request_is_refused_and_the_server_goes_on(request_: bytes) -> None:
    with served() as port:
        assert said(port, request_)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431")
        assert said(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").endswith(b"hello")


def test_no_browser_is_opened_without_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    for key in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(key, raising=False)
    serving.open_browser("http://x/")
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":0")
    serving.open_browser("http://x/")
    for thread in threading.enumerate():
        if thread.daemon and "open" in thread.name:
            thread.join()
    assert opened == ["http://x/"]


@contextmanager
def watched(*words: str, folder: Path) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The command as a user starts it, and the lines it has said up to the address it serves on."""
    environment = {**os.environ, "XIETIAO_NO_VENV": "1", "PYTHONUNBUFFERED": "1"}
    environment.pop("XIETIAO_LANG", None)
    command = [sys.executable, str(ROOT / "run.py"), "watch", "teaching", "--no-browser", *words]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            lines = []
            while not lines or "http://" not in lines[-1]:
                lines.append(process.stdout.readline())
                assert lines[-1], lines
            yield process, lines
        finally:
            if process.poll() is None:
                process.kill()


def ended(process: "subprocess.Popen[str]") -> tuple[int, list[str]]:
    """Exit status and last lines after Ctrl-C."""
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    return process.wait(timeout=30), rest.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_the_command_serves_the_page_says_so_in_one_line_and_ends_with_one(tmp_path: Path) -> None:
    with watched("--lang", "zh", folder=tmp_path) as (process, lines):
        (place,) = re.findall(r"http://127\.0\.0\.1:(\d+)/", lines[-1])
        link = http.client.HTTPConnection("127.0.0.1", int(place), timeout=60)
        link.request("GET", "/")
        answer = link.getresponse()
        assert (answer.status, b'<html lang="zh"' in answer.read()) == (200, True)
        link.request("GET", "/api/film", headers={"Accept-Encoding": "gzip"})
        film = json.loads(gzip.decompress(link.getresponse().read()))
        assert film["scenario"]["name"] == "teaching"
        link.close()
        assert ended(process) == (0, ["已结束。"])


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_the_command_goes_to_the_next_port_and_warns_when_others_can_look(tmp_path: Path) -> None:
    with ExitStack() as stack:
        with suppress(RequestError):  # somebody else is there already
            stack.enter_context(serving.bound("0.0.0.0", serving.PORT))
        process, lines = stack.enter_context(watched("--host", "0.0.0.0", folder=tmp_path))
        said_first = "".join(lines)
        assert f"Port {serving.PORT} is taken" in said_first
        assert "Everybody on the network can see this" in said_first
        (port,) = re.findall(r"http://127\.0\.0\.1:(\d+)/", lines[-1])
        assert serving.PORT < int(port) <= serving.PORT + serving.FURTHER
        asked = f"GET /api/choices HTTP/1.1\r\nHost: {socket.gethostname()}:{port}\r\nConnection: close\r\n\r\n"
        assert said(int(port), asked.encode()).startswith(b"HTTP/1.1 200")
        assert ended(process) == (0, ["Ended."])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere",), "no scenario of this name"),
        (("teaching", "--strategies", "a,b"), "--strategies: no strategy of this name"),
        (("teaching", "--strategies", "unified-before,committee,multi3-after"), "only two can be watched"),
        (("teaching", "--point", "1"), "--point: needs a result folder beside it"),
        (("teaching", "--save", "x.html", "--port", "8000"), "--port: cannot stand beside --save"),
        (("teaching", "--save", "x.html", "--no-browser"), "--no-browser: cannot stand beside --save"),
        (("teaching", "--port", "0"), "allowed: 1..65535"),
        (("teaching", "--replicate", "-1"), "--replicate"),
        (("teaching", "--host", "198.51.100.7"), "--host: is not an address of this machine"),
        (("teaching", "--save", "/dev/null/x.html"), "cannot be written"),
        ((".",), "no results here"),
        ((".", "--seed", "1"), "--seed: cannot stand beside"),
    ],
)
def test_a_wrong_request_is_refused_with_one_message(
    words: tuple[str, ...],
    says: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XIETIAO_LANG", raising=False)
    assert run.main(["watch", *words]) == 2
    shown, error = capsys.readouterr()
    assert shown == ""
    assert says in error
    assert len(error.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_port_named_by_the_user_that_is_taken_is_refused_with_another(
    ports: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XIETIAO_LANG", raising=False)
    with taken(ports):
        assert run.main(["watch", "teaching", "--port", str(ports)]) == 2
    assert f"--port: is taken by another program; got {ports}; allowed: {ports + 1}" in capsys.readouterr().err


def test_a_run_is_saved_as_one_file_and_its_size_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.main(["watch", "teaching", "--strategies", "committee", "--save", "a/run.html", "--lang", "zh"]) == 0
    size = (tmp_path / "a" / "run.html").stat().st_size
    assert f"（{size / 1e6:.2f} MB）" in capsys.readouterr().out
    assert '<html lang="zh"' in (tmp_path / "a" / "run.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undrawn")
def test_a_run_of_a_result_folder_is_watched_and_what_the_folder_lacks_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XIETIAO_LANG", raising=False)
    content = (ROOT / "scenarios" / "teaching.toml").read_text(encoding="utf-8")
    (tmp_path / "short.toml").write_text(re.sub(r"(?m)^ticks.*", "ticks = 30", content), encoding="utf-8")
    asked = ["--strategies", "unified-before-meeting,multi3-before", "--replicates", "2"]
    assert run.main(["compare", "short.toml", *asked]) == 0
    folder = ["watch", "results/short"]
    assert run.main([*folder, "--replicate", "1", "--save", "run.html"]) == 0
    assert "Saved: run.html" in capsys.readouterr().out
    for words, says in (
        (["--strategies", "unified-befor-meeting"], "did you mean 'unified-before-meeting'"),
        (["--strategies", ","], "only two can be watched"),
        (["--replicate", "2"], "--replicate: no run on a world of this number is kept; got 2"),
        (["--point", "1"], "--point: no point of this number; got 1"),
    ):
        for how in (["--save", "no.html"], ["--no-browser"]):
            assert run.main([*folder, *words, *how]) == 2
            shown, error = capsys.readouterr()
            assert (shown, says in error) == ("", True), error
    assert not (tmp_path / "no.html").exists()
