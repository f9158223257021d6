import JsSIP from 'jssip';

/** A page with JsSIP as its manual shows it: what our softphone is compared with. */
const parameters = new URLSearchParams(window.location.search);
const ua = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(parameters.get('ws') ?? '')],
  uri: parameters.get('uri') ?? '',
  password: parameters.get('password') ?? '',
});
type Session = ReturnType<typeof ua.call>;
let session: Session | undefined;

const button = (id: string, action: () => void) => document.getElementById(id)?.addEventListener('click', action);
const say = (text: string) => {
  document.title = text;
};
const call = (target: string) => {
  session = ua.call(target, {
    mediaConstraints: { audio: true, video: false },
    // An outgoing call has its connection before anyone can listen to it.
    eventHandlers: {
      peerconnection: ({ peerconnection }: { peerconnection: RTCPeerConnection }) => play(peerconnection),
    },
  });
};
/** Chromium gives no sound of a track that no element plays. */
const play = (connection: RTCPeerConnection) =>
  connection.addEventListener('track', ({ streams }) => {
    const audio = new Audio();
    audio.srcObject = streams[0] ?? null;
    void audio.play();
  });

ua.on('registered', () => say('ready'));
ua.on('newRTCSession', (event: { originator: string; session: Session }) => {
  session = event.session;
  if (event.originator === 'remote') {
    say('ringing');
    session.on('peerconnection', ({ peerconnection }: { peerconnection: RTCPeerConnection }) => play(peerconnection));
  }
  session.on('confirmed', () => say('talking'));
  session.on('ended', () => say('ready'));
  session.on('failed', () => say('ready'));
});
button('flow', () => call('100'));
button('person', () => call(parameters.get('person') ?? ''));
button('answer', () => session?.answer({ mediaConstraints: { audio: true, video: false } }));
button('key', () => session?.sendDTMF('1', { transportType: 'RFC2833' as never }));
button('end', () => session?.terminate());
ua.start();
