package multiisp

import javax.net.ssl.SSLException
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** A whole life of a site over HTTPS. */
class RestTest {
    private fun start(): Router = Router.fromRest(Fixtures.text("examples/routers/hap-defconf-7.16.json"))

    private fun StandIn.client(password: String = StandIn.PASSWORD) =
        ApplyOverRest(address, StandIn.USER, password, Certificate.trusted)

    @Test
    fun `a site is applied, confirmed and taken away again`() = StandIn(start()).use { standIn ->
        val status = standIn.client().apply(Fixtures.twoStarlinks)
        assertEquals(listOf("starlink-1", "starlink-2"), status.lines.map { it.id })
        assertEquals(Setup.APPLIED, status.setup)
        assertNull(standIn.router.advance(3600).error())
        assertTrue(verify(Fixtures.twoStarlinks, standIn.router).isEmpty(), "the guard took it back")

        standIn.client().disable()
        assertEquals(start().fingerprint(), standIn.router.fingerprint())
    }

    @Test
    fun `what fails in the middle is taken back`() = StandIn(start()).use { standIn ->
        for (write in listOf(1, 5, 20, 40)) {
            standIn.failNext(write)
            val error = assertFailsWith<MultiIspException.Transport> { standIn.client().apply(Fixtures.twoStarlinks) }
            assertTrue("out of memory" in error.message, error.message)
            assertEquals(emptyList(), start().diff(standIn.router).differences, "write $write")
        }
    }

    @Test
    fun `a read that fails is no menu that is missing`() = StandIn(start()).use { standIn ->
        for (read in listOf(10, 80, 150)) {
            standIn.failNextRead(read)
            val error = assertFailsWith<MultiIspException.Read> { standIn.client().apply(Fixtures.twoStarlinks) }
            assertEquals("menu-refused", error.code)
            assertEquals(start().fingerprint(), standIn.router.fingerprint(), "read $read")
        }
    }

    @Test
    fun `a router that nobody vouches for is not spoken to`() = StandIn(start()).use { standIn ->
        val client = ApplyOverRest(standIn.address, StandIn.USER, StandIn.PASSWORD)
        assertFailsWith<SSLException> { client.apply(Fixtures.twoStarlinks) }
        assertEquals(start().fingerprint(), standIn.router.fingerprint())
    }

    @Test
    fun `a wrong password is told`() = StandIn(start()).use { standIn ->
        val error = assertFailsWith<MultiIspException.Read> { standIn.client("wrong").apply(Fixtures.twoStarlinks) }
        assertEquals("menu-refused", error.code)
    }
}
