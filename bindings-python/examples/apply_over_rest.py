"""Applies a site to a router over REST, from RouterOS 7.1: plan, send under a guard, verify, confirm, status.

    export ROUTER_URL=https://router.example ROUTER_USER=portal ROUTER_PASSWORD=..
    export ROUTER_CA=authority.pem         # where the certificate is signed by an authority of yours
    python apply_over_rest.py site.json    # with --disable, everything is taken away again

What fails in the middle is taken back at once, also where the program is told to end. If the router cannot be reached
for that, it does so itself, ten minutes later.
"""

import os
import signal
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx

from multi_isp import Plan, RestCalls, Router, Site, plan_apply, plan_disable, plan_reads, status, status_reads, verify


def main() -> None:
    site = Site.from_json(Path(sys.argv[1]).read_bytes())
    with connect() as client:
        if "--disable" in sys.argv[2:]:
            apply(client, plan_disable(read(client)))
            return
        apply(client, plan_apply(site, read(client)), site)
        print(ask(client, site))


def connect() -> httpx.Client:
    """Checks the router's certificate. Who asks stands in the environment, never in a program."""
    url = os.environ["ROUTER_URL"]
    if not url.lower().startswith("https://"):
        raise SystemExit("ROUTER_URL has to begin with https://, since passwords are sent there")
    trusted = ssl.create_default_context(cafile=os.environ.get("ROUTER_CA"))
    user = (os.environ["ROUTER_USER"], os.environ["ROUTER_PASSWORD"])
    return httpx.Client(base_url=url, auth=user, verify=trusted, timeout=60)


def apply(client: httpx.Client, plan: Plan, site: Site | None = None) -> None:
    print(plan.summary())
    if plan.is_empty:
        return
    now = read(client)
    moved = plan.still_valid(now)
    if moved.differences or moved.versions:
        raise RuntimeError(f"the router is not as it was when this was planned: {moved.to_json()}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        send(client, plan.rest(now, "guarded", 10))
        check(read(client), site)
        send(client, plan.rest(read(client), "confirm"))
    except BaseException:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        send(client, plan.rest(read(client), "undo"))
        raise


def check(router: Router, site: Site | None) -> None:
    """Raises what is not as planned: rows of the site, or those that are left of it where there is to be none."""
    if site is None and plan_disable(router).steps:
        raise RuntimeError(plan_disable(router).summary())
    if site is not None and not (drift := verify(site, router)).is_empty:
        raise RuntimeError(drift.text())


def send(client: httpx.Client, calls: RestCalls) -> None:
    """One request after the other: `answer` raises where the router refuses one, and the rest is not sent."""
    for request in calls:
        reply = client.request(request.method, request.path, content=request.body)
        calls.answer(reply.status_code, reply.content)


def read(client: httpx.Client) -> Router:
    """The router as it is now; raises what it refused, but for a menu that it does not have."""
    menus = plan_reads(version_of(client))
    return Router.from_rest({menu: client.get(f"/rest{menu}").json() for menu in menus})


def told(reply: httpx.Response) -> Any:
    """What the router answered; raises what it refused."""
    if reply.is_success:
        return reply.json()
    raise RuntimeError(f"{reply.request.url.path}: {reply.status_code} {reply.text}")


def version_of(client: httpx.Client) -> str:
    return str(told(client.get("/rest/system/resource"))["version"])


def ask(client: httpx.Client, site: Site) -> str:
    """How the lines are, by the few rows that tell it."""
    version = version_of(client)
    answers = {}
    for asked in status_reads(site, version).reads:
        request = asked.request
        reply = client.request(request.method, request.path, content=request.body)
        answers[asked.menu] = told(reply)
    return status(site, Router.from_rest(answers, version)).sentence


if __name__ == "__main__":
    main()
