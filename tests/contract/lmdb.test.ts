import { lmdbGround } from '../support/lmdbGround.js';
import { storeContract } from './store.contract.js';

storeContract('LMDB', lmdbGround);
