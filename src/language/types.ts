/** What the engine answers with. Value shapes per entity type are listed in README.md. */
export type EntityType =
  | "parcel"
  | "ward"
  | "street"
  | "house_number"
  | "hamlet"
  | "lamp_pole"
  | "dossier_code"
  | "report_code"
  | "phone"
  | "date"
  | "land_use_code"
  | "coordinates";

/** A thing named in the message. `start` and `end` count UTF-16 units of the text as it was given. */
export interface Entity {
  type: EntityType;
  value: unknown;
  text: string;
  start: number;
  end: number;
}

/** One way to read a message, with the chance that it is right. */
export interface Reading {
  name: string;
  confidence: number;
}

export interface Understanding {
  text: string;
  /** Ranked readings of the message as a whole, strongest first, at most five. */
  readings: Reading[];
  /** What the message asks: one intent, or several when its clauses ask different things. */
  intents: Reading[];
  entities: Entity[];
  language: "vi" | "en";
}

/** A name and the other ways to write it. Diacritics and case need not be repeated: matching folds both. */
export interface NamedPlace {
  name: string;
  aliases?: string[];
}

/** A ward or commune, of today or of before a merger. */
export interface WardName extends NamedPlace {
  /** Set on a unit that has been merged: the full name of the ward it belongs to now. */
  now?: string;
  /** Its bare name means something larger too, so only “phường …” or “xã …” names it. */
  onlyWithKind?: boolean;
}

/** The names that the engine looks for. Names shared by two places yield one entity per place. */
export interface Gazetteer {
  wards: WardName[];
  streets: NamedPlace[];
  hamlets: NamedPlace[];
  lampPoles?: string[];
  /** Land-use codes that a message may name, such as “CLN”. */
  landUseCodes?: string[];
  /** Landmarks whose names hold a street’s or a ward’s name: “chợ Phú Khương” is not the ward. */
  landmarks?: NamedPlace[];
}

export interface UnderstandOptions {
  /** Intents that would answer the question just asked; they are given the benefit of the doubt. */
  expecting?: string[];
  /** The language of the talk so far. */
  talk?: "vi" | "en";
  /** The moment that “hôm nay” refers to. */
  now?: Date;
  /** Names known to the running service, added to the shipped ones. */
  gazetteer?: Gazetteer;
}

export interface LanguageEngine {
  understand(text: string, options?: UnderstandOptions): Understanding;
  modelVersion: string;
}

export const OUT_OF_SCOPE = "out_of_scope";
