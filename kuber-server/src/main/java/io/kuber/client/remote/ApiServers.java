package io.kuber.client.remote;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the servers of the API are, and which of them is asked now. One that does not answer is
 * left for the next, which comes back to the first after the last. For any thread.
 */
public final class ApiServers {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServers.class);

  private List<URI> all;
  private URI current;

  /**
   * Servers, of which the first is asked.
   *
   * @param all as in {@code https://10.0.0.1:6443}; at least one
   */
  public ApiServers(List<URI> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there is no server of the API to ask");
    }
    this.all = List.copyOf(all);
    this.current = all.get(0);
  }

  /** The one that is asked now. */
  public synchronized URI current() {
    return current;
  }

  /** All of them. */
  public synchronized List<URI> all() {
    return all;
  }

  /** How many there are. */
  synchronized int size() {
    return all.size();
  }

  /**
   * Learns where servers are now. The one that is asked goes on being asked while it answers; an
   * empty list says nothing.
   */
  public synchronized void know(List<URI> now) {
    if (!now.isEmpty()) {
      all = List.copyOf(now);
    }
  }

  /** This one did not answer: the next is asked, unless that was decided already. */
  synchronized void leave(URI broken) {
    if (!current.equals(broken)) {
      return;
    }
    List<URI> others = new ArrayList<>(all);
    int at = others.indexOf(broken);
    current = others.get((at + 1) % others.size());
    if (!current.equals(broken)) {
      LOG.warn("{} does not answer; {} is asked from now on", broken, current);
    }
  }
}
