import type { Tx } from "../infra/db.ts";

interface WithTokens {
  id: number;
  accessToken: string | null;
  refreshToken: string | null;
  tokenObtainedAt: Date | null;
  createdAt: Date;
}

/** Puts the pair an account has on file, sealed as it is, before another takes its place. */
export async function keepFormerTokens(tx: Tx, account: WithTokens): Promise<void> {
  const { id: accountId, accessToken, refreshToken, tokenObtainedAt, createdAt } = account;
  if (!accessToken) return;
  await tx.accountToken.create({
    data: { accountId, accessToken, refreshToken, obtainedAt: tokenObtainedAt ?? createdAt },
  });
}
