import { safeStorage } from 'electron';
import type { Cipher } from '../services/sync/secret-store.ts';

/** The system's own secret store (Keychain, DPAPI, libsecret or KWallet), by Electron; usable once the app is ready. */
export const systemCipher: Cipher = {
  isAvailable() {
    if (!safeStorage.isEncryptionAvailable()) return false;
    // Without a keyring Electron on Linux encrypts with a password that everyone knows.
    return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
};
