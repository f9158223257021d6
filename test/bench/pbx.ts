import { runLoad, type Server } from './pbx/load.ts';
import { startOurs } from './pbx/ours.ts';

const PORT = 47_062;
const server: Server = await startOurs(PORT);
try {
  for (const calls of process.argv.slice(2).map(Number)) {
    const report = await runLoad(
      server,
      { calls, perSecond: Math.max(10, calls / 15), target: server.minute, holdMs: 25_000 },
      PORT,
    );
    console.log(calls, JSON.stringify(report));
  }
} finally {
  await server.stop();
}
