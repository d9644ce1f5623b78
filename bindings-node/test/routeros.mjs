// A router for tests: REST over HTTPS and the API over TLS, on loopback. Its state is a twin, a `Router` of multi-isp;
// this file only speaks the protocols and checks the password.
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTlsServer } from 'node:tls'
import { observe } from 'multi-isp'

/**
 * Starts a router.
 *
 * `fault(call)` may break a call: it gets `{ reads, call, words }` or `{ reads, call, method, path }`, where `call` counts from 0 the
 * calls that write. It answers with what the router does instead: `{ refuse: message }`, `'ignore'`, which answers as if it were done,
 * `'cut'`, which does it and ends the connection without an answer, or, of the API, `'fatal'`.
 *
 * @param {object} options
 * @param {import('multi-isp').Router} options.router what it is at first
 * @param {string} options.user
 * @param {string} options.password
 * @param {{ key: string, cert: string }} options.tls
 * @param {(call: object) => undefined | { refuse: string } | 'ignore' | 'cut' | 'fatal'} [options.fault]
 */
export async function routerOs({ router, user, password, tls, fault = () => undefined }) {
  const state = { router, writes: 0, user, password, fault }
  const rest = createHttpsServer(tls, (request, response) => answerRest(state, request, response))
  const api = createTlsServer(tls, (socket) => serveApi(state, socket))
  const servers = [rest, api]
  await Promise.all(servers.map((server) => listen(server)))
  return {
    get router() {
      return state.router
    },
    /** Another hand changes it. */
    set router(router) {
      state.router = router
    },
    set fault(fault) {
      state.fault = fault
    },
    /** How many calls would have written something. */
    get writes() {
      return state.writes
    },
    restPort: rest.address().port,
    apiPort: api.address().port,
    async close() {
      rest.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
    },
  }
}

function listen(server) {
  return new Promise((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
}

// REST

async function answerRest(state, request, response) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined
  const answer = restAnswer(state, request, body)
  if (answer === 'cut') return response.destroy()
  response.writeHead(answer.status, { 'content-type': 'application/json' })
  response.end(answer.body)
}

function restAnswer(state, request, body) {
  if (!mayEnter(state, request.headers.authorization)) {
    return { status: 401, body: '{"error":401,"message":"Unauthorized"}' }
  }
  const reads = request.method === 'GET' || request.url.endsWith('/print')
  const fault = faultOf(state, { reads, method: request.method, path: request.url })
  if (fault?.refuse) {
    return { status: 400, body: JSON.stringify({ detail: fault.refuse, error: 400, message: 'Bad Request' }) }
  }
  const answer = (reads ? seen(state) : state.router).answerRequest(request.method, request.url, body)
  if (!reads && fault !== 'ignore') state.router = answer.router
  return fault === 'cut' ? fault : answer
}

/** The router with its links, leases and active routes, as they are while all its lines work. */
function seen(state) {
  if (state.seenOf !== state.router) {
    state.seenOf = state.router
    state.seen = observe(state.router)
  }
  return state.seen
}

function mayEnter(state, header = '') {
  const [kind, credentials = ''] = header.split(' ')
  return kind === 'Basic' && Buffer.from(credentials, 'base64').toString() === `${state.user}:${state.password}`
}

function faultOf(state, call) {
  const count = state.writes
  if (!call.reads) state.writes += 1
  return state.fault({ call: count, ...call })
}

// The API: words behind their lengths, a word of length 0 ends a sentence.

function serveApi(state, socket) {
  const session = { isIn: false, unread: Buffer.alloc(0), words: [] }
  socket.on('error', () => {})
  socket.on('data', (data) => {
    session.unread = Buffer.concat([session.unread, data])
    for (const words of sentences(session)) {
      const answer = apiAnswer(state, session, words)
      if (answer === 'cut') return socket.destroy()
      socket.write(Buffer.concat(answer.map(encoded)))
      if (String(answer[0][0]) === '!fatal') return socket.end()
    }
  })
}

function* sentences(session) {
  for (let word = nextWord(session); word; word = nextWord(session)) {
    if (word.length > 0) {
      session.words.push(word)
    } else if (session.words.length > 0) {
      yield session.words.splice(0)
    }
  }
}

function apiAnswer(state, session, words) {
  const tag = words.find((word) => word.toString().startsWith('.tag='))
  const rest = words.filter((word) => word !== tag)
  const sentencesOf = untagged(state, session, rest)
  const isTagged = tag && Array.isArray(sentencesOf) && String(sentencesOf[0][0]) !== '!fatal'
  return isTagged ? sentencesOf.map((sentence) => [...sentence, tag]) : sentencesOf
}

function untagged(state, session, words) {
  const [command] = words.map(String)
  if (command === '/login') return loginAnswer(state, session, words)
  if (!session.isIn) return [['!fatal', 'not logged in']]
  const reads = command.endsWith('/print') || command.endsWith('/getall')
  const fault = faultOf(state, { reads, words: words.map(String) })
  if (fault?.refuse) return [['!trap', `=message=${fault.refuse}`], ['!done']]
  if (fault === 'fatal') return [['!fatal', 'session terminated on request']]
  const answer = (reads ? seen(state) : state.router).answerSentence(words)
  if (!reads && fault !== 'ignore') state.router = answer.router
  return fault === 'cut' ? fault : answer.sentences
}

function loginAnswer(state, session, words) {
  const texts = words.map(String)
  session.isIn = texts.includes(`=name=${state.user}`) && texts.includes(`=password=${state.password}`)
  if (session.isIn) return [['!done']]
  return [['!trap', '=message=invalid user name or password (6)'], ['!done']]
}

/** Takes a word off what came; nothing where it is not whole yet. */
function nextWord(session) {
  const { unread } = session
  if (unread.length === 0) return undefined
  const extra = [0x80, 0xc0, 0xe0, 0xf0].filter((mark) => unread[0] >= mark).length
  if (unread.length < 1 + extra) return undefined
  const mask = [0xff, 0x3f, 0x1f, 0x0f, 0x00][extra]
  let length = unread[0] & mask
  for (let at = 1; at <= extra; at += 1) length = length * 256 + unread[at]
  const start = 1 + extra
  if (unread.length < start + length) return undefined
  session.unread = unread.subarray(start + length)
  return unread.subarray(start, start + length)
}

function encoded(words) {
  const parts = words.map((word) => Buffer.from(word)).flatMap((word) => [lengthOf(word.length), word])
  return Buffer.concat([...parts, Buffer.of(0)])
}

function lengthOf(length) {
  if (length < 0x80) return Buffer.of(length)
  if (length < 0x4000) return Buffer.of(0x80 | (length >> 8), length & 0xff)
  if (length < 0x200000) return Buffer.of(0xc0 | (length >> 16), (length >> 8) & 0xff, length & 0xff)
  if (length < 0x10000000) {
    return Buffer.of(0xe0 | (length >> 24), (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff)
  }
  return Buffer.of(0xf0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff)
}
