// The examples as programs, against a router on loopback: the whole way, and every way in which it can fail.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import selfsigned from 'selfsigned'
import { Router, planApply, siteOf } from 'multi-isp'
import { routerOs } from './routeros.mjs'
import { folder, router, siteText, top } from './support.mjs'

const run = promisify(execFile)
const USER = 'portal'
const PASSWORD = 'correct horse'
const siteFile = fileURLToPath(new URL('examples/sites/fiber-wireless.json', top))

const scratch = mkdtempSync(join(tmpdir(), 'multi-isp-'))
after(() => rmSync(scratch, { recursive: true }))

const certificate = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
  keySize: 2048,
  extensions: [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
  ],
})
const authority = join(scratch, 'authority.pem')
writeFileSync(authority, certificate.cert)

const transports = {
  'apply-over-rest.mjs': (server) => ({ ROUTER_URL: `https://localhost:${server.restPort}` }),
  'apply-over-api.mjs': (server) => ({ ROUTER_HOST: 'localhost', ROUTER_PORT: String(server.apiPort) }),
}

/** As a router is read that was made of an export: with ids. */
const start = router().answerSentence(['/system/resource/print']).router

async function withRouter(options, use) {
  const tls = { key: certificate.private, cert: certificate.cert }
  const server = await routerOs({ router: start, user: USER, password: PASSWORD, tls, ...options })
  try {
    await use(server)
  } finally {
    await server.close()
  }
}

/** The example that runs. */
let running

/** Runs an example; gives its code and what it printed. */
function example(file, environment, ...options) {
  return exampleOn(siteFile, file, environment, ...options)
}

async function exampleOn(siteFile, file, environment, ...options) {
  const env = { PATH: process.env.PATH, ROUTER_USER: USER, ROUTER_PASSWORD: PASSWORD, NODE_EXTRA_CA_CERTS: authority, ...environment }
  const program = join(folder, 'examples', file)
  try {
    const ended = run(process.execPath, [program, siteFile, ...options], { env, timeout: 120_000 })
    running = ended.child
    const { stdout, stderr } = await ended
    return { code: 0, stdout, stderr }
  } catch ({ code, stdout, stderr }) {
    return { code, stdout, stderr }
  }
}

const isAsAtStart = (server) => assert.deepEqual(start.diff(server.router).differences, [])

/** A fault of one call that writes. */
const at = (failing, fault) => (seen) => (!seen.reads && seen.call === failing ? fault : undefined)
/** What a call is about: its path, or its first word. */
const about = ({ path, words }) => path ?? words[0]

/** A file with the bundled site, where the first line has that label. */
function labelled(label) {
  const site = JSON.parse(siteText)
  site.lines[0].label = label
  const file = join(scratch, 'labelled.json')
  writeFileSync(file, JSON.stringify(site))
  return file
}

/** Runs an example that must fail as `expected` says; then the router is as it was. */
async function failsAndIsTakenBack(file, environment, fault, expected) {
  await withRouter({ fault }, async (server) => {
    const { code, stderr } = await example(file, environment(server))
    assert.equal(code, 1, stderr)
    assert.match(stderr, expected)
    isAsAtStart(server)
  })
}

for (const [file, environment] of Object.entries(transports)) {
  test(`${file}: apply, verify, confirm, status, and disable again`, async () => {
    await withRouter({}, async (server) => {
      const applied = await example(file, environment(server))
      assert.equal(applied.code, 0, applied.stderr)
      assert.match(applied.stdout, /Load balance|Failover/)
      assert.ok(planApply(siteText, server.router).isEmpty)
      assert.equal(siteOf(server.router).lines.length, 2)
      const again = await example(file, environment(server))
      assert.equal(again.code, 0, again.stderr)
      const disabled = await example(file, environment(server), '--disable')
      assert.equal(disabled.code, 0, disabled.stderr)
      isAsAtStart(server)
    })
  })

  test(`${file}: a failure in the middle is taken back`, async () => {
    for (const failing of [0, 5, 20]) {
      await failsAndIsTakenBack(file, environment, at(failing, { refuse: 'refused by the test' }), /refused by the test/)
    }
  })

  test(`${file}: a pulled cable in the middle is taken back`, async () => {
    for (const failing of [0, 5, 20]) {
      await failsAndIsTakenBack(file, environment, at(failing, 'cut'), /it failed and is taken back: (fetch failed|the connection)/)
    }
  })

  test(`${file}: a write that is silently ignored is found and all is taken back`, async () => {
    let seen = 0
    const fault = (call) => (!call.reads && about(call).includes('/address-list') && seen++ === 0 ? 'ignore' : undefined)
    await failsAndIsTakenBack(file, environment, fault, /it failed and is taken back: [^]*address-list/)
  })

  test(`${file}: SIGTERM and SIGINT in the middle are taken back`, async () => {
    for (const signal of ['SIGTERM', 'SIGINT']) {
      const fault = ({ reads, call }) => {
        if (!reads && call === 5) running.kill(signal)
      }
      await failsAndIsTakenBack(file, environment, fault, new RegExp(`taken back: ${signal} came`))
    }
  })

  test(`${file}: only a menu that is not there is left out`, async () => {
    const isLte = (call) => call.reads && /^(\/rest)?\/interface\/lte(\/print)?$/.test(about(call))
    const refusing = (message) => ({ fault: (call) => (isLte(call) ? { refuse: message } : undefined) })
    await withRouter(refusing('no such command or directory (lte)'), async (server) => {
      const { code, stderr } = await example(file, environment(server))
      assert.equal(code, 0, stderr)
    })
    await withRouter(refusing('Session closed'), async (server) => {
      const { code, stderr } = await example(file, environment(server))
      assert.equal(code, 1)
      assert.match(stderr, /Session closed/)
      assert.equal(server.writes, 0)
    })
  })

  test(`${file}: a router that was changed since it was planned for is left alone`, async () => {
    let reads = 0
    await withRouter({}, async (server) => {
      server.fault = (call) => {
        // The router is read twice before the first write: in between another hand takes an address away.
        const isSecond = call.reads && about(call).includes('/ip/address') && ++reads === 2
        if (isSecond) server.router = server.router.run('/ip address remove [find]').router
      }
      const { code, stderr } = await example(file, environment(server))
      assert.equal(code, 1)
      assert.match(stderr, /was changed since the plan was made/)
      assert.equal(server.writes, 0)
    })
  })

  test(`${file}: a removal that is silently ignored is found and the site stays`, async () => {
    await withRouter({}, async (server) => {
      const applied = await example(file, environment(server))
      assert.equal(applied.code, 0, applied.stderr)
      const before = server.router
      let ignored = 0
      server.fault = (call) => {
        const isRemoval = !call.reads && (call.method === 'DELETE' || call.words?.[0].endsWith('/remove'))
        return isRemoval && ignored++ === 0 ? 'ignore' : undefined
      }
      const { code, stderr } = await example(file, environment(server), '--disable')
      assert.equal(code, 1)
      assert.match(stderr, /it failed and is taken back/)
      assert.deepEqual(before.diff(server.router).differences, [])
    })
  })

  test(`${file}: labels go out as their bytes`, async () => {
    await withRouter({}, async (server) => {
      const site = labelled('Größe – Ost')
      const applied = await exampleOn(site, file, environment(server))
      assert.equal(applied.code, 0, applied.stderr)
      assert.match(applied.stdout, /Größe – Ost/)
      assert.ok(planApply(readFileSync(site), server.router).isEmpty)
      assert.equal(siteOf(server.router).lines[0].label, 'Größe – Ost')
      const disabled = await exampleOn(site, file, environment(server), '--disable')
      assert.equal(disabled.code, 0, disabled.stderr)
      isAsAtStart(server)
    })
    await withRouter({}, async (server) => {
      const { code, stderr } = await exampleOn(labelled('Восток'), file, environment(server))
      if (file.includes('rest')) return assert.equal(code, 0, stderr)
      assert.equal(code, 1)
      assert.match(stderr, /this client cannot send .*Восток.* use REST/)
      isAsAtStart(server)
    })
  })

  test(`${file}: what is not set is refused before anything is sent`, async () => {
    await withRouter({}, async (server) => {
      const whole = { ROUTER_USER: USER, ROUTER_PASSWORD: PASSWORD, ...environment(server) }
      for (const name of Object.keys(whole).filter((name) => name !== 'ROUTER_PORT')) {
        for (const value of [undefined, '']) {
          const { code, stderr } = await example(file, { ...whole, [name]: value })
          assert.equal(code, 1)
          assert.match(stderr, new RegExp(`${name} is not set`))
        }
      }
    })
  })

  test(`${file}: a wrong password changes nothing`, async () => {
    await withRouter({}, async (server) => {
      const { code, stderr } = await example(file, { ...environment(server), ROUTER_PASSWORD: 'wrong' })
      assert.notEqual(code, 0)
      assert.match(stderr, /401|user ?name or password/i)
      assert.equal(server.writes, 0)
    })
  })

  test(`${file}: a certificate that nobody vouches for is refused`, async () => {
    await withRouter({}, async (server) => {
      const { code, stderr } = await example(file, { ...environment(server), NODE_EXTRA_CA_CERTS: undefined })
      assert.notEqual(code, 0)
      assert.match(stderr, /DEPTH_ZERO_SELF_SIGNED_CERT|self-signed certificate/)
      assert.equal(server.writes, 0)
    })
  })
}

test('apply-over-rest.mjs: an address without TLS is refused before anything is sent', async () => {
  const { code, stderr } = await example('apply-over-rest.mjs', { ROUTER_URL: 'http://localhost:9' })
  assert.equal(code, 1)
  assert.match(stderr, /ROUTER_URL does not begin with https/)
})

test('apply-over-api.mjs: a fatal reply in the middle is taken back', async () => {
  await failsAndIsTakenBack('apply-over-api.mjs', transports['apply-over-api.mjs'], at(5, 'fatal'), /it failed and is taken back: the/)
})

test('the router of the tests is read as it is over both transports', () => {
  const replies = {}
  for (const menu of start.menus()) replies[menu] = start.answerSentence([`${menu}/print`]).sentences
  assert.deepEqual(start.diff(Router.fromApi(replies, start.version)).differences, [])
})
