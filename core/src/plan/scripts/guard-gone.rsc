:if ([:len [/system scheduler find where comment=TAG]] = 0) do={ :error "multi-isp: there is no guard to disarm: it took the plan back, or the plan was confirmed before" }
