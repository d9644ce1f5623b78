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

/// The office with two static lines.
pub mod two_lines {
    use multi_isp::routeros::router::Router;
    use multi_isp::routeros::version::Version;
    use multi_isp::site::Site;

    use super::{MASQUERADE, OFFICE};

    const LINES: &str = "\
/interface list member add interface=ether1 list=WAN
/interface list member add interface=ether2 list=WAN
/ip address add address=198.51.100.2/30 interface=ether1
/ip address add address=203.0.113.6/29 interface=ether2
";

    /// The router with what somebody set up by hand beside it.
    pub fn router(version: &str, setup: &str) -> Router {
        let export = [OFFICE, MASQUERADE, LINES, setup].concat();
        let router = Router::from_export(export.as_bytes(), Version::parse(version));
        router.unwrap_or_else(|error| panic!("{error}\n{export}"))
    }

    pub fn site(mode: &str, health: &str) -> Site {
        let json = format!(
            r#"{{"schema":"multi-isp/site/1","mode":"{mode}","health":"{health}","lines":[
        {{"id":"a","interface":"ether1","access":{{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"}},"mbps":200}},
        {{"id":"b","interface":"ether2","access":{{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}},"mbps":100}}]}}"#
        );
        Site::from_json(json.as_bytes()).expect("a site of these tests is well-formed")
    }
}
