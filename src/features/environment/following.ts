/** "Báo em khi trạm này tới mức cảnh báo", and no more. */
import type { Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { giveConsent } from "../../residents/consents.ts";
import type { TurnContext } from "../feature.ts";
import { figure } from "./answer.ts";
import { findStation, followStation, unfollowStation } from "./store.ts";

export async function follow(turn: Turn, { tx, say, residentId }: TurnContext): Promise<Reply[]> {
  const station = await findStation(tx, askedFor(turn.choice)?.about ?? "");
  if (station?.warnFrom == null || station.offAt) return [whichStation(say)];
  await followStation(tx, residentId, station.code);
  await giveConsent(tx, residentId, "announcements");
  const { name, unit, warnFrom } = station;
  const text = say("environment.following", { station: name, limit: figure(warnFrom), unit });
  return [
    withChoices(text, [
      {
        label: say("environment.unfollow", { station: name }),
        value: askFor("environment.unfollow", station.code),
      },
    ]),
  ];
}

export async function unfollow(turn: Turn, { tx, say, residentId }: TurnContext): Promise<Reply[]> {
  const station = await findStation(tx, askedFor(turn.choice)?.about ?? "");
  if (!station) return [whichStation(say)];
  await unfollowStation(tx, residentId, station.code);
  return [{ text: say("environment.unfollowed", { station: station.name }) }];
}

const whichStation = (say: TurnContext["say"]) =>
  withChoices(say("environment.whichStation"), [
    { label: say("environment.readings"), value: askFor("environment.reading") },
  ]);
