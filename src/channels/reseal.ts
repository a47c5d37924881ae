/** After a change of APP_KEY: every secret sealed by an older key is sealed anew, so that the old key can go. */
import type { Tx } from "../infra/db.ts";
import type { SecretBox } from "../infra/secrets.ts";

/** @returns how many were sealed anew. @throws when one was sealed by a key that is gone. */
export async function resealSecrets(tx: Tx, box: SecretBox): Promise<number> {
  let count = 0;
  const anew = <Sealed extends string | null>(sealed: Sealed): Sealed => {
    if (sealed === null || !box.isStale(sealed)) return sealed;
    count++;
    return box.seal(box.open(sealed)) as Sealed;
  };
  for (const account of await tx.account.findMany()) {
    const { id, appSecret, webhookSecret, accessToken, refreshToken } = account;
    const data = {
      ...{ appSecret: anew(appSecret), webhookSecret: anew(webhookSecret) },
      ...{ accessToken: anew(accessToken), refreshToken: anew(refreshToken) },
    };
    await tx.account.update({ where: { id }, data });
  }
  for (const { id, accessToken, refreshToken } of await tx.accountToken.findMany()) {
    const data = { accessToken: anew(accessToken), refreshToken: anew(refreshToken) };
    await tx.accountToken.update({ where: { id }, data });
  }
  return count;
}
