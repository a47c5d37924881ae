/** One resident's talk over the simulator's control API. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { OperatorError } from "../../src/config.ts";

/** No further answer for this long: the bot has finished, ms. */
const SILENCE = 700;
const PATIENCE = 15_000;
const RESIDENT = "7700135524419980001";
const MIME: Record<string, string> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".gif": "image/gif",
};

/** @param control the control API's address. */
export async function openTalk(control: string, channel: string, unit: string) {
  const accounts = await call<{ account: string; name: string; unitCode: string }[]>("GET", "accounts");
  const found = accounts.find(
    ({ account, unitCode }) => account.startsWith(`${channel}:`) && unitCode === unit.toUpperCase(),
  );
  if (!found) {
    const there = accounts
      .filter(({ account }) => account.startsWith(`${channel}:`))
      .map(({ unitCode }) => unitCode);
    throw new OperatorError(
      `There is no sample account of ${unit} on ${channel}. There are: ${there.join(", ")}.`,
    );
  }
  const { account, name } = found;
  let heard = 0;

  async function act(deed: object): Promise<string[]> {
    await call("POST", "acts", { account, resident: RESIDENT, name: "Người dân", ...deed });
    const texts: string[] = [];
    const until = Date.now() + PATIENCE;
    for (let last = Date.now(); Date.now() < until && !(texts.length > 0 && Date.now() - last > SILENCE);) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { receipts, next } = await call<{ receipts: { text: string }[]; next: number }>(
        "GET",
        `receipts?after=${heard}`,
      );
      if (receipts.length > 0) last = Date.now();
      heard = next;
      texts.push(...receipts.map(({ text }) => text));
    }
    return texts;
  }

  async function call<Answer>(method: string, what: string, body?: object): Promise<Answer> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${control}/${what}`, {
      method,
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as Answer & { problem?: string };
    if (!response.ok)
      throw new OperatorError(answer.problem ?? `${method} ${what} answered ${response.status}.`);
    return answer;
  }

  return {
    name,
    /** @returns what the bot answered, one text a message. */
    say: (text: string) => act({ act: "text", text }),
    shareLocation: (latitude: number, longitude: number) => act({ act: "location", latitude, longitude }),
    async sendPhoto(file: string): Promise<string[]> {
      const mime = MIME[path.extname(file).toLowerCase()];
      const bytes = await readFile(file).catch(() => null);
      if (!mime || !bytes) throw new OperatorError(`${file} is no picture that can be read (jpg, png, gif).`);
      const form = new FormData();
      form.append("file", new Blob([new Uint8Array(bytes)], { type: mime }), path.basename(file));
      const { url } = await call<{ url: string }>("POST", "files", form);
      return act({ act: "files", urls: [url] });
    },
  };
}
