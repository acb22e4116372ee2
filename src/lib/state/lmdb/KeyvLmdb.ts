/** Keyv's view of the documents of one namespace in LMDB. */
import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter, StoredData } from 'keyv';
import type { Namespace } from '../Store.js';
import type { LmdbFile } from './LmdbFile.js';

export class KeyvLmdb extends EventEmitter implements KeyvStoreAdapter {
  public opts = {};
  public namespace?: string | undefined;

  public constructor(
    private readonly file: LmdbFile,
    private readonly ns: Namespace,
  ) {
    super();
  }

  public async get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    return this.text<Value>(key);
  }

  public async getMany<Value>(keys: string[]): Promise<StoredData<Value | undefined>[]> {
    return keys.map((key) => this.text<Value>(key));
  }

  /** Keyv's types say "value" where adapters hand it the serialised text. */
  private text<Value>(key: string): StoredData<Value> {
    return this.file.get(['doc', this.ns, key]) as StoredData<Value>;
  }

  public async has(key: string): Promise<boolean> {
    return this.file.get(['doc', this.ns, key]) !== undefined;
  }

  public async set(): Promise<never> {
    throw readOnly();
  }

  public async delete(): Promise<never> {
    throw readOnly();
  }

  public async clear(): Promise<never> {
    throw readOnly();
  }
}

function readOnly(): Error {
  return new Error('Documents change through Store.commit only: it alone compares versions.');
}
