/**
 * How to ask a province's land portal, as a file (LAND_SOURCE): its addresses, and where in its answer each thing stands.
 * An example: docs/land-source.example.yml. There is no place in it for an owner's name: nobody is ever told one.
 */
import { z } from "zod";
import {
  addressTemplate,
  answerPath,
  connection,
  parseSourceFile,
  readSourceFile,
} from "../../infra/json-source/source-file.ts";

const shape = z.strictObject({
  ...connection,
  /** As residents read it: "Cổng thông tin đất đai tỉnh". */
  name: z.string().trim().min(3).max(80),
  /** What it can be asked by; the others are not asked. */
  ask: z
    .strictObject({
      byNumber: addressTemplate("sheet", "number", "ward").optional(),
      /** {lat} and {lon}, WGS 84 degrees, or {north} and {east}, VN-2000 metres. */
      byPoint: z.union([addressTemplate("lat", "lon"), addressTemplate("north", "east")]).optional(),
      byIdentifier: addressTemplate("identifier").optional(),
    })
    .refine((ask) => Object.keys(ask).length > 0, "needs at least one address"),
  /** The central meridian of its VN-2000 coordinates. */
  axis: z.enum(["105.75", "105.5"]).default("105.75"),
  /** Where the list of parcels, or the only one, stands; left out: the whole answer. */
  parcels: answerPath.optional(),
  /** Figures written as text have a comma before the decimals, and points between the thousands. */
  decimalComma: z.boolean().default(false),
  /** Paths from a parcel. */
  fields: z.strictObject({
    sheet: answerPath,
    number: answerPath,
    ward: answerPath.optional(),
    area: answerPath.optional(),
    use: answerPath.optional(),
    address: answerPath.optional(),
    identifier: answerPath.optional(),
    /** A GeoJSON Polygon or MultiPolygon, for the picture. */
    geometry: answerPath.optional(),
    asOf: answerPath.optional(),
    /** A list; left out: the planning map that was imported here tells the zones. */
    zones: answerPath.optional(),
  }),
  /** Paths from a zone. */
  zone: z
    .strictObject({ code: answerPath, name: answerPath.optional(), area: answerPath })
    .default({ code: "code", name: "name", area: "area" }),
});
export type LandSourceConfig = z.output<typeof shape>;

/** @throws OperatorError that names what is wrong in the file. */
export const readLandSourceConfig = (file: string) => readSourceFile("LAND_SOURCE", file, shape);

export const parseLandSourceConfig = (text: string, file: string, env: NodeJS.ProcessEnv) =>
  parseSourceFile(text, file, shape, env);
