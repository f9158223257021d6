import { writeSync } from 'node:fs';
import { ProjectStore } from '../../electron/services/project/project-store.ts';
import { systemClock } from '../../electron/services/system-clock.ts';

/**
 * A process that saves as fast as it can until it is killed: `node save-forever.ts <data folder>`. Says `try <n>`
 * before and `ack <n>` after each save; `n` stands in the project's name.
 */
const [, , dataDir = ''] = process.argv;
let wallMs = Date.now();
// Every save is so much later that the ring takes a copy too.
const clock = { ...systemClock, wallMs: () => (wallMs += 6 * 60_000) };
const store = new ProjectStore(dataDir, clock);
let { revision, project } = await store.current();
for (let n = Number.parseInt(project.name, 10) || 0; ; ) {
  n++;
  writeSync(1, `try ${n}\n`);
  ({ revision, project } = await store.save({ ...project, name: String(n) }, revision));
  writeSync(1, `ack ${n}\n`);
}
