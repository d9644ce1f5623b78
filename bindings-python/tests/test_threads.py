"""The library works without the lock of the interpreter."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from multi_isp import Router, Site, plan_apply


def test_another_thread_runs_while_the_library_works() -> None:
    rows = "".join(f"add address=10.{n >> 8}.{n & 255}.0/24 list=customers\n" for n in range(60_000))
    export = f"# by RouterOS 7.22.3\n/ip firewall address-list\n{rows}"
    ticks: list[float] = []
    is_over = threading.Event()

    def tick() -> None:
        while not is_over.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.perf_counter()
    Router.from_export(export)
    done = time.perf_counter()
    is_over.set()
    thread.join()
    during = sum(begun + 0.01 < at < done - 0.01 for at in ticks)
    assert during > 0, f"no tick in {done - begun:.3f} s"


def test_handles_are_shared_by_threads(site: Site, router: Router) -> None:
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda _: plan_apply(site, router), range(8)))
    assert all(plan == plans[0] for plan in plans)
    with ThreadPoolExecutor(4) as pool:
        steps = list(pool.map(lambda _: plans[0].steps, range(8)))
    assert all(one == steps[0] for one in steps)
