/**
 * How to ask a province's one-stop system, as a file (DOSSIER_SOURCE): its address, and where in its answer each thing
 * stands. An example: docs/dossier-source.example.yml.
 */
import { z } from "zod";
import {
  addressTemplate,
  answerPath,
  connection,
  parseSourceFile,
  readSourceFile,
} from "../../infra/json-source/source-file.ts";
import { STATES } from "./dossier.ts";

const shape = z.strictObject({
  ...connection,
  /** With {code} where the dossier's code goes. */
  url: addressTemplate("code"),
  fields: z.strictObject({
    code: answerPath.optional(),
    status: answerPath,
    unit: answerPath.optional(),
    dueOn: answerPath.optional(),
    procedure: answerPath.optional(),
    receivedOn: answerPath.optional(),
    finishedOn: answerPath.optional(),
    note: answerPath.optional(),
    phone: answerPath.optional(),
    asOf: answerPath.optional(),
  }),
  /** The system's word or number for each state. */
  states: z.record(z.string(), z.enum(STATES)),
});
export type SourceConfig = z.output<typeof shape>;

/** @throws OperatorError that names what is wrong in the file. */
export const readSourceConfig = (file: string) => readSourceFile("DOSSIER_SOURCE", file, shape);

export const parseSourceConfig = (text: string, file: string, env: NodeJS.ProcessEnv) =>
  parseSourceFile(text, file, shape, env);
