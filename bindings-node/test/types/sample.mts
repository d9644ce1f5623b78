// What a program in TypeScript may write, and what the compiler refuses.
import {
  Report,
  Router,
  alerts,
  audit,
  isMultiIspError,
  planApply,
  planApplyAsync,
  sarif,
  simulate,
  split,
  status,
  statusReads,
  verify,
  whatIf,
} from 'multi-isp'
import type { AlertState, Diagnostic, Input, Options, PlanDocument, Site, SiteStatus, Step } from 'multi-isp'

const site: Site = {
  mode: 'failover',
  lines: [
    { id: 'fiber', interface: 'ether1', access: { type: 'dhcp' }, mbps: 100 },
    { id: 'lte', interface: 'lte1', access: { type: 'lte', apn: 'internet' }, mbps: 20 },
  ],
}
const options: Options = { maxLines: 2, existing: 'replace', levels: [{ code: 'no-firewall', level: 'error' }] }
const router: Router = Router.fromExport('/ip route add gateway=192.0.2.1\n', '7.22.3')

const plan = planApply(site, router, options)
const steps: Step[] = plan.steps
const document: PlanDocument = plan.toJSON()
const script: Buffer = plan.guardedScript(10)
const later: Promise<boolean> = planApplyAsync(Buffer.from('{}'), router).then(({ isEmpty }) => isEmpty)
const given: Input<Site> = JSON.stringify(site)

for (let request = plan.rest(router, 'guarded', 10).next(); request; request = null) {
  const sent: [string, string, string | null | undefined] = [request.method, request.path, request.body]
  console.log(sent)
}

try {
  verify(given, router)
} catch (error) {
  if (isMultiIspError(error)) {
    const first: Diagnostic | undefined = error.diagnostics[0]
    const report: Report | undefined = error.report
    console.log(error.code, error.help, first?.level, report?.blocks)
  }
}

const now: SiteStatus = status(site, router)
const kept: { state: AlertState } = alerts(undefined, now, 1_700_000_000, { downAfter: 60, quiet: ['lte'] })
const text: string = sarif([{ name: 'office.rsc', export: '', report: audit(router) }])
const shares: number = split([100, 50], { tolerance: '1/20' }).denominator
const verdict = simulate(router, { lines: [{ interface: 'ether1', condition: 'link_down' }] }).ways[0]?.verdict
const reads: string[] = statusReads(site, '7.22.3').reads.map(({ menu }) => menu)
console.log(steps, document, script, later, kept, text, shares, verdict, reads, whatIf(router).states)

// @ts-expect-error a mode that there is not
const wrongMode: Site = { ...site, mode: 'fail' }
// @ts-expect-error a field that there is not
planApply(site, router, { maxLine: 2 })
// @ts-expect-error a router is read first
planApply(site, '/ip route add gateway=192.0.2.1')
// @ts-expect-error routers are made of texts
new Router('/ip route add gateway=192.0.2.1')
// @ts-expect-error minutes are a number
plan.guardedScript('10')
// @ts-expect-error no such part
plan.api(router, 'all')
// @ts-expect-error a promise is awaited
planApplyAsync(site, router).isEmpty
// @ts-expect-error what was found is not changed
plan.isEmpty = true
// @ts-expect-error a speed is a number
split(['100'])
// @ts-expect-error an access of which a field is missing
const wrongAccess: Site = { ...site, lines: [{ id: 'a', interface: 'ether1', access: { type: 'static' }, mbps: 1 }] }
console.log(wrongMode, wrongAccess)
