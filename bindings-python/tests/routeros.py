"""A stand-in for a router on loopback: its API and its REST over TLS, its state a router of the library.

What it answers is what `Router.answer_sentence` and `Router.answer_request` say; here are only sockets, TLS and logins.
"""

from __future__ import annotations

import base64
import contextlib
import http.server
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import trustme

from multi_isp import Router, observe

USER = "portal"
PASSWORD = "a password of the tests"


class RouterOS:
    """A router that is reached over both, and that may fail at one of its calls, counted from 0.

    Those that change it are counted apart from those that read it.
    """

    def __init__(self, router: Router) -> None:
        self.router = router
        self.refuse_at: int | None = None
        self.vanish_at: int | None = None
        #: The call that is answered as if it were done, and is not.
        self.ignore_at: int | None = None
        #: Whether a read is refused as by a router whose session ended.
        self.closes: Callable[[RouterOS], bool] = lambda _: False
        #: What happens before a call.
        self.meanwhile: Callable[[RouterOS], None] = lambda _: None
        self.reads = 0
        #: Calls that changed it, or were to.
        self.changes = 0
        self._lock = threading.Lock()

    def sentence(self, words: list[bytes]) -> Iterable[tuple[bytes, ...]]:
        """Answers a sentence of somebody who is logged in."""
        with self._lock:
            if words[0].endswith((b"/print", b"/getall")):
                if self._is_closed():
                    return ((b"!trap", b"=message=Session closed"), (b"!done",))
                return self.seen.answer_sentence(words)[1]
            if self._is_refused():
                return ((b"!trap", b"=message=failure: refused by the test"), (b"!done",))
            router, sentences = self.router.answer_sentence(words)
            self._becomes(router)
            return sentences

    def request(self, method: str, path: str, body: bytes | None) -> tuple[int, str]:
        """Answers a request of somebody who is logged in."""
        with self._lock:
            if method == "GET" or path.endswith("/print"):
                if self._is_closed():
                    return 400, '{"error":400,"message":"Bad Request","detail":"Session closed"}'
                _, status, answer = self.seen.answer_request(method, path, body)
                return status, answer
            if self._is_refused():
                return 400, '{"error":400,"message":"Bad Request","detail":"failure: refused by the test"}'
            router, status, answer = self.router.answer_request(method, path, body)
            self._becomes(router)
            return status, answer

    @property
    def seen(self) -> Router:
        """The router as it is read while all lines work, live values and all."""
        return observe(self.router)

    def _becomes(self, router: Router) -> None:
        if self.changes - 1 != self.ignore_at:
            self.router = router

    def _is_closed(self) -> bool:
        is_closed = self.closes(self)
        self.reads += 1
        return is_closed

    def _is_refused(self) -> bool:
        self.meanwhile(self)
        at, self.changes = self.changes, self.changes + 1
        if at == self.vanish_at:
            raise ConnectionAbortedError("the test pulls the cable")
        return at == self.refuse_at


class Authority:
    """Who signs the certificate of the stand-in."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        #: The certificate that a client has to trust.
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.file))

    def context(self) -> ssl.SSLContext:
        """TLS of a server that is called `localhost`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("localhost").configure_cert(context)
        return context


@contextlib.contextmanager
def serve_api(router: RouterOS, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serves the API, over TLS where there is a context, and tells the port."""

    class Handler(_ApiHandler):
        state = router

    with _Server(("127.0.0.1", 0), Handler) as server:
        yield from _served(server, context)


@contextlib.contextmanager
def serve_rest(router: RouterOS, context: ssl.SSLContext) -> Iterator[int]:
    """Serves REST over HTTPS and tells the port."""

    class Handler(_RestHandler):
        state = router

    with _Server(("127.0.0.1", 0), Handler) as server:
        yield from _served(server, context)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that trusts nobody hangs up, and so does the stand-in where it is to vanish."""


def _served(server: _Server, context: ssl.SSLContext | None) -> Iterator[int]:
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()


class _ApiHandler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    state: RouterOS

    def handle(self) -> None:
        is_known = False
        while words := self._read():
            tag = [word for word in words if word.startswith(b".tag=")]
            words = [word for word in words if not word.startswith(b".tag=")]
            if words[0] == b"/login":
                is_known = _logs_in(words)
                replies: Iterable[tuple[bytes, ...]] = (
                    ((b"!done",),)
                    if is_known
                    else ((b"!trap", b"=message=invalid user name or password (6)"), (b"!done",))
                )
            elif not is_known:
                self._write([b"!fatal", b"not logged in"])
                return
            else:
                replies = self.state.sentence(words)
            for reply in replies:
                self._write([*reply[:1], *tag, *reply[1:]])

    def _read(self) -> list[bytes]:
        words = []
        while length := self._length():
            words.append(self.rfile.read(length))
        return words

    def _length(self) -> int:
        """A length, in one to five bytes of which the first says how many; 0 also where the client hung up."""
        first = self.rfile.read(1)
        if not first:
            return 0
        more = next((more for more, limit in enumerate((0x80, 0xC0, 0xE0, 0xF0)) if first[0] < limit), 4)
        value = first[0] & (0x7F, 0x3F, 0x1F, 0x0F, 0x00)[more]
        return int.from_bytes(bytes([value]) + self.rfile.read(more), "big")

    def _write(self, words: Iterable[bytes]) -> None:
        self.wfile.write(b"".join(_prefix(len(word)) + word for word in words) + b"\0")


def _prefix(length: int) -> bytes:
    forms = ((0x80, 0), (0x4000, 0x8000), (0x20_0000, 0xC0_0000), (0x1000_0000, 0xE000_0000))
    for more, (limit, mark) in enumerate(forms):
        if length < limit:
            return (length | mark).to_bytes(more + 1, "big")
    return b"\xf0" + length.to_bytes(4, "big")


def _logs_in(words: list[bytes]) -> bool:
    return f"=name={USER}".encode() in words and f"=password={PASSWORD}".encode() in words


class _RestHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    state: RouterOS

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length) if length else None
        if self.headers.get("Authorization") == _authorization():
            status, answer = self.state.request(self.command, self.path, body)
        else:
            status, answer = 401, '{"error":401,"message":"Unauthorized"}'
        self.send_response(status)
        if answer:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(answer.encode())))
        self.end_headers()
        self.wfile.write(answer.encode())

    do_GET = do_PUT = do_PATCH = do_POST = do_DELETE = _answer

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the tests say what they find."""


def _authorization() -> str:
    return "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
