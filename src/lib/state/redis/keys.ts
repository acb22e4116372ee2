/** Every key in Redis. What must change together shares the hash tag `{prefix}`, hence one node of a cluster. */
import type { BlobRoom, Namespace } from '../Store.js';

export class RedisKeys {
  public readonly head: string;
  public readonly feed: string;
  public readonly audit: string;
  public readonly seals: string;
  public readonly auditHead: string;
  public readonly outbox: string;
  public readonly line: string;
  public readonly parked: string;
  public readonly settled: string;
  public readonly settledAt: string;
  public readonly channel: string;
  /** Before documents and their namespaces. */
  public readonly documents: string;
  public readonly buckets: string;
  public readonly seriesIndex: string;

  public constructor(private readonly prefix: string) {
    const state = (name: string): string => `{${prefix}}:state:${name}`;
    this.head = state('head');
    this.feed = state('feed');
    this.audit = state('audit');
    this.seals = state('seals');
    this.auditHead = state('audit-head');
    this.outbox = state('outbox');
    this.line = state('outbox-line');
    this.parked = state('outbox-parked');
    this.settled = state('outbox-settled');
    this.settledAt = state('outbox-settled-at');
    this.channel = state('signals');
    this.documents = `{${prefix}}:`;
    this.buckets = `{${prefix}:counters}:buckets`;
    this.seriesIndex = `{${prefix}:ledger}:index`;
  }

  /** What Keyv puts before a document's key, without the last colon. */
  public namespace(ns: Namespace): string {
    return `${this.documents}${ns}`;
  }

  public document(ns: Namespace, key: string): string {
    return `${this.documents}${ns}:${key}`;
  }

  public index(ns: Namespace): string {
    return `${this.documents}state:index:${ns}`;
  }

  public op(op: string): string {
    return `${this.documents}state:op:${op}`;
  }

  public lease(name: string): string {
    return `${this.documents}state:lease:${name}`;
  }

  public staged(name: string, part: string): string {
    return `${this.documents}state:staged:${name}:${part}`;
  }

  public bucket(name: string): string {
    return `{${this.prefix}:counters}:bucket:${name}`;
  }

  public batch(id: string): string {
    return `{${this.prefix}:counters}:batch:${id}`;
  }

  public series(name: string): string {
    return `{${this.prefix}:ledger}:series:${name}`;
  }

  public ledgerBatch(id: string): string {
    return `{${this.prefix}:ledger}:batch:${id}`;
  }

  public blobs(room: BlobRoom): string {
    return `{${this.prefix}:${room}}:blobs`;
  }

  public blobTimes(room: BlobRoom): string {
    return `{${this.prefix}:${room}}:times`;
  }
}
