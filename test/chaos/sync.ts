import { parseArgs } from 'node:util';
import { runChaos } from '../support/sync/chaos.ts';
import { ensureWebServers, type ServerKind } from '../support/sync/web-servers.ts';

/**
 * `npm run chaos:sync -- --seed N --seconds S --server apache|nginx --json`: two apps edit one document at once on real
 * servers (Apache mod_dav; nginx with plain GET and PUT), while connections are cut in every place, requests are
 * refused, and servers and apps are killed and started again. Passes when all are equal at the end and no edit is lost.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** For both servers together. */
    seconds: { type: 'string', default: '60' },
    server: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

if (!ensureWebServers()) {
  if (values.json) console.log(JSON.stringify({ skipped: true, reason: 'Apache and nginx are not installed' }));
  process.exit(0);
}
const kinds = (['apache', 'nginx'] as const).filter((kind): kind is ServerKind => (values.server ?? kind) === kind);
const durationMs = (Number(values.seconds) * 1000) / kinds.length;
const runs = [];
for (const kind of kinds) runs.push(await runChaos({ kind, seed: Number(values.seed), durationMs }));
const ok = runs.length > 0 && runs.every(({ equal, lost }) => equal && lost.length === 0);
if (values.json) console.log(JSON.stringify({ ok, runs }));
else {
  for (const run of runs) {
    const { server, edits, requests, conflictsShown, restarts, equal, lost } = run;
    const faults = Object.values(run.faults).reduce((sum, count) => sum + count, 0);
    console.log(
      `${server}: ${edits} edits, ${requests} requests, ${faults} faults, ${restarts.server} server kills, ` +
        `${restarts.app} app restarts, ${conflictsShown} conflicts shown; ${equal ? 'equal' : 'NOT EQUAL'}, ${lost.length} lost`,
    );
    for (const one of lost) console.log(`  lost: ${one}`);
  }
  console.log(ok ? 'passed' : 'FAILED');
}
process.exit(ok ? 0 : 1);
