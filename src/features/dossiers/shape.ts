/** A dossier as a file or another system tells it to us: the same names in JSON, CSV and the push interface. */
import { DateTime } from "luxon";
import { z } from "zod";
import { foldDiacritics } from "../../language/index.ts";
import { ZONE } from "../../infra/clock.ts";
import { readCode } from "./code.ts";
import { STATES, type Dossier, type DossierState } from "./dossier.ts";
import { endingOf } from "./http-source.ts";

/** What offices write for each state, besides our own names. */
const STATE_WORDS: Record<string, DossierState> = {
  ...Object.fromEntries(STATES.map((state) => [state, state])),
  ...{
    "moi tiep nhan": "received",
    "da tiep nhan": "received",
    "tiep nhan": "received",
    "moi dang ky": "received",
  },
  ...{ "dang xu ly": "processing", "dang giai quyet": "processing", "dang thu ly": "processing" },
  ...{ "yeu cau bo sung": "supplement", "cho bo sung": "supplement", "bo sung": "supplement" },
  ...{ "da giai quyet": "done", "da co ket qua": "done", "da xu ly xong": "done", "cho tra ket qua": "done" },
  ...{ "da tra ket qua": "returned", "da tra": "returned" },
  ...{ "tu choi": "refused", "khong giai quyet": "refused", "khong tiep nhan": "refused" },
  ...{ "da rut": "withdrawn", "rut ho so": "withdrawn", "cong dan rut": "withdrawn" },
};

const text = z.coerce.string().trim();
const maybe = text.nullish().transform((value) => value || null);
const day = maybe.transform((value, context) => {
  if (value === null) return null;
  const read = [
    DateTime.fromISO(value, { zone: ZONE }),
    DateTime.fromFormat(value, "d/M/yyyy", { zone: ZONE }),
  ];
  const found = read.find(({ isValid }) => isValid);
  if (found) return found.toISODate();
  context.addIssue({ code: "custom", message: `"${value}" is no day such as 2026-12-01 or 01/12/2026` });
  return z.NEVER;
});

/** Column names a spreadsheet of an office may have, brought to ours. */
const COLUMNS: Record<string, string> = {
  ...{ "ma ho so": "code", "so ho so": "code", ma: "code" },
  ...{ "trang thai": "state", "tinh trang": "state", status: "state" },
  ...{ "don vi": "unit", "co quan": "unit", "don vi giai quyet": "unit" },
  ...{ "thu tuc": "procedure", "ten thu tuc": "procedure" },
  ...{
    "ngay nhan": "receivedOn",
    "ngay tiep nhan": "receivedOn",
    "ngay hen tra": "dueOn",
    "han tra": "dueOn",
  },
  ...{ "ngay tra": "finishedOn", "ngay ket thuc": "finishedOn", "ghi chu": "note" },
  ...{ "dien thoai": "phone", "so dien thoai": "phone", sdt: "phone" },
};

export const dossierShape = z
  .preprocess(
    (row) =>
      Object.fromEntries(
        Object.entries(row ?? {}).map(([key, value]) => [
          COLUMNS[foldDiacritics(key).trim()] ?? key,
          value as unknown,
        ]),
      ),
    z.object({
      code: text.transform((value, context) => {
        const read = readCode(value, new Date());
        if ("code" in read) return read.code;
        context.addIssue({ code: "custom", message: PROBLEMS[read.problem] });
        return z.NEVER;
      }),
      state: text.transform((value, context) => {
        const state = STATE_WORDS[foldDiacritics(value)];
        if (state) return { state, words: (STATES as readonly string[]).includes(value) ? null : value };
        context.addIssue({ code: "custom", message: `"${value}" is none of ${STATES.join(", ")}` });
        return z.NEVER;
      }),
      statusText: maybe,
      unit: maybe,
      procedure: maybe,
      receivedOn: day,
      dueOn: day,
      finishedOn: day,
      note: maybe,
      phone: maybe,
      /** Or the last four digits alone. */
      phoneEnding: maybe.refine((value) => value === null || /^\d{4}$/.test(value), "must be four digits"),
      asOf: z.iso.datetime({ offset: true }).nullish(),
    }),
  )
  .transform(({ state, statusText, phone, phoneEnding, asOf, ...rest }): Dossier => ({
    ...rest,
    state: state.state,
    statusText: statusText ?? state.words,
    phoneEnding: phoneEnding ?? endingOf(phone),
    asOf: asOf ? new Date(asOf) : new Date(),
    sample: false,
  }));

const PROBLEMS = {
  not_a_code: "is no dossier code such as H07.20-260804-0583",
  no_such_day: "holds a day that does not exist (YYMMDD)",
  future_day: "holds a day that is still to come (YYMMDD)",
};
