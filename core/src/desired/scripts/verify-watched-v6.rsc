:if ([:len [/ip route find where comment~PATTERN and !disabled and !(gateway-status~"unreachable")]] = 0) do={ :error MESSAGE }
