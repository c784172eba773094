package io.kuber.linux;

/**
 * The nf_tables of one network namespace. Used by one thread at a time.
 *
 * <p>It only writes: what a table holds is known to whoever wrote it, and listing a large table
 * costs the kernel more than changing it.
 */
public final class NetfilterTables implements AutoCloseable {
  private final NetlinkSocket socket;

  private NetfilterTables(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** For the network namespace of the calling thread. */
  public static NetfilterTables open(Syscalls kernel) {
    return new NetfilterTables(NetlinkSocket.open(kernel, NetlinkSocket.Subsystem.NETFILTER));
  }

  /**
   * Makes all changes of a batch or none.
   *
   * @param what the changes in words, for the error's text
   */
  public void commit(String what, NetfilterBatch batch) {
    socket.exchange(what + " in table " + batch.table(), batch.requests());
  }

  /** Deletes a table with all it has; does nothing if it is not there. */
  public void deleteTable(String table) {
    commit("delete all", new NetfilterBatch(table).addTable().deleteTable());
  }

  @Override
  public void close() {
    socket.close();
  }
}
