/ip dhcp-client renew [find where interface=INTERFACE and status=bound]
