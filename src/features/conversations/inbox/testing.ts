/** For the inbox's tests: staff who are signed in, and residents who wait for them. */
import supertest from "supertest";
import type { Database } from "../../../infra/db.ts";
import { PASSWORD } from "../../../console/testing/sign-in.ts";
import { openService, until } from "../../../testing/service.ts";

export const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };
export const PHU_KHUONG = { zalo: "zalo:1840026671135570011", facebook: "facebook:109900112233411" };

export type InboxPeople = Awaited<ReturnType<typeof openInbox>>;

/** Call `stop` in an afterAll that stands above useTestDatabase(). */
export async function openInbox(database: Database) {
  const service = await openService(database);
  let residents = 0;

  return {
    service,
    until,
    stop: () => service.stop(),
    async signIn(role = "agent", unitCode = "PHU-KHUONG", name?: string) {
      const { email, id } = await service.person(role, unitCode, name);
      const agent = supertest.agent(service.url);
      await agent
        .post("/console/sign-in")
        .set(SAME_ORIGIN)
        .type("form")
        .send({ email, password: PASSWORD })
        .expect(303);
      const csrf = /name="_csrf" value="([^"]+)"/.exec((await agent.get("/console/me")).text)![1]!;
      const scripted = { ...SAME_ORIGIN, "hx-request": "true" };
      return {
        id,
        get: (path: string) => agent.get(encodeURI(decodeURI(path))),
        /** As the page's script sends it: 204 when it is done, 409 and the reason when not. */
        post: (path: string, fields: object = {}) =>
          agent
            .post(path)
            .set(scripted)
            .type("form")
            .send({ _csrf: csrf, ...fields }),
        upload: (path: string, file: Buffer, filename: string, contentType: string) =>
          agent
            .post(path)
            .set({ ...scripted, "x-csrf-token": csrf })
            .attach("files", file, { filename, contentType }),
      };
    },
    /** Somebody who asked for a person; their talk. */
    async whoWaits(account = PHU_KHUONG.facebook, text = "cho gặp cán bộ") {
      const resident = `71000000000${String(++residents).padStart(5, "0")}`;
      await service.act({ act: "text", account, resident, text });
      const talk = await until(() =>
        database.db.conversation.findFirst({
          where: { state: "waiting", resident: { externalId: resident } },
        }),
      );
      return { resident, account, id: talk.id, at: `/console/conversations/${talk.id}` };
    },
    talkRow: (id: bigint) => database.db.conversation.findUniqueOrThrow({ where: { id } }),
    sentTo: (id: bigint) =>
      database.db.outboundMessage.findMany({ where: { conversationId: id }, orderBy: { id: "asc" } }),
  };
}
