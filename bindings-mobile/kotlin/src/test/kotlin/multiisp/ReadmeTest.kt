package multiisp

import kotlin.test.Test
import kotlin.test.assertTrue

/** The program of the page for Kotlin. */
class ReadmeTest {
    @Test
    fun `it does what it says`() = plan(Fixtures.bytes("examples/routers/hap-defconf-7.16.rsc"))

    @Test
    fun `the page shows it as it stands here`() {
        val source = Fixtures.text("bindings-mobile/kotlin/src/test/kotlin/multiisp/ReadmeTest.kt")
        val program = source.substringAfterLast("\n// The program.\n\n")
        assertTrue("```kotlin\n$program```\n" in Fixtures.text("bindings-mobile/README.md"))
    }
}

// The program.

fun plan(export: ByteArray) {
    val site = Site(
        mode = Mode.FAILOVER,
        lines = listOf(
            Line(id = "fiber", `interface` = Text("ether1"), access = Access.Dhcp, mbps = 100.0),
            Line(id = "lte", `interface` = Text("ether2"), access = Access.Dhcp, mbps = 20.0),
        ),
    )
    Router.fromExport(export).use { router ->
        val plan = planApply(site, router)
        plan.report().findings().forEach { println("${it.code}: ${it.message}") }
        val script = plan.script() // bytes: to send now ..
        val undo = plan.undoScript() // .. and to keep

        // A router in memory runs scripts too: a second plan has nothing to do, and the undo is exact.
        val applied = router.run(script).router()
        check(planApply(site, applied).isEmpty())
        check(applied.run(undo).router().diff(router).differences.isEmpty())
    }
}
