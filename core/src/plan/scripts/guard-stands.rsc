:if ([:len [/system scheduler find where comment=TAG]] = 0) do={ :error "multi-isp: the guard took the plan back while it was sent: read the router and plan again" }
