import type { LoadReport, Server } from './load.ts';

/** The highest level that a server bore, and what was measured there. */
export interface Summit {
  readonly level: number;
  readonly report: LoadReport;
}

const STEP = 1.3;
/** A level counts as not borne when it fails so often: the machine has other things to do, too. */
const TRIES = 3;

/**
 * Finds for each server the highest level that is clean, turn by turn, so that a slow minute of the machine is
 * nobody's: up by 30 %, and once between the last that was clean and the first that was not. Undefined: not even the
 * first level was.
 */
export async function climb(
  servers: readonly Server[],
  starts: Readonly<Record<Server['name'], number>>,
  measure: (server: Server, level: number) => Promise<LoadReport>,
  isClean: (report: LoadReport) => boolean,
): Promise<(Summit | undefined)[]> {
  const climbs = servers.map((server) => ({
    server,
    level: starts[server.name],
    best: undefined as Summit | undefined,
    tries: 0,
    isLast: false,
    isOver: false,
  }));
  while (climbs.some(({ isOver }) => !isOver)) {
    for (const climber of climbs) {
      if (climber.isOver) continue;
      const { server, level, best } = climber;
      const report = await measure(server, level);
      if (isClean(report)) {
        climber.best = { level, report };
        climber.tries = 0;
        climber.isOver = climber.isLast;
        climber.level = Math.round(level * STEP);
        continue;
      }
      climber.tries++;
      if (climber.tries < TRIES) continue;
      climber.tries = 0;
      climber.isOver = climber.isLast || best === undefined;
      climber.isLast = true;
      climber.level = Math.round(((best?.level ?? 0) + level) / 2);
    }
  }
  return climbs.map(({ best }) => best);
}
