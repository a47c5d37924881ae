/** Which approved template an account uses past the platform's window, and what fills it. None is used until chosen here. */
import type { Request, Response } from "express";
import { z } from "zod";
import { t, vi } from "../../bilingual/index.ts";
import { accountSettings } from "../../channels/accounts.ts";
import type { ChannelName } from "../../channels/channel.ts";
import {
  linesOf,
  readTemplate,
  TEMPLATE_PURPOSES,
  type TemplateChoices,
  type TemplatePurpose,
} from "../../channels/templates.ts";
import type { Db } from "../../infra/db.ts";
import { audit } from "../audit/audit.ts";
import { Card, Form, Submit, TextArea, TextField, type Errors } from "../components/index.ts";
import { done, showPage } from "../page.tsx";
import { readForm } from "../read-form.ts";
import type { ConsoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { keepSettings, type ListedAccount } from "./store.ts";

interface Parts {
  db: Db;
  /** The account of the address. @throws a 404 for another unit's. */
  own(request: Request, staff: SignedIn): Promise<ListedAccount>;
  /** The account has changed. */
  forget(): void;
}

const PURPOSES = Object.keys(TEMPLATE_PURPOSES) as TemplatePurpose[];
const LONGEST = 200;
const MOST_LETTERS = 1000;

export function templateRoutes(routes: ConsoleRoutes, { db, own, forget }: Parts): void {
  routes.get("/:id/templates", "accounts.connect", async (request, response, staff) => {
    const account = await own(request, staff);
    await show(request, response, staff, account, typedOf(account), {});
  });

  routes.post("/:id/templates", "accounts.connect", async (request, response, staff) => {
    const account = await own(request, staff);
    const form = readForm(z.record(z.string(), z.string()), request);
    const { templates, errors } = readChoices(channelOf(account), form.values);
    if (Object.keys(errors).length > 0) {
      response.status(422);
      return show(request, response, staff, account, form.values, errors);
    }
    await db.$transaction(async (tx) => {
      await keepSettings(tx, account.id, accountSettings.parse({ ...account.settings, templates }));
      const details = { templates: Object.keys(templates).join(" ") };
      await audit(tx, staff, "account.templates", `account:${account.id}`, details);
    });
    forget();
    done(request, response, `/console/accounts/${account.id}`, t`Đã lưu mẫu tin.`);
  });
}

const channelOf = ({ channel }: ListedAccount) => channel as ChannelName;

/** A purpose whose template is left empty uses none. */
function readChoices(channel: ChannelName, typed: Record<string, string>) {
  const templates: TemplateChoices = {};
  const errors: Errors = {};
  for (const purpose of PURPOSES) {
    const field = (name: string) => (typed[`${purpose}.${name}`] ?? "").trim();
    if (!field("id")) continue;
    const longest = Number(field("longest") || LONGEST);
    if (!Number.isInteger(longest) || longest < 1 || longest > MOST_LETTERS) {
      errors[`${purpose}.longest`] = t`Một số từ 1 tới ${MOST_LETTERS}.`;
      continue;
    }
    const language = field("language") || "vi";
    if (!/^[a-z]{2}(_[A-Z]{2})?$/.test(language)) {
      errors[`${purpose}.language`] = t`Mã ngôn ngữ như “vi” hoặc “en_US”.`;
      continue;
    }
    const read = readTemplate(channel, purpose, {
      id: field("id"),
      lines: field("lines"),
      language,
      longest,
    });
    if ("choice" in read) templates[purpose] = read.choice;
    else if ("wrongId" in read) errors[`${purpose}.id`] = read.wrongId;
    else errors[`${purpose}.lines`] = read.wrongLines;
  }
  return { templates, errors };
}

/** The form as it would have been typed. */
function typedOf(account: ListedAccount): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const purpose of PURPOSES) {
    const choice = account.settings.templates[purpose];
    if (!choice) continue;
    typed[`${purpose}.id`] = choice.id;
    typed[`${purpose}.lines`] = linesOf(channelOf(account), choice);
    typed[`${purpose}.language`] = choice.language;
    typed[`${purpose}.longest`] = String(choice.longest);
  }
  return typed;
}

async function show(
  request: Request,
  response: Response,
  staff: SignedIn,
  account: ListedAccount,
  typed: Record<string, string>,
  errors: Errors,
) {
  const breadcrumbs = [
    { label: t`Tài khoản`, href: "/console/accounts" },
    { label: account.name, href: `/console/accounts/${account.id}` },
  ];
  const page = { title: t`Mẫu tin đã duyệt`, width: "text" as const, breadcrumbs };
  await showPage(request, response, page, <Templates {...{ account, staff, typed, errors }} />);
}

interface TemplatesProps {
  account: ListedAccount;
  staff: SignedIn;
  typed: Record<string, string>;
  errors: Errors;
}

const WHEN_LATE = {
  zalo: vi`Quá 7 ngày từ tin cuối của người dân, Zalo chỉ cho gửi mẫu tin đã duyệt; mỗi tin tính phí.`,
  facebook: vi`Quá 24 giờ từ tin cuối của người dân, Facebook chỉ cho gửi mẫu tin tiện ích (utility) đã duyệt.`,
} satisfies Record<ChannelName, string>;

function Templates({ account, staff, typed, errors }: TemplatesProps) {
  return (
    <Form action={`/console/accounts/${account.id}/templates`} staff={staff}>
      <div class="stack">
        <p class="quiet">
          {t.of(WHEN_LATE[channelOf(account)])}{" "}
          {t`Không chọn mẫu nào thì tin chờ tới khi người dân nhắn lại.`}
        </p>
        {PURPOSES.map((purpose) => (
          <Purpose {...{ purpose, account, typed, errors }} />
        ))}
        <p>
          <Submit>{t`Lưu mẫu tin`}</Submit>
        </p>
      </div>
    </Form>
  );
}

function Purpose(props: Omit<TemplatesProps, "staff"> & { purpose: TemplatePurpose }) {
  const { purpose, account, typed, errors } = props;
  const { label, values } = TEMPLATE_PURPOSES[purpose];
  const isZalo = account.channel === "zalo";
  const field = (name: string) => ({
    name: `${purpose}.${name}`,
    value: typed[`${purpose}.${name}`],
    error: errors[`${purpose}.${name}`],
  });
  return (
    <Card title={t.of(label)}>
      <TextField
        {...field("id")}
        label={isZalo ? t`Mã mẫu tin` : t`Tên mẫu tin`}
        help={t`Để trống: không dùng.`}
      />
      <TextArea
        {...field("lines")}
        rows={4}
        label={t`Tham số, mỗi dòng một tham số`}
        help={
          isZalo
            ? t`Tên tham số trong mẫu = giá trị, ví dụ “ten_don_vi = don_vi”.`
            : t`Chỉ ghi giá trị, theo thứ tự của mẫu: dòng đầu cho {{1}}, dòng sau cho {{2}}.`
        }
      />
      <p class="field-help">{t`Giá trị dùng được:`}</p>
      <dl class="template-values">
        {Object.entries(values).map(([name, meaning]) => (
          <div>
            <dt>
              <code safe>{name}</code>
            </dt>
            <dd>{t.of(meaning)}</dd>
          </div>
        ))}
      </dl>
      <TextField
        {...field("longest")}
        type="number"
        min="1"
        max={String(MOST_LETTERS)}
        label={t`Mỗi tham số dài nhất, ký tự`}
        help={t`Theo mẫu đã duyệt; để trống là ${LONGEST}.`}
      />
      {isZalo ? null : (
        <TextField {...field("language")} label={t`Ngôn ngữ của mẫu`} help={t`Để trống: vi.`} />
      )}
    </Card>
  );
}
