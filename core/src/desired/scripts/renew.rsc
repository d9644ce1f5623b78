/ip dhcp-client renew [find where interface=INTERFACE]
