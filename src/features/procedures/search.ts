/**
 * Finds the procedure a question is about. In memory, because the whole catalogue is some hundred names: an index
 * is built in milliseconds, needs no extension of PostgreSQL, and can weigh what trigrams cannot (synonyms, marks,
 * how rare a word is among procedures). Ranking after Robertson and Zaragoza, "The Probabilistic Relevance
 * Framework: BM25 and Beyond" (2009), each way of asking being a short document of its own procedure.
 */
import { isAge } from "./ages.ts";
import { Leaning } from "./leaning.ts";
import type { Terms, Words } from "./words.ts";

export interface Searchable {
  code: string;
  /** Title first, then every other way of naming it or asking for it. */
  ways: string[];
}

export interface Hit {
  code: string;
  /** 0 … 1: how much of what was said, and of one way of asking, is the same. */
  score: number;
}

interface Way {
  procedure: number;
  terms: Terms;
  norm: number;
}

export class ProcedureSearch {
  private readonly ways: Way[] = [];
  private readonly rarity = new Map<string, number>();
  /** By term: how much it speaks for each procedure. */
  private readonly centroids: Map<string, number>[] = [];
  /** Of which ages each procedure speaks. */
  private readonly ages: string[][] = [];
  private readonly byTerm = new Map<string, number[]>();
  private readonly leaning: Leaning;

  constructor(
    private readonly procedures: Searchable[],
    private readonly words: Words,
  ) {
    const all = procedures.map(({ ways }) => ways.map((way) => words.terms(way)));
    const seenIn = new Map<string, number>();
    for (const ways of all) {
      for (const term of new Set(ways.flatMap((terms) => [...terms.keys()])))
        seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
    }
    for (const [term, count] of seenIn) {
      this.rarity.set(term, Math.log(1 + (procedures.length - count + 0.5) / (count + 0.5)));
    }
    all.forEach((ways, procedure) => {
      const centroid = new Map<string, number>();
      for (const terms of ways) {
        const way = { procedure, terms, norm: this.norm(terms) };
        const number = this.ways.push(way) - 1;
        for (const [term, weight] of terms) {
          centroid.set(term, (centroid.get(term) ?? 0) + weight);
          const list = this.byTerm.get(term);
          if (list) list.push(number);
          else this.byTerm.set(term, [number]);
        }
      }
      this.centroids.push(centroid);
      this.ages.push([...centroid.keys()].filter(isAge));
    });
    this.leaning = new Leaning(
      this.ways.map(({ procedure, terms }) => ({ label: procedure, terms })),
      procedures.length,
      (term) => this.rarity.get(term) ?? 0,
    );
  }

  /** Procedures, the likeliest first. */
  find(question: string, limit = 6): Hit[] {
    const asked = this.words.terms(question);
    const askedNorm = this.norm(asked);
    if (askedNorm === 0) return [];
    const best = this.bestWays(asked, askedNorm);
    const leaning = this.leaning.chances(asked);
    const ages = [...asked.keys()].filter(isAge);
    const hits = this.procedures.map(({ code }, at) => {
      const score = NEAREST * best[at]! + WHOLE * this.whole(asked, at) + LEANING * leaning[at]!;
      return { code, score: this.isForOtherAges(ages, at) ? score * OTHER_AGES : score };
    });
    return hits
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .slice(0, limit);
  }

  /** @param term a word, or a meaning */
  knows(term: string): boolean {
    return this.rarity.has(term);
  }

  /** Both speak of ages, and of none in common. */
  private isForOtherAges(asked: string[], procedure: number): boolean {
    const known = this.ages[procedure]!;
    return asked.length > 0 && known.length > 0 && !known.some((age) => asked.includes(age));
  }

  /** The cosine with the nearest way of asking. */
  private bestWays(asked: Terms, askedNorm: number): number[] {
    const sums = new Map<number, number>();
    for (const [term, weight] of asked) {
      const rarity = this.rarity.get(term) ?? 0;
      for (const number of this.byTerm.get(term) ?? []) {
        const product = weight * this.ways[number]!.terms.get(term)! * rarity * rarity;
        sums.set(number, (sums.get(number) ?? 0) + product);
      }
    }
    const best = new Array<number>(this.procedures.length).fill(0);
    for (const [number, sum] of sums) {
      const way = this.ways[number]!;
      best[way.procedure] = Math.max(best[way.procedure]!, sum / (askedNorm * way.norm));
    }
    return best;
  }

  /** BM25 over all ways of one procedure together, brought to 0 … 1. */
  private whole(asked: Terms, procedure: number): number {
    const centroid = this.centroids[procedure]!;
    let sum = 0;
    let most = 0;
    for (const [term, weight] of asked) {
      const rarity = this.rarity.get(term) ?? 0;
      const often = centroid.get(term) ?? 0;
      sum += weight * rarity * (often / (often + SATURATION));
      most += weight * rarity;
    }
    return most === 0 ? 0 : sum / most;
  }

  private norm(terms: Terms): number {
    let sum = 0;
    for (const [term, weight] of terms) sum += (weight * (this.rarity.get(term) ?? 0)) ** 2;
    return Math.sqrt(sum);
  }
}

const SATURATION = 1.2;
/** What is left of the score of a procedure for people of another age. */
const OTHER_AGES = 0.3;
/** How much the nearest way of asking counts, all of them together, and what was learnt from them. */
const NEAREST = 0.3;
const WHOLE = 0.15;
const LEANING = 0.55;
