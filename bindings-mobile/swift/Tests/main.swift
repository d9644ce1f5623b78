// What Kotlin is tested by, in Swift: `tests ROOT`, where ROOT is the top of the repository.

import Foundation
import MultiIsp

let root = URL(fileURLWithPath: CommandLine.arguments[1])

func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: root.appendingPathComponent(file))
}

struct Failed: Error {
    let what: String
}

func check(_ holds: Bool, _ what: String) throws {
    if !holds {
        throw Failed(what: what)
    }
}

/// The error of a kind that a call must end with.
func refused(_ call: () throws -> Void) throws -> MultiIspError {
    do {
        try call()
    } catch let error as MultiIspError {
        return error
    }
    throw Failed(what: "nothing was refused")
}

let site = Site(
    mode: .failover,
    lines: [
        Line(id: "starlink-1", interface: "ether1", access: .dhcp, mbps: 200),
        Line(id: "starlink-2", interface: "ether2", access: .dhcp, mbps: 200),
    ]
)

func homeRouter() throws -> Router {
    try Router.fromExport(export: bytes("examples/routers/hap-defconf-7.16.rsc"))
}

/// Sends calls to a router in memory, as a client sends them to one that answers over REST.
func send(_ calls: RestCalls, to router: Router) throws -> Router {
    var router = router
    while let request = try calls.next() {
        let answer = router.answerRequest(
            method: request.method, path: request.path, body: request.body.map { Data($0.utf8) })
        try calls.answer(status: answer.status, body: Data(answer.body.utf8))
        router = answer.router
    }
    return router
}

// The program of the page for Swift.

func plan(export: Data) throws -> Bool {
    let site = Site(
        mode: .failover,
        lines: [
            Line(id: "fiber", interface: "ether1", access: .dhcp, mbps: 100),
            Line(id: "lte", interface: "ether2", access: .dhcp, mbps: 20),
        ]
    )
    let router = try Router.fromExport(export: export)
    let plan = try planApply(site: site, router: router)
    for finding in plan.report().findings() {
        print("\(finding.code): \(finding.message)")
    }
    let script = plan.script()  // bytes: to send now ..
    let undo = plan.undoScript()  // .. and to keep

    // A router in memory runs scripts too: a second plan has nothing to do, and the undo is exact.
    let applied = try router.run(script: script).router()
    let isDone = try planApply(site: site, router: applied).isEmpty()
    return try isDone && applied.run(script: undo).router().diff(other: router).differences.isEmpty
}

// The tests.

/// What is tested, each with a sentence that says it.
let tests: [(String, () throws -> Void)] = [
    ("what is planned does what it says, and its undo takes it back", {
        let router = try homeRouter()
        let plan = try planApply(site: site, router: router)
        let applied = try router.run(script: plan.script()).router()
        try check(planApply(site: site, router: applied).isEmpty(), "a second plan has something to do")
        let undone = try applied.run(script: plan.undoScript()).router()
        try check(undone.fingerprint() == router.fingerprint(), "the undo is not exact")
    }),
    ("the program of the page does what it says, and stands on the page as it stands here", {
        try check(plan(export: bytes("examples/routers/hap-defconf-7.16.rsc")), "it does not")
        let text = { String(decoding: try bytes("bindings-mobile/" + $0), as: UTF8.self) }
        let source = try text("swift/Tests/main.swift")
        let program = source.components(separatedBy: "\n// The program of the page for Swift.\n\n")[1]
            .components(separatedBy: "\n// The tests.\n")[0]
        try check(text("README.md").contains("```swift\n" + program + "```\n"), "the page shows another one")
    }),
    ("a guard that nobody confirms gives the router back", {
        let router = try homeRouter()
        let plan = try planApply(site: site, router: router)
        let armed = try router.run(script: plan.guardedScript(minutes: 10)).router()
        try check(armed.advance(seconds: 600).router().fingerprint() == router.fingerprint(), "it stays as it is")
    }),
    ("a plan goes to the router over REST, is confirmed, and taken away again", {
        let start = try Router.fromRest(json: String(decoding: bytes("examples/routers/hap-defconf-7.16.json"), as: UTF8.self))
        let plan = try planApply(site: site, router: start)
        var router = try send(plan.rest(router: start, part: .guarded(minutes: 10)), to: start)
        try check(verify(site: site, router: router).isEmpty(), "it is not as planned")
        router = try send(plan.rest(router: router, part: .confirm), to: router)
        try check(status(site: site, router: router).lines.count == 2, "a line is missing")
        router = try send(planDisable(router: router).rest(router: router), to: router)
        try check(router.fingerprint() == start.fingerprint(), "something stays")
    }),
    ("a site and its document are the same", {
        let text = try String(decoding: bytes("examples/sites/two-starlinks.json"), as: UTF8.self)
        let written = try siteFromJson(json: text)
        try check(siteFromJson(json: written.toJson()) == written, "they differ")
    }),
    ("a router that audit finds faults in", {
        let router = try Router.fromExport(export: bytes("examples/routers/two-isps-by-hand-7.16.rsc"))
        let report = try audit(router: router)
        try check(report.findings().contains { $0.code == "fasttrack-with-marks" && $0.level == .error }, report.text())
        try check(explain(code: "fasttrack-with-marks") != nil, "the rule has no page")
    }),
    ("what would become of customers", {
        let router = try Router.fromExport(export: bytes("examples/routers/two-isps-by-hand-7.16.rsc"))
        let matrix = try whatIf(router: router)
        try check(matrix.lines() == ["ether1", "ether2"], "\(matrix.lines())")
        try check(simulate(router: router).ways().isEmpty == false, "there is no way")
    }),
    ("every vector comes out byte for byte", {
        let folder = root.appendingPathComponent("core/tests/vectors")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") && $0 != "surface.json" && $0 != "errors.json" }
        try check(!files.isEmpty, "there are none")
        for file in files.sorted() {
            let faults = try Vector(String(decoding: bytes("core/tests/vectors/" + file), as: UTF8.self)).faults()
            try check(faults.isEmpty, "\(file): \(faults.joined(separator: ", "))")
        }
    }),
    ("errors say what is wrong", {
        let unread = try refused { _ = try Router.fromExport(text: "/ip route\nadd gateway=\"\n") }
        guard case .Read = unread else { throw Failed(what: "\(unread)") }
        try check(unread.localizedDescription == unread.diagnostics.first?.message, unread.localizedDescription)

        let alone = Site(mode: .failover, lines: Array(site.lines.prefix(1)))
        let error = try refused { _ = try planApply(site: alone, router: homeRouter()) }
        guard case let .Refused(_, code, _, _, report) = error else { throw Failed(what: "\(error)") }
        try check(code == "too-few-lines" && error.code == code && report.blocks(), "\(error)")

        let unknown = try refused { _ = try planDisable(router: Router.fromExport(text: "/ip route\n")) }
        try check(unknown.errorDescription == "the version of RouterOS is not known", "\(unknown)")
        try check(unknown.recoverySuggestion != nil, "there is no help")
    }),
]

var failed = 0
for (name, test) in tests {
    do {
        try test()
        print("test \(name) ... ok")
    } catch {
        failed += 1
        print("test \(name) ... FAILED: \(error)")
    }
}
print("test result: \(failed == 0 ? "ok" : "FAILED"). \(tests.count - failed) passed; \(failed) failed; 0 ignored")
exit(failed == 0 ? 0 : 1)
