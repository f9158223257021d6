import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const APACHE = '/usr/sbin/apache2';
const NGINX = '/usr/sbin/nginx';
const MODULES = '/usr/lib/apache2/modules';

export type ServerKind = 'apache' | 'nginx';

/** Whether the real servers are on this machine. */
function hasWebServers(): boolean {
  return existsSync(APACHE) && existsSync(join(MODULES, 'mod_dav.so')) && existsSync(NGINX);
}

/** Installs the servers on Debian as root; else says what is missing. True when they are there. */
export function ensureWebServers(): boolean {
  if (hasWebServers()) return true;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('Installing Apache and nginx for the synchronisation tests …\n');
    // Only the programs: no service of the system's is to run.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'apache2', 'nginx-light'],
    ]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    }
  }
  if (hasWebServers()) return true;
  process.stderr.write('SKIPPED: Apache (with mod_dav) and nginx are not installed: apt install apache2 nginx-light\n');
  return false;
}

/** A real web server on loopback that keeps files in `dir`; killed and started again as often as wanted. */
export class WebServer {
  readonly kind: ServerKind;
  readonly #dir: string;
  #port = 0;
  #child: ChildProcess | null = null;

  constructor(kind: ServerKind, dir: string) {
    this.kind = kind;
    this.#dir = dir;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, at the same port each time. */
  async start(): Promise<void> {
    if (this.#port === 0) {
      this.#port = await freePort();
      for (const name of ['data', 'tmp']) mkdirSync(join(this.#dir, name), { recursive: true });
      // Apache's worker is another user where it is started by root.
      chmodSync(join(this.#dir, '..'), 0o755);
      for (const name of ['', 'data', 'tmp']) chmodSync(join(this.#dir, name), 0o777);
      writeFileSync(this.#file, this.kind === 'nginx' ? this.#nginxConf() : this.#apacheConf());
    }
    const args =
      this.kind === 'nginx' ? ['-c', this.#file, '-e', join(this.#dir, 'error.log')] : ['-X', '-f', this.#file];
    this.#child = spawn(this.kind === 'nginx' ? NGINX : APACHE, args, { stdio: 'ignore' });
    await this.#answers();
  }

  /** As when the power goes. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  get #file(): string {
    return join(this.#dir, `${this.kind}.conf`);
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      const socket = connect(this.#port, '127.0.0.1');
      const open = await new Promise<boolean>((resolve) => {
        socket.on('connect', () => resolve(true));
        socket.on('error', () => resolve(false));
      });
      socket.destroy();
      if (open) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${this.kind} does not start: see ${join(this.#dir, 'error.log')}`);
  }

  #nginxConf(): string {
    const tmp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${this.#dir}/tmp;`,
    );
    return `daemon off; master_process off; pid ${this.#dir}/nginx.pid; error_log ${this.#dir}/error.log;
events { worker_connections 256; }
http {
  access_log off; default_type application/json; ${tmp.join(' ')}
  server {
    listen 127.0.0.1:${this.#port}; root ${this.#dir}/data; client_max_body_size 64m;
    location / { dav_methods PUT; create_full_put_path on; dav_access user:rw; gzip on; gzip_types application/json; }
  }
}
`;
  }

  #apacheConf(): string {
    const modules = ['mpm_event', 'authz_core', 'dav', 'dav_fs'];
    const isRoot = process.getuid?.() === 0;
    return `ServerName localhost
ServerRoot ${this.#dir}
Listen 127.0.0.1:${this.#port}
PidFile ${this.#dir}/httpd.pid
ErrorLog ${this.#dir}/error.log
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
DocumentRoot ${this.#dir}/data
DavLockDB ${this.#dir}/tmp/locks
<Directory ${this.#dir}/data>
  Dav On
  Require all granted
</Directory>
`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
