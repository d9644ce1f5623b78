package multiisp

import java.lang.reflect.Modifier
import kotlin.test.Test
import kotlin.test.assertEquals

/** Kotlin has the verbs that every language has, and no others. */
class SurfaceTest {
    private val surface = Fixtures.json("core/tests/vectors/surface.json")

    @Test
    fun `the functions are those of every language`() {
        val wanted = surface["functions"].map { camel(it.asText()) }.sorted()
        // A value reads and writes its document by `..FromJson` and `toJson`, which is how values are and no verb.
        val found = names(Class.forName("multiisp.Multi_ispKt")) { Modifier.isStatic(it) && Modifier.isPublic(it) }
            .filter { !it.startsWith("uniffi") && !it.endsWith("FromJson") && it != "use" }
        assertEquals(wanted, found)
    }

    @Test
    fun `the objects have the methods that they have in every language`() {
        for ((name, methods) in surface["handles"].properties()) {
            val wanted = methods.map { camel(it.asText()) }.sorted()
            val made = names(Class.forName("multiisp.$name\$Companion")) { Modifier.isPublic(it) }
            val found = names(Class.forName("multiisp.${name}Interface")) { Modifier.isPublic(it) }
            assertEquals(wanted, (made + found).sorted(), name)
        }
    }

    /** Kotlin adds a dash and letters to the names of functions that take unsigned numbers, and `$default` to some. */
    private fun names(owner: Class<*>, chosen: (Int) -> Boolean): List<String> = owner.declaredMethods
        .filter { chosen(it.modifiers) && !it.isSynthetic && '$' !in it.name }
        .map { it.name.substringBefore('-') }
        .distinct()
        .sorted()
}
