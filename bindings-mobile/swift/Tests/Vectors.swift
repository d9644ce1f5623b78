// What every verb gives, byte for byte as in every other language.

import Foundation
import MultiIsp

/// A router, the site that is wanted on it, and what happens then: a file of `core/tests/vectors`.
struct Vector {
    private let inputs: [String: String]
    private let expected: [String: String]

    init(_ text: String) {
        let rows = text.components(separatedBy: "\n")
        inputs = Vector.fields(of: rows, behind: "  ")
        expected = Vector.fields(of: rows, behind: "    ")
    }

    /// Each output that is another one than expected, by its name, with what stands where they part.
    func faults() throws -> [String] {
        let outputs = try self.outputs()
        let missing = expected.keys.filter { name in !outputs.contains { $0.0 == name } }
        return missing + outputs.filter { expected[$0.0] != $0.1 }.map { name, found in
            let wanted = expected[name] ?? ""
            let same = zip(found.unicodeScalars, wanted.unicodeScalars).prefix { $0 == $1 }.count
            let behind = { (text: String) in String(String(text.unicodeScalars.dropFirst(max(0, same - 40))).prefix(80)) }
            return "\(name): ..\(behind(found)) instead of ..\(behind(wanted))"
        }
    }

    private func outputs() throws -> [(String, String)] {
        let site = try siteFromJson(json: input("site"))
        let options = try optionsFromJson(json: input("options"))
        let scenario = try scenarioFromJson(json: input("scenario"))
        let router = try self.router()
        let plan = try planApply(site: site, router: router, options: options)
        let outcome = try router.run(script: plan.script())
        let applied = outcome.router()
        let disable = try planDisable(router: applied, options: options)
        let trace = try simulate(router: applied, scenario: scenario)
        let matrix = try whatIf(router: applied, options: whatIfOptionsFromJson(json: input("what_if_options")))
        let splitting = try splitOptionsFromJson(json: input("split_options"))
        let left = OutcomeDocument(
            error: outcome.error(), log: outcome.log(), output: outcome.output(), requests: outcome.requests())
        return try [
            ("ports", ports(router: router).toJson()),
            ("detected_line", detectLine(router: router)?.toJson() ?? "null"),
            ("existing_setup", existingSetup(site: site, router: router).toJson()),
            ("split", split(mbps: site.lines.map(\.mbps), options: splitting).toJson()),
            ("preflight", preflight(site: site, router: router, options: options).toJson()),
            ("audit", audit(router: router).toJson()),
            ("plan", plan.toJson()),
            ("summary", text(Data(plan.summary().utf8))),
            ("script", text(plan.script())),
            ("guarded_script", (try? plan.guardedScript(minutes: parsed("guard_minutes"))).map(text) ?? "null"),
            ("confirm_script", text(plan.confirmScript())),
            ("undo_script", text(plan.undoScript())),
            ("phase_scripts", plan.phaseScripts().toJson()),
            ("import_commands", plan.importCommands(file: parsed("file")).toJson()),
            ("rest", requests(of: plan, to: router)),
            ("outcome", left.toJson()),
            ("differences", router.diff(other: applied).toJson()),
            ("fingerprint", text(Data(applied.fingerprint().utf8))),
            ("drift", verify(site: site, router: applied, options: options).toJson()),
            ("site_of", siteOf(router: applied)?.toJson() ?? "null"),
            ("trace", trace.toJson()),
            ("trace_text", text(Data(trace.text().utf8))),
            ("mermaid", text(Data(trace.toMermaid().utf8))),
            ("what_if_text", text(Data(matrix.text().utf8))),
            ("svg", text(Data(matrix.toSvg().utf8))),
            ("status_reads", statusReads(site: site, version: plan.version()).toJson()),
            ("disable_summary", text(Data(disable.summary().utf8))),
            ("disable_script", text(disable.script())),
        ] + told(site, applied, scenario)
    }

    /// The status with all lines up, then as the scenario has it; and what of that is told.
    private func told(_ site: Site, _ router: Router, _ scenario: Scenario) throws -> [(String, String)] {
        let options = try alertOptionsFromJson(json: input("alert_options"))
        let messages = try messagesFromJson(json: input("messages"))
        let times: [Int64] = try parsed("times")
        let name: String = try parsed("router_name")
        let first = try status(site: site, router: observe(router: router))
        let then = try status(site: site, router: observe(router: router, scenario: scenario))
        let known = try alerts(state: nil, status: first, at: times[0], options: options).state
        let update = try alerts(state: known, status: then, at: times[1], options: options)
        let log = Log(readings: [Reading(at: times[0], status: first), Reading(at: times[1], status: then)])
        let list = { (items: [String]) in "[" + items.joined(separator: ",") + "]" }
        return try [
            ("status", first.toJson()),
            ("status_then", then.toJson()),
            ("unreachable", unreachable(site: site).toJson()),
            ("alert_state", update.state.toJson()),
            ("alerts", list(update.alerts.map { $0.toJson() })),
            ("messages", list(update.alerts.map { try message(alert: $0, routerName: name, messages: messages).toJson() })),
            ("replay", replay(log: log, options: options).toJson()),
        ]
    }

    /// The requests of REST, each with what a twin answered to those before it; none before RouterOS 7.1.
    private func requests(of plan: Plan, to router: Router) throws -> String {
        var twin = router.answerRequest(method: "GET", path: "/rest/system/resource").router
        guard let calls = try? plan.rest(router: twin) else { return "[]" }
        var sent: [String] = []
        while let request = try calls.next() {
            let body = request.body.map { Data($0.utf8) }
            let answer = twin.answerRequest(method: request.method, path: request.path, body: body)
            try calls.answer(status: answer.status, body: Data(answer.body.utf8))
            twin = answer.router
            let said = [request.method, request.path].map { text(Data($0.utf8)) } + [body.map(text) ?? "null"]
            sent.append("[" + said.joined(separator: ",") + "]")
        }
        return "[" + sent.joined(separator: ",") + "]"
    }

    private func router() throws -> Router {
        struct Given: Decodable {
            let file: String
            let version: String?
        }
        let given: Given = try parsed("router")
        let read = try bytes(given.file)
        return given.file.hasSuffix(".json")
            ? try .fromRest(json: String(decoding: read, as: UTF8.self), version: given.version)
            : try .fromExport(export: read, version: given.version)
    }

    private func input(_ name: String) throws -> String {
        guard let input = inputs[name] else { throw Failed(what: "the vector has no \(name)") }
        return input
    }

    private func parsed<T: Decodable>(_ name: String) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(input(name).utf8))
    }

    /// The fields that stand so deep, each in a text line of its own.
    private static func fields(of rows: [String], behind indent: String) -> [String: String] {
        var fields: [String: String] = [:]
        for row in rows where row.hasPrefix(indent + "\"") && !row.hasSuffix("{") {
            let end = row.range(of: "\": ")!
            let value = row[end.upperBound...]
            fields[String(row[row.index(row.startIndex, offsetBy: indent.count + 1)..<end.lowerBound])] =
                String(value.hasSuffix(",") ? value.dropLast() : value)
        }
        return fields
    }
}

/// Text as a document has it: bytes that are no UTF-8 in hexadecimal.
private func text(_ bytes: Data) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
        return "{\"hex\":\"" + bytes.map { String(format: "%02x", $0) }.joined() + "\"}"
    }
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case "\n": json += "\\n"
        case "\r": json += "\\r"
        case "\t": json += "\\t"
        case "\u{08}": json += "\\b"
        case "\u{0C}": json += "\\f"
        case _ where scalar.value < 0x20: json += String(format: "\\u%04x", scalar.value)
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}
