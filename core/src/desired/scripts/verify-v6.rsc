:if ([:len [/ip route find where comment~PATTERN and gateway-status~"(reachable|recursive) via"]] = 0) do={ :error MESSAGE }
