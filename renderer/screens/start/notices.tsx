/** What the desk has to say about itself; nothing when it has nothing to say. */
export function Notices({ notices }: { readonly notices: readonly string[] }) {
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-labelledby="notices-title">
      <h2 id="notices-title">About this desk</h2>
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
    </section>
  );
}
