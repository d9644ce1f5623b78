:if ([:len [/ip route find where comment~PATTERN and !inactive]] = 0) do={ :error MESSAGE }
