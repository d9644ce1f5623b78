:if ([:len [/ip route find where comment~PATTERN and !inactive and !disabled]] = 0) do={ :error MESSAGE }
