import { replyTo, runSimulator, type Run } from "./testing/run.ts";

const LAN = "7700135524419980021";
let run: Run;
beforeEach(async () => (run = await runSimulator()));
afterEach(() => run.close());

const write = (text: string) => run.does(run.zalo, LAN, { act: "text", text });
const answer = () => run.channels.zalo.send(run.zalo, replyTo(LAN, "Dạ"), new Date());

test("a webhook that is not answered 200 comes again with the same bytes and a count", async () => {
  const statuses = [503, 503];
  run.answerWith(() => statuses.shift() ?? 200);
  write("alo");
  await run.settled();
  const [first, second, third] = run.heard;
  expect(second!.raw).toEqual(first!.raw);
  expect([first, second, third].map((each) => each!.headers.num_retry)).toEqual([undefined, "1", "2"]);
  expect(run.thread(run.zalo, LAN).entries[0]!.state).toBe("delivered");
});

test("after the last try it is given up, and the message stays undelivered on the phone", async () => {
  run.answerWith(() => 500);
  write("alo");
  await run.settled();
  expect(run.heard).toHaveLength(3);
  expect(run.simulator.counts().webhooks).toMatchObject({ gaveUp: 1, waiting: 0 });
  expect(run.thread(run.zalo, LAN).entries[0]!.state).toBe("sent");
});

test("the events of one talk come in order, one at a time", async () => {
  const texts = Array.from({ length: 30 }, (_, index) => `tin ${index}`);
  texts.forEach(write);
  await run.settled();
  expect(run.heard.flatMap(({ events }) => events.map((event) => "text" in event && event.text))).toEqual(
    texts,
  );
});

test("duplicates and wrong order happen on demand, and nothing is lost by them", async () => {
  await run.setFaults({ duplicate: 1, reorder: 0.5 });
  const texts = Array.from({ length: 20 }, (_, index) => `tin ${index}`);
  texts.forEach(write);
  await run.settled();
  while (run.heard.length < 40) await new Promise((resolve) => setTimeout(resolve, 20));
  const heard = run.heard.flatMap(({ events }) => events.map((event) => ("text" in event ? event.text : "")));
  expect(heard.toSorted()).toEqual([...texts, ...texts].toSorted());
  expect(heard.filter((text, index) => heard.indexOf(text) === index)).not.toEqual(texts);
});

test("a webhook whose 200 the platform does not hear comes again", async () => {
  await run.setFaults({ unheard: 1 });
  write("alo");
  await run.settled();
  expect(run.heard).toHaveLength(3);
});

test("a dropped answer hides from the gateway what the resident received", async () => {
  write("alo");
  await run.setFaults({ dropAnswer: 1 });
  await expect(answer()).rejects.toMatchObject({ errorClass: "unknown" });
  const { receipts } = await run.control("GET", "/receipts");
  expect(receipts).toMatchObject([{ seq: 1, resident: LAN, text: "Dạ", answerDropped: true }]);
  await run.settled();
  expect(run.heardKinds()).toContain("echo");
});

test("a broken server takes nothing; a limit says to come back later; tokens may be spared", async () => {
  write("alo");
  await run.setFaults({ serverError: 1 });
  await expect(answer()).rejects.toMatchObject({ errorClass: "unknown", code: "http_503" });
  await run.setFaults({ rateLimit: 1 });
  await expect(answer()).rejects.toMatchObject({ errorClass: "later", code: "-32" });
  await run.setFaults({ serverError: 1, platforms: ["facebook"] });
  await answer();
  expect(await run.control("GET", "/counts")).toMatchObject({
    ...{ received: 1, faults: { serverError: 1, rateLimit: 1 } },
    webhooks: { gaveUp: 0 },
  });
});

test("the control API says what is wrong with a request", async () => {
  expect(await run.control("POST", "/acts", { act: "text", account: "zalo:1" })).toHaveProperty("problem");
  const unknown = { act: "text", account: "zalo:1", resident: "2", text: "a" };
  expect((await run.control("POST", "/acts", unknown)).problem).toMatch(/no account zalo:1/);
  expect((await run.control("PUT", "/faults", { slow: 7 })).problem).toMatch(/slow/);
});
