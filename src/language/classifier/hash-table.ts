/** Finds the row of a 32-bit hash: open addressing in one typed array, at most half full. */
export class HashTable {
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor(private readonly hashes: Int32Array) {
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size).fill(-1);
    for (let row = 0; row < hashes.length; row++) {
      let slot = hashes[row]! & this.mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = row;
    }
  }

  /** The row, or −1. */
  find(hash: number): number {
    let slot = hash & this.mask;
    for (;;) {
      const row = this.slots[slot]!;
      if (row < 0 || this.hashes[row] === hash) return row;
      slot = (slot + 1) & this.mask;
    }
  }
}
