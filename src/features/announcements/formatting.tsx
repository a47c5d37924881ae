/** The little formatting a notice has: paragraphs, lists of lines that begin with "- ", **bold**, and links as they stand. */

const MARKED = /(\*\*[^*\n]+\*\*|https:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])/;

const ITEM = /^\s*[-•]\s+/;

export function Body({ text }: { text: string }) {
  return (
    <>
      {blocksOf(text).map((lines) =>
        ITEM.test(lines[0]!) ? (
          <ul>
            {lines.map((line) => (
              <li>
                <Line text={line.replace(ITEM, "")} />
              </li>
            ))}
          </ul>
        ) : (
          <p class="kept-lines">
            <Line text={lines.join("\n")} />
          </p>
        ),
      )}
    </>
  );
}

/** Paragraphs and lists, in their order: a list may follow its heading without an empty line. */
function blocksOf(text: string): string[][] {
  return text.split(/\n{2,}/).flatMap((block) => {
    const runs: string[][] = [];
    for (const line of block.split("\n")) {
      const last = runs.at(-1);
      if (last && ITEM.test(last[0]!) === ITEM.test(line)) last.push(line);
      else runs.push([line]);
    }
    return runs;
  });
}

function Line({ text }: { text: string }) {
  return (
    <>
      {text.split(MARKED).map((part) => {
        if (part.startsWith("https://")) {
          return (
            <a href={part} rel="noopener" safe>
              {part}
            </a>
          );
        }
        return /^\*\*.+\*\*$/s.test(part) ? (
          <strong safe>{part.slice(2, -2)}</strong>
        ) : (
          <span safe>{part}</span>
        );
      })}
    </>
  );
}

/** For messages, posts and feeds, which know no bold. */
export const withoutMarks = (text: string) => text.replace(/\*\*([^*\n]+)\*\*/g, "$1");
