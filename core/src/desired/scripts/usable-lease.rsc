([:len [/interface find where name=INTERFACE and running]] > 0) and ([:len [/ip dhcp-client find where interface=INTERFACE and status=bound]] > 0)
