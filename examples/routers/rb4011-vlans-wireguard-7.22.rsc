# 2026-10-05 07:30:12 by RouterOS 7.22.3
# software id = 4011-WG22
#
# model = RB4011iGS+
# serial number = HMI00000003
#
# hand-made for multi-isp, modelled on an office with VLANs that a portal
# manages over WireGuard
/interface bridge
add admin-mac=74:4D:28:00:30:05 auto-mac=no comment=defconf name=bridge \
    vlan-filtering=yes
/interface ethernet
set [ find default-name=ether1 ] comment="ISP 1: fiber, 100M"
set [ find default-name=ether2 ] comment="wireless link on the roof"
set [ find default-name=sfp-sfpplus1 ] disabled=yes
/interface wireguard
add comment=portal listen-port=13231 mtu=1420 name=wg-portal
/interface vlan
add interface=bridge name=vlan10-staff vlan-id=10
add interface=bridge name=vlan20-guests vlan-id=20
add interface=bridge name=vlan30-voice vlan-id=30
/interface list
add comment=defconf name=WAN
add comment=defconf name=LAN
add name=MGMT
/ip pool
add name=pool-staff ranges=10.10.0.50-10.10.0.250
add name=pool-guests ranges=10.10.20.10-10.10.21.250
add name=pool-voice ranges=10.10.30.10-10.10.30.250
/ip dhcp-server
add address-pool=pool-staff interface=vlan10-staff name=dhcp-staff
add address-pool=pool-guests interface=vlan20-guests lease-time=1h name=\
    dhcp-guests
add address-pool=pool-voice interface=vlan30-voice lease-time=1d name=\
    dhcp-voice
/interface bridge port
add bridge=bridge interface=ether5 pvid=10
add bridge=bridge interface=ether6 pvid=10
add bridge=bridge interface=ether7 pvid=10
add bridge=bridge interface=ether8 pvid=30
add bridge=bridge comment="access points" frame-types=admit-only-vlan-tagged \
    interface=ether9
add bridge=bridge comment="access points" frame-types=admit-only-vlan-tagged \
    interface=ether10
/ip neighbor discovery-settings
set discover-interface-list=LAN
/interface bridge vlan
add bridge=bridge tagged=bridge,ether9,ether10 untagged=ether5,ether6,ether7 \
    vlan-ids=10
add bridge=bridge tagged=bridge,ether9,ether10 vlan-ids=20
add bridge=bridge tagged=bridge,ether9,ether10 untagged=ether8 vlan-ids=30
/interface list member
add interface=vlan10-staff list=LAN
add interface=vlan20-guests list=LAN
add interface=vlan30-voice list=LAN
add comment=defconf interface=ether1 list=WAN
add interface=wg-portal list=MGMT
/interface wireguard peers
add allowed-address=10.77.0.0/24 endpoint-address=192.0.2.77 endpoint-port=\
    51820 interface=wg-portal name=portal persistent-keepalive=25s public-key=\
    "bXVsdGktaXNwIGhhbmQtbWFkZSBleGFtcGxlIGtleTE="
/ip address
add address=198.51.100.2/30 comment="ISP 1" interface=ether1 network=\
    198.51.100.0
add address=10.10.0.1/24 interface=vlan10-staff network=10.10.0.0
add address=10.10.20.1/23 interface=vlan20-guests network=10.10.20.0
add address=10.10.30.1/24 interface=vlan30-voice network=10.10.30.0
add address=10.77.0.12/24 interface=wg-portal network=10.77.0.0
/ip dhcp-server network
add address=10.10.0.0/24 dns-server=10.10.0.1 domain=office.example.net \
    gateway=10.10.0.1
add address=10.10.20.0/23 dns-server=10.10.20.1 gateway=10.10.20.1
add address=10.10.30.0/24 dns-server=10.10.30.1 gateway=10.10.30.1
/ip dns
set allow-remote-requests=yes servers=9.9.9.9,1.1.1.1
/ip dns static
add address=10.10.0.20 name=nvr.office.example.net type=A
/ip firewall address-list
add address=10.10.20.0/23 list=guests
/ip firewall filter
add action=accept chain=input comment=\
    "defconf: accept established,related,untracked" connection-state=\
    established,related,untracked
add action=drop chain=input comment="defconf: drop invalid" connection-state=\
    invalid
add action=accept chain=input comment="defconf: accept ICMP" protocol=icmp
add action=accept chain=input comment="portal, WireGuard" in-interface-list=\
    MGMT
add action=accept chain=input comment="WireGuard handshake" dst-port=13231 \
    in-interface-list=WAN protocol=udp
add action=accept chain=input comment="DNS for guests" dst-port=53 protocol=\
    udp src-address-list=guests
add action=drop chain=input comment="guests do not manage the router" \
    src-address-list=guests
add action=drop chain=input comment="defconf: drop all not coming from LAN" \
    in-interface-list=!LAN
add action=accept chain=forward comment="defconf: accept in ipsec policy" \
    ipsec-policy=in,ipsec
add action=accept chain=forward comment="defconf: accept out ipsec policy" \
    ipsec-policy=out,ipsec
add action=fasttrack-connection chain=forward comment="defconf: fasttrack" \
    connection-state=established,related
add action=accept chain=forward comment=\
    "defconf: accept established,related, untracked" connection-state=\
    established,related,untracked
add action=drop chain=forward comment="defconf: drop invalid" \
    connection-state=invalid
add action=drop chain=forward comment="guests reach the internet only" \
    out-interface-list=!WAN src-address-list=guests
add action=drop chain=forward comment=\
    "defconf: drop all from WAN not DSTNATed" connection-nat-state=!dstnat \
    connection-state=new in-interface-list=WAN
/ip firewall mangle
add action=mark-packet chain=forward comment="voice first" dscp=46 \
    new-packet-mark=voice passthrough=no
/ip firewall nat
add action=masquerade chain=srcnat comment="defconf: masquerade" ipsec-policy=\
    out,none out-interface-list=WAN
add action=dst-nat chain=dstnat comment="camera recorder" dst-port=8443 \
    in-interface-list=WAN protocol=tcp to-addresses=10.10.0.20 to-ports=443
/ip route
add comment="ISP 1" disabled=no distance=1 dst-address=0.0.0.0/0 gateway=\
    198.51.100.1 routing-table=main scope=30 target-scope=10
/ip service
set ftp disabled=yes
set telnet disabled=yes
set api address=10.77.0.0/24
/ipv6 settings
set disable-ipv6=yes
/system clock
set time-zone-name=Africa/Nairobi
/system identity
set name=RB4011-Westlands
/system note
set show-at-login=no
/system ntp client
set enabled=yes
/system ntp client servers
add address=time.cloudflare.com
/system scheduler
add comment="every night" interval=1d name=nightly-export on-event=\
    nightly-export policy=ftp,read,write,policy,test start-date=2026-01-12 \
    start-time=03:15:00
/system script
add dont-require-permissions=no name=nightly-export owner=admin policy=\
    ftp,read,write,policy,test source=":local when [/system clock get date]\r\
    \n/export file=(\"nightly-\" . \$when)\r\n:log info \"exported the configu\
    ration of \$[/system identity get name]\""
/tool mac-server
set allowed-interface-list=LAN
/tool mac-server mac-winbox
set allowed-interface-list=LAN
