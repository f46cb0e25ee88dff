/** A connection string to a database on this machine; without TLS, whatever PGSSLMODE says. */
export function buildUrl(at: { role: string; password: string; port: number; database: string }): string {
  const database = encodeURIComponent(at.database);
  return `postgres://${at.role}:${encodeURIComponent(at.password)}@127.0.0.1:${at.port}/${database}?sslmode=disable`;
}
