/** Settings of our own server: modest, for a small machine; nothing that a committed row could be lost by. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '30',
  superuser_reserved_connections: '3',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '256MB',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  autovacuum_max_workers: '1',
  io_method: 'sync',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file per weekday, overwritten a week later.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_min_messages: 'warning',
  // Failing rows and statements would carry numbers and names.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Command line of the server; `overrides` are for tests. */
export function serverArguments(
  cluster: string,
  socketFolder: string,
  overrides: Readonly<Record<string, string>>,
): string[] {
  const all = { ...settings, unix_socket_directories: socketFolder, ...overrides };
  return ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
