/** The name without folders and signs that mean something to a computer; multer reads it as Latin-1. */
export function uploadedName(given: string): string {
  const name = Buffer.from(given, "latin1").toString("utf8");
  const clean = (name.includes("\ufffd") ? given : name).normalize("NFC");
  return (
    clean
      .replace(/^.*[\\/]/, "")
      .replace(/[\p{Cc}"<>|:*?]/gu, "")
      .trim()
      .slice(-100) || "tep-dinh-kem"
  );
}
