# 2026-04-19 21:47:33 by RouterOS 7.20.8
# software id = 3HEX-P0RT
#
# model = RB750Gr3
# serial number = HMI00000002
#
# hand-made for multi-isp, modelled on small providers' hEX routers: hotspot
# customers on ether3, PPPoE customers on ether5, the office on ether4
/interface bridge
add admin-mac=2C:C8:1B:00:20:04 auto-mac=no comment=defconf name=bridge
add comment="hotspot customers" name=bridge-hotspot
/interface ethernet
set [ find default-name=ether1 ] comment="ISP 1: fiber"
set [ find default-name=ether5 ] comment="sector antennas"
/interface list
add comment=defconf name=WAN
add comment=defconf name=LAN
/ip hotspot profile
add dns-name=login.example.net hotspot-address=10.5.48.1 login-by=\
    cookie,http-chap,http-pap name=hsprof1
/ip hotspot user profile
add keepalive-timeout=2m name=daily-5M rate-limit=5M/5M session-timeout=1d \
    shared-users=2
/ip pool
add name=default-dhcp ranges=192.168.88.10-192.168.88.254
add name=hs-pool ranges=10.5.48.10-10.5.51.254
add name=pppoe-pool ranges=10.20.0.10-10.20.3.254
/ip dhcp-server
add address-pool=default-dhcp interface=bridge name=defconf
add address-pool=hs-pool interface=bridge-hotspot lease-time=1h name=\
    dhcp-hotspot
/ip hotspot
add address-pool=hs-pool disabled=no interface=bridge-hotspot name=hotspot1 \
    profile=hsprof1
/ppp profile
add dns-server=10.20.0.1 local-address=10.20.0.1 name=home-5M only-one=yes \
    rate-limit=5M/5M remote-address=pppoe-pool
add dns-server=10.20.0.1 local-address=10.20.0.1 name=home-10M only-one=yes \
    rate-limit=10M/10M remote-address=pppoe-pool
/interface bridge port
add bridge=bridge-hotspot comment="access points" interface=ether3
add bridge=bridge comment=defconf interface=ether4
/ip neighbor discovery-settings
set discover-interface-list=LAN
/interface list member
add comment=defconf interface=bridge list=LAN
add comment=defconf interface=ether1 list=WAN
add interface=bridge-hotspot list=LAN
/interface pppoe-server server
add default-profile=home-5M disabled=no interface=ether5 one-session-per-host=\
    yes service-name=home
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge network=\
    192.168.88.0
add address=10.5.48.1/22 comment="hotspot network" interface=bridge-hotspot \
    network=10.5.48.0
/ip dhcp-client
add comment=defconf interface=ether1
/ip dhcp-server network
add address=10.5.48.0/22 comment="hotspot network" gateway=10.5.48.1
add address=192.168.88.0/24 comment=defconf dns-server=192.168.88.1 gateway=\
    192.168.88.1
/ip dns
set allow-remote-requests=yes
/ip dns static
add address=192.168.88.1 comment=defconf name=router.lan type=A
/ip firewall address-list
add address=10.20.0.0/22 list=pppoe-customers
/ip firewall filter
add action=passthrough chain=unused-hs-chain comment=\
    "place hotspot rules here" disabled=yes
add action=accept chain=input comment=\
    "defconf: accept established,related,untracked" connection-state=\
    established,related,untracked
add action=drop chain=input comment="defconf: drop invalid" connection-state=\
    invalid
add action=accept chain=input comment="defconf: accept ICMP" protocol=icmp
add action=accept chain=input comment="DNS for PPPoE customers" dst-port=53 \
    protocol=udp src-address-list=pppoe-customers
add action=drop chain=input comment="defconf: drop all not coming from LAN" \
    in-interface-list=!LAN
add action=fasttrack-connection chain=forward comment="defconf: fasttrack" \
    connection-state=established,related hw-offload=yes
add action=accept chain=forward comment=\
    "defconf: accept established,related, untracked" connection-state=\
    established,related,untracked
add action=drop chain=forward comment="defconf: drop invalid" \
    connection-state=invalid
add action=drop chain=forward comment=\
    "defconf: drop all from WAN not DSTNATed" connection-nat-state=!dstnat \
    connection-state=new in-interface-list=WAN
/ip firewall nat
add action=passthrough chain=unused-hs-chain comment=\
    "place hotspot rules here" disabled=yes
add action=masquerade chain=srcnat comment="defconf: masquerade" ipsec-policy=\
    out,none out-interface-list=WAN
add action=redirect chain=dstnat comment="hotspot customers use our resolver" \
    dst-port=53 in-interface=bridge-hotspot protocol=udp to-ports=53
/ip hotspot ip-binding
add address=10.5.48.2 comment="till at the kiosk" mac-address=\
    B8:27:EB:00:20:02 type=bypassed
/ip hotspot user
add name=kiosk profile=daily-5M
/ip hotspot walled-garden
add comment="place hotspot rules here" disabled=yes
add dst-host=pay.example.net
/ip service
set ftp disabled=yes
set telnet disabled=yes
/ppp secret
add comment="house 12, \"Acacia\"" name=h12-acacia profile=home-5M service=\
    pppoe
add comment="house 14; paid in cash" name=h14 profile=home-10M service=pppoe
/system clock
set time-zone-name=Africa/Kampala
/system identity
set name=hEX-Ntinda
/system note
set show-at-login=no
/system ntp client
set enabled=yes
/system ntp client servers
add address=0.africa.pool.ntp.org
/tool mac-server
set allowed-interface-list=LAN
/tool mac-server mac-winbox
set allowed-interface-list=LAN
