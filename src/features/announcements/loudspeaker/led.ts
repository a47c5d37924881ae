/** One line for an LED board: capitals, no marks of layout, cut between words to what the board holds. */

/** Signs on the usual board of a ward: one pass of the running line. */
export const LED_LENGTH = 120;

interface Headline {
  level: string;
  title: string;
  documentNumber: string | null;
  unit: { name: string };
}

/** The most important first: urgency, title, and as much of unit and number as still fits. @param most signs, 20 at least */
export function ledLine({ level, title, documentNumber, unit }: Headline, most = LED_LENGTH): string {
  const head = level === "emergency" ? "KHẨN CẤP: " : "";
  const source = documentNumber ? `${unit.name} (${documentNumber})` : unit.name;
  const whole = plain(`${head}${title} - ${source}`);
  if (whole.length <= most) return whole;
  const bare = plain(`${head}${title}`);
  if (bare.length <= most) return bare;
  return cutBetweenWords(bare, most);
}

/** Boards know letters, figures and common signs; their capitals are made here, not by the board. */
const plain = (text: string) =>
  text
    .normalize("NFC")
    .replace(/\*\*|__/g, "")
    .replace(/[–—]/g, "-")
    .replace(/[“”]/g, '"')
    .replace(/[^\p{L}\p{N} .,:;!?%/()"'+-]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLocaleUpperCase("vi");

function cutBetweenWords(text: string, most: number): string {
  const cut = text.slice(0, most - 3);
  const atWord = text[most - 3] === " " ? cut : cut.replace(/\s+\S*$/, "");
  return `${atWord.trimEnd()}...`;
}
