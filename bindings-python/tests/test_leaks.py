"""Ten thousand calls leave nothing behind."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

from multi_isp import Router, Site, plan_apply

CALLS = 10_000
SITE = Site.from_dict(
    {
        "mode": "failover",
        "lines": [
            {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
            {"id": "lte", "interface": "ether2", "access": {"type": "dhcp"}, "mbps": 20},
        ],
    }
)
EXPORT = """# by RouterOS 7.22.3
/ip address
add address=192.168.88.1/24 interface=ether5
/ip dhcp-client
add interface=ether1
/ip firewall nat
add action=masquerade chain=srcnat
"""


def test_ten_thousand_plans_leave_nothing_behind() -> None:
    router = Router.from_export(EXPORT)
    document = SITE.to_dict()

    def calls(count: int) -> None:
        for number in range(count):
            plan = plan_apply(document if number % 2 else SITE, router)
            if number % 100 == 0:
                assert plan.steps and plan.script() and plan.report.findings is not None

    calls(CALLS // 10)
    gc.collect()
    tracemalloc.start()
    resident, before = rss(), tracemalloc.take_snapshot()
    calls(CALLS)
    gc.collect()
    grown = rss() - resident
    kept = sum(entry.size_diff for entry in tracemalloc.take_snapshot().compare_to(before, "filename"))
    tracemalloc.stop()
    # A plan that stayed would be more than a kilobyte; so ten megabytes were lost at the least.
    assert kept < 500_000, f"Python keeps {kept} bytes"
    assert grown < 5_000_000, f"the process grew by {grown} bytes"


def rss() -> int:
    """The memory of this process that is in use, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096
