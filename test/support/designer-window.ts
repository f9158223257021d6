import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { HostServer } from '../../electron/host/host-server.ts';
import { type EventName, events } from '../../shared/bridge/contract.ts';
import type { Flow, Project } from '../../shared/flow/project.ts';
import { silentLogger } from '../../shared/lib/logger.ts';
import { AppBrowser } from './app-browser.ts';
import { FakeBackend } from './fake-bridge.ts';

const RENDERER_DIR = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** The built window in a real browser, by the real host server, over the main process in memory. */
export class DesignerWindow {
  readonly backend: FakeBackend;
  readonly browser: AppBrowser;
  readonly #server: HostServer;
  readonly #url: string;

  private constructor(backend: FakeBackend, browser: AppBrowser, server: HostServer, url: string) {
    this.backend = backend;
    this.browser = browser;
    this.#server = server;
    this.#url = url;
  }

  /** Expects `npm run build` to have been run. */
  static async open(project: Project): Promise<DesignerWindow> {
    if (!existsSync(RENDERER_DIR)) throw new Error('Build the window first: npm run build');
    const backend = new FakeBackend(project);
    const { handlers } = backend;
    const server = new HostServer({ port: 0, rendererDir: RENDERER_DIR, handlers, logger: silentLogger });
    const bridge = backend.window();
    for (const name of Object.keys(events) as EventName[]) bridge.on(name, (payload) => server.emit(name, payload));
    const url = await server.listen();
    const opened = new DesignerWindow(backend, await AppBrowser.launch({}), server, url);
    await opened.reload();
    return opened;
  }

  get page(): Page {
    return this.browser.page;
  }

  /** The flow `main` as it was saved last, after whatever is unsaved. */
  async flow(): Promise<Flow> {
    await this.page.keyboard.press('Control+s');
    await this.page.getByText('Saved', { exact: true }).waitFor();
    const flow = this.backend.state.project.flows.main;
    if (!flow) throw new Error('the project has the flow "main"');
    return flow;
  }

  /** Begins anew, with another project if one is given. */
  async reload(project: Project = this.backend.state.project): Promise<void> {
    this.backend.state = { ...this.backend.state, project };
    this.backend.calls.clear();
    await this.page.goto('about:blank');
    await this.page.goto(this.#url);
    await this.card('start').waitFor();
    // Show everything is done once all cards have their sizes.
    await this.page.waitForFunction(() => !document.querySelector('.react-flow__node[style*="visibility: hidden"]'));
  }

  /** A second window of the same app. */
  async secondPage(): Promise<Page> {
    const page = await this.page.context().newPage();
    await page.goto(this.#url);
    await page.locator('.react-flow__node').first().waitFor();
    return page;
  }

  card(id: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`);
  }

  /** The round handle of an output; of the input without one. */
  handle(id: string, output?: string): Locator {
    const side = output === undefined ? '.target' : `.source[data-handleid="${output}"]`;
    return this.card(id).locator(`.react-flow__handle${side}`);
  }

  /** Pulls with the mouse from one place to another, in screen pixels. */
  async pull(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#server.close();
  }
}

/** The middle of what a locator finds, in screen pixels. */
export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('not drawn');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
