/** Staff keep the stations of their units, and see the lamps. */
import type { Request, Response, Router } from "express";
import { t } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { LinkButton, type Errors } from "../../../console/components/index.ts";
import { pinAssets, type MapParts } from "../../../console/components/pin.tsx";
import { done, showPage } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import { may } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { optionsFor } from "../../../console/units/tree.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { drawReadings } from "../chart.ts";
import { listLamps } from "../lamps/store.ts";
import { EditPage } from "./edit-page.tsx";
import { readStation, valuesOf, type Values } from "./form.ts";
import { LampPage, PAGE } from "./lamp-page.tsx";
import { ListPage } from "./list-page.tsx";
import { StationPage } from "./station-page.tsx";
import { addStation, changeStation, isTaken, setStationOff, stationIn, stationsIn } from "./store.ts";
import { ROOT } from "./words.ts";

export interface EnvironmentConsoleParts {
  db: Db;
  clock: Clock;
  map: MapParts;
}

const crumbs = () => [{ label: t`Trạm đo`, href: ROOT }];
const assets = () => {
  const { styles, scripts } = pinAssets();
  return { styles: [...styles, asset("stations.css")], scripts };
};
const valuesIn = (request: Request): Values =>
  Object.fromEntries(
    Object.entries((request.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      one(value),
    ]),
  );

export function environmentConsole({ db, clock, map }: EnvironmentConsoleParts): Router {
  const routes = consoleRoutes();

  async function find(tx: Db | Tx, request: Request, staff: SignedIn) {
    const station = await stationIn(tx, staff.units, one(request.params.code).toUpperCase());
    if (!station) throw notFound();
    return station;
  }

  async function showForm(
    request: Request,
    response: Response,
    staff: SignedIn,
    { code, values, errors }: { code: string | null; values: Values; errors: Errors },
  ) {
    if (Object.keys(errors).length > 0) response.status(422);
    const units = await optionsFor(db, staff.units);
    const page = { title: code ? t`Sửa trạm` : t`Thêm trạm`, breadcrumbs: crumbs(), ...assets() };
    await showPage(request, response, page, <EditPage {...{ code, values, errors, units, map, staff }} />);
  }

  routes.get("/", "environment.see", async (request, response, staff) => {
    const stations = await stationsIn(db, staff.units);
    const actions = may(staff.role, "environment.edit") ? (
      <LinkButton href={`${ROOT}/new`} icon="plus" tone="primary">
        {t`Thêm trạm`}
      </LinkButton>
    ) : undefined;
    const page = { title: t`Trạm đo, trụ đèn`, actions, ...assets() };
    await showPage(request, response, page, <ListPage {...{ stations, map, now: clock.now() }} />);
  });

  routes.get("/lamps", "environment.see", async (request, response, staff) => {
    const page = Math.max(1, Math.min(1000, Number(one(request.query.page)) || 1));
    const query = { words: one(request.query.q).slice(0, 60), state: one(request.query.state), page };
    const found = await listLamps(db, staff.units, query, { skip: (page - 1) * PAGE, take: PAGE });
    const frame = { title: t`Trạm đo, trụ đèn`, ...assets() };
    await showPage(request, response, frame, <LampPage {...{ query, map, ...found }} />);
  });

  routes.get("/new", "environment.edit", (request, response, staff) => {
    const values = { kind: "salinity", warns: "high", unitCode: staff.unitCode };
    return showForm(request, response, staff, { code: null, values, errors: {} });
  });

  routes.post("/new", "environment.edit", async (request, response, staff) => {
    const values = valuesIn(request);
    const { code, edit, errors } = readStation(values, staff.units);
    if (errors) return showForm(request, response, staff, { code: null, values, errors });
    const isNew = await db.$transaction(async (tx) => {
      if (await isTaken(tx, code)) return false;
      await addStation(tx, code, edit);
      await audit(tx, staff, "station.add", `station:${code}`);
      return true;
    });
    if (!isNew) {
      const taken = { code: t`Mã này đã có trạm dùng.` };
      return showForm(request, response, staff, { code: null, values, errors: taken });
    }
    done(request, response, `${ROOT}/${code}`, t`Đã thêm trạm.`);
  });

  routes.get("/:code", "environment.see", async (request, response, staff) => {
    const station = await find(db, request, staff);
    const unit = await db.unit.findUnique({ where: { code: station.unitCode } });
    const page = { title: station.name, subtitle: station.code, breadcrumbs: crumbs(), ...assets() };
    const props = { station, unitName: unit?.name ?? station.unitCode, now: clock.now(), staff };
    await showPage(request, response, page, <StationPage {...props} />);
  });

  routes.get("/:code/chart.png", "environment.see", async (request, response, staff) => {
    const station = await find(db, request, staff);
    if (station.readings.length < 2) throw notFound();
    response.type("png").send(await drawReadings(station));
  });

  routes.get("/:code/edit", "environment.edit", async (request, response, staff) => {
    const station = await find(db, request, staff);
    await showForm(request, response, staff, { code: station.code, values: valuesOf(station), errors: {} });
  });

  routes.post("/:code/edit", "environment.edit", async (request, response, staff) => {
    const { code } = await find(db, request, staff);
    const values = { ...valuesIn(request), code };
    const { edit, errors } = readStation(values, staff.units);
    if (errors) return showForm(request, response, staff, { code, values, errors });
    await db.$transaction(async (tx) => {
      const fields = await changeStation(tx, code, edit);
      await audit(tx, staff, "station.edit", `station:${code}`, { fields: fields.join(", ") });
    });
    done(request, response, `${ROOT}/${code}`, t`Đã lưu.`);
  });

  for (const [deed, isOff] of [
    ["off", true],
    ["on", false],
  ] as const) {
    routes.post(`/:code/${deed}`, "environment.edit", async (request, response, staff) => {
      const { code } = await find(db, request, staff);
      await db.$transaction(async (tx) => {
        await setStationOff(tx, code, isOff ? clock.now() : null);
        await audit(tx, staff, `station.${deed}`, `station:${code}`);
      });
      done(request, response, `${ROOT}/${code}`, isOff ? t`Đã tắt trạm.` : t`Đã bật trạm.`);
    });
  }

  return routes.router;
}
