/** What came of an announcement: channel by channel, from who it was for to who answered it. */
import {
  Card,
  ChannelMark,
  Empty,
  Facts,
  LinkButton,
  Table,
  Time,
} from "../../../console/components/index.ts";
import { t } from "../../../bilingual/index.ts";
import { ROOT } from "../console/words.ts";
import type { ChannelFigures, Measures } from "./figures.ts";
import type { Reply } from "./store.ts";
import { channelName, figure, people, percent } from "./words.ts";

interface MeasuresPageProps extends Measures {
  code: string;
  /** So long after its copy a resident's message counts as an answer to it. */
  hours: number;
}

export function MeasuresPage({ code, hours, channels, replies }: MeasuresPageProps) {
  const path = `${ROOT}/${code}`;
  return (
    <div class="stack">
      <div class="row-actions">
        <LinkButton href={`${path}/delivery`}>{t`Tiến độ gửi`}</LinkButton>
        <LinkButton href={`${path}/measures.csv`} icon="download">
          CSV
        </LinkButton>
        <LinkButton href={`${path}/measures.xlsx`} icon="download">
          Excel
        </LinkButton>
      </div>
      {channels.length === 0 ? (
        <Card>
          <Empty icon="send" title={t`Chưa nhắn cho ai.`}>
            <p>{t`Số liệu hiện ở đây khi thông báo đã đăng và có người đăng ký nhận.`}</p>
          </Empty>
        </Card>
      ) : (
        <div class="columns">
          {channels.map((channel) => (
            <Channel of={channel} hours={hours} />
          ))}
        </div>
      )}
      {replies && channels.length > 0 ? <Replies of={replies} hours={hours} /> : null}
    </div>
  );
}

function Channel({ of, hours }: { of: ChannelFigures; hours: number }) {
  const { cameBack } = of;
  const some = (count: number) => (count > 0 ? figure(count) : null);
  return (
    <Card title={channelName(of.channel)} actions={<ChannelMark channel={of.channel} />}>
      <div class="stack">
        <Funnel of={of} />
        <Facts
          of={[
            [t`Đang chờ tới lượt`, some(of.waiting)],
            [t`Gửi khi họ nhắn lại`, some(of.later)],
            [t`Đã báo khi họ nhắn lại`, some(of.told)],
            [t`Chưa rõ kết quả, đang giữ`, some(of.unknown)],
            [t`Không gửi vì đã hủy`, some(of.cancelled)],
            [t`Nhắn lại trong ${hours} giờ`, people(cameBack.people)],
            [t`Trong đó có câu hỏi`, cameBack.messages > 0 ? people(cameBack.questions) : null],
            [t`Ngừng nhận tin sau đó`, people(cameBack.unsubscribed)],
          ]}
        />
        {of.reasons.length > 0 ? (
          <>
            <h3 class="card-title" safe>{t`Không gửi được: ${figure(of.failed)}`}</h3>
            <ul>
              {of.reasons.map(({ reason, count }) => (
                <li safe>{`${reason}: ${figure(count)}`}</li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </Card>
  );
}

/** How many are left at each step; the words say it without the bars. */
function Funnel({ of }: { of: ChannelFigures }) {
  const steps = [
    { name: t`Người nhận`, count: of.all },
    { name: t`Đã gửi`, count: of.sent },
    { name: t`Đã nhận tới máy`, count: of.delivered },
    { name: t`Đã xem`, count: of.seen },
  ];
  const width = (count: number) => (of.all > 0 ? ((100 * count) / of.all).toFixed(1) : "0");
  return (
    <ul class="hbars" aria-label={t`Từ người nhận đến người đã xem`}>
      {steps.map(({ name, count }) => (
        <li>
          <span class="hbar-name">{name}</span>
          <span class="hbar-count" safe>
            {count === of.all || of.all === 0
              ? figure(count)
              : `${figure(count)} · ${percent(count, of.all)}`}
          </span>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="hbar-ground" width="100" height="6" rx="1" />
            <rect class="chart-bar" width={width(count)} height="6" rx="1" />
          </svg>
        </li>
      ))}
    </ul>
  );
}

const LONGEST = 160;

function Replies({ of, hours }: { of: Reply[]; hours: number }) {
  return (
    <Card title={t`Người nhận nhắn lại`} flush>
      <Table
        caption={t`Tin nhắn trong ${hours} giờ sau khi nhận`}
        rows={of}
        empty={<Empty icon="message-circle" title={t`Chưa ai nhắn lại trong ${hours} giờ sau khi nhận.`} />}
        columns={[
          {
            title: t`Tin nhắn`,
            cell: ({ text, isQuestion, conversationId }) => (
              <a href={`/console/conversations/${conversationId}`}>
                {isQuestion ? <strong>{t`Câu hỏi`} · </strong> : null}
                <span safe>{shortened(text) || t`(không có chữ)`}</span>
              </a>
            ),
          },
          { title: t`Người nhắn`, cell: ({ residentName }) => <span safe>{residentName ?? "—"}</span> },
          {
            title: t`Tài khoản`,
            cell: ({ channel, accountName }) => (
              <span safe>{`${channelName(channel)} · ${accountName}`}</span>
            ),
          },
          { title: t`Lúc`, cell: ({ at }) => <Time at={at} /> },
        ]}
      />
    </Card>
  );
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
