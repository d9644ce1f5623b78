/ip route disable [find where comment~PATTERN and gateway=PROBE and !disabled]
