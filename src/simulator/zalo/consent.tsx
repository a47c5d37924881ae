/** The consent page of the pretend Zalo: which OA may this app speak for? */
import type { Account } from "../accounts.ts";

export function consentPage(accounts: Account[], query: URLSearchParams): string {
  const hrefOf = (account: Account) => {
    const parameters = new URLSearchParams(query);
    parameters.set("oa_id", account.id);
    return `?${parameters}`;
  };
  return page(
    <>
      <h1>Cấp quyền cho ứng dụng</h1>
      <p>Ứng dụng xin được nhận và gửi tin nhắn thay cho Official Account. Chọn tài khoản để đồng ý:</p>
      {accounts.map((account) => (
        <p>
          <a href={hrefOf(account)} safe>
            {account.name || account.id}
          </a>
        </p>
      ))}
    </>,
  );
}

export const refusalPage = (code: number, reason: string): string =>
  page(
    <>
      <h1 safe>{`Lỗi ${code}`}</h1>
      <p safe>{reason}</p>
    </>,
  );

function page(content: JSX.Element): string {
  return `<!doctype html>${
    (
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <title>Zalo (giả lập)</title>
        </head>
        <body>
          {content}
          <p>Đây là trang giả lập, không phải của Zalo.</p>
        </body>
      </html>
    ) as string
  }`;
}
