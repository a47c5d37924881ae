/** A resident's message becomes a report, after staff have looked over what it says; the resident is told the code. */
import type { Request, Response } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { queueReplies } from "../../../channels/queue-replies.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import {
  Card,
  Form,
  SelectField,
  Submit,
  TextArea,
  TextField,
  type Errors,
} from "../../../console/components/index.ts";
import { done, showPage } from "../../../console/page.tsx";
import { idOf, one, readForm } from "../../../console/read-form.ts";
import type { ConsoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { WordingBook } from "../../../dialogue/wording.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import type { LanguageEngine } from "../../../language/index.ts";
import type { FilesForResident } from "../../feature.ts";
import { noteStep } from "./holding.ts";
import { materialFor, type Material } from "./material.ts";
import type { Reach } from "./reach.ts";
import type { Talk } from "./talks.ts";
import { shownName } from "./words.ts";
import type { Channels } from "./timeline.ts";
import { isOpen, replyWindow } from "./window.ts";

export interface ReportParts {
  db: Db;
  channels: Channels;
  reach: Reach;
  engine: LanguageEngine;
  wording: WordingBook;
  clock: Clock;
  filing: FilesForResident;
}

export function reportRoutes(routes: ConsoleRoutes, parts: ReportParts): void {
  const { db, channels, reach, engine, wording, clock, filing } = parts;
  const formShape = shapeOf(filing);

  routes.get("/:id/report", "reports.work", async (request, response, staff) => {
    const talk = await reach.own(request, staff);
    const material = await materialOf(request, talk);
    const turn = {
      ...{ text: material.text, choice: null, attachments: [], at: material.at },
      understanding: engine.understand(material.text.slice(0, 2000)),
    };
    const guessed = filing.guess(turn, wording.in("vi"));
    const point = material.point ?? guessed.point;
    const values = {
      ...{ category: guessed.category ?? "", description: material.text, ward: guessed.ward ?? "" },
      ...{ street: guessed.street ?? "", houseNumber: guessed.houseNumber ?? "" },
      hamlet: guessed.hamlet ?? "",
      point: point ? `${point.latitude}, ${point.longitude}` : "",
    };
    await show(request, response, { talk, staff, material, values, errors: {} });
  });

  routes.post("/:id/report", "reports.work", async (request, response, staff) => {
    const talk = await reach.own(request, staff);
    const form = readForm(formShape, request);
    const material = await materialOf(request, talk);
    if (!form.data) {
      response.status(422);
      return show(request, response, { talk, staff, material, values: form.values, errors: form.errors });
    }
    const { photos, ...told } = form.data;
    const known = new Set(material.photos.map(({ id }) => id));
    const attachmentIds = photos.filter((id) => known.has(id));
    const at = clock.now();
    const mayTell = isOpen(replyWindow(talk.channel, talk.settings, talk.lastInboundAt, at));
    const code = await db.$transaction(async (tx) => {
      const { id: conversationId, residentId, unitCode, accountId } = talk;
      const say = wording.in(talk.language === "en" ? "en" : "vi");
      const by = { residentId, staffId: staff.id, unitCode, say, at };
      const { code, reply } = await filing.file(tx, { ...told, attachmentIds }, by);
      if (mayTell) {
        const to = { accountId, conversationId, recipient: { user: talk.residentExternalId } };
        await queueReplies(tx, to, [reply], { author: "staff", staffId: staff.id });
      }
      await noteStep(tx, conversationId, { kind: "filed", staffId: staff.id, note: code });
      await audit(tx, staff, "report.file", code, { conversation: String(conversationId) });
      return code;
    });
    const telling = mayTell
      ? t`đã báo mã cho người dân`
      : t`hết thời hạn trả lời nên người dân chưa được báo mã`;
    done(request, response, `/console/conversations/${talk.id}`, t`Đã ghi ${code}; ${telling}.`);
  });

  async function materialOf(request: Request, talk: Talk): Promise<Material> {
    const picked = one(request.query.message);
    const found = await materialFor(db, channels[talk.channel], talk.id, picked ? idOf(picked) : null);
    return found ?? { text: "", at: clock.now(), point: null, photos: [] };
  }

  async function show(request: Request, response: Response, props: Omit<ReportFormProps, "filing" | "at">) {
    const { talk } = props;
    const picked = one(request.query.message);
    const at = `/console/conversations/${talk.id}/report${picked ? `?message=${encodeURIComponent(picked)}` : ""}`;
    await showPage(
      request,
      response,
      {
        title: t`Ghi thành phản ánh`,
        subtitle: shownName(talk),
        breadcrumbs: [
          { label: t`Trò chuyện`, href: "/console/conversations" },
          { label: shownName(talk), href: `/console/conversations/${talk.id}` },
        ],
        styles: [asset("inbox.css")],
      },
      <ReportForm {...props} filing={filing} at={at} />,
    );
  }
}

const short = z
  .string()
  .trim()
  .max(120, vi`Dài quá.`)
  .default("");
const several = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat().filter((id) => /^\d{1,18}$/.test(id)));

const shapeOf = ({ categories, wards }: FilesForResident) =>
  z.object({
    category: z.string().refine((code) => categories.some(({ value }) => value === code), t`Chọn loại việc.`),
    description: z
      .string()
      .trim()
      .min(3, t`Ghi nội dung người dân báo.`)
      .max(4000, t`Dài quá.`),
    ward: z.string().refine((code) => wards.some(({ value }) => value === code), t`Chọn phường.`),
    street: short,
    houseNumber: short,
    hamlet: short,
    point: z
      .string()
      .trim()
      .default("")
      .transform((text, context) => {
        if (!text) return null;
        const [latitude = NaN, longitude = NaN] = text.split(/[,;\s]+/).map(Number);
        if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
        context.addIssue(t`Ghi vĩ độ, kinh độ; như 10.2402, 106.3789.`);
        return z.NEVER;
      }),
    photos: several.transform((ids) => ids.map(BigInt)),
  });

interface ReportFormProps {
  talk: Talk;
  staff: SignedIn;
  material: Material;
  values: Record<string, string>;
  errors: Errors;
  filing: FilesForResident;
  at: string;
}

function ReportForm({ talk, staff, material, values, errors, filing, at }: ReportFormProps) {
  const field = (name: string) => ({ name, value: values[name], error: errors[name] });
  return (
    <Card>
      <Form action={at} staff={staff}>
        <SelectField
          {...field("category")}
          label={t`Loại việc`}
          required
          options={[{ value: "", label: t`Chọn loại việc` }, ...filing.categories]}
        />
        <TextArea {...field("description")} label={t`Nội dung, theo lời người dân`} required rows={4} />
        <SelectField
          {...field("ward")}
          label={t`Phường`}
          required
          options={[{ value: "", label: t`Chọn phường` }, ...filing.wards]}
        />
        <TextField {...field("street")} label={t`Đường`} maxlength={120} />
        <TextField {...field("houseNumber")} label={t`Số nhà`} maxlength={40} />
        <TextField {...field("hamlet")} label={t`Khu phố, ấp, hẻm`} maxlength={120} />
        <TextField
          {...field("point")}
          label={t`Tọa độ`}
          placeholder="10.2402, 106.3789"
          help={t`Lấy từ vị trí người dân gửi, nếu có.`}
        />
        {material.photos.length > 0 ? (
          <fieldset class="field">
            <legend class="form-label">{t`Hình trong trò chuyện này`}</legend>
            <div class="photo-picks">
              {material.photos.map(({ id, near }) => (
                <label class="photo-pick">
                  <input type="checkbox" name="photos" value={String(id)} checked={near} />
                  <img
                    src={`/console/conversations/${talk.id}/files/${id}?small`}
                    alt={t`Hình người dân gửi`}
                    loading="lazy"
                  />
                </label>
              ))}
            </div>
          </fieldset>
        ) : null}
        <p class="quiet">
          {t`Ghi xong, người dân được báo mã phản ánh ngay trong trò chuyện và nhận tin mỗi khi có thay đổi.`}
        </p>
        <Submit icon="check">{t`Ghi nhận và báo mã`}</Submit>
      </Form>
    </Card>
  );
}
