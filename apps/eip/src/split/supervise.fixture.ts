/** A service as its supervisor sees it: answers `/ready`, and ends when told, or (`/end`) by a fault; with `deaf` it does not hear. */
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  if (request.url === '/end') process.exit(3)
  response.writeHead(request.url === '/ready' ? 200 : 404).end()
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  process.stderr.write(`listening as ${process.argv[3]}\n`)
})
process.once('SIGTERM', () => {
  process.stdout.write('stopping\n')
  if (process.argv[4] === 'deaf') return
  server.closeAllConnections()
  server.close()
})
