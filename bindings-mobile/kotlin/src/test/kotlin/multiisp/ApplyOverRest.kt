package multiisp

import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.node.ObjectNode
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.Base64
import javax.net.ssl.SSLContext

/**
 * A router over REST, from RouterOS 7.1: a client that is to be copied.
 *
 * The certificate of the router is checked against what [trusted] trusts; user and password come from the environment of your
 * program, never from its source.
 */
class ApplyOverRest(
    private val address: URI,
    user: String,
    password: String,
    trusted: SSLContext = SSLContext.getDefault(),
) {
    private val http = HttpClient.newBuilder().sslContext(trusted).connectTimeout(Duration.ofSeconds(10)).build()
    private val login = "Basic " + Base64.getEncoder().encodeToString("$user:$password".toByteArray())
    private val json = ObjectMapper()

    init {
        require(address.scheme == "https") { "a password goes over https alone" }
    }

    /**
     * Makes a plan, sends it under a guard of ten minutes, looks whether all is as planned, and confirms.
     *
     * What fails in the middle is taken back at once. If the router cannot be reached for that, it does so itself after ten minutes.
     */
    fun apply(site: Site): SiteStatus {
        planApply(site, read()).use { plan ->
            sendOrTakeBack(plan) {
                verify(site, read()).use { drift -> check(drift.isEmpty()) { drift.text() } }
            }
        }
        return status(site, read())
    }

    /** Takes everything of multi-isp off the router. */
    fun disable() = planDisable(read()).use { plan ->
        sendOrTakeBack(plan) {
            // The guard still stands: there are no steps, and the plan is not empty.
            planDisable(read()).use { rest -> check(rest.steps().isEmpty()) { rest.summary() } }
        }
    }

    private fun sendOrTakeBack(plan: Plan, look: () -> Unit) {
        if (plan.isEmpty()) return
        val router = read()
        val moved = plan.stillValid(router).differences
        check(moved.isEmpty()) { "somebody changed the router since the plan was made: $moved" }
        try {
            send(plan.rest(router, Part.Guarded(minutes = 10)))
            look()
            send(plan.rest(read(), Part.Confirm))
        } catch (error: Exception) {
            send(plan.rest(read(), Part.Undo))
            throw error
        }
    }

    /** One request after the other: `answer` throws where the router refuses one, and the rest is not sent. */
    private fun send(calls: RestCalls) = calls.use {
        while (true) {
            val request = calls.next() ?: break
            val reply = ask(request.method, request.path, request.body)
            calls.answer(reply.statusCode(), reply.body())
        }
    }

    /** The router as it is now: throws what it refused, but for a menu that it does not have. */
    private fun read(): Router {
        val resource = ask("GET", "/rest/system/resource", null).body().decodeToString()
        val version = Router.fromRest("""{"/system/resource": $resource}""").use { it.version() }
        val answers: ObjectNode = json.createObjectNode()
        for (menu in planReads(checkNotNull(version))) {
            answers.set<ObjectNode>(menu, json.readTree(ask("GET", "/rest$menu", null).body()))
        }
        return Router.fromRest(json.writeValueAsString(answers))
    }

    private fun ask(method: String, path: String, body: String?): HttpResponse<ByteArray> {
        val request = HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", login)
            .header("Content-Type", "application/json")
            .method(method, body?.let(BodyPublishers::ofString) ?: BodyPublishers.noBody())
        return http.send(request.build(), BodyHandlers.ofByteArray())
    }
}
