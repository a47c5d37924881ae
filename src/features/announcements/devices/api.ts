/** GET /api/devices/announcements and …/CODE: what a ward's loudspeakers and boards fetch, each call signed. docs/device-pull.md */
import { Router, type Request, type RequestHandler, type Response } from "express";
import { rateLimit } from "express-rate-limit";
import type { Clock } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import type { SecretBox } from "../../../infra/secrets.ts";
import { ledLine } from "../loudspeaker/led.ts";
import { loudspeakerScript } from "../loudspeaker/script.ts";
import { isSigned } from "./signing.ts";
import { findDevice, noteSeen, noticesFor, type DeviceNotice, type KnownDevice } from "./store.ts";

export interface DeviceApiParts {
  db: Db;
  box: SecretBox;
  clock: Clock;
  publicUrl: string;
}

const ROOT = "/api/devices/announcements";
const NEVER = new Date(0);

export function deviceApi({ db, box, clock, publicUrl }: DeviceApiParts): Router {
  const router = Router();
  const guard = rateLimit({ windowMs: 60_000, limit: 240, standardHeaders: true, legacyHeaders: false });

  const signed: RequestHandler = async (request, response, next) => {
    const device = await findDevice(db, request.get("x-device") ?? "");
    const call = {
      ...{ method: request.method, path: request.originalUrl },
      ...{ time: request.get("x-time") ?? "", signature: request.get("x-signature") ?? "" },
    };
    const now = clock.now();
    if (!isSigned(device && box.open(device.secret), call, now) || !device) {
      const error = "The device is unknown, or the call is not signed with its key and the present time.";
      return response.status(401).set("date", now.toUTCString()).json({ error });
    }
    await noteSeen(db, device.id, now);
    response.locals.device = device;
    next();
  };

  router.get(ROOT, guard, signed, async (_request, response) => {
    const device = deviceOf(response);
    const notices = await noticesFor(db, device, clock.now());
    const newest = notices.reduce(
      (latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest),
      NEVER,
    );
    send(response, newest, { items: notices.map((notice) => lineOf(notice, device)) });
  });

  router.get(`${ROOT}/:code`, guard, signed, async (request: Request, response) => {
    const device = deviceOf(response);
    const notices = await noticesFor(db, device, clock.now());
    const notice = notices.find(({ code }) => code === request.params.code);
    if (!notice) return response.status(404).json({ error: "Nothing of this code is to be said or shown." });
    send(response, notice.updatedAt, {
      ...lineOf(notice, device),
      ...(device.kind === "led" ? { line: ledLine(notice) } : { script: loudspeakerScript(notice) }),
      page: `${publicUrl}/thong-bao/${notice.code}`,
    });
  });

  return router;
}

const deviceOf = (response: Response) => response.locals.device as KnownDevice;

/** Express answers 304 to who has it already, by ETag or by date. */
function send(response: Response, changed: Date, body: object) {
  response.set({ "cache-control": "private, no-cache", "last-modified": changed.toUTCString() }).json(body);
}

/** What a device needs to know whether to fetch it, and when to say it. */
const lineOf = (notice: DeviceNotice, { kind }: KnownDevice) => ({
  code: notice.code,
  state: notice.state === "recalled" ? "recalled" : "in_force",
  level: notice.level,
  title: notice.title,
  unit: notice.unit.name,
  from: (notice.validFrom ?? notice.publishedAt)!.toISOString(),
  to: notice.validTo?.toISOString() ?? null,
  changed: notice.updatedAt.toISOString(),
  // a board has room for its line in the list already
  ...(kind === "led" ? { line: notice.state === "recalled" ? null : ledLine(notice) } : {}),
});
