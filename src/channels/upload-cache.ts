/** Ids of pictures already uploaded, for as long as the platform keeps them; a restart uploads again. */
const MOST = 2000;

export function createUploadCache(lifetime: number) {
  const known = new Map<string, { id: string; until: number }>();
  return {
    async idFor(key: string, upload: () => Promise<string>): Promise<string> {
      const found = known.get(key);
      if (found && found.until > Date.now()) return found.id;
      const id = await upload();
      if (known.size >= MOST) known.delete(known.keys().next().value!);
      known.set(key, { id, until: Date.now() + lifetime });
      return id;
    },
    forget: (key: string) => known.delete(key),
  };
}
