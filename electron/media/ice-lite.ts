import { type CandidatePair, Connection } from 'werift';

/**
 * Two corrections to werift's ICE-lite agent, made on one connection:
 *
 * - It sends nothing before the browser nominates a pair, but Chromium sends its DTLS ClientHello after its first check
 *   and nominates with its second, 50 ms later. A path that has passed a check (message integrity included) is used at
 *   once until one is nominated.
 * - It stays on the first nominated pair. The controlling agent may nominate another one later (RFC 8445 8.1.1: the
 *   browser changed its network); then that one is used.
 */
export function sendOnCheckedPath(connection: unknown): void {
  if (!(connection instanceof Connection)) return;
  const checkIncoming = connection.checkIncoming.bind(connection);
  connection.checkIncoming = (message, address, protocol) => {
    const before = connection.nominated;
    const nominates = message.attributesKeys.includes('USE-CANDIDATE');
    if (nominates) delete connection.nominated;
    checkIncoming(message, address, protocol);
    const usable = before ?? pairOf(connection, address, protocol);
    if (connection.nominated === undefined && usable !== undefined) connection.nominated = usable;
  };
}

function pairOf(
  connection: Connection,
  [host, port]: readonly [string, number],
  protocol: CandidatePair['protocol'],
): CandidatePair | undefined {
  return connection.checkList.find(
    (pair) => pair.protocol === protocol && pair.remoteCandidate.host === host && pair.remoteCandidate.port === port,
  );
}
