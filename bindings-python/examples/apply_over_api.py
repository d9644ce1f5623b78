"""Applies a site to a router over the API, on RouterOS 6 and 7: plan, send under a guard, verify, confirm, status.

    export ROUTER_HOST=router.example ROUTER_USER=portal ROUTER_PASSWORD=..
    export ROUTER_CA=authority.pem        # where the certificate is signed by an authority of yours
    python apply_over_api.py site.json    # with --disable, everything is taken away again

What fails in the middle is taken back at once, also where the program is told to end. If the router cannot be reached
for that, it does so itself, ten minutes later.
"""

import contextlib
import os
import signal
import ssl
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import librouteros
from librouteros.api import Api

from multi_isp import ApiCalls, Plan, Router, Site, plan_apply, plan_disable, plan_reads, status, status_reads, verify


def main() -> None:
    site = Site.from_json(Path(sys.argv[1]).read_bytes())
    if "--disable" in sys.argv[2:]:
        apply(plan_disable(read()))
        return
    apply(plan_apply(site, read()), site)
    print(ask(site))


@contextlib.contextmanager
def connect() -> Iterator[Api]:
    """Checks the router's certificate. Who asks stands in the environment, never in a program."""
    host, port = os.environ["ROUTER_HOST"], int(os.environ.get("ROUTER_PORT", "8729"))
    trusted = ssl.create_default_context(cafile=os.environ.get("ROUTER_CA"))
    api = librouteros.connect(
        host,
        os.environ["ROUTER_USER"],
        os.environ["ROUTER_PASSWORD"],
        port=port,
        ssl_wrapper=lambda socket: trusted.wrap_socket(socket, server_hostname=host),
        encoding="latin-1",  # a character for each byte: names and comments may be in any encoding
    )
    with contextlib.closing(api):
        yield api


def apply(plan: Plan, site: Site | None = None) -> None:
    print(plan.summary())
    if plan.is_empty:
        return
    now = read()
    moved = plan.still_valid(now)
    if moved.differences or moved.versions:
        raise RuntimeError(f"the router is not as it was when this was planned: {moved.to_json()}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        send(plan.api(now, "guarded", 10))
        check(read(), site)
        send(plan.api(read(), "confirm"))
    except BaseException:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        send(plan.api(read(), "undo"))
        raise


def check(router: Router, site: Site | None) -> None:
    """Raises what is not as planned: rows of the site, or those that are left of it where there is to be none."""
    if site is None and plan_disable(router).steps:
        raise RuntimeError(plan_disable(router).summary())
    if site is not None and not (drift := verify(site, router)).is_empty:
        raise RuntimeError(drift.text())


def send(calls: ApiCalls) -> None:
    """One sentence after the other: `answer` raises where the router refuses one, and the rest is not sent."""
    with connect() as api:
        for words in calls:
            for sentence in talk(api, words):
                calls.answer(sentence)


def read() -> Router:
    """The router as it is now; raises what it refused, but for a menu that it does not have."""
    with connect() as api:
        replies = {menu: talk(api, [f"{menu}/print".encode()]) for menu in plan_reads(version_of(api))}
    return Router.from_api(replies)


def version_of(api: Api) -> str:
    row, *_ = talk(api, ["/system/resource/print"])
    versions = [word.removeprefix(b"=version=").decode() for word in row if word.startswith(b"=version=")]
    if not versions:
        raise RuntimeError(f"/system/resource: {b' '.join(row).decode(errors='replace')}")
    return versions[0]


def ask(site: Site) -> str:
    """How the lines are, by the few rows that tell it."""
    with connect() as api:
        version = version_of(api)
        asked = status_reads(site, version).reads
        replies = {one.menu: talk(api, one.sentence) for one in asked}
    return status(site, Router.from_api(replies, version)).sentence


def talk(api: Api, words: Sequence[str | bytes]) -> list[list[bytes]]:
    """Says a sentence, and hears all that comes until `!done`."""
    api.protocol.writeSentence(*(word if isinstance(word, str) else word.decode("latin-1") for word in words))
    sentences: list[list[bytes]] = []
    while not sentences or sentences[-1][0] != b"!done":
        kind, attributes = api.protocol.readSentence()
        sentences.append([word.encode("latin-1") for word in (kind, *attributes)])
    return sentences


if __name__ == "__main__":
    main()
