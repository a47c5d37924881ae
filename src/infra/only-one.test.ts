import { inTurn } from "./only-one.ts";
import { useTestDatabase } from "./testing/database.ts";

const database = useTestDatabase();

test("of work done in turn none begins before the one before it ended, and a failure ends it too", async () => {
  const happened: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    happened.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    happened.push(`${name} ends`);
    if (fails) throw new Error(name);
  };
  const ends = await Promise.allSettled(
    ["one", "two", "three"].map((name) => inTurn(database.pool, "sample", work(name, name === "one"))),
  );
  expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(happened).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(happened[at + 1]).toBe(happened[at]!.replace("begins", "ends"));
});
