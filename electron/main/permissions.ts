import { session } from 'electron';
import { isOurPage } from './app-protocol.ts';

/** What a phone needs, and nothing else. */
const ALLOWED = new Set(['media', 'speaker-selection', 'notifications', 'clipboard-sanitized-write', 'clipboard-read']);

/** Electron approves every permission by default: allow only ours, to our own pages, and sound only, no camera. */
export function lockPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, callback, details) => {
    const video = permission === 'media' && 'mediaTypes' in details && details.mediaTypes?.includes('video') === true;
    callback(ALLOWED.has(permission) && !video && isOurPage(details.requestingUrl || contents.getURL()));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    if (permission === 'media' && details.mediaType === 'video') return false;
    return ALLOWED.has(permission) && isOurPage(requestingOrigin);
  });
  session.defaultSession.setDevicePermissionHandler(() => false);
}
