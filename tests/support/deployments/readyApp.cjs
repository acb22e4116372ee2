// A process whose /readyz answers 200 as soon as the file READY exists. The first argument that PM2 counts is added to PORT.
const { existsSync } = require('node:fs');
const { createServer } = require('node:http');

const port = Number(process.env.PORT) + Number(process.env.NODE_APP_INSTANCE ?? 0);
createServer((request, response) => {
  response.writeHead(existsSync(process.env.READY) ? 200 : 503).end();
}).listen(port, '127.0.0.1');
