// What reads better in Kotlin than what can be generated: text where bytes are asked for, and the fields that all exceptions share.

package multiisp

/** A name as text. */
public fun Text(value: String): Text = Text.Utf8(value)

/** Reads an export that is at hand as text; see the one that takes bytes. Places of findings count bytes of its UTF-8. */
@Throws(MultiIspException::class)
public fun Router.Companion.fromExport(export: String, version: String? = null): Router =
    fromExport(export.encodeToByteArray(), version)

/** Runs a script that is at hand as text. */
@Throws(MultiIspException::class)
public fun Router.run(script: String): Outcome = run(script.encodeToByteArray())

/** Name of the fault, for programs: the code of the first finding. */
public val MultiIspException.code: String
    get() = when (this) {
        is MultiIspException.Document -> code
        is MultiIspException.Plan -> code
        is MultiIspException.Read -> code
        is MultiIspException.Refused -> code
        is MultiIspException.Script -> code
        is MultiIspException.Transport -> code
    }

/** What to do about it, where that can be told. */
public val MultiIspException.help: String?
    get() = when (this) {
        is MultiIspException.Document -> help
        is MultiIspException.Plan -> help
        is MultiIspException.Read -> help
        is MultiIspException.Refused -> help
        is MultiIspException.Script -> help
        is MultiIspException.Transport -> help
    }

/** All that is wrong; the first is what the message, the code and the help are from. */
public val MultiIspException.diagnostics: List<Diagnostic>
    get() = when (this) {
        is MultiIspException.Document -> diagnostics
        is MultiIspException.Plan -> diagnostics
        is MultiIspException.Read -> diagnostics
        is MultiIspException.Refused -> diagnostics
        is MultiIspException.Script -> diagnostics
        is MultiIspException.Transport -> diagnostics
    }
