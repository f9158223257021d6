import type { BridgeHandlers } from '../../../shared/bridge/contract.ts';
import type { trunkCalls } from '../../../shared/bridge/trunk.ts';
import type { TrunkService } from './trunk-service.ts';

/** The calls of the contract that the outside line answers. */
export function trunkHandlers(service: () => TrunkService): Pick<BridgeHandlers, keyof typeof trunkCalls> {
  return {
    'trunk.get': () => service().view(),
    'trunk.set': ({ settings, password }) => service().set(settings, password),
    'trunk.state': async () => service().state,
  };
}
