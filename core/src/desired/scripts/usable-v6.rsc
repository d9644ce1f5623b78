[:len [/ip route find where comment~PATTERN and !disabled and gateway-status~" (reachable|recursive)"]] > 0
