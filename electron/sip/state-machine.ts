import { invariant } from '../../shared/lib/invariant.ts';

/** A state and the moves that are legal from it; an illegal move is a bug and throws. */
export class StateMachine<State extends string> {
  readonly #moves: Readonly<Record<State, readonly State[]>>;
  #state: State;

  constructor(initial: State, moves: Readonly<Record<State, readonly State[]>>) {
    this.#state = initial;
    this.#moves = moves;
  }

  get state(): State {
    return this.#state;
  }

  is(...states: readonly State[]): boolean {
    return states.includes(this.#state);
  }

  transitionTo(next: State): void {
    invariant(this.#moves[this.#state].includes(next), `no way from ${this.#state} to ${next}`);
    this.#state = next;
  }
}
