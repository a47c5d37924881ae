import type { Entity, Gazetteer } from "../types.ts";
import { dayOf } from "./calendar.ts";
import { findDossierCodes, findReportCodes, passOverAnnouncementCodes } from "./codes.ts";
import { findCoordinates } from "./coordinates.ts";
import { findDates } from "./date.ts";
import { HamletFinder } from "./hamlets.ts";
import { findHouseNumbers } from "./house-number.ts";
import { findLampPoles } from "./lamp-pole.ts";
import { findLandUseCodes } from "./land-use.ts";
import { passOverLandmarks } from "./landmarks.ts";
import { findParcels } from "./parcel.ts";
import { Passage } from "./passage.ts";
import { findPhones } from "./phone.ts";
import { StreetFinder } from "./streets.ts";
import { WardFinder } from "./wards.ts";
import { NameIndex } from "./name-index.ts";

/** Finds what is named in messages, with the names of one city. */
export class EntityFinder {
  private readonly wards: WardFinder;
  private readonly hamlets: HamletFinder;
  private readonly streets: StreetFinder;
  private readonly landmarks: NameIndex<string>;
  private readonly codes: ReadonlySet<string>;
  private readonly lampPoles: readonly string[];

  constructor(gazetteer: Gazetteer) {
    this.wards = new WardFinder(gazetteer.wards);
    this.hamlets = new HamletFinder(gazetteer.hamlets);
    this.streets = new StreetFinder(gazetteer.streets);
    this.landmarks = new NameIndex(
      (gazetteer.landmarks ?? []).flatMap(({ name, aliases = [] }) =>
        [name, ...aliases].map((each): [string, string] => [each, name]),
      ),
    );
    this.codes = new Set(gazetteer.landUseCodes);
    this.lampPoles = gazetteer.lampPoles ?? [];
  }

  /** The surest kinds come first, and what they take no later kind sees. */
  find(text: string, now: Date): Entity[] {
    const passage = new Passage(text);
    const today = dayOf(now);
    findDossierCodes(passage, today);
    findReportCodes(passage);
    passOverAnnouncementCodes(passage);
    findCoordinates(passage);
    findPhones(passage);
    findParcels(passage);
    findLandUseCodes(passage, this.codes);
    findLampPoles(passage, this.lampPoles);
    passOverLandmarks(passage, this.landmarks);
    this.hamlets.find(passage);
    this.wards.find(passage);
    this.streets.find(passage);
    findHouseNumbers(passage, passage.entities);
    findDates(passage, today);
    return passage.entities.sort((one, other) => one.start - other.start || one.end - other.end);
  }
}
