// Records the header lines that Chromium sends with `POST /api/sync`, for the simulated phones of the measures.
//
// `node record-headers.mjs FILE`. Always true: what is written is what was read from the socket, with the values that differ
// from request to request (host, length, cookie) as they were. Deliberately not here: replaying them (the harness does).

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program, SWITCHES } from './chromium.mjs'

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: 0\r\n'
const PAGE = '<!doctype html><html lang="zh-CN"><title>x</title><body><script>new Worker("/worker.js", { type: "module" })</script></body></html>'

/** A listener that gives the page first, a cookie with the first exchange, and resolves with the second exchange's lines. */
function listen() {
  let exchanges = 0
  let done
  const recorded = new Promise((resolve) => (done = resolve))
  const listener = createServer((socket) => {
    let text = ''
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = text.slice(0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (text.length < end + 4 + length) return
      text = ''
      if (!head.startsWith('POST /api/sync')) {
        const type = head.startsWith('GET /worker.js') ? 'text/javascript' : 'text/html'
        const body = type === 'text/html' ? PAGE : WORKER
        return socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nReferrer-Policy: no-referrer\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        )
      }
      exchanges += 1
      const cookie = 'Set-Cookie: __Host-phone=' + 'A'.repeat(43) + '; Path=/; Secure; HttpOnly; SameSite=Strict\r\n'
      socket.write(`${ANSWER}${cookie}\r\n`)
      if (exchanges === 2) done(head)
    })
  })
  return new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve({ listener, recorded })))
}

// The product exchanges from its worker: what Chromium says of the sender is recorded from there.
const WORKER = `
const exchange = () => fetch('/api/sync', { method: 'POST', headers: { 'content-type': 'application/cbor' }, body: new Uint8Array(300) })
exchange().then(exchange)
`

const file = process.argv[2]
if (!file) throw new Error('say where to: node record-headers.mjs FILE')
const { listener, recorded } = await listen()
const folder = mkdtempSync(join(tmpdir(), 'zoufang-headers-'))
// Started by hand: what drives a browser from outside changes what it says of itself.
const browser = spawn(
  program(),
  [...SWITCHES, '--headless=new', '--accept-lang=zh-CN,zh', `--user-data-dir=${folder}`, `http://127.0.0.1:${listener.address().port}/`],
  { stdio: 'ignore' },
)
const head = await recorded
writeFileSync(file, head + '\r\n')
console.log(head)
browser.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
browser.kill()
listener.close()
