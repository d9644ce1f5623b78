//! The router of an office, made by hand, for cases to add to.

/// A bridge with customers, `WAN` and `LAN`, and a firewall like that of the factory.
pub const OFFICE: &str = "\
/interface bridge add name=bridge auto-mac=no admin-mac=2C:C8:1B:00:20:04
/interface list add name=WAN
/interface list add name=LAN
/interface bridge port add bridge=bridge interface=ether3
/interface list member add interface=bridge list=LAN
/ip address add address=192.168.88.1/24 interface=bridge
/ip firewall filter add action=accept chain=input connection-state=established,related,untracked
/ip firewall filter add action=drop chain=input in-interface-list=!LAN
/ip firewall filter add action=fasttrack-connection chain=forward connection-state=established,related
/ip firewall filter add action=accept chain=forward connection-state=established,related,untracked
/ip firewall filter add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN
";
/// What its customers send to a line is translated.
pub const MASQUERADE: &str = "/ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n";
