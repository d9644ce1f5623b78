"""The library works without the lock of the interpreter."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from multi_isp import Router, Site, plan_apply, what_if


def test_another_thread_runs_while_the_library_works(router: Router) -> None:
    ticks: list[float] = []
    is_over = threading.Event()

    def tick() -> None:
        while not is_over.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.perf_counter()
    while time.perf_counter() - begun < 0.3:
        call = time.perf_counter()
        what_if(router)
        done = time.perf_counter()
    is_over.set()
    thread.join()
    # A call of the library takes many times the pause of the other thread.
    during = [at for at in ticks if call < at < done]
    assert done - call > 0.01 and len(during) > 1, f"{len(during)} ticks in {done - call:.3f} s"


def test_handles_are_shared_by_threads(site: Site, router: Router) -> None:
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda _: plan_apply(site, router), range(8)))
    assert all(plan == plans[0] for plan in plans)
    with ThreadPoolExecutor(4) as pool:
        steps = list(pool.map(lambda _: plans[0].steps, range(8)))
    assert all(one == steps[0] for one in steps)
