/ip firewall address-list enable [find where comment=TAG and disabled]
