/** Cuts a long text into messages of at most `limit` characters: at a sentence, else a line or space, else between graphemes. */
export function splitText(text: string, limit: number): string[] {
  const whole = text.normalize("NFC");
  if (whole.length <= limit) return [whole];
  const head = whole.slice(0, limit);
  const cut =
    Math.max(head.lastIndexOf("\n"), head.search(/[.!?…]\s[^.!?…]*$/) + 1) || head.lastIndexOf(" ") || limit;
  return [whole.slice(0, cut).trimEnd(), ...splitText(whole.slice(cut).trimStart(), limit)];
}
