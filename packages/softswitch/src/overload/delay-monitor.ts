/** Port: how late this process gets round to its work. */
export interface DelayMonitor {
  /** Milliseconds, the 90th percentile since the last reading. */
  read(): number;
}
