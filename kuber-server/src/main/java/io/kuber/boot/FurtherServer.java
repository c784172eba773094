package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.http.LocalServer;
import io.kuber.loop.Loops;
import io.kuber.store.Store;

/**
 * One more API server of an embedded cluster, for clients that are to see what another server sees.
 * It decides nothing: controllers, scheduler and nodes stay with the first one. Ends with the
 * cluster.
 *
 * @param client of the administrator, without HTTP in between
 * @param server takes HTTP requests, as the administrator's
 * @param known the same for those who show a certificate, which this server judges by its own clock
 */
public record FurtherServer(Client client, LocalServer server, CertifiedDoor known) {
  /** What a further server has of its own. */
  public interface Seat {
    /** Its clock and its loops, made of those of the cluster. */
    Loops loops(Loops shared);

    /**
     * What it sees of the store of the cluster, and how it writes there; closed with the cluster.
     *
     * @param loops of the cluster
     */
    Store store(Store shared, Loops loops);
  }
}
