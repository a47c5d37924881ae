/** A request in the standard's words, from a report; a report's draft from a posted request. */
import { DateTime } from "luxon";
import { z } from "zod";
import { ZONE } from "../../../infra/clock.ts";
import { codeOfWard, wardAt } from "../../../places/index.ts";
import { wardFile } from "../../../places/wards.ts";
import type { Category } from "../categories.ts";
import { categoryOf } from "../categories.ts";
import { STATE_NAMES } from "../labels.ts";
import { placeOf, titleOf } from "../public-site/words.ts";
import { isOpen } from "../states.ts";
import type { NewReport, Open311Request } from "../store.ts";
import { Open311Error, type Problem, type Value } from "./answer.ts";
import { POLE, serviceOf, WARD } from "./services.ts";

/** "2026-11-25T08:00:00+07:00" */
const moment = (date: Date | null) =>
  date && DateTime.fromJSDate(date, { zone: ZONE }).toISO({ suppressMilliseconds: true });

export function asRequest(report: Open311Request, publicUrl: string): Value {
  const { code, state, category, statusNotes, description, unitName, photoId } = report;
  const photo = photoId === null ? null : `${publicUrl}/phan-anh/${code}/anh/${photoId}`;
  return {
    service_request_id: code,
    status: isOpen(state) ? "open" : "closed",
    status_notes: statusNotes ?? STATE_NAMES[state],
    service_name: categoryOf(category).name.vi,
    service_code: category,
    description: description ?? titleOf(report),
    agency_responsible: unitName,
    service_notice: `${publicUrl}/phan-anh/${code}`,
    requested_datetime: moment(report.createdAt),
    updated_datetime: moment(report.updatedAt),
    expected_datetime: isOpen(state) ? moment(report.dueAt) : null,
    address: placeOf(report),
    address_id: null,
    zipcode: null,
    lat: report.latitude,
    long: report.longitude,
    media_url: photo,
  };
}

const text = (most: number) => z.string().trim().max(most).optional();
const posted = z.object({
  service_code: text(100),
  lat: text(30),
  long: text(30),
  address_string: text(300),
  address_id: text(100),
  email: text(200),
  device_id: text(200),
  account_id: text(200),
  first_name: text(100),
  last_name: text(100),
  phone: text(30),
  description: text(4000),
  media_url: text(1000),
});

export function problemsOf({ issues }: z.ZodError): Problem[] {
  return issues.map(({ path, message }) => ({ code: 400, description: `${path.join(".")}: ${message}` }));
}

export interface PostedRequest {
  report: Omit<NewReport, "at">;
  /** An address of a picture: told to staff, never fetched by us. */
  mediaUrl: string | null;
}

/** @throws Open311Error */
export function readPosted(body: Record<string, unknown>, token: string | null): PostedRequest {
  const read = posted.safeParse(body);
  if (!read.success) {
    throw new Open311Error(problemsOf(read.error));
  }
  const problems: Problem[] = [];
  const bad = (message: string) => problems.push({ code: 400, description: message });
  const { data } = read;
  const service = readService(data.service_code, problems);
  const point = readPoint(data.lat, data.long, bad);
  const found = point && wardAt(point);
  if (found && !found.ward) bad("lat, long: the place is outside the five wards of this jurisdiction");
  const chosen = attribute(body, WARD);
  const ward = found?.ward ?? wardFile.wards.find(({ code }) => code === chosen)?.name ?? null;
  if (chosen && !ward) bad(`attribute[${WARD}]: no such value`);
  if (!point && !data.address_string && !data.address_id)
    bad("a location is required: lat and long, or address_string");
  if (!data.description && !data.media_url) bad("description: required unless there is a media_url");
  if (data.media_url && !/^https?:\/\//.test(data.media_url)) bad("media_url: not a web address");
  if (!service || problems.length > 0) throw new Open311Error(problems);
  const name = [data.last_name, data.first_name].filter(Boolean).join(" ") || null;
  return {
    mediaUrl: data.media_url ?? null,
    report: {
      category: service,
      description: data.description ?? "",
      place: data.address_string ?? data.address_id ?? "",
      ...{ ward, wardCode: ward && codeOfWard(ward), point },
      onBoundary: (found?.orElse.length ?? 0) > 0,
      lampPole: attribute(body, POLE)?.slice(0, 40) ?? null,
      unitCode: "DO-THI",
      reporter: {
        kind: "open311",
        name,
        phone: data.phone ?? null,
        email: data.email ?? null,
        ...(token ? { token } : {}),
      },
    },
  };
}

function readService(code: string | undefined, problems: Problem[]): Category | undefined {
  const service = code ? serviceOf(code) : undefined;
  if (!code) problems.push({ code: 400, description: "service_code was not provided" });
  else if (!service) problems.push({ code: 404, description: "service_code provided was not found" });
  return service;
}

function readPoint(lat: string | undefined, long: string | undefined, bad: (message: string) => void) {
  if (!lat && !long) return null;
  const [latitude, longitude] = [Number(lat || "x"), Number(long || "x")];
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  bad("lat, long: both are needed, in decimal degrees (WGS 84)");
  return null;
}

/** attribute[CODE]=value, which a form parser may leave flat or make into an object. */
function attribute(body: Record<string, unknown>, code: string): string | undefined {
  const nested = body.attribute as Record<string, unknown> | undefined;
  const value = body[`attribute[${code}]`] ?? nested?.[code];
  return typeof value === "string" && value.trim() ? value.trim() : undefined;
}
