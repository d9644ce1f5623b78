package multiisp

import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class PlanTest {
    @Test
    fun `what is planned does what it says, and its undo takes it back`() {
        Fixtures.homeRouter().use { router ->
            planApply(Fixtures.twoStarlinks, router).use { plan ->
                assertEquals(router.version(), plan.version())
                val applied = router.run(plan.script()).use { it.router() }
                planApply(Fixtures.twoStarlinks, applied).use { assertTrue(it.isEmpty()) }
                val undone = applied.run(plan.undoScript()).use { it.router() }
                assertEquals(router.fingerprint(), undone.fingerprint())
                applied.close()
                undone.close()
            }
        }
    }

    @Test
    fun `a guard that nobody confirms gives the router back`() {
        Fixtures.homeRouter().use { router ->
            planApply(Fixtures.twoStarlinks, router).use { plan ->
                val armed = router.run(plan.guardedScript(10)).use { it.router() }
                val forgotten = armed.advance(600).use { it.router() }
                assertEquals(router.fingerprint(), forgotten.fingerprint())
                armed.close()
                forgotten.close()
            }
        }
    }

    @Test
    fun `the record of a site and its document make the same plan`() {
        Fixtures.homeRouter().use { router ->
            val written = siteFromJson(Fixtures.text("examples/sites/two-starlinks.json"))
            val again = siteFromJson(written.toJson())
            assertEquals(written, again)
            assertContentEquals(planApply(written, router).script(), planApply(again, router).script())
        }
    }
}
