/** The operator's part of the configuration, written once when the database is created. */
export const POSTGRESQL_CONF = `# Jumpkit writes jumpkit.conf anew at every start.
# What you add below the next line is yours and wins over it. Sockets and fsync are fixed by Jumpkit.
include 'jumpkit.conf'
`;

/**
 * What we choose for a small machine: the whole server must stay within 350 MB with everything beside it.
 * `connectionCount` is how many may be connected at once.
 *
 * Terse errors keep the values of rows, which may be evidence, out of the server's log.
 */
export function ownSettings(connectionCount = 40): string {
  const settings: Record<string, string | number> = {
    max_connections: connectionCount,
    shared_buffers: "64MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    effective_cache_size: "512MB",
    wal_buffers: "2MB",
    min_wal_size: "80MB",
    max_wal_size: "512MB",
    max_wal_senders: 2,
    max_replication_slots: 2,
    max_logical_replication_workers: 0,
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 1,
    autovacuum_max_workers: 2,
    io_method: "sync",
    jit: "off",
    huge_pages: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    datestyle: "iso, ymd",
    default_text_search_config: "pg_catalog.english",
    password_encryption: "scram-sha-256",
    log_line_prefix: "%m [%p] ",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  return `# Written by Jumpkit at every start: put your own settings into postgresql.conf.\n${lines.join("")}`;
}
