/** Something that phones may be told of (RFC 6665 5): what it is about, who may know, and how it is written. */
export interface EventPackage {
  /** The token of the Event header. */
  readonly name: string;
  /** Of the bodies. */
  readonly contentType: string;
  /** What a user means by the user part of a Request-URI, or the final status that refuses it. */
  find(watcher: string, target: string): { readonly resource: string } | { readonly status: number };
  /** Begins to tell one subscription: gives what writes the whole state, each time that it is told. */
  writer(resource: string): () => string;
}
