import type { PbxCommand } from '../../../shared/bridge/pbx.ts';

/** A running PBX process, however it was made: Electron's utilityProcess or a Node child process. */
export interface PbxProcess {
  send(command: PbxCommand): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts a PBX process. */
export type SpawnPbx = () => PbxProcess;
