import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Logger } from '../../shared/lib/logger.ts';
import { PAYLOAD_TYPES } from './codec.ts';
import { encodeG711, FRAME_SAMPLES } from './g711.ts';
import { WebRtcLeg } from './webrtc-leg.ts';

/**
 * Connects one leg to a peer of our own and sends a packet, so that the first caller does not pay for compiling ICE,
 * DTLS and SRTP (150–240 ms instead of 50). Never rejects: a failure only means a slower first call, and is logged.
 */
export async function warmUp(clock: Clock, address: string, logger: Logger): Promise<void> {
  const leg = new WebRtcLeg({ clock, address, connectTimeoutMs: 3000 });
  const peer = new RTCPeerConnection({
    codecs: { audio: [new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, payloadType: 0 })] },
    iceServers: [],
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceAdditionalHostAddresses: [address],
    iceInterfaceAddresses: address.includes(':') ? { udp6: address } : { udp4: address },
  });
  try {
    peer.addTransceiver('audio', { direction: 'sendrecv' });
    await peer.setLocalDescription(await peer.createOffer());
    const connected = new Promise<void>((resolve, reject) => {
      leg.setEvents({ onConnected: resolve, onFailed: (reason) => reject(new Error(reason)), onRtp: () => {} });
    });
    await peer.setRemoteDescription({ type: 'answer', sdp: await leg.answer(peer.localDescription?.sdp ?? '') });
    await connected;
    const payload = encodeG711('PCMU', new Int16Array(FRAME_SAMPLES));
    const packet = { payloadType: PAYLOAD_TYPES.PCMU, marker: true, sequence: 1, timestamp: 1, ssrc: 1, payload };
    leg.send(packet);
  } catch (error) {
    logger.log('warn', 'media.warm-up-failed', { error: String(error) });
  } finally {
    await Promise.all([leg.close(), peer.close()]);
  }
}
