/** What a land-use code means, and the province's price of a street: answered at once. */
import type { Reply } from "../../channels/channel.ts";
import type { Flow, Turn } from "../../dialogue/types.ts";
import { formatDate } from "../../infra/clock.ts";
import type { TurnContext } from "../feature.ts";
import { figure, withPerson } from "./figures.ts";
import { hasLayers, pricesOf } from "./store.ts";
import { landUse, namedUses } from "./use-codes.ts";

const MOST = 4;

export async function explainUse({ text, understanding }: Turn, context: TurnContext): Promise<Reply[]> {
  const { say } = context;
  const written = understanding.entities
    .filter(({ type }) => type === "land_use_code")
    .map(({ value }) => String(value));
  const codes = written.length > 0 ? written : namedUses(text);
  const found = [...new Set(codes)].flatMap((code) => landUse(code) ?? []).slice(0, MOST);
  if (found.length === 0) return [{ text: say("land.whichCode") }];
  const lines = found.flatMap(({ code, name, means, home, formerly }) => [
    formerly ? say("land.codeFormerly", { formerly, code, name }) : say("land.code", { code, name }),
    say("land.codeMeans", { means }),
    say(`land.home.${home}`),
  ]);
  return [{ text: [...lines, say("land.codeNote")].join("\n") }];
}

interface PriceDraft {
  [key: string]: unknown;
  street: string;
}

export const priceFlow: Flow<PriceDraft> = {
  name: "land.price",
  opens: ["land.price"],
  begins: () => ({ street: "" }),
  reads: (kept) => (typeof (kept as PriceDraft | null)?.street === "string" ? (kept as PriceDraft) : null),
  slots: [
    {
      name: "street",
      isOpen: ({ street }) => street === "",
      asks: (_draft, say) => ({ text: say("land.askStreet") }),
      hears({ text, understanding }, draft, _say, when) {
        const street = understanding.entities.find(({ type }) => type === "street")?.value;
        if (typeof street === "string") return { fill: { ...draft, street }, sure: true };
        return when === "asked" && text ? { fill: { ...draft, street: text.slice(0, 80) } } : null;
      },
      clears: () => ({ street: "" }),
    },
  ],
  intentOf: () => "land.price",
  holds: () => false,
  finish: ({ street }) => ({ type: "land.price", data: { street } }),
};

export async function tellPrice(street: string, context: TurnContext): Promise<Reply[]> {
  const { tx, say } = context;
  if (!(await hasLayers(tx, "prices"))) return [withPerson(say("land.noPrices"), context)];
  const prices = await pricesOf(tx, street);
  if (prices.length === 0) return [withPerson(say("land.noPrice", { street }), context)];
  const lines = prices.slice(0, 8).map(({ stretch, ward, useCode, price }) =>
    say("land.priceLine", {
      what: [stretch, ward, useCode].filter(Boolean).join(", ") || say("land.wholeStreet"),
      price: figure(price),
    }),
  );
  const { source, asOf, sample } = prices[0]!.layer;
  const note = `(${say("land.reference")}. ${source}, ${formatDate(asOf)}.)`;
  const text = [
    say("land.prices", { street: prices[0]!.street }),
    ...lines,
    note,
    sample ? `(${say("land.sample")}.)` : "",
  ];
  return [{ text: text.filter(Boolean).join("\n") }];
}
