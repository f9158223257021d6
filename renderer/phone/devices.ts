import { createStore, type StoreApi } from 'zustand/vanilla';

/** Device ids as the browser gives them; '' is the system's default. */
export interface DeviceChoice {
  readonly microphoneId: string;
  readonly speakerId: string;
  readonly ringerId: string;
}

export interface DevicesState {
  readonly inputs: readonly MediaDeviceInfo[];
  readonly outputs: readonly MediaDeviceInfo[];
  readonly choice: DeviceChoice;
}

export interface DevicesStore extends StoreApi<DevicesState> {
  choose(part: Partial<DeviceChoice>): void;
  /** Asks the system again; names are there only once the microphone was allowed. */
  refresh(): Promise<void>;
  dispose(): void;
}

const STORAGE_KEY = 'dialtree.devices';
const DEFAULT: DeviceChoice = { microphoneId: '', speakerId: '', ringerId: '' };

/** Sound devices of this machine and which of them are used, remembered in `storage`; follows plugging. */
export function createDevicesStore(
  media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): DevicesStore {
  const store = createStore<DevicesState>(() => ({ inputs: [], outputs: [], choice: remembered(storage) }));
  const refresh = async () => {
    const devices = (await media?.enumerateDevices().catch(() => [])) ?? [];
    // "default" and "communications" repeat a real device under another name: '' stands for the default.
    const real = devices.filter((device) => device.deviceId !== 'default' && device.deviceId !== 'communications');
    store.setState({
      inputs: real.filter((device) => device.kind === 'audioinput' && device.deviceId !== ''),
      outputs: real.filter((device) => device.kind === 'audiooutput' && device.deviceId !== ''),
    });
  };
  const handleChange = () => void refresh();
  media?.addEventListener('devicechange', handleChange);
  return {
    ...store,
    refresh,
    choose(part) {
      const choice = { ...store.getState().choice, ...part };
      storage.setItem(STORAGE_KEY, JSON.stringify(choice));
      store.setState({ choice });
    },
    dispose: () => media?.removeEventListener('devicechange', handleChange),
  };
}

function remembered(storage: Pick<Storage, 'getItem'>): DeviceChoice {
  try {
    const kept = JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}') as Partial<Record<keyof DeviceChoice, unknown>>;
    const id = (value: unknown) => (typeof value === 'string' ? value : '');
    return { microphoneId: id(kept.microphoneId), speakerId: id(kept.speakerId), ringerId: id(kept.ringerId) };
  } catch {
    return DEFAULT;
  }
}
