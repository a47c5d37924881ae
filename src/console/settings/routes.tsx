/** What the operators choose: each with its meaning, unit and range; every change with what it was before. */
import type { Request, Response, Router } from "express";
import { t } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import type { SettingGroup, SettingsWatch } from "../../infra/setting-groups.ts";
import { readSetting, writeSetting } from "../../infra/settings.ts";
import { audit } from "../audit/audit.ts";
import type { Errors } from "../components/index.ts";
import { done, showPage } from "../page.tsx";
import { notFound } from "../problems.ts";
import { one } from "../read-form.ts";
import { may } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { SettingsPage, type GroupOnPage } from "./page.tsx";
import { changesOf } from "./store.ts";

const HERE = "/console/settings";

export function settingRoutes(db: Db, watch: Pick<SettingsWatch, "groups" | "refresh">): Router {
  const routes = consoleRoutes();

  routes.get("/", "settings.see", async (request, response, staff) => show(request, response, staff));

  routes.post("/:key", "settings.change", async (request, response, staff) => {
    const group = groupOf(request);
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const given = group.shape.safeParse(valuesOf(group, typed));
    if (!given.success) {
      const errors: Errors = {};
      for (const { path, message } of given.error.issues) errors[path.join(".")] ??= t.of(message);
      const values = Object.fromEntries(Object.keys(group.choices).map((name) => [name, one(typed[name])]));
      return show(request, response, staff, { key: group.key, values, errors });
    }
    const isChanged = await change(staff, group, given.data);
    done(
      request,
      response,
      `${HERE}#${group.key}`,
      isChanged ? t`Đã lưu, có hiệu lực ngay.` : t`Không có gì đổi.`,
    );
  });

  routes.post("/:key/reset", "settings.change", async (request, response, staff) => {
    const group = groupOf(request);
    await change(staff, group, group.shape.parse({}));
    done(request, response, `${HERE}#${group.key}`, t`Đã về mặc định.`);
  });

  /** @returns whether anything is other than before. */
  async function change(staff: SignedIn, group: SettingGroup, after: Record<string, string | number>) {
    const isChanged = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`setting:${group.key}`}))`;
      const before = await readSetting(tx, group.key, group.shape);
      const changes = Object.keys(group.choices).filter((name) => before[name] !== after[name]);
      if (changes.length === 0) return false;
      await writeSetting(tx, group.key, after);
      const details = changes.map((name) => [name, `${before[name]} → ${after[name]}`] as const);
      await audit(tx, staff, "setting.change", `setting:${group.key}`, Object.fromEntries(details));
      return true;
    });
    await watch.refresh();
    return isChanged;
  }

  /** @throws a 404 for a key that is none. */
  function groupOf(request: Request): SettingGroup {
    const group = watch.groups.find(({ key }) => key === one(request.params.key));
    if (!group) throw notFound();
    return group;
  }

  async function show(
    request: Request,
    response: Response,
    staff: SignedIn,
    refused?: { key: string; values: Record<string, string>; errors: Errors },
  ) {
    if (refused) response.status(422);
    const changes = await changesOf(db);
    const groups: GroupOnPage[] = await Promise.all(
      watch.groups.map(async (group) => {
        const stored = await readSetting(db, group.key, group.shape);
        const isRefused = refused?.key === group.key;
        return {
          group,
          values: isRefused ? refused.values : textsOf(stored),
          errors: isRefused ? refused.errors : {},
          changes: changes.filter(({ key }) => key === group.key).slice(0, 5),
        };
      }),
    );
    const page = { title: t`Thiết lập`, subtitle: t`Dùng chung cho mọi đơn vị; có hiệu lực ngay khi lưu` };
    const mayChange = may(staff.role, "settings.change");
    await showPage(request, response, page, <SettingsPage {...{ groups, staff, mayChange }} />);
  }

  return routes.router;
}

const textsOf = (value: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(value).map(([name, chosen]) => [name, String(chosen)]));

/** A field left empty is no number, rather than what is initial. */
function valuesOf({ choices }: SettingGroup, typed: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(choices).map(([name, { kind }]) => {
      const text = one(typed[name]);
      return [name, kind === "text" ? text : text === "" ? NaN : Number(text)];
    }),
  );
}
