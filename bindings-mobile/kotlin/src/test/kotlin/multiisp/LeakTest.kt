package multiisp

import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertTrue

/** Nothing is left behind in native memory, whether objects are closed or left to the cleaner. */
class LeakTest {
    private val export = """
        # by RouterOS 7.22.3
        /ip dhcp-client
        add interface=ether1 comment=${"x".repeat(1000)}
    """.trimIndent().toByteArray()

    @Test
    fun `ten thousand routers that are closed`() = bounded { Router.fromExport(export).use { it.table("/ip/dhcp-client") } }

    @Test
    fun `ten thousand routers that are forgotten`() = bounded { Router.fromExport(export).menus() }

    @Test
    fun `ten thousand plans`() = Router.fromExport(export).use { router ->
        bounded { planDisable(router).use { plan -> plan.report().use { it.findings() } } }
    }

    @Test
    fun `ten thousand exceptions`() = bounded { runCatching { Router.fromExport("/ip route add gateway=\"") } }

    private fun bounded(call: () -> Unit) {
        repeat(WARM) { call() }
        val before = resident()
        repeat(CALLS) {
            call()
            if (it % 1000 == 0) System.gc()
        }
        System.gc()
        val grown = resident() - before
        assertTrue(grown < BOUND, "$grown bytes more after $CALLS calls")
    }

    private fun resident(): Long {
        val pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1]
        return pages.toLong() * 4096
    }

    private companion object {
        const val WARM = 1_000
        const val CALLS = 10_000
        const val BOUND = 48L shl 20
    }
}
