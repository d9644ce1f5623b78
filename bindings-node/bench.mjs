// Calls `planApply` for as long as its input is open, for the benchmarks of the repository: the arguments are files, a router and a
// site for each case; each text line of the input is the place of a case and how many calls to make, each of the output how many
// nanoseconds they took.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Router, planApply } from 'multi-isp'

const files = process.argv.slice(2)
const cases = []
while (files.length > 0) {
  const [router, site] = files.splice(0, 2)
  cases.push({ router: Router.fromExport(readFileSync(router)), site: JSON.parse(readFileSync(site, 'utf8')) })
}

for await (const asked of createInterface({ input: process.stdin })) {
  const [place, calls] = asked.split(' ').map(Number)
  const { router, site } = cases[place]
  const start = process.hrtime.bigint()
  for (let call = 0; call < calls; call += 1) planApply(site, router)
  console.log(String(process.hrtime.bigint() - start))
}
