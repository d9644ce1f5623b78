[:len [/ip route find where comment~PATTERN and !inactive and !disabled]] > 0
