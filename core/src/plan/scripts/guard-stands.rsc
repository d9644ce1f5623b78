:if ([:len [/system scheduler find where comment="multi-isp:guard:site:1"]] = 0) do={ :error "multi-isp: the guard took the plan back while it was sent: read the router and plan again" }
