import { runHost } from '../../electron/host/run-host.ts';

/** A process that is the whole app on the Node host: `node host-process.ts <data folder>`. Says its address. */
const [, , dataDir = ''] = process.argv;
const { url } = await runHost({ dataDir, port: 0, pbxPort: 0, sipPort: 0, locale: 'en', logLevel: 'error' });
console.log(url);
