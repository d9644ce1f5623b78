// Applies a site to a router over the API, on RouterOS 6 and 7: plan, send under a guard, verify, confirm, status.
//
//   export ROUTER_HOST=router.example ROUTER_USER=portal ROUTER_PASSWORD=..
//   export NODE_EXTRA_CA_CERTS=authority.pem    # where an authority of yours signs the router's certificate
//   node apply-over-api.mjs site.json           # with --disable, everything is taken away again
//
// What fails in the middle is taken back at once. Where the router cannot be reached for that, it takes it back itself after ten minutes.

import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { Router, planApplyAsync, planDisableAsync, planReads, status, statusReads, verifyAsync } from 'multi-isp'
import { RouterOSAPI } from 'routeros-api'

const { ROUTER_HOST: host, ROUTER_PORT: port = '8729', ROUTER_USER: user, ROUTER_PASSWORD: password } = process.env
// The client writes a sentence word by word: none waits for the one before it to arrive.
const socket = connect({ host, port: Number(port), noDelay: true })
const api = new RouterOSAPI({ host, user, password, timeout: 60, tls: { socket, rejectUnauthorized: true } })

const [file, option] = process.argv.slice(2)
const site = await readFile(file)
await api.connect()
try {
  if (option === '--disable') {
    await apply(await planDisableAsync(await readRouter()))
  } else {
    await apply(await planApplyAsync(site, await readRouter()), site)
    console.log((await readStatus(site)).sentence)
  }
} finally {
  await api.close()
}

async function apply(plan, site) {
  console.log(plan.summary())
  if (plan.isEmpty) return
  const router = await readRouter()
  try {
    await send(plan.api(router, 'guarded', 10))
    const drift = site && (await verifyAsync(site, await readRouter()))
    if (drift && !drift.isEmpty) throw new Error(drift.text())
    await send(plan.api(await readRouter(), 'confirm'))
  } catch (error) {
    console.error(`it failed and is taken back: ${error.message}`)
    await send(plan.api(await readRouter(), 'undo'))
    throw error
  }
}

/** One sentence after the other: `answer` throws where the router refuses one, and the rest is not sent. */
async function send(calls) {
  for (let words = calls.next(); words; words = calls.next()) {
    for (const sentence of await ask(words)) calls.answer(sentence)
  }
}

/** The router as it is now. A menu of a package that it does not have is not there. */
async function readRouter() {
  const replies = {}
  for (const menu of planReads(await readVersion())) {
    const reply = await ask([`${menu}/print`])
    if (!reply[0].join(' ').startsWith('!trap =message=no such command')) replies[menu] = reply
  }
  return Router.fromApiAsync(replies)
}

async function readVersion() {
  const [row] = await api.write(['/system/resource/print'])
  return row.version
}

/** How the lines are, by the few rows that tell it. */
async function readStatus(site) {
  const version = await readVersion()
  const replies = {}
  for (const { menu, sentence } of statusReads(site, version).reads) replies[menu] = await ask(sentence)
  return status(site, Router.fromApi(replies, version))
}

/** Says a sentence, and gives the reply as sentences again: the client makes an object of each. */
async function ask(words) {
  try {
    const rows = await api.write(words.map(String))
    const attributes = rows.map((row) => Object.entries(row).map(([name, value]) => `=${name}=${value}`))
    const done = attributes.at(-1)?.[0].startsWith('=ret=') ? attributes.pop() : []
    return [...attributes.map((words) => ['!re', ...words]), ['!done', ...done]]
  } catch (error) {
    return [['!trap', `=message=${error.message}`], ['!done']]
  }
}
