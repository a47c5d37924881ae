// The least a Messenger bot of this framework needs; sessions in memory, so it stores nothing durable.
module.exports = {
  session: { driver: "memory", stores: { memory: { maxSize: 500 } } },
  initialState: {},
  channels: {
    messenger: {
      enabled: true,
      path: "/webhooks/facebook",
      pageId: process.env.PAGE_ID,
      accessToken: "page-token",
      appId: "880011223344556",
      appSecret: process.env.APP_SECRET,
      verifyToken: "verify-me",
      fields: ["messages"],
    },
  },
};
