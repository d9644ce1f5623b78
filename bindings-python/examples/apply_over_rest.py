"""Applies a site to a router over REST, from RouterOS 7.1: plan, send under a guard, verify, confirm, tell the status.

    export ROUTER_URL=https://router.example ROUTER_USER=portal ROUTER_PASSWORD=..
    export ROUTER_CA=authority.pem            # where the router's certificate is not signed by a public authority
    python apply_over_rest.py site.json       # with --disable: takes everything away again

What fails in the middle is taken back at once; where the router is out of reach, it takes the plan back itself, ten minutes later.
"""

import json
import os
import ssl
import sys
from pathlib import Path

import httpx

from multi_isp import Plan, RestCalls, Router, Site, plan_apply, plan_disable, status, status_reads, verify
from menus import MENUS


def main() -> None:
    site = Site.from_json(Path(sys.argv[1]).read_bytes())
    with client() as router:
        if "--disable" in sys.argv[2:]:
            apply(router, plan_disable(read(router)), None)
        else:
            apply(router, plan_apply(site, read(router)), site)


def client() -> httpx.Client:
    """A connection whose certificate is checked; who asks stands in the environment, not in the program."""
    trusted = ssl.create_default_context(cafile=os.environ.get("ROUTER_CA"))
    user = (os.environ["ROUTER_USER"], os.environ["ROUTER_PASSWORD"])
    return httpx.Client(base_url=os.environ["ROUTER_URL"], auth=user, verify=trusted, timeout=60)


def apply(router: httpx.Client, plan: Plan, site: Site | None) -> None:
    print(plan.summary())
    try:
        send(router, plan.rest(read(router), "guarded", 10))
        if site is not None and (drift := verify(site, read(router))).rows:
            raise RuntimeError(f"not as planned:\n{drift.text()}")
    except BaseException:
        send(router, plan.rest(read(router), "undo"))
        raise
    send(router, plan.rest(read(router), "confirm"))
    print(tell(router, site) if site is not None else "disabled")


def send(router: httpx.Client, calls: RestCalls) -> None:
    """Sends one request after the other; `answer` raises where the router refuses one."""
    for request in calls:
        reply = router.request(request.method, request.path, content=request.body)
        calls.answer(reply.status_code, reply.content)


def read(router: httpx.Client) -> Router:
    """The router as it is now; a menu that its packages do not have is left out."""
    answers = {}
    for menu in MENUS:
        reply = router.get(f"/rest{menu}")
        if reply.status_code in (400, 404):
            continue
        answers[menu] = reply.raise_for_status().json()
    return Router.from_rest(answers)


def tell(router: httpx.Client, site: Site) -> str:
    """The status by the few rows and properties that tell it."""
    answers = {}
    for asked in status_reads(site, read(router).version or "").reads:
        request = asked.request
        answers[asked.menu] = router.request(request.method, request.path, content=request.body).raise_for_status().json()
    return status(site, Router.from_rest(json.dumps(answers))).sentence


if __name__ == "__main__":
    main()
