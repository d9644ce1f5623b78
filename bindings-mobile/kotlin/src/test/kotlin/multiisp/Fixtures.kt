package multiisp

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path

/** Files of the repository that tests of every language share. */
internal object Fixtures {
    private val root: Path = Path.of(System.getProperty("multi-isp.root"))

    fun bytes(file: String): ByteArray = Files.readAllBytes(root.resolve(file))

    fun text(file: String): String = Files.readString(root.resolve(file))

    fun json(file: String): JsonNode = ObjectMapper().readTree(bytes(file))

    fun files(folder: String): List<Path> = Files.list(root.resolve(folder)).use { it.sorted().toList() }

    /** A home router with two Starlinks, whose second port still stands on the bridge. */
    fun homeRouter(): Router = Router.fromExport(bytes("examples/routers/hap-defconf-7.16.rsc"))

    val twoStarlinks = Site(
        mode = Mode.FAILOVER,
        lines = listOf(
            Line(id = "starlink-1", `interface` = Text("ether1"), access = Access.Dhcp, mbps = 200.0),
            Line(id = "starlink-2", `interface` = Text("ether2"), access = Access.Dhcp, mbps = 200.0),
        ),
    )
}

/** `plan_apply` → `planApply`. */
internal fun camel(name: String): String =
    name.split("_").mapIndexed { place, word -> if (place == 0) word else word.replaceFirstChar(Char::uppercase) }.joinToString("")
