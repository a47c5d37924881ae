/** What the publisher needs of the platforms, and of whoever keeps accounts able to call them. */
import type { AccountRegistry } from "../../../channels/accounts.ts";
import type { ConnectedAccount } from "../../../channels/channel.ts";
import { DeliveryError } from "../../../channels/delivery-error.ts";
import { createFacebookPosts } from "../../../channels/facebook/posts.ts";
import type { FacebookClient } from "../../../channels/facebook/client.ts";
import type { AccountCare } from "../../../channels/outbox.ts";
import { createZaloArticles } from "../../../channels/zalo/articles.ts";
import type { ZaloClient } from "../../../channels/zalo/client.ts";

export interface PlatformParts {
  registry: AccountRegistry;
  care: AccountCare;
  clients: { zalo: ZaloClient; facebook: FacebookClient };
}

export type Platforms = ReturnType<typeof createPlatforms>;

export function createPlatforms({ registry, care, clients }: PlatformParts) {
  /** A token that ran out is renewed, and the call made once more: a refused token is no unknown outcome. */
  async function ask<Result>(
    accountId: number,
    work: (account: ConnectedAccount) => Promise<Result>,
  ): Promise<Result> {
    const account = await connected(accountId);
    try {
      return await work(account);
    } catch (error) {
      if (!isRefused(error) || !(await care.refreshToken(accountId))) throw error;
      registry.forget();
      return work(await connected(accountId));
    }
  }

  async function connected(accountId: number): Promise<ConnectedAccount> {
    const account = await registry.byId(accountId);
    if (account?.status === "active") return account;
    throw new DeliveryError("later", "not_connected", "Tài khoản chưa kết nối được với nền tảng.");
  }

  return {
    ask,
    stopAccount: care.stopAccount,
    articles: createZaloArticles(clients.zalo),
    posts: createFacebookPosts(clients.facebook),
    zalo: clients.zalo,
  };
}

const isRefused = (error: unknown) => error instanceof DeliveryError && error.errorClass === "refresh_token";
