[:len [/ip firewall address-list find where comment~PATTERN and !disabled]] > 0
