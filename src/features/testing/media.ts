/** For tests: a real media store in a folder of its own, which nobody writes to from outside. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMedia, type Media } from "../../channels/media.ts";
import type { Database } from "../../infra/db.ts";
import { createMediaStore } from "../../infra/media-store.ts";

/** Call it once the test database is there. */
export function testMedia({ db }: Database): Media {
  const store = createMediaStore(mkdtempSync(path.join(tmpdir(), "hoi-phuong-media-")));
  return createMedia(db, store, { hosts: [], trustedOrigins: [], largest: 1 });
}
