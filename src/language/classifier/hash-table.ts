const SEEN_BITS = 2 ** 18;

/**
 * Finds the row of a 32-bit hash: open addressing in one typed array, at most half full. Most pairs of words are in no
 * table, so a bit per hash, in a field small enough for the fastest cache, answers most questions (Bloom 1970).
 */
export class HashTable {
  /** Hash and row of each slot, side by side so that a look-up touches one line of the cache. */
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly seen = new Uint32Array(SEEN_BITS / 32);

  constructor(hashes: Int32Array) {
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(2 * size).fill(-1);
    for (let row = 0; row < hashes.length; row++) {
      const hash = hashes[row]!;
      let slot = hash & this.mask;
      while (this.slots[2 * slot + 1]! >= 0) slot = (slot + 1) & this.mask;
      this.slots[2 * slot] = hash;
      this.slots[2 * slot + 1] = row;
      this.seen[(hash >>> 5) & (SEEN_BITS / 32 - 1)]! |= 1 << (hash & 31);
    }
  }

  /** The row, or −1. */
  find(hash: number): number {
    if (((this.seen[(hash >>> 5) & (SEEN_BITS / 32 - 1)]! >>> (hash & 31)) & 1) === 0) return -1;
    const { slots, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const row = slots[2 * slot + 1]!;
      if (row < 0 || slots[2 * slot] === hash) return row;
      slot = (slot + 1) & mask;
    }
  }
}
