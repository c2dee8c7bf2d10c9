// A relay between browser and server: writes down each answer with the bytes of its body as the server sent them, and can be
// a valley without signal.
//
// Always true: nothing is changed on the way. Deliberately not here: what the bytes mean.

import { createServer, request } from 'node:http'

/** Starts a relay to `server` (a URL). `log` grows: `{ at, method, path, status, type, encoding, bytes }`. */
export async function startRelay(server) {
  const target = new URL(server)
  const log = []
  const waiting = []
  let isDown = false
  const relay = createServer((asked, answer) => {
    if (isDown) return asked.socket.destroy()
    const where = { host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers: asked.headers }
    const forward = request(where, (answered) => {
      const entry = note(log, asked, answered)
      answer.writeHead(answered.statusCode, answered.rawHeaders)
      answered.on('data', (piece) => {
        entry.bytes += piece.length
        entry.body.push(piece)
      })
      answered.pipe(answer)
      answered.on('end', () => waiting.splice(0).forEach((look) => look(entry)))
    })
    forward.on('error', () => answer.destroy())
    answer.on('close', () => forward.destroy())
    asked.pipe(forward)
  })
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve))
  relay.unref()
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    log,
    /** Resolves with the next answer to `path` that has passed. */
    passed(path) {
      return new Promise((resolve) => {
        const look = (entry) => (entry.path === path ? resolve(entry) : waiting.push(look))
        waiting.push(look)
      })
    },
    /** No signal: what is open breaks, nothing new is taken. */
    down() {
      isDown = true
      relay.closeAllConnections()
    },
    up() {
      isDown = false
    },
    close() {
      relay.close()
      relay.closeAllConnections()
    },
  }
}

function note(log, asked, answered) {
  const { 'content-type': type = '', 'content-encoding': encoding = '' } = answered.headers
  const { method, url: path } = asked
  const entry = { at: performance.now(), method, path, status: answered.statusCode, type, encoding, bytes: 0, body: [] }
  // Whoever prints the log wants figures.
  Object.defineProperty(entry, 'body', { enumerable: false })
  log.push(entry)
  return entry
}
