// Applies a site to a router over the API, on RouterOS 6 and 7: plan, send under a guard, verify, confirm, status.
//
//   export ROUTER_HOST=router.example ROUTER_USER=portal ROUTER_PASSWORD=..
//   export NODE_EXTRA_CA_CERTS=authority.pem    # where an authority of yours signs the router's certificate
//   node apply-over-api.mjs site.json           # with --disable, everything is taken away again
//
// What fails in the middle is taken back at once, over a new connection, also where SIGINT or SIGTERM comes. Where the router cannot
// be reached for that, or this program is cut off, the router takes it back itself after ten minutes.
//
// The client knows texts of windows-1252 only. Their bytes go through it as they are, but for 81, 8D, 8F, 90 and 9D, which it lacks: a
// router or a site with one of them, as Cyrillic has in UTF-8, is refused. apply-over-rest.mjs takes it.

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { Router, planApplyAsync, planDisableAsync, planReads, status, statusReads, verifyAsync } from 'multi-isp'
import { RouterOSAPI } from 'routeros-api'

// What windows-1252 has for the bytes 80 to 9F; `TextDecoder` of Node.js 20 takes it for latin-1. Every other byte is its own character.
const NONE = '\ufffd'
const HIGH = `€${NONE}‚ƒ„…†‡ˆ‰Š‹Œ${NONE}Ž${NONE}${NONE}‘’“”•–—˜™š›œ${NONE}žŸ`

const host = setting('ROUTER_HOST')
const port = Number(process.env.ROUTER_PORT || '8729')
const user = setting('ROUTER_USER')
const password = setting('ROUTER_PASSWORD')

const [file, option] = process.argv.slice(2)
const site = await readFile(file)
if (option === '--disable') {
  await apply(await planDisableAsync(await readRouter()))
} else {
  await apply(await planApplyAsync(site, await readRouter()), site)
  console.log((await readStatus(site)).sentence)
}

function setting(name) {
  if (!process.env[name]) throw new Error(`${name} is not set`)
  return process.env[name]
}

async function apply(plan, site) {
  console.log(plan.summary())
  if (plan.isEmpty) return
  const router = await readRouter()
  const moved = plan.stillValid(router).differences
  if (moved.length > 0) throw new Error(`the router was changed since the plan was made: ${JSON.stringify(moved)}`)
  const stop = stopSignal()
  try {
    await send(plan.api(router, 'guarded', 10), stop)
    await check(site, await readRouter())
    await send(plan.api(await readRouter(), 'confirm'), stop)
  } catch (error) {
    console.error(`it failed and is taken back: ${error.message}`)
    await send(plan.api(await readRouter(), 'undo'))
    throw error
  }
}

/** Aborts when this program is told to end. When told twice, it ends at once. */
function stopSignal() {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort(new Error(`${name} came`)))
  return stop.signal
}

/** Whether the router is as the site says; without a site, whether nothing of it is left. */
async function check(site, router) {
  if (site) {
    const drift = await verifyAsync(site, router)
    if (!drift.isEmpty) throw new Error(drift.text())
  } else {
    const left = await planDisableAsync(router)
    if (left.steps.length > 0) throw new Error(`not all is taken away:\n${left.summary()}`)
  }
}

/** One sentence after the other: `answer` throws where the router refuses one, and the rest is not sent. */
async function send(calls, stop) {
  await connected(async (ask) => {
    for (let words = calls.next(); words; words = calls.next()) {
      stop?.throwIfAborted()
      for (const sentence of await ask(words)) calls.answer(sentence)
    }
  })
}

/** The router as it is now: throws what it refused, but for a menu that it does not have. */
async function readRouter() {
  const replies = {}
  await connected(async (ask) => {
    for (const menu of planReads(await readVersion(ask))) {
      replies[menu] = await ask([`${menu}/print`])
    }
  })
  return Router.fromApiAsync(replies)
}

async function readVersion(ask) {
  const [words] = await ask(['/system/resource/print'])
  const version = words.map(String).find((word) => word.startsWith('=version='))
  if (!version) throw new Error(`the router does not tell its version: ${words.join(' ')}`)
  return version.slice('=version='.length)
}

/** How the lines are, by the few rows that tell it. */
async function readStatus(site) {
  return connected(async (ask) => {
    const version = await readVersion(ask)
    const replies = {}
    for (const { menu, sentence } of statusReads(site, version).reads) replies[menu] = await ask(sentence)
    return status(site, Router.fromApi(replies, version))
  })
}

/** Uses a connection of its own. It throws when that is lost, and when an answer takes more than a minute. */
async function connected(use) {
  const socket = connect({ host, port, noDelay: true }) // the client writes a sentence word by word: none waits for the one before it
  const api = new RouterOSAPI({ host, user, password, timeout: 60, tls: { socket, rejectUnauthorized: true } })
  const lost = new Promise((_, reject) => {
    const close = () => reject(new Error('the connection to the router was lost'))
    for (const end of [socket, api]) end.on('error', (error) => reject(named(error))).on('close', close)
  })
  const heard = (answer) => {
    let timer
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('the router does not answer')), 60_000)
    })
    return Promise.race([answer, lost, silence]).finally(() => clearTimeout(timer))
  }
  try {
    await heard(api.connect().catch((error) => Promise.reject(named(error))))
    return await use((words) => heard(talk(api, words)))
  } finally {
    socket.destroy()
  }
}

/** The client's errors of a connection have but a code. */
function named(error) {
  return error.message ? error : new Error(`no connection to the router: ${error.errno}`)
}

/** Says a sentence, and gives the reply as sentences again: the client makes an object of each, and an error of a trap. */
async function talk(api, words) {
  const texts = words.map(textOf)
  const sentences = await api.write(texts).then(sentencesOf, ({ message }) => [['!trap', `=message=${message}`], ['!done']])
  return sentences.map((sentence) => sentence.map(bytesOf))
}

function sentencesOf(rows) {
  const attributes = rows.map((row) => Object.entries(row).map(([name, value]) => `=${name}=${value}`))
  const done = attributes.at(-1)?.[0].startsWith('=ret=') ? attributes.pop() : []
  return [...attributes.map((words) => ['!re', ...words]), ['!done', ...done]]
}

/** The text that the client makes these bytes of. */
function textOf(word) {
  const text = Array.from(Buffer.from(word), (byte) => (byte < 0x80 || byte > 0x9f ? String.fromCharCode(byte) : HIGH[byte - 0x80]))
  if (text.includes(NONE)) throw new Error(`this client cannot send ${JSON.stringify(String(word))}, which windows-1252 lacks: use REST`)
  return text.join('')
}

/** The bytes that the client made this text of. */
function bytesOf(text) {
  if (text.includes(NONE)) throw new Error(`this client cannot read ${JSON.stringify(text)}, which windows-1252 lacks: use REST`)
  return Buffer.from(Array.from(text, (sign) => (HIGH.includes(sign) ? HIGH.indexOf(sign) + 0x80 : sign.charCodeAt(0))))
}
