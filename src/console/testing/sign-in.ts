/** For tests: how staff sign in with a browser. */
import type { Page } from "playwright-core";

export const PASSWORD = "mật khẩu dài 123";

/** On a page that asks who one is. The caller waits for what comes after it. */
export async function fillSignIn(page: Page, email: string): Promise<void> {
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", PASSWORD);
  await page.click("button[type=submit]");
}
