/** The control API: residents' deeds, receipts, faults, settings. Described in README.md of this folder. */
import { z } from "zod";
import { act, ImpossibleAct, type Act, type Done } from "./acts.ts";
import { faults, type Faults } from "./faults.ts";
import { createFinder, formOf, jsonOf, type Answer, type Call, type Routes } from "./http.ts";
import { settings, type Settings } from "./settings.ts";
import { template } from "./templates.ts";
import type { WebhookCounts } from "./webhooks.ts";
import type { World } from "./world.ts";

export interface Conduct {
  faults: Faults;
  settings: Settings;
}
export interface Counts {
  webhooks: WebhookCounts;
  /** Messages that reached a resident. */
  received: number;
  /** Calls the pretend platforms answered, refusals included. */
  calls: number;
  /** How often each fault struck a call. */
  faults: Record<string, number>;
}

interface Parts {
  world: World;
  perform(given: Act): Done;
  conduct: Conduct;
  counts(): Counts;
  forget(): void;
}

const MOST_RECEIPTS = 10_000;

export function createControl({ world, perform, conduct, counts, forget }: Parts) {
  const routes: Routes = {
    "GET /accounts": async () => {
      await world.refresh();
      const accounts = world.accounts().map((account) => ({
        ...{ account: account.key, name: account.name, unitCode: account.unitCode, buttons: account.buttons },
        profile: account.profile,
        posts: account.posts.filter(({ scheduledFor }) => scheduledFor === null),
        residents: [...account.threads.values()].map(({ resident, name, follows }) => ({
          resident,
          name,
          follows,
        })),
      }));
      return { body: accounts };
    },
    "GET /talk": (call) => {
      const account = world.account(call.query.get("account") ?? "");
      if (!account) return missing("account");
      const thread = world.thread(
        account,
        call.query.get("resident") ?? "",
        call.query.get("name") ?? undefined,
      );
      const { resident, name, follows, entries, typingUntil } = thread;
      return { body: { account: account.key, resident, name, follows, typingUntil, entries } };
    },
    "POST /acts": async (call) => {
      const given = z.union([act, z.array(act)]).safeParse(jsonOf(call));
      if (!given.success) return { status: 400, body: { problem: z.prettifyError(given.error) } };
      const acts = [given.data].flat();
      if (acts.some(({ account }) => !world.account(account))) await world.refresh();
      const done = acts.map(perform);
      return { body: Array.isArray(given.data) ? done : done[0] };
    },
    "POST /files": async (call) => {
      const file = (await formOf(call))?.get("file");
      if (!(file instanceof File)) return { status: 400, body: { problem: "Send a form with a file." } };
      const bytes = Buffer.from(await file.arrayBuffer());
      const url = world.files.keep({ bytes, mime: file.type || "application/octet-stream", name: file.name });
      return { body: { url } };
    },
    "GET /receipts": ({ query }) => {
      const after = Number(query.get("after") ?? 0);
      const limit = Math.min(MOST_RECEIPTS, Number(query.get("limit") ?? MOST_RECEIPTS));
      const receipts = world.receipts.after(after, limit);
      return { body: { receipts, next: receipts.at(-1)?.seq ?? after, count: world.receipts.count() } };
    },
    "DELETE /receipts": () => {
      forget();
      return { body: counts() };
    },
    "GET /counts": () => ({ body: counts() }),
    "GET /faults": () => ({ body: conduct.faults }),
    "PUT /faults": (call) => replace(call, faults, (value) => (conduct.faults = value)),
    "GET /settings": () => ({ body: conduct.settings }),
    "PATCH /settings": (call) => {
      const changed = { ...conduct.settings, ...(jsonOf(call) as object) };
      return replace(call, settings, (value) => (conduct.settings = value), changed);
    },
    "POST /tokens/expire": (call) => {
      const account = world.account(z.object({ account: z.string() }).parse(jsonOf(call)).account);
      if (!account) return missing("account");
      account.accessUntil = world.now();
      return { body: { account: account.key } };
    },
    /** A template the platform has, or has refused, switched off, or sent too often. */
    "PUT /templates": (call) => {
      const {
        account: key,
        id,
        ...given
      } = z.looseObject({ account: z.string(), id: z.string() }).parse(jsonOf(call));
      const account = world.account(key);
      if (!account) return missing("account");
      const changed = template.parse({ ...account.templates.get(id), ...given });
      account.templates.set(id, changed);
      return { body: { id, ...changed } };
    },
    /** The resident's last act was that long ago: to see the platforms' windows close. */
    "POST /residents/age": (call) => {
      const given = z
        .object({ account: z.string(), resident: z.string(), hours: z.number().min(0) })
        .parse(jsonOf(call));
      const thread = world.account(given.account)?.threads.get(given.resident);
      if (!thread) return missing("talk");
      thread.lastActAt = world.now() - given.hours * 3_600_000;
      return { body: { resident: thread.resident, lastActAt: thread.lastActAt } };
    },
  };
  const find = createFinder(routes);
  return async function answer(call: Call): Promise<Answer> {
    const found = find(call.method, call.path);
    if (!found)
      return { status: 404, body: { problem: "There is no such call: see src/simulator/README.md." } };
    try {
      return await found.handler(call);
    } catch (error) {
      if (error instanceof ImpossibleAct) return { status: 409, body: { problem: error.message } };
      if (error instanceof z.ZodError) return { status: 400, body: { problem: z.prettifyError(error) } };
      throw error;
    }
  };
}

const missing = (what: string): Answer => ({ status: 404, body: { problem: `There is no such ${what}.` } });

function replace<Schema extends z.ZodType>(
  call: Call,
  schema: Schema,
  set: (value: z.infer<Schema>) => void,
  given: unknown = jsonOf(call),
): Answer {
  const result = schema.safeParse(given ?? {});
  if (!result.success) return { status: 400, body: { problem: z.prettifyError(result.error) } };
  set(result.data);
  return { body: result.data };
}
