/** Finds the row of a 32-bit hash: open addressing in one typed array, at most half full. */
export class HashTable {
  /** Hash and row of each slot, side by side so that a look-up touches one line of the cache. */
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor(hashes: Int32Array) {
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(2 * size).fill(-1);
    for (let row = 0; row < hashes.length; row++) {
      let slot = hashes[row]! & this.mask;
      while (this.slots[2 * slot + 1]! >= 0) slot = (slot + 1) & this.mask;
      this.slots[2 * slot] = hashes[row]!;
      this.slots[2 * slot + 1] = row;
    }
  }

  /** The row, or −1. */
  find(hash: number): number {
    const { slots, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const row = slots[2 * slot + 1]!;
      if (row < 0 || slots[2 * slot] === hash) return row;
      slot = (slot + 1) & mask;
    }
  }
}
