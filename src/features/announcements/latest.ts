/** What is new, as short as a phone is wide. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { formatDate } from "../../infra/clock.ts";
import { codeOfWard, wardToday } from "../../places/index.ts";
import type { TurnContext } from "../feature.ts";
import { listPublished } from "./store.ts";
import { topicName, topicsIn } from "./topics.ts";

const MOST = 3;

export async function latest(turn: Turn, { tx, say }: TurnContext, publicUrl: string): Promise<Reply[]> {
  const [topic] = topicsIn(turn.text);
  const ward = turn.understanding.entities.find(({ type }) => type === "ward")?.value as string | undefined;
  const wardCode = ward ? (codeOfWard(wardToday(ward)?.ward ?? ward) ?? undefined) : undefined;
  const { rows, total } = await listPublished(tx, { topic, wardCode, take: MOST });
  const subscribe = { label: say("intents.subscription.add"), value: askFor("subscription.add") };
  if (rows.length === 0) {
    const what = topic ? topicName(topic, say.language).toLowerCase() : "";
    const none = topic ? say("announcements.noneOfTopic", { what }) : say("announcements.none");
    return [withChoices(none, [subscribe])];
  }
  const lines = rows.map(({ title, unit, publishedAt, code }) =>
    say("announcements.line", { title, unit: unit.name, date: formatDate(publishedAt!), code }),
  );
  const text = [say("announcements.latest", { total }), ...lines].join("\n");
  const query = topic ? `?loai=${topic}` : "";
  const link = { title: say("announcements.all"), url: `${publicUrl}/thong-bao${query}` };
  return [{ text, link }];
}
