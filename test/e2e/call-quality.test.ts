import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import type { AppBrowser } from '../support/app-browser.ts';
import { CALLER_HZ, hasTone, MainJob, OPERATOR_HZ } from '../support/main-job.ts';

const [operator] = Object.values(sampleProject('en').people);
if (operator === undefined) throw new Error('the sample has people');

interface RemoteInbound {
  readonly roundTripTime: number;
  readonly fractionLost: number;
  readonly packetsLost: number;
}

/** What the far end told a page of what it sends (RFC 3550 6.4, as WebRTC shows it), once it did. */
function remoteInbound(browser: AppBrowser): Promise<RemoteInbound> {
  return browser.page.evaluate(async () => {
    const { peers } = (window as unknown as { __ear: { peers: RTCPeerConnection[] } }).__ear;
    for (;;) {
      for (const peer of peers.filter(({ connectionState }) => connectionState === 'connected')) {
        for (const report of (await peer.getStats()).values()) {
          if (report.type === 'remote-inbound-rtp' && report.roundTripTimeMeasurements > 0) return report;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
}

/** Codecs of what a page sends and hears in the call that it has. */
function codecs(browser: AppBrowser): Promise<readonly string[]> {
  return browser.page.evaluate(async () => {
    const { peers } = (window as unknown as { __ear: { peers: RTCPeerConnection[] } }).__ear;
    const peer = peers.find(({ connectionState }) => connectionState === 'connected');
    const stats = await peer?.getStats();
    const streams = [...(stats?.values() ?? [])].filter(({ type }) => /^(in|out)bound-rtp$/.test(type));
    return streams.map(({ type, codecId }) => `${type} ${stats?.get(codecId)?.mimeType}`).sort();
  });
}

describe('the figures of a call', () => {
  let job: MainJob;
  beforeAll(async () => {
    job = await MainJob.start();
    await job.openDesigner();
    await job.signInOperator(operator.name);
  });
  afterAll(() => job?.close());

  it('both browsers speak Opus to each other, and are told the round trip and the loss of what they send', async () => {
    const { page } = job.caller;
    await page.getByRole('button', { name: 'Show or hide the phone' }).click();
    const field = page.getByLabel('Number or extension');
    await field.fill(operator.extension);
    await field.press('Enter');
    await job.operator.page.getByRole('button', { name: 'Answer' }).click();
    await Promise.all([
      job.operator.hears('the caller', hasTone(CALLER_HZ)),
      job.caller.hears('the operator', hasTone(OPERATOR_HZ)),
    ]);
    const opus = ['inbound-rtp audio/opus', 'outbound-rtp audio/opus'];
    expect(await Promise.all([codecs(job.caller), codecs(job.operator)])).toEqual([opus, opus]);
    for (const figures of await Promise.all([remoteInbound(job.caller), remoteInbound(job.operator)])) {
      expect(figures.roundTripTime).toBeGreaterThanOrEqual(0);
      expect(figures.roundTripTime).toBeLessThan(0.5);
      expect([figures.fractionLost, figures.packetsLost]).toEqual([0, 0]);
    }
    await job.hangUp();
  });
});
