# hand-made for multi-isp: what an operator types to make ether2 a WAN port
/interface bridge port remove [find interface=ether2]
/interface list member add list=WAN interface=ether2 comment="second line"
:if ([:len [/ip dhcp-client find interface=ether2]] = 0) do={
    /ip dhcp-client add interface=ether2 default-route-distance=2 disabled=no
}
