package multiisp

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.util.Base64
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory

/** A router that answers over REST with HTTPS on the loopback: a socket around [Router.answerRequest]. */
internal class StandIn(start: Router) : AutoCloseable {
    /** The router as it is now. */
    @Volatile
    var router: Router = start
        private set

    private var writesUntilFault = 0
    private var readsUntilFault = 0
    private val server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)

    /** Where it listens. */
    val address: URI

    init {
        server.httpsConfigurator = HttpsConfigurator(Certificate.own)
        server.createContext("/", ::answer)
        server.start()
        address = URI("https://127.0.0.1:${server.address.port}")
    }

    /** The write of that number from now, counted from 1, is answered as by a router that is out of memory. */
    @Synchronized
    fun failNext(write: Int) {
        writesUntilFault = write
    }

    /** The read of that number from now is answered as of a session that the router closed. */
    @Synchronized
    fun failNextRead(read: Int) {
        readsUntilFault = read
    }

    private fun answer(exchange: HttpExchange) = exchange.use {
        val body = exchange.requestBody.readAllBytes().takeIf { it.isNotEmpty() }
        val (status, text) = when {
            exchange.requestHeaders.getFirst("Authorization") != LOGIN -> 401 to """{"error":401,"message":"Unauthorized"}"""
            exchange.requestMethod == "GET" && isClosed() -> 400 to """{"error":400,"message":"Bad Request","detail":"Session closed"}"""
            exchange.requestMethod != "GET" && isFaulty() ->
                500 to """{"error":500,"message":"Internal Server Error","detail":"out of memory"}"""
            else -> answered(exchange, body)
        }
        exchange.reply(status, text)
    }

    @Synchronized
    private fun isFaulty(): Boolean = --writesUntilFault == 0

    @Synchronized
    private fun isClosed(): Boolean = --readsUntilFault == 0

    @Synchronized
    private fun answered(exchange: HttpExchange, body: ByteArray?): Pair<Int, String> {
        val answer = router.answerRequest(exchange.requestMethod, exchange.requestURI.toString(), body)
        router = answer.router
        return answer.status to answer.body
    }

    private fun HttpExchange.reply(status: Int, text: String) {
        val bytes = text.toByteArray()
        responseHeaders.set("Content-Type", "application/json")
        sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
        responseBody.write(bytes)
    }

    override fun close() = server.stop(0)

    companion object {
        const val USER = "portal"
        const val PASSWORD = "of-the-test"
        private val LOGIN = "Basic " + Base64.getEncoder().encodeToString("$USER:$PASSWORD".toByteArray())
    }
}

/** A certificate for the loopback, made for this run. */
internal object Certificate {
    private const val PASSWORD = "of-the-test"
    private val keys: KeyStore = made()

    /** What the server shows. */
    val own: SSLContext = SSLContext.getInstance("TLS").apply {
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
        managers.init(keys, PASSWORD.toCharArray())
        init(managers.keyManagers, null, null)
    }

    /** What a client trusts who knows it. */
    val trusted: SSLContext = SSLContext.getInstance("TLS").apply {
        val known = KeyStore.getInstance("PKCS12").apply {
            load(null, null)
            setCertificateEntry("router", keys.getCertificate("router"))
        }
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        managers.init(known)
        init(null, managers.trustManagers, null)
    }

    private fun made(): KeyStore {
        val folder = Files.createTempDirectory("multi-isp")
        val file = folder.resolve("keys.p12")
        try {
            val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
            val made = ProcessBuilder(
                keytool, "-genkeypair", "-keyalg", "EC", "-alias", "router", "-dname", "CN=router", "-validity", "1",
                "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString(),
            ).redirectErrorStream(true).start()
            val said = made.inputStream.readAllBytes().decodeToString()
            check(made.waitFor() == 0) { said }
            return Files.newInputStream(file).use { stream ->
                KeyStore.getInstance("PKCS12").apply { load(stream, PASSWORD.toCharArray()) }
            }
        } finally {
            Files.deleteIfExists(file)
            Files.delete(folder)
        }
    }
}
