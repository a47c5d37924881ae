/** What may be typed about an account. */
import { z } from "zod";
import { vi } from "../../bilingual/index.ts";

/** An empty field says nothing. */
const said = z
  .string()
  .trim()
  .max(4000, vi`Dài quá.`)
  .optional()
  .transform((text) => text || undefined);

export const connectionForm = z
  .object({
    unitCode: z.string(),
    appId: said,
    appSecret: said,
    webhookSecret: said,
    accessToken: said,
    refreshToken: said,
  })
  .refine(({ accessToken, refreshToken }) => !refreshToken || accessToken, {
    path: ["accessToken"],
    message: vi`Refresh token phải đi cùng access token của nó.`,
  });

export const newAccountForm = z.object({
  externalId: z
    .string()
    .trim()
    .regex(/^\d{5,30}$/, vi`Mã là một dãy số.`),
});

const ticked = z
  .string()
  .optional()
  .transform((value) => value === "on");

export const settingsForm = z.object({
  comments: z.enum(["off", "private", "public_and_private"]).optional(),
  quietPosts: z
    .string()
    .optional()
    .transform((text) => text?.split(/\s+/).filter(Boolean).slice(0, 500)),
  humanAgent: ticked,
  buttons: ticked,
  secretProof: ticked,
  sendsPerSecond: z
    .string()
    .trim()
    .transform((text) => (text === "" ? undefined : Number(text)))
    .refine((number) => number === undefined || (number > 0 && number <= 1000), vi`Một số từ 0,1 tới 1000.`),
});
