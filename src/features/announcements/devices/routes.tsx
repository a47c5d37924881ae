/** /console/announcements/devices: loudspeakers and boards that fetch by themselves. */
import type { Request, Response, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import type { Errors } from "../../../console/components/index.ts";
import { done, showPage } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, readForm } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { optionsFor } from "../../../console/units/tree.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import type { SecretBox } from "../../../infra/secrets.ts";
import { ROOT } from "../console/words.ts";
import { DevicesPage, KINDS } from "./page.tsx";
import { addDevice, devicesOf, revokeDevice, type DeviceKind } from "./store.ts";

const deviceForm = z.object({
  name: z
    .string()
    .trim()
    .min(2, vi`Ghi tên hoặc nơi đặt.`)
    .max(120, vi`Tên dài quá.`),
  kind: z.enum(Object.keys(KINDS) as [DeviceKind]),
  unitCode: z.string(),
});

interface Shown {
  values?: Record<string, string>;
  errors?: Errors;
  made?: { code: string; secret: string };
}

export interface DeviceParts {
  database: Database;
  box: SecretBox;
  clock: Clock;
}

export function deviceConsole({ database, box, clock }: DeviceParts): Router {
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/devices", "announcements.manage", (request, response, staff) =>
    show(request, response, staff, {}),
  );

  routes.post("/devices", "announcements.manage", async (request, response, staff) => {
    const ours = deviceForm.refine(({ unitCode }) => staff.units.includes(unitCode), {
      ...{ path: ["unitCode"], message: vi`Chọn đơn vị của anh/chị.` },
    });
    const { data, values, errors } = readForm(ours, request);
    if (!data) return show(request, response.status(422), staff, { values, errors });
    const made = await db.$transaction((tx) => addDevice(tx, box, staff, data, clock.now()));
    await show(request, response, staff, { made });
  });

  routes.post("/devices/:id/revoke", "announcements.manage", async (request, response, staff) => {
    const id = Number(idOf(request.params.id));
    if (!(await db.$transaction((tx) => revokeDevice(tx, staff, id, clock.now())))) throw notFound();
    done(request, response, `${ROOT}/devices`, t`Đã thu khóa.`);
  });

  async function show(request: Request, response: Response, staff: SignedIn, shown: Shown) {
    const { values = {}, errors = {}, made = null } = shown;
    const [devices, units] = [await devicesOf(db, staff.units), await optionsFor(db, staff.units)];
    const page = { title: t`Loa, bảng đèn`, styles: [asset("announcements-console.css")] };
    await showPage(
      request,
      response,
      page,
      <DevicesPage {...{ devices, units, values, errors, made, staff }} />,
    );
  }
  return routes.router;
}
