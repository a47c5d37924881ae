/** What a browser may load and do on any of our pages: only what comes from here, nothing inline, no frame. */

/**
 * For helmet. @param images other origins pictures may come from: the tiles of maps.
 */
export const contentPolicy = (isHttps: boolean, images: string[] = []) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:", ...images],
    mediaSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
  },
});
