import { createHash, randomBytes } from 'node:crypto';
import type { PhoneAccount } from '../../../shared/bridge/contract.ts';
import type { PbxAccount } from '../../../shared/bridge/pbx.ts';
import type { Person, Project } from '../../../shared/flow/project.ts';
import { DialtreeError } from '../../../shared/lib/errors.ts';

/** Digest realm and domain of the embedded PBX; `.invalid` never resolves (RFC 2606). */
export const EMBEDDED_REALM = 'dialtree.invalid';

/** SIP user of the designer's own phone. */
const TESTER = 'tester';

/** Whose phone an account is for. */
export type AccountOwner = 'tester' | { readonly personId: string };

/**
 * Accounts of the embedded PBX. Their passwords are random, live in memory only and are new at every start: windows
 * get them over the bridge, the PBX gets their digests.
 */
export class EmbeddedAccounts {
  readonly #passwords = new Map<string, string>();

  /** Accounts of everyone in the project and of the tester, for the PBX. */
  forPbx(project: Project): PbxAccount[] {
    const tester: PbxAccount = { user: TESTER, displayName: 'Test call', credentials: this.#digests(TESTER) };
    const people = Object.entries(project.people).map(([personId, person]) => ({
      user: person.extension,
      displayName: person.name,
      personId,
      credentials: this.#digests(person.extension),
    }));
    return [tester, ...people];
  }

  /**
   * What a window's phone needs to register.
   * @throws DialtreeError `phone/unknown-person`.
   */
  forPhone(project: Project, owner: AccountOwner, wsUrl: string): PhoneAccount {
    if (owner === 'tester') return this.#account(TESTER, 'Test call', null, wsUrl);
    const person = personOf(project, owner.personId);
    return this.#account(person.extension, person.name, owner.personId, wsUrl);
  }

  /**
   * What a person's own phone needs, besides the address.
   * @throws DialtreeError `phone/unknown-person`.
   */
  forDeskPhone(project: Project, personId: string): { readonly user: string; readonly password: string } {
    const { extension } = personOf(project, personId);
    return { user: extension, password: this.#password(extension) };
  }

  /**
   * Another password for a person; the PBX must be given the accounts after it.
   * @throws DialtreeError `phone/unknown-person`.
   */
  renew(project: Project, personId: string): void {
    this.#passwords.delete(personOf(project, personId).extension);
  }

  #account(user: string, displayName: string, personId: string | null, wsUrl: string): PhoneAccount {
    const uri = `sip:${user}@${EMBEDDED_REALM}`;
    return { wsUrl, uri, user, password: this.#password(user), displayName, personId };
  }

  #password(user: string): string {
    let password = this.#passwords.get(user);
    if (password === undefined) {
      password = randomBytes(24).toString('base64url');
      this.#passwords.set(user, password);
    }
    return password;
  }

  /** HA1 for each algorithm (RFC 7616, section 3.4.2; RFC 8760). */
  #digests(user: string): PbxAccount['credentials'] {
    const secret = `${user}:${EMBEDDED_REALM}:${this.#password(user)}`;
    const hash = (algorithm: string) => createHash(algorithm).update(secret).digest('hex');
    return { realm: EMBEDDED_REALM, md5Ha1: hash('md5'), sha256Ha1: hash('sha256') };
  }
}

function personOf(project: Project, personId: string): Person {
  const person = Object.hasOwn(project.people, personId) ? project.people[personId] : undefined;
  if (person) return person;
  throw new DialtreeError({
    code: 'phone/unknown-person',
    message: 'This person is not in the project any more.',
    hint: 'Choose who you are again.',
  });
}
