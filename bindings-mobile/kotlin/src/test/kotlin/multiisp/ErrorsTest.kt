package multiisp

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** Each kind of fault is an exception of its own, and says what is wrong. */
class ErrorsTest {
    @Test
    fun `an export that cannot be read`() {
        val error = assertFailsWith<MultiIspException.Read> { Router.fromExport("/ip route\nadd gateway=\"\n") }
        assertEquals(error.diagnostics.first().message, error.message)
        assertEquals(error.diagnostics.first().code, error.code)
        assertEquals(2, error.diagnostics.first().place?.line)
    }

    @Test
    fun `a script that is none`() {
        Fixtures.homeRouter().use { router ->
            val error = assertFailsWith<MultiIspException.Script> { router.run("/ip route add gateway=\"") }
            assertNotNull(error.message)
        }
    }

    @Test
    fun `a script that stops is no exception`() {
        Fixtures.homeRouter().use { router ->
            router.run("/ip route\nadd gateway=192.0.2.1 routing-table=nowhere").use { outcome ->
                assertEquals("script-stops", outcome.error()?.code)
                assertEquals(2, outcome.error()?.place?.line)
            }
        }
    }

    @Test
    fun `a site that is not well formed`() {
        val twice = Fixtures.twoStarlinks.copy(lines = List(2) { Fixtures.twoStarlinks.lines.first() })
        Fixtures.homeRouter().use { router ->
            val error = assertFailsWith<MultiIspException.Document> { planApply(twice, router) }
            assertTrue(error.diagnostics.all { it.level == Level.ERROR })
            assertNotNull(error.message)
            assertTrue(error.code.isNotEmpty())
        }
    }

    @Test
    fun `a site that preflight refuses`() {
        val alone = Fixtures.twoStarlinks.copy(lines = Fixtures.twoStarlinks.lines.take(1))
        Fixtures.homeRouter().use { router ->
            val error = assertFailsWith<MultiIspException.Refused> { planApply(alone, router) }
            assertEquals("too-few-lines", error.code)
            assertTrue(error.report.blocks())
            assertEquals(error.report.findings(), error.diagnostics)
            error.report.close()
        }
    }

    @Test
    fun `a router whose version nobody knows`() {
        Router.fromExport("/ip route\n").use { router ->
            val error = assertFailsWith<MultiIspException.Plan> { planDisable(router) }
            assertEquals("version-unknown", error.code)
            assertEquals("the version of RouterOS is not known", error.message)
            assertNotNull(error.help)
        }
    }

    @Test
    fun `an argument that means nothing`() {
        assertEquals(
            "unknown-version",
            assertFailsWith<MultiIspException.Document> { Router.fromExport("/ip route\n", "seven") }.code,
        )
        Fixtures.homeRouter().use { router ->
            planApply(Fixtures.twoStarlinks, router).use { plan ->
                for (minutes in listOf(-1L, 0L, 256L)) {
                    assertFailsWith<MultiIspException.Document> { plan.guardedScript(minutes) }
                }
            }
        }
        assertEquals(
            "invalid-speed",
            assertFailsWith<MultiIspException.Document> { split(listOf(100.0, Double.NaN)) }.code,
        )
    }

    @Test
    fun `a router that was read without ids`() {
        Fixtures.homeRouter().use { router ->
            planApply(Fixtures.twoStarlinks, router).use { plan ->
                val error = assertFailsWith<MultiIspException.Transport> { plan.rest(router) }
                assertEquals("ids-unknown", error.code)
            }
        }
    }

    @Test
    fun `an object that was closed`() {
        val router = Fixtures.homeRouter()
        router.close()
        assertFailsWith<IllegalStateException> { router.menus() }
    }
}
