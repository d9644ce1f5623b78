# 2026-01-05 10:00:00 by RouterOS 7.16.2
#
# hand-made for multi-isp: PCC over two lines as it is often copied from page
# to
# page, with the faults that go with it.
/interface bridge
add name=bridge
/interface list
add name=WAN
add name=LAN
/routing table
add disabled=no fib name=to-isp1
add disabled=no fib name=to-isp2
/interface bridge port
add bridge=bridge interface=ether3
add bridge=bridge interface=ether4
/interface list member
add interface=ether1 list=WAN
add interface=ether2 list=WAN
add interface=bridge list=LAN
/ip address
add address=192.168.88.1/24 interface=bridge
add address=198.51.100.2/30 interface=ether1
add address=192.0.2.130/25 interface=ether2
/ip firewall filter
add action=fasttrack-connection chain=forward comment="speed" \
    connection-state=established,related
add action=accept chain=forward connection-state=established,related
add action=drop chain=forward connection-state=invalid
/ip firewall mangle
add action=mark-connection chain=input comment="came by ISP 1" \
    in-interface=ether1 new-connection-mark=isp1
add action=mark-connection chain=input comment="came by ISP 2" \
    in-interface=ether2 new-connection-mark=isp2
add action=mark-connection chain=prerouting comment="half" \
    connection-mark=no-mark dst-address-type=!local in-interface=bridge \
    new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0
add action=mark-connection chain=prerouting comment="other half" \
    connection-mark=no-mark dst-address-type=!local in-interface=bridge \
    new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1
add action=mark-routing chain=prerouting connection-mark=isp1 \
    in-interface=bridge new-routing-mark=to-isp1
add action=mark-routing chain=prerouting connection-mark=isp2 \
    in-interface=bridge new-routing-mark=to-isp2
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
add action=dst-nat chain=dstnat comment="camera" dst-port=8443 \
    in-interface-list=WAN protocol=tcp to-addresses=192.168.88.20
/ip route
add check-gateway=ping comment="ISP 1" gateway=198.51.100.1
add comment="ISP 2" distance=2 gateway=192.0.2.129
add check-gateway=ping gateway=198.51.100.1 routing-table=to-isp1
add gateway=192.0.2.129 routing-table=to-isp2
/system identity
set name=two-isps
