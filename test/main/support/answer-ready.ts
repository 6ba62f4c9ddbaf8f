import { createServer } from 'node:http';

/** A program that answers as a ready hub does, or ends with code 3 when told to fail. */
const [, , port, mode] = process.argv;
if (mode === 'fail') process.exit(3);
createServer((_request, response) => response.writeHead(200).end('{"ready":true}')).listen(
  Number(port),
  '127.0.0.1',
);
