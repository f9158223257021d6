import type { BridgeHandlers, ProjectState } from '../../../shared/bridge/contract.ts';
import type { versionCalls } from '../../../shared/bridge/versions.ts';
import type { VersionStore } from './version-store.ts';

/** The calls of the contract that the versions answer. `current` gives the saved project. */
export function versionHandlers(
  store: () => VersionStore,
  current: () => Promise<ProjectState>,
): Pick<BridgeHandlers, keyof typeof versionCalls> {
  return {
    'versions.list': () => store().list(),
    'versions.get': ({ id }) => store().get(id),
    'versions.create': async ({ message, kind }) => store().keep((await current()).project, kind, message),
    'versions.rename': ({ id, message }) => store().rename(id, message),
    'versions.markPublished': async ({ id }) => {
      await store().markPublished(id);
      return {};
    },
    'versions.remove': async ({ id }) => {
      await store().remove(id);
      return {};
    },
  };
}
