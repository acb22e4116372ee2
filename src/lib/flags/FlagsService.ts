export type * from './FlagsRoom.js';
