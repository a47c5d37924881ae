import type { Claimed, Timed } from "./claiming.ts";
import { createPacer } from "./pacer.ts";
import { LATE } from "./send-limits.ts";

let ids = 0n;
function timed(purpose: "reply" | "bulk", account_id: number, inMs: number): Timed {
  const claimed = { id: ++ids, account_id, purpose } as Claimed;
  return { claimed, moment: Date.now() + inMs };
}
const passed = () => new Promise((resolve) => setTimeout(resolve, 60));

test("each leaves when its moment comes, and who missed it is kept for another", async () => {
  const left: Claimed[] = [];
  const pacer = createPacer((claimed) => left.push(claimed));
  const [first, second, missed] = [timed("bulk", 1, 5), timed("bulk", 1, 15), timed("bulk", 2, -LATE - 50)];
  pacer.add([second, missed, first]);
  await passed();
  expect(left).toEqual([first.claimed, second.claimed]);
  expect(pacer.takeLate()).toEqual([missed.claimed]);
});

test("a reply that missed its moment takes the next of its account's bulk, which waits for another instead", async () => {
  const left: Claimed[] = [];
  const pacer = createPacer((claimed) => left.push(claimed));
  const reply = timed("reply", 1, -LATE - 50);
  const [elsewhere, bulk, next] = [timed("bulk", 2, 5), timed("bulk", 1, 10), timed("bulk", 1, 20)];
  pacer.add([reply, bulk, next, elsewhere]);
  await passed();
  expect(left).toEqual([elsewhere.claimed, reply.claimed, next.claimed]);
  expect(pacer.takeLate()).toEqual([bulk.claimed]);
  expect(pacer.size()).toBe(0);
});
