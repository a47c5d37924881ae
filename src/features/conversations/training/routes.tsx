/** What staff do at the training desk; no page of it shows whose words they are. */
import type { Request, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, one } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { enqueue } from "../../../infra/jobs.ts";
import { decide } from "../../../residents/candidates.ts";
import type { TrainingParts } from "./index.ts";
import type { IntentNames } from "./intents.ts";
import { Desk, Decided } from "./desk-page.tsx";
import { Models, ModelList } from "./models-page.tsx";
import {
  askForModel,
  countMessages,
  findMessages,
  findModel,
  moveModel,
  recentModels,
  retireModels,
  type DeskState,
} from "./store.ts";

const HERE = "/console/training";
const PAGE_SIZE = 20;
const MODELS_SHOWN = 12;
const GONE = vi`Câu này vừa có người khác làm rồi.`;

const title = () => ({ title: t`Dạy trợ lý`, subtitle: t`Những câu trợ lý chưa chắc, đã che tên và số` });

export function trainingRoutes(parts: TrainingParts & { intents: IntentNames }): Router {
  const { db, engine, clock, intents, watch } = parts;
  const routes = consoleRoutes();
  const files = { scripts: [asset("htmx.js"), asset("training.js")], styles: [asset("training.css")] };

  routes.get("/", "training.label", async (request, response, staff) => {
    const messages = await findMessages(db, "open", { skip: 0, take: PAGE_SIZE });
    const counts = await countMessages(db);
    const page = { messages, counts, staff, labelOf: intents.labelOf, all: await intents.all() };
    await showPage(request, response, { ...title(), ...files }, <Desk {...page} />);
  });

  for (const state of ["accepted", "ignored"] as const) {
    routes.get(`/${state}`, "training.label", async (request, response, staff) => {
      const counts = await countMessages(db);
      const pages = Math.max(1, Math.ceil(counts[state] / PAGE_SIZE));
      const page = Math.min(pages, Math.max(1, Math.trunc(Number(one(request.query.page))) || 1));
      const messages = await findMessages(db, state, { skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE });
      const list = { messages, counts, staff, state, page, pages, labelOf: intents.labelOf };
      await showPage(request, response, { ...title(), ...files }, <Decided {...list} />);
    });
  }

  routes.post("/:id/accept", "training.label", async (request, response, staff) => {
    const form = z.object({ intent: z.string().max(60) }).safeParse(request.body);
    const known = (await intents.all()).find(({ name }) => name === form.data?.intent);
    if (!known) return trouble(request, response, HERE, t`Anh/chị chọn câu này thuộc chủ đề nào nha.`);
    const isDone = await settle(request, staff, "open", { state: "accepted", intent: known.name });
    if (!isDone) return trouble(request, response, HERE, GONE);
    done(request, response, HERE, t`Đã ghi: ${known.label}.`);
  });

  routes.post("/:id/ignore", "training.label", async (request, response, staff) => {
    const isDone = await settle(request, staff, "open", { state: "ignored", intent: null });
    if (!isDone) return trouble(request, response, HERE, GONE);
    done(request, response, HERE, t`Đã bỏ qua câu đó.`);
  });

  /** Back onto the desk. */
  routes.post("/:id/undo", "training.label", async (request, response, staff) => {
    const back = { state: "open", intent: null } as const;
    const isDone =
      (await settle(request, staff, "accepted", back)) || (await settle(request, staff, "ignored", back));
    if (!isDone) return trouble(request, response, HERE, GONE);
    done(request, response, HERE, t`Câu đó nằm lại trên bàn.`);
  });

  async function settle(
    request: Request,
    staff: SignedIn,
    from: DeskState,
    to: { state: DeskState; intent: string | null },
  ): Promise<boolean> {
    const id = idOf(request.params.id);
    return db.$transaction(async (tx) => {
      const isDone = await decide(tx, id, from, { ...to, staffId: staff.id, at: clock.now() });
      if (isDone) await audit(tx, staff, `training.${to.state}`, `candidate:${id}`, { intent: to.intent });
      return isDone;
    });
  }

  routes.get("/models", "training.label", async (request, response, staff) => {
    await showPage(
      request,
      response,
      { ...title(), ...files },
      <Models counts={await countMessages(db)} {...await modelsFor(staff)} />,
    );
  });

  /** The part of the page that changes while a model is taught. */
  routes.get("/models/list", "training.label", async (_request, response, staff) => {
    response.type("html").send(await (<ModelList {...await modelsFor(staff)} />));
  });

  const modelsFor = async (staff: SignedIn) => ({
    models: await recentModels(db, MODELS_SHOWN),
    shipped: engine.shipped.modelVersion,
    inUse: engine.modelVersion,
    staff,
    maySwitch: may(staff.role, "training.switch"),
    labelOf: intents.labelOf,
  });

  routes.post("/models", "training.teach", async (request, response, staff) => {
    const id = await db.$transaction(async (tx) => {
      const asked = await askForModel(tx, staff.id, engine.shipped.modelVersion);
      if (asked === null) return null;
      await enqueue(tx, "training:teach", { id: asked }, { key: `training:teach:${asked}`, priority: 10 });
      await audit(tx, staff, "training.teach", `model:${asked}`);
      return asked;
    });
    if (id === null)
      return trouble(request, response, `${HERE}/models`, t`Đang có một lần dạy chạy dở, chờ chút nha.`);
    response.redirect(303, `${HERE}/models`);
  });

  routes.post("/models/:model/use", "training.switch", async (request, response, staff) => {
    const id = modelId(request);
    const model = await findModel(db, id);
    if (model?.shipped !== engine.shipped.modelVersion) throw notFound();
    await db.$transaction(async (tx) => {
      await retireModels(tx);
      if (!(await moveModel(tx, id, ["ready", "former"], "in_use", { staffId: staff.id, at: clock.now() })))
        throw notFound();
      await audit(tx, staff, "training.use", `model:${id}`, { version: model.version });
    });
    await watch.refresh();
    done(request, response, `${HERE}/models`, t`Trợ lý đã hiểu theo mô hình này.`);
  });

  routes.post("/models/:model/refuse", "training.switch", async (request, response, staff) => {
    const id = modelId(request);
    await db.$transaction(async (tx) => {
      if (!(await moveModel(tx, id, ["ready"], "refused", { staffId: staff.id, at: clock.now() })))
        throw notFound();
      await audit(tx, staff, "training.refuse", `model:${id}`);
    });
    done(request, response, `${HERE}/models`, t`Mô hình đó không được dùng.`);
  });

  /** Back to the model the service came with. */
  routes.post("/shipped", "training.switch", async (request, response, staff) => {
    await db.$transaction(async (tx) => {
      if ((await retireModels(tx)) > 0) await audit(tx, staff, "training.use", "model:shipped");
    });
    await watch.refresh();
    done(request, response, `${HERE}/models`, t`Trợ lý dùng lại mô hình gốc.`);
  });

  return routes.router;
}

function modelId(request: Request): number {
  const id = Number(idOf(request.params.model));
  if (id > 2 ** 31 - 1) throw notFound();
  return id;
}
