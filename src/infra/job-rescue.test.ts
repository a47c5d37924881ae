import { enqueue, prepareJobs, startJobs } from "./jobs.ts";
import { useTestDatabase } from "./testing/database.ts";

const database = useTestDatabase();
let runs: string[] = [];
let finish = () => {};
let jobs: Awaited<ReturnType<typeof startJobs>>;

beforeAll(() => prepareJobs(database.pool));
beforeEach(async () => {
  runs = [];
  const tasks = {
    quick: async ({ id }: { id: string }) => runs.push(id),
    long: async ({ id }: { id: string }) => {
      runs.push(id);
      await new Promise<void>((resolve) => (finish = resolve));
    },
  };
  jobs = await startJobs(database.pool, [{ tasks }], 3);
});
afterEach(() => jobs.stop());

/** As if it had been taken a minute ago. */
const takenBy = (worker: string) =>
  database.pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = coalesce(nullif($1, ''), locked_by), locked_at = now() - interval '1 minute'`,
    [worker],
  );

async function until(test: () => boolean) {
  for (let tries = 0; tries < 100 && !test(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

test("a job in the hands of a worker that was killed is done by another within seconds", async () => {
  await enqueue(database.db, "quick", { id: "later" }, { runAt: new Date(Date.now() + 1000) });
  await takenBy("worker-that-was-killed");
  await until(() => runs.length > 0);
  expect(runs).toEqual(["later"]);
});

test("a job that takes long is left to the living worker that has it", async () => {
  await enqueue(database.db, "long", { id: "long" });
  await until(() => runs.length > 0);
  await takenBy("");
  await new Promise((resolve) => setTimeout(resolve, 5000));
  finish();
  expect(runs).toEqual(["long"]);
});
