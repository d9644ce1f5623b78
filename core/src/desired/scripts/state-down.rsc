/ip firewall address-list disable [find where comment=TAG and !disabled]
