"""Plan, prove and undo multi-WAN configurations of MikroTik routers.

>>> from multi_isp import Dhcp, Line, Router, Site, plan_apply
>>> router = Router.from_export('''# by RouterOS 7.22.3
... /ip dhcp-client
... add interface=ether1
... /ip address
... add address=192.168.88.1/24 interface=ether5
... /ip firewall nat
... add action=masquerade chain=srcnat
... ''')
>>> site = Site(
...     mode="failover",
...     lines=[
...         Line(id="fiber", interface="ether1", access=Dhcp(), mbps=100),
...         Line(id="lte", interface="ether2", access=Dhcp(), mbps=20),
...     ],
... )
>>> plan = plan_apply(site, router)
>>> script, undo = plan.script(), plan.undo_script()

Nothing here opens a socket, reads a clock or a file.
"""

from . import _types
from ._errors import (
    DocumentError,
    MultiIspError,
    PlanError,
    ReadError,
    RefusedError,
    ScriptError,
    TransportError,
)
from ._native import VERSION as __version__
from ._native import (
    ApiCalls,
    Drift,
    Matrix,
    Outcome,
    Plan,
    Report,
    RestCalls,
    Router,
    Trace,
    alerts,
    audit,
    changes,
    detect_line,
    existing_setup,
    explain,
    message,
    observe,
    plan_apply,
    plan_disable,
    plan_reads,
    ports,
    preflight,
    preflight_disable,
    replay,
    rules,
    sarif,
    simulate,
    site_of,
    split,
    status,
    status_reads,
    unreachable,
    verify,
    what_if,
)
from ._types import *

__all__ = [
    "__version__",
    "ApiCalls",
    "DocumentError",
    "Drift",
    "Matrix",
    "MultiIspError",
    "Outcome",
    "Plan",
    "PlanError",
    "ReadError",
    "RefusedError",
    "Report",
    "RestCalls",
    "Router",
    "ScriptError",
    "Trace",
    "TransportError",
    "alerts",
    "audit",
    "changes",
    "detect_line",
    "existing_setup",
    "explain",
    "message",
    "observe",
    "plan_apply",
    "plan_disable",
    "plan_reads",
    "ports",
    "preflight",
    "preflight_disable",
    "replay",
    "rules",
    "sarif",
    "simulate",
    "site_of",
    "split",
    "status",
    "status_reads",
    "unreachable",
    "verify",
    "what_if",
]
__all__ += _types.__all__
# What stands in the documents behind handles, the handles tell.
__all__.remove("DriftDocument")
__all__.remove("MatrixDocument")
__all__.remove("OutcomeDocument")
__all__.remove("PlanDocument")
__all__.remove("ReportDocument")
__all__.remove("TraceDocument")
