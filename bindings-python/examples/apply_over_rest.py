"""Applies a site to a router over REST, from RouterOS 7.1: plan, send under a guard, verify, confirm, status.

    export ROUTER_URL=https://router.example ROUTER_USER=portal ROUTER_PASSWORD=..
    export ROUTER_CA=authority.pem         # where the certificate is signed by an authority of yours
    python apply_over_rest.py site.json    # with --disable, everything is taken away again

What fails in the middle is taken back at once. If the router cannot be reached for that, it does so itself, ten minutes
later.
"""

import os
import ssl
import sys
from pathlib import Path

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
    trusted = ssl.create_default_context(cafile=os.environ.get("ROUTER_CA"))
    user = (os.environ["ROUTER_USER"], os.environ["ROUTER_PASSWORD"])
    return httpx.Client(base_url=os.environ["ROUTER_URL"], auth=user, verify=trusted, timeout=60)


def apply(client: httpx.Client, plan: Plan, site: Site | None = None) -> None:
    print(plan.summary())
    try:
        send(client, plan.rest(read(client), "guarded", 10))
        if site is not None and not (drift := verify(site, read(client))).is_empty:
            raise RuntimeError(drift.text())
        send(client, plan.rest(read(client), "confirm"))
    except BaseException:
        send(client, plan.rest(read(client), "undo"))
        raise


def send(client: httpx.Client, calls: RestCalls) -> None:
    """One request after the other: `answer` raises where the router refuses one, and the rest is not sent."""
    for request in calls:
        reply = client.request(request.method, request.path, content=request.body)
        calls.answer(reply.status_code, reply.content)


def read(client: httpx.Client) -> Router:
    """The router as it is now. A menu of a package that it does not have is not there."""
    answers = {}
    for menu in plan_reads(version_of(client)):
        reply = client.get(f"/rest{menu}")
        if reply.status_code not in (400, 404):
            answers[menu] = reply.raise_for_status().json()
    return Router.from_rest(answers)


def version_of(client: httpx.Client) -> str:
    return str(client.get("/rest/system/resource").raise_for_status().json()["version"])


def ask(client: httpx.Client, site: Site) -> str:
    """How the lines are, by the few rows that tell it."""
    version = version_of(client)
    answers = {}
    for asked in status_reads(site, version).reads:
        request = asked.request
        reply = client.request(request.method, request.path, content=request.body)
        answers[asked.menu] = reply.raise_for_status().json()
    return status(site, Router.from_rest(answers, version)).sentence


if __name__ == "__main__":
    main()
