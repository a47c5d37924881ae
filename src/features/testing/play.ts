/** Plays one written talk on a stage and holds every answer against what is written. */
import type { ChannelName, Choice, Reply } from "../../channels/channel.ts";
import { handBack } from "../conversations/index.ts";
import { changeState, mergeInto } from "../reports/store.ts";
import type { ReportState } from "../reports/states.ts";
import { patternOf, type Scene, type Script } from "./script.ts";
import { repliesAfter, type Stage } from "./stage.ts";
import type { Said } from "./wire.ts";

/** Places that scripts call by name. */
const POINTS: Record<string, readonly [latitude: number, longitude: number]> = {
  "Hồ Trúc Giang": [10.23856, 106.37818],
  "gần Hồ Trúc Giang": [10.2388, 106.3783],
  "chùa Pháp Tam": [10.2523153, 106.3719555],
  "chỗ giáp ranh": [10.24079, 106.38168],
  "Sài Gòn": [10.77, 106.7],
};

interface Person {
  externalId: string;
  residentId: bigint;
  conversationId: bigint;
  lastReply: bigint;
  lastMessageId: string;
  /** Choices of the last message they got. */
  offered: Choice[];
}

let people = 7_700_000_000_000;
let messages = 0;

export async function play(stage: Stage, script: Script, channel: ChannelName): Promise<void> {
  const cast = new Map<string, Person>();
  let code: string | null = null;
  let unheard = "";
  let replies: Reply[] = [];

  stage.dawns();
  await stage.forgetTemplates();
  for (const scene of script.scenes) {
    try {
      await enact(scene);
    } catch (error) {
      const where = `${script.file}:${scene.number} (${script.title}, ${channel})`;
      // the script's line is what has to be read; the stack would lead here
      // eslint-disable-next-line preserve-caught-error
      throw new Error(`${where}\n  ${scene.text}\n${(error as Error).message}`);
    }
  }

  async function enact(scene: Scene): Promise<void> {
    switch (scene.kind) {
      case "says":
        return says(scene.who, scene.words.replaceAll("PA-####", code ?? "PA-####"));
      case "answers": {
        const match = patternOf(scene.words).exec(unheard);
        if (!match) throw new Error(`The bot said:\n${indented(unheard || "(nothing more)")}`);
        code = match.at(-1)?.startsWith("PA-") ? match.at(-1)! : code;
        unheard = unheard.slice(match.index + match[0].length);
        return;
      }
      case "leaves out":
        if (patternOf(scene.words).test(textOf(replies)))
          throw new Error(`But it did:\n${indented(textOf(replies))}`);
        return;
      case "silent":
        if (replies.length > 0) throw new Error(`But the bot said:\n${indented(textOf(replies))}`);
        return;
      case "stage":
        return directed(scene.direction.replaceAll("PA-####", code ?? "PA-####"));
    }
  }

  async function says(who: string, words: string) {
    const person = cast.get(who) ?? { ...nobody, externalId: String(++people) };
    stage.passes(3_000);
    const messageId = `m_talk_${++messages}`;
    const said = saidBy(person, words);
    const stamp = { resident: person.externalId, messageId, at: stage.now() };
    const turns = await stage.wires[channel].wire(stamp, said);
    if (!cast.has(who)) cast.set(who, Object.assign(person, await found(person.externalId)));
    await stage.settle(person.conversationId);
    if (said.kind !== "edit" && said.kind !== "unsent") person.lastMessageId = messageId;
    await hear(person, turns);
  }

  /** What somebody's phone shows now. */
  async function hear(person: Person, turns = 1) {
    const heard = await repliesAfter(stage, person.conversationId, person.lastReply);
    replies = heard.replies;
    person.lastReply = heard.last;
    unheard = textOf(replies);
    if (replies.length > 0) person.offered = replies.at(-1)!.choices ?? [];
    const asking = replies.slice(0, -1).filter(({ choices }) => choices);
    if (turns === 1 && asking.length > 0)
      throw new Error(`More than one message asks something:\n${indented(unheard)}`);
  }

  async function found(externalId: string) {
    const { account } = stage.wires[channel];
    const resident = await stage.database.db.resident.findFirstOrThrow({
      where: { externalId, accountId: account.id },
      include: { conversation: true },
    });
    return { residentId: resident.id, conversationId: resident.conversation!.id };
  }

  function saidBy({ offered, lastMessageId }: Person, words: string): Said {
    const [, act, rest = ""] = /^\[([^\]]+)\]\s*(.*)$/.exec(words) ?? [];
    if (!act) return { kind: "text", text: words };
    const [, count] = /^(\d+) hình$/.exec(act) ?? [];
    const [, taken] = /^hình chụp ở (.+)$/.exec(act) ?? [];
    const [, place] = /^vị trí (.+)$/.exec(act) ?? [];
    const [, edited] = /^sửa tin: (.+)$/.exec(act) ?? [];
    const [, label] = /^bấm: (.+)$/.exec(act) ?? [];
    if (act === "hình" || count)
      return {
        kind: "pictures",
        text: rest,
        urls: Array.from({ length: Number(count ?? 1) }, () => stage.picture()),
      };
    if (taken) return { kind: "pictures", text: rest, urls: [stage.picture(pointOf(taken))] };
    if (place) {
      const [latitude, longitude] = pointOf(place);
      return { kind: "pin", latitude, longitude };
    }
    if (act === "nhãn dán") return { kind: "sticker" };
    if (act === "tin thoại") return { kind: "voice", url: stage.picture() };
    if (edited) return { kind: "edit", messageId: lastMessageId, text: edited };
    if (act === "thu hồi") return { kind: "unsent", messageId: lastMessageId };
    const choice = offered.find((each) => each.label === label);
    if (choice) return { kind: "text", text: choice.label, payload: choice.value };
    throw new Error(`There is no “${act}”. Offered were: ${offered.map((each) => each.label).join(" · ")}`);
  }

  // ── between the lines ──

  async function directed(direction: string) {
    const [, amount, unit] = /^(\d+) (phút|giờ|ngày) sau$/.exec(direction) ?? [];
    const [, deed, about, note] =
      /^Cán bộ (nhận|xử lý|báo xong|không nhận) (PA-\S+?)(?:: (.+))?$/.exec(direction) ?? [];
    const [, told] = /^(.+) xem điện thoại$/.exec(direction) ?? [];
    const [, same, into] = /^Cán bộ gộp phản ánh của (.+) vào phản ánh của (.+)$/.exec(direction) ?? [];
    const [, back] = /^Cán bộ trả lại cho bot: (.+)$/.exec(direction) ?? [];
    if (amount) stage.passes(Number(amount) * { phút: 60_000, giờ: 3_600_000, ngày: 86_400_000 }[unit!]!);
    else if (deed) await staffDo(deed, about!, note ?? null);
    else if (same) await merge(person(same), person(into!));
    else if (direction === "Đơn vị có mẫu tin đã duyệt") await stage.chooseTemplate(channel);
    else if (back) await handBack(stage.database.db, person(back).conversationId, stage.now());
    else if (told) {
      await stage.remind();
      await stage.tell(person(told).residentId);
      await hear(person(told));
    } else throw new Error("Nobody knows this stage direction.");
  }

  function person(name: string): Person {
    const found = cast.get(name);
    if (!found) throw new Error(`${name} has not said anything yet.`);
    return found;
  }

  async function staffDo(deed: string, about: string, note: string | null) {
    const to = DEEDS[deed]!;
    const worker = await officer(stage);
    const refused = await stage.database.transaction((tx) =>
      changeState(tx, about, worker, { to, note, at: stage.now() }),
    );
    if (refused) throw new Error(`The office could not: ${refused}.`);
    stage.passes(60_000);
  }

  async function merge(same: Person, into: Person) {
    const [other, kept] = [await lastReport(stage, same), await lastReport(stage, into)];
    await mergeInto(stage.database.db, other, await officer(stage), { intoCode: kept, at: stage.now() });
    stage.passes(60_000);
  }
}

async function lastReport({ database: { db } }: Stage, { residentId }: Person): Promise<string> {
  const where = { residentId };
  return (await db.report.findFirstOrThrow({ where, orderBy: { id: "desc" } })).code;
}

const DEEDS: Record<string, ReportState> = {
  nhận: "assigned",
  "xử lý": "in_progress",
  "báo xong": "resolved",
  "không nhận": "rejected",
};

const nobody = { residentId: 0n, conversationId: 0n, lastReply: 0n, lastMessageId: "", offered: [] };

function pointOf(name: string): readonly [number, number] {
  const point = POINTS[name];
  if (!point) throw new Error(`No place “${name}” is known: ${Object.keys(POINTS).join(" · ")}`);
  return point;
}

/** A template says only what fills it. */
const textOf = (replies: Reply[]) =>
  replies
    .map(({ text, link, template }) => {
      if (template) return `[mẫu tin] ${template.parameters.map(({ value }) => value).join(" · ")}`;
      return link ? `${text}\n${link.title}: ${link.url}` : text;
    })
    .join("\n");
const indented = (text: string) => text.replace(/^/gm, "    ");

/** Somebody at the office who sees every unit. */
async function officer({ database: { db } }: Stage) {
  const email = "can.bo@example.vn";
  const known = await db.staff.findFirst({ where: { email } });
  const staff =
    known ??
    (await db.staff.create({
      data: { email, name: "Cán bộ", passwordHash: "-", role: "admin", unitCode: "DO-THI" },
    }));
  const units = await db.unit.findMany({ select: { code: true } });
  return { id: staff.id, units: units.map(({ code }) => code) };
}
