/** The OAs and Pages: how they are, how they answer, and connecting them. */
import type { Request, Response, Router } from "express";
import { t, vi } from "../../bilingual/index.ts";
import { bookFindings } from "../../channels/account-watch.ts";
import type { AccountCheck } from "../../channels/account-check.ts";
import { RefreshRefused, type Care } from "../../channels/account-care.ts";
import type { AccountRegistry } from "../../channels/accounts.ts";
import type { AccountSettings, ConnectedAccount } from "../../channels/channel.ts";
import type { FacebookClient } from "../../channels/facebook/client.ts";
import { connectPage } from "../../channels/facebook/connect.ts";
import {
  missingParts,
  registerAccount,
  removeAccount,
  type Registration,
} from "../../channels/register-account.ts";
import type { ZaloTokens } from "../../channels/zalo/tokens.ts";
import type { Db } from "../../infra/db.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import { audit } from "../audit/audit.ts";
import { LinkButton, type Errors } from "../components/index.ts";
import { done, flash, showPage, trouble } from "../page.tsx";
import { notFound } from "../problems.ts";
import { idOf, one, readForm } from "../read-form.ts";
import { may } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { optionsFor } from "../units/tree.ts";
import { connectionForm, newAccountForm, settingsForm } from "./forms.ts";
import { AccountList, AccountPage, NewAccount } from "./pages.tsx";
import { findAccounts, lastErrors, ownersOf, keepNames, keepSettings, type ListedAccount } from "./store.ts";
import { templateRoutes } from "./templates.tsx";
import { beginConsent, endConsent } from "./zalo.ts";

export interface Connections {
  registry: AccountRegistry;
  care: Pick<Care, "connect">;
  check: AccountCheck;
  zaloTokens: ZaloTokens;
  facebook: FacebookClient;
  /** Greeting and menu a Page gets when it is connected. */
  pageProfile: object;
}

/** A pasted access token lives 25 hours at most, and nobody says how old it is: it is renewed within the day. */
const PASTED_TOKEN_LIFE = 20 * 3_600_000;
const crumbs = [{ label: vi`Tài khoản`, href: "/console/accounts" }];

export function accountRoutes(db: Db, box: SecretBox, connections: Connections, publicUrl: string): Router {
  const { registry, care, check, zaloTokens, facebook, pageProfile } = connections;
  const routes = consoleRoutes();

  routes.get("/", "accounts.see", async (request, response, staff) => {
    const accounts = await findAccounts(db, staff.units);
    const mayConnect = may(staff.role, "accounts.connect");
    const actions = mayConnect ? (
      <>
        <LinkButton href="/console/accounts/new/zalo" icon="plus">
          Zalo OA
        </LinkButton>
        <LinkButton href="/console/accounts/new/facebook" icon="plus">
          {t`Trang Facebook`}
        </LinkButton>
      </>
    ) : undefined;
    const page = { title: t`Tài khoản`, subtitle: t`Zalo OA và trang Facebook của các đơn vị`, actions };
    await showPage(request, response, page, <AccountList accounts={accounts} mayConnect={mayConnect} />);
  });

  routes.get("/new/:channel", "accounts.connect", async (request, response, staff) => {
    await showNew(request, response, staff, {});
  });

  routes.post("/new/:channel", "accounts.connect", async (request, response, staff) => {
    const channel = channelOf(request);
    const identity = readForm(newAccountForm, request);
    const form = readForm(connectionForm, request);
    const errors: Errors = { ...form.errors, ...identity.errors };
    const { externalId = "" } = identity.data ?? {};
    if (await db.account.findUnique({ where: { channel_externalId: { channel, externalId } } }))
      errors.externalId = t`Tài khoản này đã có trong hệ thống.`;
    if (form.data && !staff.units.includes(form.data.unitCode)) errors.unitCode = t`Chọn đơn vị.`;
    const given: Registration = { channel, externalId, ...form.data!, ...tokenEnd(channel, form.data) };
    for (const part of form.data ? missingParts(given) : []) errors[part] = t`Không thể thiếu.`;
    if (Object.keys(errors).length > 0) return showNew(request, response, staff, form.values, errors);
    const id = await register(staff, given, "account.add");
    await greet(request, id);
    done(request, response, `/console/accounts/${id}`, t`Đã thêm tài khoản.`);
  });

  routes.get("/zalo/callback", "accounts.connect", async (request, response, staff) => {
    const begun = endConsent(request, one(request.query.state));
    const account = begun && (await registry.byId(begun.accountId));
    if (!begun || !account || !staff.units.includes(account.unitCode))
      return trouble(
        request,
        response,
        "/console/accounts",
        t`Phiên kết nối Zalo đã hết. Hãy bấm kết nối lại.`,
      );
    const back = `/console/accounts/${account.id}`;
    const oaId = one(request.query.oa_id);
    if (oaId && oaId !== account.externalId)
      return trouble(request, response, back, t`Zalo đã cấp quyền cho một OA khác (${oaId.slice(0, 30)}).`);
    const code = one(request.query.code);
    if (!code) return trouble(request, response, back, t`Người quản trị OA chưa đồng ý.`);
    try {
      await care.connect(account.id, await zaloTokens.exchange(account, code, begun.verifier));
    } catch (error) {
      const why = error instanceof RefreshRefused ? t`Zalo từ chối` : t`Không hỏi được Zalo`;
      return trouble(request, response, back, `${why}: ${(error as Error).message.slice(0, 200)}`);
    }
    await audit(db, staff, "account.connect", `account:${account.id}`);
    done(request, response, back, t`Đã kết nối với Zalo.`);
  });

  routes.get("/:id", "accounts.see", async (request, response, staff) => {
    await showAccount(request, response, staff, {});
  });

  routes.post("/:id", "accounts.connect", async (request, response, staff) => {
    const account = await own(request, staff);
    const form = readForm(connectionForm, request);
    if (!form.data) return showAccount(request, response, staff, form.errors);
    if (!staff.units.includes(form.data.unitCode)) throw notFound();
    const { channel, externalId } = account;
    const given = { channel: channel as Registration["channel"], externalId, ...form.data };
    await register(staff, { ...given, ...tokenEnd(channel, form.data) }, "account.change");
    await greet(request, account.id);
    done(request, response, `/console/accounts/${account.id}`, t`Đã lưu.`);
  });

  routes.post("/:id/settings", "accounts.connect", async (request, response, staff) => {
    const account = await own(request, staff);
    const form = readForm(settingsForm, request);
    if (!form.data) return showAccount(request, response, staff, form.errors);
    const settings = form.data;
    await db.$transaction(async (tx) => {
      await keepSettings(tx, account.id, withChanges(account.settings, settings));
      await audit(tx, staff, "account.settings", `account:${account.id}`);
    });
    registry.forget();
    done(request, response, `/console/accounts/${account.id}`, t`Đã lưu.`);
  });

  templateRoutes(routes, { db, own, forget: registry.forget });

  routes.get("/:id/zalo", "accounts.connect", async (request, response, staff) => {
    const account = await registry.byId((await own(request, staff)).id);
    if (account?.channel !== "zalo") throw notFound();
    response.redirect(303, beginConsent(request, zaloTokens, account, publicUrl));
  });

  routes.post("/:id/remove", "accounts.connect", async (request, response, staff) => {
    const { id, name } = await own(request, staff);
    await db.$transaction(async (tx) => {
      await audit(tx, staff, "account.remove", `account:${id}`);
      await removeAccount(tx, box, id);
    });
    registry.forget();
    done(request, response, "/console/accounts", t`Đã gỡ ${name}.`);
  });

  async function register(staff: SignedIn, given: Registration, action: string): Promise<number> {
    const id = await db.$transaction(async (tx) => {
      const registered = await registerAccount(tx, box, given);
      await audit(tx, staff, action, `account:${registered.id}`, { unit: given.unitCode });
      return registered.id;
    });
    registry.forget();
    return id;
  }

  /** A Page is subscribed and greeted at once; what Facebook did not do is told. */
  async function greet(request: Request, id: number) {
    const account = await registry.byId(id);
    if (account?.channel !== "facebook" || !account.accessToken) return;
    const { name, appId, problems } = await connectPage(facebook, account, pageProfile);
    await keepNames(db, id, { ...(name ? { name } : {}), ...(appId && !account.appId ? { appId } : {}) });
    registry.forget();
    for (const problem of problems) flash(request, "trouble", t`Facebook chưa làm được: ${problem}`);
  }

  /** @throws a 404 when there is none, or it is another unit's. */
  async function own(request: Request, staff: SignedIn): Promise<ListedAccount> {
    const id = Number(idOf(request.params.id));
    const [account] = id < 2 ** 31 ? await findAccounts(db, staff.units, id) : [];
    if (!account) throw notFound();
    return account;
  }

  async function showAccount(request: Request, response: Response, staff: SignedIn, errors: Errors) {
    const account = await own(request, staff);
    if (Object.keys(errors).length > 0) response.status(422);
    const connected = "check" in request.query ? await registry.byId(account.id) : undefined;
    const findings = connected ? await check(connected) : null;
    const [units, row, failures, owners] = await Promise.all([
      optionsFor(db, staff.units),
      db.account.findUniqueOrThrow({ where: { id: account.id } }),
      lastErrors(db, account.id),
      ownersOf(db, account.unitCode),
    ]);
    const books = await bookFindings(db, row, publicUrl, new Date());
    const actions = may(staff.role, "accounts.connect") ? (
      <LinkButton href={`/console/accounts/${account.id}/templates`} icon="messages">
        {t`Mẫu tin đã duyệt`}
      </LinkButton>
    ) : undefined;
    await showPage(
      request,
      response,
      { title: account.name, breadcrumbs: crumbs, actions },
      <AccountPage
        {...{ account, staff, books, findings, publicUrl, units, errors, owners }}
        lastErrors={failures}
      />,
    );
  }

  async function showNew(
    request: Request,
    response: Response,
    staff: SignedIn,
    values: Record<string, string>,
    errors: Errors = {},
  ) {
    const channel = channelOf(request);
    if (Object.keys(errors).length > 0) response.status(422);
    const units = await optionsFor(db, staff.units);
    const title = channel === "zalo" ? t`Thêm Zalo OA` : t`Thêm trang Facebook`;
    const page = { title, width: "text" as const, breadcrumbs: crumbs };
    await showPage(
      request,
      response,
      page,
      <NewAccount {...{ channel, staff, units, values, errors, publicUrl }} />,
    );
  }

  return routes.router;
}

function channelOf(request: Request): ConnectedAccount["channel"] {
  const channel = one(request.params.channel);
  if (channel !== "zalo" && channel !== "facebook") throw notFound();
  return channel;
}

const tokenEnd = (channel: string, data: { accessToken?: string | undefined } | null) =>
  channel === "zalo" && data?.accessToken ? { tokenExpiresAt: new Date(Date.now() + PASTED_TOKEN_LIFE) } : {};

/** What the platform's form does not have stays as it was; a rate left empty is none. */
function withChanges(former: AccountSettings, changes: Partial<Record<keyof AccountSettings, unknown>>) {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const { sendsPerSecond, ...kept } = { ...former, ...Object.fromEntries(given) };
  return changes.sendsPerSecond === undefined ? kept : { ...kept, sendsPerSecond };
}
