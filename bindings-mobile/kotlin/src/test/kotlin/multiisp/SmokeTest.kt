package multiisp

import kotlin.test.Test
import kotlin.test.assertEquals

class SmokeTest {
    @Test
    fun one() = assertEquals(2, 1 + 1)
}
