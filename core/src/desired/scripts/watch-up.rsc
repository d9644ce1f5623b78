/ip route enable [find where comment~PATTERN and gateway=PROBE and disabled]
