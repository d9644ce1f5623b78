package multiisp

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory

/** What every verb gives, byte for byte as in every other language. */
class VectorsTest {
    private val files = Fixtures.files("core/tests/vectors").filter { it.name !in listOf("errors.json", "surface.json") }

    @Test
    fun `there are vectors`() = assertTrue(files.isNotEmpty())

    @TestFactory
    fun vectors(): List<DynamicTest> = files.map { file ->
        DynamicTest.dynamicTest(file.name.removeSuffix(".json")) {
            val vector = Vector(file)
            val given = vector.outputs()
            assertEquals(vector.expected.keys.toList(), given.map { it.first })
            for ((name, output) in given) assertEquals(vector.expected[name], output, name)
        }
    }
}

/** A router, the site that is wanted on it, and what happens then. */
private class Vector(file: Path) {
    private val rows = file.readText().lines()
    private val inputs = fields("  ")

    /** What comes out, by its name: documents are text lines of the file, as they stand there. */
    val expected: Map<String, String> = fields("    ")

    private val site = siteFromJson(input("site"))
    private val options = optionsFromJson(input("options"))
    private val scenario = scenarioFromJson(input("scenario"))
    private val times = parsed("times").map { it.asLong() }

    fun outputs(): List<Pair<String, String>> = router().use { router ->
        val plan = planApply(site, router, options)
        val outcome = router.run(plan.script())
        val applied = outcome.router()
        val disable = planDisable(applied, options)
        val trace = simulate(applied, scenario)
        val matrix = whatIf(applied, whatIfOptionsFromJson(input("what_if_options")))
        val guarded = runCatching { plan.guardedScript(parsed("guard_minutes").asLong()) }
        listOf(
            "ports" to ports(router).toJson(),
            "detected_line" to (detectLine(router)?.toJson() ?: "null"),
            "existing_setup" to existingSetup(site, router).toJson(),
            "split" to split(site.lines.map { it.mbps }, splitOptionsFromJson(input("split_options"))).toJson(),
            "preflight" to preflight(site, router, options).toJson(),
            "audit" to audit(router).toJson(),
            "plan" to plan.toJson(),
            "summary" to text(plan.summary()),
            "script" to text(plan.script()),
            "guarded_script" to (guarded.getOrNull()?.let(::text) ?: "null"),
            "confirm_script" to text(plan.confirmScript()),
            "undo_script" to text(plan.undoScript()),
            "phase_scripts" to plan.phaseScripts().toJson(),
            "import_commands" to plan.importCommands(parsed("file").asText()).toJson(),
            "rest" to requests(plan, router),
            "outcome" to document(outcome).toJson(),
            "differences" to router.diff(applied).toJson(),
            "fingerprint" to text(applied.fingerprint()),
            "drift" to verify(site, applied, options).toJson(),
            "site_of" to (siteOf(applied)?.toJson() ?: "null"),
            "trace" to trace.toJson(),
            "trace_text" to text(trace.text()),
            "mermaid" to text(trace.toMermaid()),
            "what_if_text" to text(matrix.text()),
            "svg" to text(matrix.toSvg()),
            "status_reads" to statusReads(site, plan.version()).toJson(),
        ) + told(applied) + listOf(
            "disable_summary" to text(disable.summary()),
            "disable_script" to text(disable.script()),
        )
    }

    /** The status with all lines up, then as the scenario has it; and what of that is told. */
    private fun told(router: Router): List<Pair<String, String>> {
        val options = alertOptionsFromJson(input("alert_options"))
        val messages = messagesFromJson(input("messages"))
        val first = status(site, observe(router))
        val then = status(site, observe(router, scenario))
        val known = alerts(null, first, times[0], options).state
        val update = alerts(known, then, times[1], options)
        val name = parsed("router_name").asText()
        val log = Log(readings = listOf(Reading(times[0], first), Reading(times[1], then)))
        return listOf(
            "status" to first.toJson(),
            "status_then" to then.toJson(),
            "unreachable" to unreachable(site).toJson(),
            "alert_state" to update.state.toJson(),
            "alerts" to list(update.alerts.map { it.toJson() }),
            "messages" to list(update.alerts.map { message(it, name, messages).toJson() }),
            "replay" to replay(log, options).toJson(),
        )
    }

    /** The requests of REST, each with what a twin answered to those before it; none before RouterOS 7.1. */
    private fun requests(plan: Plan, router: Router): String {
        var twin = router.answerRequest("GET", "/rest/system/resource").router
        val calls = runCatching { plan.rest(twin) }.getOrNull() ?: return "[]"
        val sent = mutableListOf<List<String?>>()
        while (true) {
            val request = calls.next() ?: break
            val answer = twin.answerRequest(request.method, request.path, request.body?.toByteArray())
            calls.answer(answer.status, answer.body.toByteArray())
            twin = answer.router
            sent += listOf(request.method, request.path, request.body)
        }
        return JSON.writeValueAsString(sent)
    }

    private fun document(outcome: Outcome) = OutcomeDocument(
        error = outcome.error(),
        log = outcome.log(),
        output = outcome.output(),
        requests = outcome.requests(),
    )

    private fun router(): Router {
        val file = parsed("router")["file"].asText()
        val version = parsed("router")["version"].textValue()
        return when {
            file.endsWith(".json") -> Router.fromRest(Fixtures.text(file), version)
            else -> Router.fromExport(Fixtures.bytes(file), version)
        }
    }

    private fun input(name: String): String = inputs.getValue(name)

    private fun parsed(name: String): JsonNode = JSON.readTree(input(name))

    /** The fields that stand so deep, each in a text line of its own. */
    private fun fields(indent: String): Map<String, String> =
        rows.filter { it.startsWith("$indent\"") && !it.endsWith("{") }.associate { row ->
            val (name, value) = row.trim().removePrefix("\"").split("\": ", limit = 2)
            name to value.removeSuffix(",")
        }

    private fun list(items: List<String>): String = items.joinToString(",", "[", "]")

    private fun text(text: String): String = JSON.writeValueAsString(text)

    /** Text as a document has it: bytes that are no UTF-8 in hexadecimal. */
    private fun text(bytes: ByteArray): String {
        val text = bytes.decodeToString()
        return if (text.toByteArray().contentEquals(bytes)) text(text) else """{"hex":"${bytes.joinToString("") { "%02x".format(it) }}"}"""
    }

    private companion object {
        val JSON = ObjectMapper()
    }
}
