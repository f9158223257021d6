/** Who calls by WebRTC. */
export const WEBRTC = { user: 'tester', password: 'bench', realm: 'bench' } as const;
