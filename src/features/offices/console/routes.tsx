/** Staff keep the offices of their wards: where, when, how to reach them. What residents are told follows at once. */
import { t } from "../../../bilingual/index.ts";
import type { Request, Response, Router } from "express";
import { DateTime } from "luxon";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import type { Errors } from "../../../console/components/index.ts";
import { LinkButton } from "../../../console/components/index.ts";
import { pinAssets, type MapParts } from "../../../console/components/pin.tsx";
import { done, showPage } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import { may } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Wording } from "../../../dialogue/types.ts";
import { ZONE, type Clock } from "../../../infra/clock.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { today } from "../open.ts";
import { dayOf } from "../store.ts";
import {
  addOffice,
  changeOffice,
  dropOfficeDay,
  findOffice,
  listDays,
  officesIn,
  setOfficeDay,
  setOfficeWithdrawn,
  wardsOf,
  type KeptOffice,
} from "./store.ts";
import { EditPage } from "./edit-page.tsx";
import { readDay, readOffice, valuesOf, type Values } from "./form.ts";
import { filtered, ListPage } from "./list-page.tsx";
import { OfficePage } from "./office-page.tsx";
import { ALL_WARDS, ROOT } from "./words.ts";

export interface OfficeConsoleParts {
  db: Db;
  /** The bot's own sentences: staff read what residents read. */
  say: Wording;
  clock: Clock;
  map: MapParts;
}

const addressOf = (code: string) => `${ROOT}/${code}`;
const crumbs = () => [{ label: t`Cơ quan`, href: ROOT }];
const assets = () => {
  const { styles, scripts } = pinAssets();
  return { styles: [...styles, asset("offices.css")], scripts };
};
const valuesIn = (request: Request): Values =>
  Object.fromEntries(
    Object.entries((request.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      one(value).replaceAll("\r\n", "\n"),
    ]),
  );

export function officeConsole({ db, say, clock, map }: OfficeConsoleParts): Router {
  const routes = consoleRoutes();

  async function find(tx: Tx, request: Request, staff: SignedIn): Promise<KeptOffice> {
    const found = await findOffice(tx, await wardsOf(tx, staff.units), one(request.params.code));
    if (!found) throw notFound();
    return found;
  }

  /** A deed on one office of theirs, written down with it. */
  const deed = (
    request: Request,
    staff: SignedIn,
    action: string,
    doIt: (tx: Tx, office: KeptOffice) => Promise<Record<string, string>>,
  ) =>
    db.$transaction(async (tx) => {
      const office = await find(tx, request, staff);
      await audit(tx, staff, action, `office:${office.code}`, await doIt(tx, office));
      return office;
    });

  async function showOffice(
    request: Request,
    response: Response,
    staff: SignedIn,
    { values = {}, errors = {} }: { values?: Values; errors?: Errors } = {},
  ) {
    const office = await find(db, request, staff);
    const now = clock.now();
    const [days, day] = await Promise.all([
      listDays(db, office.code, today(now)),
      dayOf(db, office, today(now), now),
    ]);
    const page = { title: office.name, breadcrumbs: crumbs(), ...assets() };
    const props = { office, days, today: day, now, values, errors, say, staff };
    await showPage(request, response, page, <OfficePage {...props} />);
  }

  async function showForm(
    request: Request,
    response: Response,
    staff: SignedIn,
    form: { office: KeptOffice | null; values: Values; errors: Errors },
  ) {
    if (Object.keys(form.errors).length > 0) response.status(422);
    const code = form.office?.code ?? null;
    const wards = await wardsOf(db, staff.units);
    const page = {
      ...{ title: form.office ? t`Sửa ${form.office.name}` : t`Thêm cơ quan`, ...assets() },
      breadcrumbs: form.office
        ? [...crumbs(), { label: form.office.name, href: addressOf(code!) }]
        : crumbs(),
    };
    const props = { code, values: form.values, errors: form.errors, wards, map, staff };
    await showPage(request, response, page, <EditPage {...props} />);
  }

  routes.get("/", "offices.see", async (request, response, staff) => {
    const wards = await wardsOf(db, staff.units);
    const query = { q: one(request.query.q), kind: one(request.query.kind), ward: one(request.query.ward) };
    const actions =
      may(staff.role, "offices.edit") && wards.length > 0 ? (
        <LinkButton href={`${ROOT}/new`} icon="plus" tone="primary">
          {t`Thêm cơ quan`}
        </LinkButton>
      ) : undefined;
    const subtitle = t`Nơi trợ lý chỉ người dân tới, gọi, và giờ làm việc`;
    const props = {
      ...{ query, map, found: filtered(await officesIn(db, wards), query) },
      wards: wards.map((ward) => ward || ALL_WARDS),
    };
    await showPage(
      request,
      response,
      { title: t`Cơ quan`, subtitle, actions, ...assets() },
      <ListPage {...props} />,
    );
  });

  routes.get("/new", "offices.edit", async (request, response, staff) => {
    await showForm(request, response, staff, { office: null, values: { kind: "committee" }, errors: {} });
  });

  routes.post("/new", "offices.edit", async (request, response, staff) => {
    const values = valuesIn(request);
    const { edit, errors } = readOffice(values, await wardsOf(db, staff.units));
    if (errors) return showForm(request, response, staff, { office: null, values, errors });
    const code = await db.$transaction(async (tx) => {
      const added = await addOffice(tx, edit, monthOf(clock.now()));
      await audit(tx, staff, "office.add", `office:${added}`);
      return added;
    });
    done(request, response, addressOf(code), t`Đã thêm; trợ lý trả lời theo ngay.`);
  });

  routes.get("/:code", "offices.see", (request, response, staff) => showOffice(request, response, staff));

  routes.get("/:code/edit", "offices.edit", async (request, response, staff) => {
    const office = await find(db, request, staff);
    await showForm(request, response, staff, { office, values: valuesOf(office), errors: {} });
  });

  routes.post("/:code/edit", "offices.edit", async (request, response, staff) => {
    const office = await find(db, request, staff);
    const values = valuesIn(request);
    const { edit, errors } = readOffice(values, await wardsOf(db, staff.units));
    if (errors) return showForm(request, response, staff, { office, values, errors });
    await deed(request, staff, "office.edit", async (tx, { code }) => {
      const fields = await changeOffice(tx, code, edit, monthOf(clock.now()));
      return { fields: fields.join(", ") };
    });
    done(request, response, addressOf(office.code), t`Đã lưu; trợ lý trả lời theo ngay.`);
  });

  routes.post("/:code/days", "offices.edit", async (request, response, staff) => {
    await find(db, request, staff);
    const values = valuesIn(request);
    const { day, errors } = readDay(values, today(clock.now()));
    if (errors) {
      response.status(422);
      return showOffice(request, response, staff, { values, errors });
    }
    const { code } = await deed(request, staff, "office.day.set", async (tx, office) => {
      await setOfficeDay(tx, office.code, day);
      return { day: day.day };
    });
    done(request, response, addressOf(code), t`Đã ghi; trợ lý trả lời theo ngay.`);
  });

  routes.post("/:code/days/:day/drop", "offices.edit", async (request, response, staff) => {
    const day = one(request.params.day);
    const isDay = DateTime.fromISO(day).isValid;
    const { code } = await deed(request, staff, "office.day.drop", async (tx, office) => {
      if (!isDay) throw notFound();
      await dropOfficeDay(tx, office.code, day);
      return { day };
    });
    done(request, response, addressOf(code), t`Đã bỏ ngày này.`);
  });

  routes.post("/:code/withdraw", "offices.edit", async (request, response, staff) => {
    const { code } = await deed(request, staff, "office.withdraw", async (tx, office) => {
      await setOfficeWithdrawn(tx, office.code, clock.now());
      return {};
    });
    done(request, response, addressOf(code), t`Đã rút; trợ lý không nhắc tới nữa.`);
  });

  routes.post("/:code/bring-back", "offices.edit", async (request, response, staff) => {
    const { code } = await deed(request, staff, "office.bring_back", async (tx, office) => {
      await setOfficeWithdrawn(tx, office.code, null);
      return {};
    });
    done(request, response, addressOf(code), t`Đã dùng lại.`);
  });

  return routes.router;
}

/** "11/2026", as residents are told how fresh it is. */
const monthOf = (now: Date) => DateTime.fromJSDate(now, { zone: ZONE }).toFormat("MM/yyyy");
