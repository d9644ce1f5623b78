//! Traces and matrices as JSON, text, flowchart and picture: what a portal stores and what a ticket shows.

use multi_isp::Router;
use multi_isp::simulate::{Condition, Matrix, Scenario, Trace, WhatIf, simulate, what_if};

use crate::json_schema::{faults, faults_of_text};

/// Two static lines, shared by PCC; a customer named one of them.
const ROUTER: &[u8] = b"# 2026-01-05 10:00:00 by RouterOS 7.22.3
/interface bridge add name=bridge
/interface ethernet
set [ find default-name=ether1 ] name=\"fiber <b>&\\\"A\\\"\"
/routing table add disabled=no fib name=to-b
/ip address
add address=192.168.88.1/24 interface=bridge
add address=192.0.2.2/24 interface=\"fiber <b>&\\\"A\\\"\"
add address=198.51.100.2/24 interface=ether2
/ip firewall mangle
add action=mark-connection chain=prerouting comment=\"half \\\"of\\\" <all>\" connection-mark=no-mark connection-state=new \\
    in-interface=bridge new-connection-mark=b per-connection-classifier=both-addresses:2/0
add action=mark-routing chain=prerouting connection-mark=b in-interface=bridge new-routing-mark=to-b
add action=accept chain=forward layer7-protocol=voice
/ip firewall nat
add action=masquerade chain=srcnat out-interface=!bridge
add action=dst-nat chain=dstnat dst-port=8443 protocol=tcp to-addresses=192.168.88.10
/ip route
add check-gateway=ping gateway=192.0.2.1
add distance=2 gateway=198.51.100.1
add gateway=198.51.100.1 routing-table=to-b
";

fn router() -> Router {
    Router::from_export(ROUTER, None).unwrap()
}

fn trace() -> Trace {
    let dead = Scenario::default().with_line("ether2", Condition::UpstreamDead);
    simulate(&router(), &dead)
}

fn matrix() -> Matrix {
    let asked = WhatIf {
        management: Some("203.0.113.99".parse().unwrap()),
        ..WhatIf::default()
    };
    what_if(&router(), &asked)
}

#[test]
fn a_trace_reads_well() {
    insta::assert_snapshot!("trace", trace().to_string());
    insta::assert_snapshot!("trace.mermaid", trace().to_mermaid());
}

#[test]
fn a_matrix_reads_well() {
    insta::assert_snapshot!("what_if", matrix().to_string());
    insta::assert_snapshot!("what_if.svg", matrix().to_svg());
}

#[test]
fn documents_are_what_their_schemas_say() {
    let trace = trace().to_json();
    assert_eq!(faults_of_text(Trace::JSON_SCHEMA, &trace), [""; 0], "{trace}");
    let matrix = matrix().to_json();
    assert_eq!(faults_of_text(Matrix::JSON_SCHEMA, &matrix), [""; 0], "{matrix}");
    let wrong = serde_json::json!({"schema": "multi-isp/trace/1", "ways": [{}], "cut": false, "assumed": [], "unmodelled": []});
    assert!(!faults(Trace::JSON_SCHEMA, &wrong).is_empty());
}

#[test]
fn names_stay_text_in_pictures() {
    let (svg, chart) = (matrix().to_svg(), trace().to_mermaid());
    assert!(
        svg.contains("fiber &#60;b&#62;&#38;&#34;A&#34;") && !svg.contains("<b>"),
        "{svg}"
    );
    assert!(!chart.contains("<all>") && !chart.contains("\"of\""), "{chart}");
    let open = svg.matches("<g ").count();
    assert_eq!(
        (open, svg.matches("</svg>").count()),
        (svg.matches("</g>").count(), 1)
    );
}
