// What reads better in Swift than what can be generated: text where bytes are asked for, and the fields that all errors share.

import Foundation

extension Text: ExpressibleByStringLiteral {
    /// A name as text.
    public init(stringLiteral value: String) {
        self = .utf8(value)
    }
}

extension Router {
    /// Reads an export that is at hand as text; see the one that takes bytes. Places of findings count bytes of its UTF-8.
    public static func fromExport(text: String, version: String? = nil) throws -> Router {
        try fromExport(export: Data(text.utf8), version: version)
    }

    /// Runs a script that is at hand as text.
    public func run(text: String) throws -> Outcome {
        try run(script: Data(text.utf8))
    }
}

extension MultiIspError: LocalizedError {
    /// What is wrong, as a sentence for the operator.
    public var errorDescription: String? { shared.explanation }

    /// What to do about it, where that can be told.
    public var recoverySuggestion: String? { shared.help }

    /// Name of the fault, for programs: the code of the first finding.
    public var code: String { shared.code }

    /// All that is wrong; the first is what the description, the code and the suggestion are from.
    public var diagnostics: [Diagnostic] { shared.diagnostics }

    private var shared: (explanation: String, code: String, help: String?, diagnostics: [Diagnostic]) {
        switch self {
        case let .Document(explanation, code, help, diagnostics),
            let .Read(explanation, code, help, diagnostics),
            let .Script(explanation, code, help, diagnostics),
            let .Plan(explanation, code, help, diagnostics),
            let .Refused(explanation, code, help, diagnostics, _),
            let .Transport(explanation, code, help, diagnostics):
            return (explanation, code, help, diagnostics)
        }
    }
}
