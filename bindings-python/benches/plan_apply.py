"""What `plan_apply` costs from Python: `plan_apply.py ROUTER SITE [ROUTER SITE ..]`.

Reads text lines of the place of a pair, from 0, and how many plans to make; writes for each how many nanoseconds they
took.
"""

import sys
import time
from pathlib import Path

from multi_isp import Router, Site, plan_apply


def main() -> None:
    files = [Path(file) for file in sys.argv[1:]]
    pairs = zip(files[::2], files[1::2], strict=True)
    cases = [(Site.from_json(site.read_bytes()), read(router)) for router, site in pairs]
    for asked in sys.stdin:
        place, calls = map(int, asked.split())
        site, router = cases[place]
        begun = time.perf_counter_ns()
        for _ in range(calls):
            plan_apply(site, router)
        print(time.perf_counter_ns() - begun, flush=True)


def read(file: Path) -> Router:
    return (Router.from_rest if file.suffix == ".json" else Router.from_export)(file.read_bytes())


if __name__ == "__main__":
    main()
