import multiisp.Access
import multiisp.Line
import multiisp.Mode
import multiisp.Router
import multiisp.Site
import multiisp.Text
import multiisp.fromExport
import multiisp.planApply

fun main() {
    val router = Router.fromExport(
        """
        # by RouterOS 7.22.3
        /ip address add address=192.168.88.1/24 interface=ether5
        /ip dhcp-client add interface=ether1
        /ip firewall nat add action=masquerade chain=srcnat
        """.trimIndent(),
    )
    val site = Site(
        mode = Mode.FAILOVER,
        lines = listOf(
            Line(id = "fiber", `interface` = Text("ether1"), access = Access.Dhcp, mbps = 100.0),
            Line(id = "lte", `interface` = Text("ether2"), access = Access.Dhcp, mbps = 20.0),
        ),
    )
    println("${planApply(site, router).steps().size} steps for RouterOS ${router.version()}")
}
